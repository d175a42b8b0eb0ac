"""Digital signatures of reports, with pyHanko, which comes with the extra ``sign`` and is imported only here.

A signature is added behind the bytes of the report, so that these stay what they were. It certifies
the file: any later change breaks it. Its field shows nothing on the page and hangs in the tag tree,
so that the file stays accessible and archival.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assess.problems.model import InputError, MissingMeansError, Place, Problem

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "Signature"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature says: who, when by the signer's own clock, and what holds of it."""

    who: str
    when: str
    whole: bool
    trusted: bool


class PassphraseError(Exception):
    """The key is locked, and the passphrase is missing or wrong."""


# --- signing -------------------------------------------------------------------------------------------


def sign(pdf: bytes, signer: "SimpleSigner", name: str) -> bytes:
    """Return the report with a signature behind it; every byte of ``pdf`` stays where it is.

    Raises:
        InputError: P459, the report is signed already; P404, this is no PDF that could be signed.
    """
    _pyhanko()
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    if is_signed(pdf):
        raise InputError([Problem("P459", Place(name))])
    writer = _writer(pdf, name)
    _add_field(writer)
    about = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES, signer_key_usage=set(),
    )
    signed: bytes = _apart(signers.PdfSigner(about, signer).sign_pdf, writer).getvalue()
    return signed


def _apart(work: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Run what starts an event loop in a thread of its own, since the caller's thread may have one already."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work, *arguments, **options).result()


def pem_signer(key: bytes, certificates: bytes, passphrase: str | None, names: tuple[str, str]) -> "SimpleSigner":
    """Return the signer of a private key and a certificate in PEM; more certificates may follow its own.

    ``names`` are the paths of the two files.

    Raises:
        PassphraseError: the key is locked, and the passphrase does not open it.
        InputError: E511, a file does not hold what it should; E512, key and certificate do not belong together.
    """
    _pyhanko()
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private = load_pem_private_key(key, passphrase.encode() if passphrase else None)
    except TypeError as error:
        raise PassphraseError from error
    except ValueError as error:
        if b"ENCRYPTED" in key:
            raise PassphraseError from error
        raise InputError([Problem("E511", Place(names[0]), {"what": "private key"})]) from error
    try:
        chain = x509.load_pem_x509_certificates(certificates)
    except ValueError as error:
        raise InputError([Problem("E511", Place(names[1]), {"what": "certificate"})]) from error
    return _signer(private, chain, names[1])


def pkcs12_signer(content: bytes, passphrase: str | None, name: str) -> "SimpleSigner":
    """Return the signer of a PKCS #12 file (.p12, .pfx).

    Raises:
        PassphraseError: the passphrase does not open the file.
        InputError: E511, the file holds no key with a certificate.
    """
    _pyhanko()
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    try:
        store = load_pkcs12(content, passphrase.encode() if passphrase else None)
    except ValueError as error:
        if "password" in str(error).casefold():
            raise PassphraseError from error
        raise InputError([Problem("E511", Place(name), {"what": "PKCS #12 store"})]) from error
    if store.key is None or store.cert is None:
        raise InputError([Problem("E511", Place(name), {"what": "private key with its certificate"})])
    others = [extra.certificate for extra in store.additional_certs]
    return _signer(store.key, [store.cert.certificate, *others], name)


def _signer(private: Any, chain: Sequence[Any], name: str) -> "SimpleSigner":
    from asn1crypto import x509
    from asn1crypto.keys import PrivateKeyInfo
    from cryptography.hazmat.primitives import serialization as form
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    public = [key.public_bytes(form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo)
              for key in (private.public_key(), chain[0].public_key())]
    if public[0] != public[1]:
        raise InputError([Problem("E512", Place(name))])
    der = private.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())
    certificates = [x509.Certificate.load(cert.public_bytes(form.Encoding.DER)) for cert in chain]
    registry: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(certificates)
    return SimpleSigner(certificates[0], PrivateKeyInfo.load(der), registry)


def _writer(pdf: bytes, name: str) -> Any:
    """A writer that appends, and leaves the metadata as they are: they speak of the report."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError

    class _Appending(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Write no day and no program of this machine; what PDF/A asks for stands there already."""

    try:
        return _Appending(BytesIO(pdf))
    except (PdfError, ValueError, OSError) as error:
        raise InputError([Problem("P404", Place(name), {"reason": str(error).splitlines()[0]})]) from error


