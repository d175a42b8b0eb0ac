"""A signed report says by whom and that nothing changed since, and stays accessible, archival and true."""

import shutil
import sys
from io import BytesIO
from pathlib import Path

import pytest
from certificates import PASSPHRASE, locked, written
from click.testing import CliRunner
from tiny import FOLDER

from assess.cli.main import main
from assess.cli.sign import command
from assess.language import ENGLISH
from assess.problems.render import message
from assess.report.verify import verify

SOUND = Path(__file__).parent / "broken" / "sound.yaml"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report, the same signed, and the keys."""
    folder = tmp_path_factory.mktemp("desk")
    run("score", str(SOUND), "--rubric", str(FOLDER), "--out", str(folder), "--format", "pdf")
    key, certificate = written(folder)
    written(folder, "Somebody else")
    assert run("sign", str(folder / "sound.pdf"), "--key", str(key), "--cert", str(certificate)) == 0
    return folder


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def told(pdf: bytes, *trust: Path) -> list[str]:
    found = verify(pdf, "r.pdf", trust=[(str(path), path.read_bytes()) for path in trust])
    return [f"{p.code} {message(p, ENGLISH)}" for p in found.problems]


def test_a_signed_report_begins_with_every_byte_of_the_unsigned_one(desk: Path) -> None:
    assert (desk / "sound-signed.pdf").read_bytes().startswith((desk / "sound.pdf").read_bytes())


def test_verify_names_the_signer_and_trusts_whom_it_is_told_to_trust(desk: Path) -> None:
    signed = (desk / "sound-signed.pdf").read_bytes()
    assert told(signed) == [
        "P461 signed by Cyber desk, Ministry of Aland, says the signature; whether that is so was not checked"
    ]
    assert told(signed, desk / "cyber-desk.pem") == []
    assert told(signed, desk / "somebody-else.pem") == [
        "P462 no certificate given with --trust stands behind this report"
    ]


def test_verify_says_in_words_what_it_found(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = desk / "sound-signed.pdf"
    capsys.readouterr()
    assert run("verify", str(report), "--trust", str(desk / "cyber-desk.pem")) == 0
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert lines[0] == "- 3 files inside were compared with their hashes."
    assert lines[1].startswith("- The answers were scored again: ") and lines[1].endswith(" figures were compared.")
    assert lines[3].startswith("- Signed by Cyber desk, Ministry of Aland on 20")
    assert lines[3].endswith(", by the signer’s own clock; no byte was changed since.")
    assert lines[4] == f"{report}: every figure follows from its answers"


def test_one_bit_changed_after_signing_breaks_the_signature(desk: Path) -> None:
    """The bit lies in the day of the metadata, so that the file can still be read."""
    signed = (desk / "sound-signed.pdf").read_bytes()
    assert signed.count(b"CreateDate>2026") == 1
    at = signed.index(b"CreateDate>2026") + len("CreateDate>2026-11-0")
    problems = told(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :])
    assert problems[0] == "P460 the file was changed after Cyber desk, Ministry of Aland signed it"
    assert problems[1] == "P457 the metadata (XMP) shows something else than the answers give"


def test_what_is_added_behind_the_signature_is_found(desk: Path) -> None:
    signed = (desk / "sound-signed.pdf").read_bytes()
    assert told(signed + b"\n% one remark more\n")[0] == (
        "P460 the file was changed after Cyber desk, Ministry of Aland signed it"
    )


def test_a_signed_report_is_accessible_and_archival(desk: Path) -> None:
    import page as checker

    content = (desk / "sound-signed.pdf").read_bytes()
    for profile in (checker.ValidationProfile.PDF_UA_1, checker.ValidationProfile.PDF_A_3A):
        failures = checker.validate_pdf_bytes(content, profile=profile).failures
        assert [f.rule_id for f in failures if f.rule_id != "PDFA3A-STREAM-LENGTH-001"] == []


def test_a_locked_key_opens_with_the_passphrase_of_the_environment_or_the_one_typed(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = str(shutil.copy(desk / "sound.pdf", tmp_path / "r.pdf"))
    store = str(locked(tmp_path))
    typed = CliRunner().invoke(command, [report, "--pkcs12", store], input=f"{PASSPHRASE}\n")
    assert (typed.exit_code, PASSPHRASE in typed.output) == (0, False)
    monkeypatch.setenv("ASSESS_PASSPHRASE", PASSPHRASE)
    assert run("sign", report, "--pkcs12", store, "--force") == 0
    assert told((tmp_path / "r-signed.pdf").read_bytes(), desk / "cyber-desk.pem") == []


def test_a_signature_that_fails_leaves_no_file(desk: Path, tmp_path: Path) -> None:
    report = shutil.copy(desk / "sound.pdf", tmp_path / "r.pdf")
    code = run("sign", str(report), "--key", str(desk / "cyber-desk.key"), "--cert", str(desk / "somebody-else.pem"))
    assert (code, [path.name for path in tmp_path.iterdir()]) == (1, ["r.pdf"])


@pytest.mark.parametrize(
    "options", [[], ["--key", "k"], ["--cert", "c"], ["--key", "k", "--cert", "c", "--pkcs12", "p"]]
)
def test_key_and_certificate_or_one_file_with_both_is_asked_for(desk: Path, options: list[str]) -> None:
    assert run("sign", str(desk / "sound.pdf"), *options) == 2


def test_without_the_extra_verify_checks_everything_else_and_says_so(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    assert told((desk / "sound-signed.pdf").read_bytes())[0] == (
        "P464 the report is signed; the signature was not checked"
    )


def test_a_report_altered_after_signing_is_not_searched_for_what_was_altered(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That search takes minutes; a signature of less than the whole file is broken whatever it would find."""
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    from assess.report.signature import check

    def endless(*_: object) -> None:
        raise AssertionError("it was searched")

    monkeypatch.setattr(EmbeddedPdfSignature, "evaluate_modifications", endless)
    signed = (desk / "sound-signed.pdf").read_bytes()
    _, problems = check(signed + b"\n% one remark more\n", "r.pdf")
    assert [problem.code for problem in problems] == ["P460"]


def tampered(desk: Path) -> bytes:
    """The report with a font changed by an update behind it, and the whole signed by somebody."""
    from assess.report.signature import _writer, pem_signer, sign

    writer = _writer((desk / "sound.pdf").read_bytes(), "r.pdf")
    fonts = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    described = next(fonts[key] for key in fonts)["/DescendantFonts"][0]["/FontDescriptor"]
    reference = described.raw_get("/FontFile2")
    font = reference.get_object()
    font._data = font.data[:-20] + bytes([font.data[-20] ^ 1]) + font.data[-19:]
    font._encoded_data = None
    writer.mark_update(reference)
    updated = BytesIO()
    writer.write(updated)
    key, certificate = desk / "cyber-desk.key", desk / "cyber-desk.pem"
    signer = pem_signer(key.read_bytes(), certificate.read_bytes(), None, (str(key), str(certificate)))
    return sign(updated.getvalue(), signer, "r.pdf")


@pytest.mark.parametrize("extra", [True, False])
def test_a_signature_explains_nothing_but_itself(desk: Path, extra: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = tampered(desk)
    if not extra:
        monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    problems = told(pdf, *([desk / "cyber-desk.pem"] if extra else []))
    assert [problem[:5] for problem in problems] == (["P457 "] if extra else ["P464 ", "P457 "])
    assert problems[-1].startswith("P457 page 1 (/Resources/Font/")
