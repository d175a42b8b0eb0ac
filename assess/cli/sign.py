"""``assess sign``: put a digital signature on a report."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import read_bytes
from assess.cli.speech import language_option, speaker
from assess.files import stands, write_atomically
from assess.problems.model import ExitCode, InputError, Place, Problem
from assess.report.provenance import read_carried
from assess.report.signature import PassphraseError, pem_signer, pkcs12_signer, sign

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

PASSPHRASE = "ASSESS_PASSPHRASE"  # noqa: S105 - the name of a variable, not a secret
_FILE = click.Path(path_type=Path)


@click.command(epilog="Example: assess sign report.pdf --key key.pem --cert cert.pem")
@click.argument("report", type=_FILE)
@click.option("--key", type=_FILE, help="Private key, PEM.")
@click.option("--cert", "certificate", type=_FILE, help="Its certificate, PEM; those of its issuers may follow in it.")
@click.option("--pkcs12", type=_FILE, help="Key and certificate in one file (.p12, .pfx), in place of the two.")
@click.option("-o", "--out", type=_FILE, help="File to write.  [default: REPORT-signed.pdf]")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@language_option
def command(
    report: Path, key: Path | None, certificate: Path | None, pkcs12: Path | None, out: Path | None, force: bool,
    language: str,
) -> int:
    """Sign a PDF report: «assess verify» then says by whom, and that nothing was changed since.

    The passphrase of the key is asked for, or taken from the variable ASSESS_PASSPHRASE; it is no
    option, because other people on a machine can read what is typed. Needs the extra «sign».
    """
    if not (pkcs12 is not None) ^ (key is not None and certificate is not None) or (pkcs12 and (key or certificate)):
        raise click.UsageError("Name --key and --cert, or --pkcs12.")
    pdf = read_bytes(report)
    target = out or report.with_name(f"{report.stem}-signed.pdf")
    if stands(target) and not force:
        raise InputError([Problem("E504", Place(str(target)), {"path": str(target)})])
    read_carried(pdf, str(report))
    write_atomically(target, sign(pdf, _opened(_reader(key, certificate, pkcs12), str(pkcs12 or key)), str(report)))
    click.echo(target)
    return ExitCode.FINE


def _reader(
    key: Path | None, certificate: Path | None, pkcs12: Path | None
) -> Callable[[str | None], "SimpleSigner"]:
    """What makes a signer of the files and a passphrase."""
    if pkcs12 is not None:
        store = read_bytes(pkcs12)
        return lambda passphrase: pkcs12_signer(store, passphrase, str(pkcs12))
    assert key is not None and certificate is not None
    private, chain, names = read_bytes(key), read_bytes(certificate), (str(key), str(certificate))
    return lambda passphrase: pem_signer(private, chain, passphrase, names)


def _opened(reader: Callable[[str | None], "SimpleSigner"], name: str) -> "SimpleSigner":
    """Try without a passphrase, then with that of the environment, else ask."""
    given = os.environ.get(PASSPHRASE)
    for passphrase in (None, given):
        try:
            return reader(passphrase)
        except PassphraseError:
            continue
    tr = speaker()
    if given is None:
        given = click.prompt(tr("Passphrase of {file}").format(file=name), hide_input=True, err=True)
    try:
        return reader(given)
    except PassphraseError as error:
        raise InputError([Problem("E513", Place(name), {"variable": PASSPHRASE})]) from error