def _add_field(writer: Any) -> None:
    """Add a field of no size to page 1, and hang it in the tag tree as a form."""
    from pyhanko.pdf_utils import generic as objects
    from pyhanko.pdf_utils.generic import pdf_name
    from pyhanko.sign import fields

    generic: Any = objects  # its constructors have no types
    fields.append_signature_field(writer, fields.SigFieldSpec(FIELD, on_page=0, readable_field_name=FIELD))
    widget = writer.root["/AcroForm"]["/Fields"].raw_get(0)
    if "/StructTreeRoot" not in writer.root:
        return
    tree = writer.root["/StructTreeRoot"]
    first = tree["/K"] if isinstance(tree["/K"], generic.ArrayObject) else generic.ArrayObject([tree.raw_get("/K")])
    document = first.raw_get(0)
    numbers = tree["/ParentTree"]["/Nums"]
    key = max((int(number) for number in list(numbers)[::2]), default=-1) + 1
    content = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): widget})
    form = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/StructElem"), pdf_name("/S"): pdf_name("/Form"), pdf_name("/P"): document,
        pdf_name("/Alt"): generic.TextStringObject(FIELD),
        pdf_name("/Pg"): widget.get_object().raw_get("/P"), pdf_name("/K"): content,
    }))
    widget.get_object()[pdf_name("/StructParent")] = generic.NumberObject(key)
    document.get_object()["/K"].append(form)
    numbers.append(generic.NumberObject(key))
    numbers.append(form)
    if "/ParentTreeNextKey" in tree:
        tree[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(key + 1)
    for changed in (tree["/ParentTree"], numbers, tree, document.get_object()["/K"], document.get_object()):
        writer.update_container(changed)


# --- checking --------------------------------------------------------------------------------------------


def is_signed(pdf: bytes) -> bool:
    """Whether a PDF has a field with a signature; needs no pyHanko."""
    from pypdf import PdfReader

    root: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    form = root.get("/AcroForm", {}).get_object() if "/AcroForm" in root else {}
    entries = form.get("/Fields") if isinstance(form, dict) else ()
    fields = [field.get_object() for field in entries] if isinstance(entries, list) else []
    return any(isinstance(field, dict) and field.get("/FT") == "/Sig" and "/V" in field for field in fields)


def check(pdf: bytes, name: str, trust: Sequence[tuple[str, bytes]] = ()) -> tuple[tuple[Signed, ...], list[Problem]]:
    """Return what the signatures of a report say, and what is wrong with them.

    ``trust`` are files of certificates in PEM or DER, each with its path, that whoever checks holds to be true.

    Raises:
        InputError: E511, a file of ``trust`` holds no certificate.
    """
    if not is_signed(pdf):
        return (), [Problem("P462", Place(name))] if trust else []
    try:
        _pyhanko()
    except MissingMeansError:
        return (), [Problem("P464", Place(name))]
    roots = [root for path, content in trust for root in _certificates(path, content)]
    signatures: list[Signed] = []
    problems: list[Problem] = []
    for signed in _signatures(pdf, roots):
        if isinstance(signed, str):
            problems.append(Problem("P463", Place(name), {"reason": signed}))
            continue
        signatures.append(signed)
        problems += _judged(signed, name, asked=bool(trust))
    return tuple(signatures), problems


def _judged(signed: Signed, name: str, *, asked: bool) -> Iterator[Problem]:
    values = {"who": signed.who}
    if not signed.whole:
        yield Problem("P460", Place(name), values)
    elif not signed.trusted:
        yield Problem("P462" if asked else "P461", Place(name), values)


def _signatures(pdf: bytes, roots: Sequence[Any]) -> Iterator[Signed | str]:
    """Each signature, or why it cannot be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        embedded = PdfFileReader(BytesIO(pdf)).embedded_signatures
        for signature in embedded:
            yield _read(signature, roots)
    except (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, TypeError) as error:
        yield str(error).splitlines()[0] if str(error) else type(error).__name__


def _read(signature: Any, roots: Sequence[Any]) -> Signed:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    usage = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
    # What was changed later is not asked, which takes minutes: a signature of less than the whole file is none here.
    status = _apart(validate_pdf_signature, signature, context, key_usage_settings=usage, skip_diff=True)
    whole = status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    when = status.signer_reported_dt
    return Signed(
        who=_name(status.signing_cert), when=when.date().isoformat() if isinstance(when, datetime) else "–",
        whole=bool(whole), trusted=bool(status.trusted),
    )


def _name(certificate: Any) -> str:
    """Name and organisation in a certificate, on one line and without what a terminal would obey."""
    subject = certificate.subject.native
    parts = [subject.get("common_name"), subject.get("organization_name")]
    text = ", ".join(dict.fromkeys(str(part) for part in parts if part)) or certificate.subject.human_friendly
    return "".join(character for character in text if character.isprintable())


def _certificates(path: str, content: bytes) -> Iterator[Any]:
    from asn1crypto import x509
    from cryptography import x509 as reader
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        found = (reader.load_pem_x509_certificates(content) if b"-----BEGIN" in content
                 else [reader.load_der_x509_certificate(content)])
    except ValueError as error:
        raise InputError([Problem("E511", Place(path), {"what": "certificate"})]) from error
    for certificate in found:
        yield x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _pyhanko() -> None:
    """Import pyHanko, or say which extra brings it; its own remarks on certificates are told as problems.

    Raises:
        MissingMeansError: E510, the extra is not installed.
    """
    import logging

    try:
        import pyhanko.sign  # noqa: F401
    except ImportError as error:
        raise MissingMeansError([Problem("E510", Place("pyHanko"))]) from error
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
