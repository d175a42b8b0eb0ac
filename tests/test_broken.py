"""Every problem of the catalogue is provoked by a bad input and says where, which rule, and what to do.

``tests/broken`` holds for each code one bad input (a questionnaire, or the changed files of the rubric in
``tests/rubrics/tiny``) and beside it, as ``.txt``, the whole text that is printed about it. Problems that no
file can cause are provoked by the functions below. After a deliberate change of a text:
``REGENERATE=1 .venv/bin/python -m pytest tests/test_broken.py``, then read the difference.
"""

import dataclasses
import difflib
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import broken_workbooks
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po
from certificates import locked, written
from fsspec.implementations.memory import MemoryFileSystem
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ByteStringObject, NameObject, NumberObject

from assess import __version__, _programs
from assess.cli.main import main
from assess.desk.session import Session
from assess.language import ENGLISH
from assess.portfolio.batch import engines, job
from assess.portfolio.batch.job import Job
from assess.portfolio.work import Given
from assess.problems import CATALOGUE, InputError
from assess.problems.render import as_text
from assess.questionnaire.edit import edited
from assess.questionnaire.entries import Spot
from assess.questionnaire.model import Unknown
from assess.report import pdf, sandbox, verify
from assess.report.glyphs import missing_characters
from assess.report.provenance import Record, sha256
from assess.rubric.load import load_rubric
from assess.rubric.texts import texts

HERE = Path(__file__).parent
BROKEN = HERE / "broken"
TINY = HERE / "rubrics" / "tiny"
SOUND = BROKEN / "sound.yaml"
ELSEWHERE = ("verify", "sign", "rubric", "migrate")  # commands that name the rubric in another way, or not at all
OPTIONS = {"Y105": ("--max-bytes", "100")}


class Desk:
    """A folder with the bad inputs and a rubric, in which commands are run as a person would type them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.folder, self.capsys, self.patch = folder, capsys, patch
        shutil.copytree(TINY, folder / "tiny")
        shutil.copy(SOUND, folder / "ours.yaml")
        patch.chdir(folder)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Return exit code, stdout and stderr."""
        with pytest.raises(SystemExit) as ended:
            main([*arguments, *([] if "--rubric" in arguments or arguments[0] in ELSEWHERE else ["--rubric", "tiny"])])
        return (int(ended.value.code or 0), *self.capsys.readouterr())

    def changed(self, name: str, old: str, new: str) -> str:
        """Write a questionnaire that differs from the sound one in one place."""
        text = SOUND.read_text()
        assert old in text
        (self.folder / name).write_text(text.replace(old, new))
        return name


# --- problems that no file alone can cause ------------------------------------------------------


def other_kind(desk: Desk, name: str, content: bytes) -> str:
    """Return what is said of such a file that is given as a questionnaire."""
    (desk.folder / name).write_bytes(content)
    return desk.run("score", name)[2]


def form_workbook(desk: Desk) -> bytes:
    """Return the form as a workbook."""
    assert desk.run("form", "--from", "ours.yaml", "--xlsx", "-o", "blank.xlsx")[0] == 0
    return (desk.folder / "blank.xlsx").read_bytes()


def q220(desk: Desk) -> str:
    theirs = desk.changed("theirs.yaml", "2026-11-01", "2026-10-01")
    return desk.run("score", "ours.yaml", theirs)[2]


def q223(desk: Desk) -> str:
    return desk.run("score", "ours.yaml", desk.changed("copy.yaml", "analyst}", "analyst}  # the same"))[2]


def q231(desk: Desk) -> str:
    return desk.run("new", "--from", "ours.yaml", "--as-of", "2026-10-01")[2]


def q240(desk: Desk) -> str:
    theirs = desk.folder / "theirs.yaml"
    theirs.write_text(SOUND.read_text().replace("code: BB", "code: CC").replace("2026-11-01", "2026-10-01"))
    return desk.run("compare", "ours.yaml", "theirs.yaml")[2]


def q241(desk: Desk) -> str:
    assert desk.run("score", "ours.yaml", "--format", "json")[0] == 0
    return desk.run("compare", "out/ours.json", "ours.yaml")[2]


def q242(desk: Desk) -> str:
    """The older result was made before the rubric changed."""
    older = desk.changed("older.yaml", "2026-11-01", "2026-10-01")
    shutil.copytree(TINY, desk.folder / "before")
    rubric = desk.folder / "before" / "rubric.yaml"
    rubric.write_text(rubric.read_text().replace("version: 0.1.0", "version: 0.1.1"))
    assert desk.run("score", older, "--format", "json", "--rubric", "before")[0] == 0
    return desk.run("compare", "out/older.json", "ours.yaml")[2]


def newer(desk: Desk, version: str = "0.2.0") -> None:
    """Make the rubric of the folder a newer version than that of the questionnaire."""
    rubric = desk.folder / "tiny" / "rubric.yaml"
    rubric.write_text(rubric.read_text().replace("version: 0.1.0", f"version: {version}"))


def q250(desk: Desk) -> str:
    newer(desk)
    return desk.run("migrate", "ours.yaml", "--to", "tiny")[2]


def q252(desk: Desk) -> str:
    newer(desk)
    return desk.run("migrate", "ours.yaml", "--to", "tiny", "--from-rubric", "ours.yaml")[2]


def translated(desk: Desk, change: Callable[[Catalog], object], *, compiled: bool = True) -> str:
    """Return what is found in a rubric whose every text is translated, but for this change."""
    folder = desk.folder / "tiny" / "locales" / "uk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="uk", fuzzy=False)
    for text in texts(load_rubric(str(TINY))):
        catalogue.add(text, f"({text})")
    change(catalogue)
    with (folder / "rubric.po").open("wb") as stream:
        write_po(stream, catalogue, omit_header=False)
    if compiled:
        with (folder / "rubric.mo").open("wb") as stream:
            write_mo(stream, catalogue)
    return desk.run("rubric", "check", "tiny")[1]


def p401(desk: Desk) -> str:
    return as_text(missing_characters("<p>The talks in 東京</p>", "report"), ENGLISH)


def templated(desk: Desk, text: str | bytes, *, name: str = "front.html", wanted: str = "html") -> str:
    """Score with one template written anew; return the problem that this causes."""
    (desk.folder / "mine").mkdir(exist_ok=True)
    (desk.folder / "mine" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return last_problem(desk.run("score", "ours.yaml", "--format", wanted, "--templates", "mine")[2])


def p402(desk: Desk) -> str:
    return templated(desk, "<p>\n{{ view.no_such_thing }}")


def p403(desk: Desk) -> str:
    return templated(desk, '<img alt="" src="https://example.org/flag.png">', wanted="pdf")


def p430(desk: Desk) -> str:
    return desk.run("score", "ours.yaml", "--templates", "nowhere")[2]


def p432(desk: Desk) -> str:
    desk.patch.setattr(sandbox.counted_steps.__wrapped__, "__defaults__", (20_000,))
    return templated(desk, "{% for i in range(99999) %}\n{% for j in range(99999) %}\n{% endfor %}{% endfor %}")


def p438(desk: Desk) -> str:
    assert desk.run("score", "ours.yaml", "--format", "json")[0] == 0
    rubric = desk.folder / "tiny" / "rubric.yaml"
    rubric.write_text(rubric.read_text().replace("version: 0.1.0", "version: 0.1.1"))
    return desk.run("report", "out/ours.json", "--rubric", "tiny")[2]


def p436(desk: Desk) -> str:
    templated(desk, "<h1>Ours</h1>", wanted="pdf")
    return desk.run("verify", "out/ours.pdf")[1]


def p404(desk: Desk) -> str:
    return desk.run("verify", "ours.yaml")[2]


def report(desk: Desk, told: Callable[[str], str] = str) -> dict[str, Any]:
    """Return what a report carries: its record and its parts, the result told in another way."""
    scored(desk)
    _, parts, pages = verify.read_carried((desk.folder / "out" / "ours.pdf").read_bytes(), "ours.pdf")
    told_parts = {**parts, "result.json": told(parts["result.json"].decode()).encode()}
    hashes = {name: sha256(content) for name, content in told_parts.items()}
    return {"record": Record(engine=__version__, language="en", paper="A4", parts=hashes), "parts": told_parts,
            "pages": pages}


def verified(desk: Desk, carried: dict[str, Any]) -> str:
    """Return what ``verify`` says of a report that carries this."""
    desk.patch.setattr(verify, "read_carried", lambda *_: (carried["record"], carried["parts"], carried["pages"]))
    desk.patch.setattr(verify, "render", lambda *_: b"")
    desk.patch.setattr(verify, "differences", lambda *_, **__: [])
    return desk.run("verify", "out/ours.pdf")[1]


def p405(desk: Desk) -> str:
    carried = report(desk)
    carried["parts"]["questionnaire-1.yaml"] += b"# one remark more\n"
    return verified(desk, carried)


def p406(desk: Desk) -> str:
    return verified(desk, report(desk, told=lambda text: text.replace('"coverage": 0.25', '"coverage": 0.75', 1)))


def p407(desk: Desk) -> str:
    scored(desk)
    desk.patch.setattr(verify, "__version__", "1.9.0")
    return desk.run("verify", "out/ours.pdf")[1]


def t760(desk: Desk) -> str:
    shared = SOUND.read_text().split("answers:")[0] + "answers:\n  ONE-01: &same {level: 1}\n  TRE-01: *same\n"
    with pytest.raises(InputError) as caught:
        edited(shared.encode(), {("answers", "ONE-01"): 2}, "ours.yaml")
    return as_text(caught.value.problems, ENGLISH)


def merged(desk: Desk, ours: str, theirs: str) -> str:
    """Return what is said when two files with these answers are merged."""
    head = SOUND.read_text().split("answers:")[0]
    (desk.folder / "a.yaml").write_text(f"{head}answers:\n  {ours}\n")
    (desk.folder / "b.yaml").write_text(f"{head}answers:\n  {theirs}\n")
    return desk.run("merge", "a.yaml", "b.yaml", "-o", "-")[2]


def t765(desk: Desk) -> str:
    session = Session(Path("ours.yaml"), load_rubric(str(TINY)))
    desk.changed("ours.yaml", "2026-11-01", "2026-11-02")
    with pytest.raises(InputError) as caught:
        session.give(Spot("answers", "ONE-01", "pair"), Unknown(reason="not said"))
    return as_text(caught.value.problems, ENGLISH)


def p451(desk: Desk) -> str:
    return desk.run("score", "ours.yaml", "--audience", "public", "--marking", "tlp:amber")[2]


def p452(desk: Desk) -> str:
    marked = desk.changed("marked.yaml", "as_of:", "marking: TLP:RED\nas_of:")
    return first_problem(desk.run("score", marked, "--marking", "TLP:GREEN", "--format", "json")[2])


def p453(desk: Desk) -> str:
    marking = ("--audience", "public", "--marking", "For official use")
    return first_problem(desk.run("score", "ours.yaml", *marking, "--format", "json")[2])


def first_problem(text: str) -> str:
    """Return the problem before the summary of the score."""
    return "".join(line + "\n" for line in text.splitlines()[:3])


def p458(desk: Desk) -> str:
    assert desk.run("score", "ours.yaml", "--audience", "partner", "--format", "json")[0] == 0
    return desk.run("report", "out/ours-partner.json", "--audience", "public", "--rubric", "tiny")[2]


def p454(desk: Desk) -> str:
    assert desk.run("score", "ours.yaml", "--audience", "partner", "--format", "pdf")[0] == 0
    theirs = desk.changed("theirs.yaml", "2026-11-01", "2026-10-01")
    return desk.run("verify", "out/ours-partner.pdf", "--answers", theirs)[2]


def p455(desk: Desk) -> str:
    assert desk.run("score", "ours.yaml", "--audience", "public", "--format", "pdf")[0] == 0
    return desk.run("verify", "out/ours-public.pdf")[1]


def p467(desk: Desk) -> str:
    """A comparison of a result that was scored before with answers of another date."""
    assert desk.run("score", "ours.yaml", "--format", "json")[0] == 0
    later = desk.changed("later.yaml", "2026-11-01", "2026-11-02")
    assert desk.run("compare", "out/ours.json", later, "--out", "out")[0] == 0
    return desk.run("verify", "out/compare-2026-11-01-2026-11-02.pdf")[1]


def saved_anew(desk: Desk, change: Callable[[PdfWriter], object] = str) -> str:
    """Return what ``verify`` says of a report that another program saved, with this change."""
    scored(desk)
    writer = PdfWriter(clone_from=PdfReader("out/ours.pdf"))
    change(writer)
    writer.write("anew.pdf")
    return desk.run("verify", "anew.pdf")[1]


def wider_bar(writer: PdfWriter) -> None:
    """Draw the first area of the first page a little wider."""
    content = writer.pages[0]["/Contents"].get_object()
    content.set_data(re.sub(rb"(\S+) (\S+ re\b)", lambda m: b"9" + m[1] + b" " + m[2], content.get_data(), count=1))


def of_other_libraries(writer: PdfWriter) -> None:
    """Let the record name an older library, and the font of the first page be another."""
    for reference in writer.root_object["/AF"]:
        entry = reference.get_object()
        if entry["/UF"] == "provenance.json":
            stream = entry["/EF"]["/F"].get_object()
            record = json.loads(stream.get_data())
            record["libraries"]["pydyf"] = "0.1"
            content = (json.dumps(record, indent=2, sort_keys=True) + "\n").encode()
            stream.set_data(content)
            parameters = stream["/Params"].get_object()
            parameters[NameObject("/Size")] = NumberObject(len(content))
            parameters[NameObject("/CheckSum")] = ByteStringObject(hashlib.md5(content).digest())
    font = next(iter(writer.pages[0]["/Resources"]["/Font"].values())).get_object()
    file = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"].get_object()
    file.set_data(file.get_data() + b"\0")


_MADE: dict[str, bytes] = {}


def scored(desk: Desk) -> None:
    """Put the report of the folder into ``out``; it is made once, since it is always the same."""
    if not _MADE:
        assert desk.run("score", "ours.yaml", "--format", "pdf")[0] == 0
        _MADE["ours"] = (desk.folder / "out" / "ours.pdf").read_bytes()
    (desk.folder / "out").mkdir(exist_ok=True)
    (desk.folder / "out" / "ours.pdf").write_bytes(_MADE["ours"])


def signed(desk: Desk, *options: str) -> str:
    """Return what is printed about signing the report of the folder."""
    scored(desk)
    written(desk.folder)
    written(desk.folder, "Somebody else")
    return desk.run("sign", "out/ours.pdf", *(options or ("--key", "cyber-desk.key", "--cert", "cyber-desk.pem")))[2]


def signed_and_verified(desk: Desk, *options: str) -> str:
    signed(desk)
    return desk.run("verify", "out/ours-signed.pdf", *options)[1]


def p459(desk: Desk) -> str:
    signed(desk)
    keys = ("--key", "cyber-desk.key", "--cert", "cyber-desk.pem")
    return desk.run("sign", "out/ours-signed.pdf", *keys)[2]


def p460(desk: Desk) -> str:
    signed(desk)
    with (desk.folder / "out" / "ours-signed.pdf").open("ab") as stream:
        stream.write(b"\n% one remark more\n")
    return desk.run("verify", "out/ours-signed.pdf")[1]


def p463(desk: Desk) -> str:
    signed(desk)
    file = desk.folder / "out" / "ours-signed.pdf"
    content = file.read_bytes()
    at = content.index(b"/Contents <3") + len("/Contents <")
    file.write_bytes(content[:at] + b"0" * 40 + content[at + 40 :])
    return desk.run("verify", "out/ours-signed.pdf")[1]


def p464(desk: Desk) -> str:
    signed(desk)
    desk.patch.setitem(sys.modules, "pyhanko.sign", None)
    return desk.run("verify", "out/ours-signed.pdf")[1]


def p466(desk: Desk) -> str:
    """Another rubric under the name and version of the installed one."""
    file = desk.folder / "tiny" / "rubric.yaml"
    file.write_text(file.read_text().replace("id: tiny", "id: cyberdialog").replace("version: 0.1.0", "version: 1.0.0"))
    named = desk.changed("named.yaml", "rubric: tiny 0.1", "rubric: cyberdialog 1.0")
    assert desk.run("score", named, "--rubric", "./tiny", "--format", "pdf")[0] == 0
    return desk.run("verify", "out/named.pdf")[1]


def e510(desk: Desk) -> str:
    desk.patch.setitem(sys.modules, "pyhanko.sign", None)
    return signed(desk)


def e513(desk: Desk) -> str:
    desk.patch.setenv("ASSESS_PASSPHRASE", "a guess")
    return signed(desk, "--pkcs12", locked(desk.folder).name)


def e501(desk: Desk) -> str:
    def missing() -> None:
        raise OSError("cannot load library 'libpango-1.0-0': no such file")

    desk.patch.setattr(pdf, "import_quickly", missing)
    return last_problem(desk.run("score", "ours.yaml")[2])


def e502(desk: Desk) -> str:
    (desk.folder / "out").write_text("This is a file, not a folder.")
    return last_problem(desk.run("score", "ours.yaml", "--format", "json")[2])


def last_problem(text: str) -> str:
    """Return the problem at the end of what was printed; the summary of the score stands before it."""
    return "".join(line + "\n" for line in text.splitlines()[-3:])


def planned(desk: Desk, *options: str, answers: str = "answers: {ONE-01: 1}") -> str:
    """Return what ``assess roadmap`` says about a questionnaire with these answers."""
    head = SOUND.read_text().split("answers:")[0]
    (desk.folder / "plan.yaml").write_text(f"{head}{answers}\n")
    told = desk.run("roadmap", "plan.yaml", *options)[2]
    return told[told.index("plan.yaml M"):] if "plan.yaml M" in told else told


def m604(desk: Desk) -> str:
    desk.patch.setattr(_programs, "TIME_LIMIT", 0.0)
    return planned(desk, "--target", "middle")


def portfolio(desk: Desk, *files: str, manifest: str = "") -> str:
    """Return the problems that ``assess portfolio`` tells; what it says before them is cut off."""
    if manifest:
        (desk.folder / "partners.yaml").write_text(manifest)
    told = desk.run("portfolio", *(["partners.yaml"] if manifest else files), "--format", "csv,parquet")[2]
    return re.split(r" warnings?\n", told, maxsplit=1)[-1]


def b802(desk: Desk) -> str:
    desk.changed("corrected.yaml", "level: 3", "level: 2")
    return portfolio(desk, "ours.yaml", "corrected.yaml")


def b803(desk: Desk) -> str:
    desk.changed("older.yaml", "tiny 0.1", "tiny 0.0")
    told = portfolio(desk, "ours.yaml", "older.yaml")
    assert re.findall(r"^\S+ ([A-Z]\d+) ", told, re.MULTILINE) == ["Q204", "B803"]
    return told[told.index(". B803") :]


def b804(desk: Desk) -> str:
    (desk.folder / "empty").mkdir()
    return portfolio(desk, "empty")


def b806(desk: Desk) -> str:
    desk.patch.setitem(sys.modules, "pyarrow.parquet", None)
    return portfolio(desk, "ours.yaml")


def b807(desk: Desk) -> str:
    assert portfolio(desk, "ours.yaml") == ""
    (desk.folder / "out" / ".assess-cache" / "portfolio.sqlite").write_bytes(b"This was a database once." * 100)
    told = desk.run("portfolio", "ours.yaml", "--format", "csv")[2]
    return told[: told.index("Scoring")]


def b808(desk: Desk) -> str:
    desk.changed("blank.yaml", "ONE-01: {level: 3, evidence: [talks]}", "ONE-01: unknown")
    return portfolio(desk, "ours.yaml", "blank.yaml")


# --- problems that the offline form meets in a browser -------------------------------------------


def in_form(desk: Desk, name: str, content: bytes, code: str) -> str:
    """Return what the form says about this file when it is opened there, as far as ``code`` goes."""
    from tests.formpage import opened

    assert desk.run("form", "--parties", "AA,BB", "--names", "Aland,Bland", "-o", "form.html")[0] == 0
    (desk.folder / name).write_bytes(content)
    with opened(desk.folder / "form.html") as form:
        form.open(desk.folder / name)
        return form.told(name, "#opened", code)


def f701(desk: Desk) -> str:
    from tests.formpage import opened

    assert desk.run("form", "--from", "ours.yaml", "-o", "form.html")[0] == 0
    with opened(desk.folder / "form.html") as form:
        form.go("sources")
        form.page.get_by_role("button", name="New source …").click()
        for label, text in (("Title", "Another record"), ("Source id", "talks")):
            form.page.locator("dialog").get_by_label(label, exact=True).fill(text)
        form.page.get_by_label("both sides").check()
        form.page.get_by_label("A – ").first.check()
        form.page.get_by_role("button", name="Add the source").click()
        return form.told("form.html", "dialog", "F701")


def f704(desk: Desk) -> str:
    from tests.formpage import opened

    assert desk.run("form", "--from", "ours.yaml", "-o", "form.html")[0] == 0
    with opened(desk.folder / "form.html") as form:
        form.page.evaluate(
            "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError') } }"
        )
        form.page.locator("#keep").click()
        return form.told("form.html", "main", "F704")


def sound(old: str = "", new: str = "") -> bytes:
    """The sound questionnaire with one text replaced by another."""
    return SOUND.read_text().replace(old, new).encode() if old else SOUND.read_bytes()


cluster = engines.Cluster


def a_job(desk: Desk, rubric_hash: str | None = None) -> Job:
    return Job(key="k", stem="aa-bb", files=(Given("ours.yaml", SOUND.read_bytes()),), rubric="tiny",
               rubric_hash=rubric_hash or load_rubric("tiny").hash, formats=("json",), language="en", paper="A4")


def b812(desk: Desk) -> str:
    desk.patch.setattr(engines, "Cluster", lambda address: dataclasses.replace(cluster(address), timeout=0.2))
    told = desk.run("batch", "ours.yaml", "--scheduler", "tcp://127.0.0.1:1")[2]
    return last_problem(told)


def b813(desk: Desk) -> str:
    desk.patch.setitem(sys.modules, "distributed", None)
    return last_problem(desk.run("batch", "ours.yaml", "--scheduler", "tcp://127.0.0.1:1")[2])


def b816(desk: Desk) -> str:
    def broken(*_: object) -> None:
        raise RuntimeError("an answer that nobody should see")

    desk.patch.setattr(job, "assess", broken)
    return as_text(job.render_job(a_job(desk)).problems, ENGLISH)


def b817(desk: Desk) -> str:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError("an address that nobody should see")

    desk.patch.setattr(MemoryFileSystem, "pipe_file", refused)
    desk.patch.setattr(engines.Processes, "run", lambda _, jobs: ((j, job.render_job(j)) for j in jobs))
    return last_problem(desk.run("batch", "ours.yaml", "--format", "json", "--out", "memory://reports")[2])


OTHERWISE: dict[str, Callable[[Desk], str]] = {
    **broken_workbooks.OTHERWISE,
    "T760": t760,
    "T761": lambda desk: desk.run(
        "merge", "ours.yaml", desk.changed("b.yaml", "2026-11-01", "2026-10-01"), "-o", "-")[2],
    "T762": lambda desk: merged(desk, "ONE-01: 1", "ONE-01: 2"),
    "T763": lambda desk: desk.run(
        "merge", "ours.yaml", desk.changed("b.yaml", "Joint record of the talks", "Minutes of a lunch"), "-o", "-")[2],
    "T764": lambda desk: merged(desk, "ONE-01: 1", "ONE-01: 1  # as agreed by phone"),
    "T765": t765,
    "T766": lambda desk: desk.run("fill", "ours.yaml")[2],
    "F701": f701,
    "F702": lambda desk: in_form(desk, "cut.yaml", SOUND.read_bytes() + b'  TRE-01: {level: 2, evidence: [ta', "F702"),
    "F703": lambda desk: in_form(desk, "other.yaml", sound("code: BB", "code: CC"), "F703"),
    "F704": f704,
    "F705": lambda desk: in_form(desk, "older.yaml", sound("tiny 0.1", "tiny 0.0"), "F705"),
    "F706": lambda desk: in_form(desk, "answers.xlsx", b"PK\x03\x04 and so on", "F706"),
    "Y101": lambda desk: desk.run("check", "missing.yaml")[1],
    "Y115": lambda desk: other_kind(desk, "form.xlsx", form_workbook(desk)),
    "Y116": lambda desk: other_kind(desk, "form.html", b"\xef\xbb\xbf\n<!DOCTYPE html>\n<html lang=en>"),
    "Y117": lambda desk: other_kind(desk, "report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    "Q220": q220,
    "Q223": q223,
    "Q230": lambda desk: desk.run("new", "--parties", "UK,Ukrain")[2],
    "Q231": q231,
    "Q232": lambda desk: desk.run("explain", "ours.yaml", "ONE-1")[2],
    "R306": lambda desk: desk.run("check", "ours.yaml", "--rubric", "cyberdialogue")[1],
    "Q240": q240,
    "Q241": q241,
    "Q242": q242,
    "Q250": q250,
    "Q251": lambda desk: desk.run("migrate", "ours.yaml", "--to", "tiny")[2],
    "Q252": q252,
    "R310": lambda desk: desk.run("rubric", "show", "ONE-1", "--rubric", "tiny")[2],
    "R335": lambda desk: translated(desk, lambda catalogue: catalogue.delete("Component ONE")),
    "R336": lambda desk: translated(desk, lambda catalogue: catalogue.add("A text that is gone", "(gone)")),
    "R337": lambda desk: translated(desk, lambda catalogue: None, compiled=False),
    "P401": p401,
    "P402": p402,
    "P403": p403,
    "P430": p430,
    "P431": lambda desk: templated(desk, "{% include '../../etc/passwd' %}"),
    "P432": p432,
    "P433": lambda desk: templated(desk, "Gruß".encode("latin-1")),
    "P434": lambda desk: templated(desk, "<h1>Ours</h1>", name="fornt.html"),
    "P435": lambda desk: templated(desk, "{{ 'a' * 10 ** 9 }}"),
    "P436": p436,
    "P437": lambda desk: templated(desk, "<p>\n{{ view.title|safe }}"),
    "P438": p438,
    "P404": p404,
    "P405": p405,
    "P406": p406,
    "P407": p407,
    "P451": p451,
    "P452": p452,
    "P453": p453,
    "P454": p454,
    "P455": p455,
    "P456": saved_anew,
    "P457": lambda desk: saved_anew(desk, wider_bar),
    "P458": p458,
    "P459": p459,
    "P460": p460,
    "P461": signed_and_verified,
    "P462": lambda desk: signed_and_verified(desk, "--trust", "somebody-else.pem"),
    "P463": p463,
    "P464": p464,
    "P466": p466,
    "P467": p467,
    "P465": lambda desk: saved_anew(desk, of_other_libraries),
    "E510": e510,
    "E511": lambda desk: signed(desk, "--key", "ours.yaml", "--cert", "cyber-desk.pem"),
    "E512": lambda desk: signed(desk, "--key", "cyber-desk.key", "--cert", "somebody-else.pem"),
    "E513": e513,
    "M601": lambda desk: planned(desk, "--target", "midle"),
    "M602": lambda desk: planned(desk, "--target", "high", answers="answers: {ONE-01: 2, TWO-02: 1, TRE-01: 1}"),
    "M603": lambda desk: planned(desk, "--target", "middle", "--budget", "0"),
    "M604": m604,
    "M605": lambda desk: planned(desk, "--budget", "1", answers="answers: {ONE-01: unknown}"),
    "M606": lambda desk: planned(desk, "--target", "middle", answers="answers: {TRE-01: 5}"),
    "M607": lambda desk: planned(desk, "--target", "high", answers="answers: {ONE-01: 2, TWO-02: 1, TWO-03: 1}"),
    "B801": lambda desk: portfolio(desk, manifest="portfolio: Partners\nfiles:\n  - ours.yaml\n  - their.yaml\n"),
    "B802": b802,
    "B803": b803,
    "B804": b804,
    "B805": lambda desk: portfolio(desk, manifest="portfolio: Partners\nfile: [ours.yaml]\nfiles: [ours.yaml]\n"),
    "B806": b806,
    "B807": b807,
    "B808": b808,
    "B811": lambda desk: as_text(engines.given_up(a_job(desk)).problems, ENGLISH),
    "B812": b812,
    "B813": b813,
    "B814": lambda desk: desk.run("batch", "ours.yaml", "--out", "nowhere://reports")[2],
    "B815": lambda desk: as_text(job.render_job(a_job(desk, "0" * 64)).problems, ENGLISH),
    "B816": b816,
    "B817": b817,
    "E501": e501,
    "E502": e502,
    "E504": lambda desk: desk.run("new", "--parties", "UA,EU", "--out", "ours.yaml")[2],
}


# --- the test -----------------------------------------------------------------------------------


def inputs(code: str) -> list[Path]:
    return [path for path in sorted(BROKEN.glob(f"{code}-*")) if path.suffix != ".txt"]


def provoke(desk: Desk, code: str) -> str:
    """Return what is printed about the bad input of ``code``."""
    found = inputs(code)
    if not found:
        return OTHERWISE[code](desk)
    (bad,) = found
    if bad.is_dir():
        shutil.copytree(TINY, desk.folder / bad.name)
        shutil.copytree(bad, desk.folder / bad.name, dirs_exist_ok=True)
        if code >= "R320":
            return desk.run("rubric", "check", bad.name)[1]
        return desk.run("check", "ours.yaml", "--rubric", bad.name)[1]
    shutil.copy(bad, desk.folder)
    return desk.run("check", bad.name, *OPTIONS.get(code, ()))[1]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, capsys, monkeypatch)


def test_every_code_of_the_catalogue_has_one_bad_input_or_one_function_that_provokes_it() -> None:
    provoked = [path.name[:4] for path in BROKEN.iterdir() if path.suffix != ".txt" and path != SOUND]
    assert sorted([*provoked, *OTHERWISE]) == sorted(CATALOGUE)


def test_every_expected_text_belongs_to_a_code() -> None:
    assert sorted(path.name[:4] for path in BROKEN.glob("*.txt")) == sorted(CATALOGUE)


def expected_file(code: str) -> Path:
    found = inputs(code)
    return BROKEN / f"{found[0].stem if found else code}.txt"


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_bad_input_is_told_with_its_place_the_rule_and_the_way_out(desk: Desk, code: str) -> None:
    printed, file = provoke(desk, code), expected_file(code)
    if os.environ.get("REGENERATE") == "1":
        file.write_text(printed)
    wanted = file.read_text()
    difference = "".join(difflib.unified_diff(wanted.splitlines(True), printed.splitlines(True), file.name, "printed"))
    assert printed == wanted, f"{difference}\nIf this is meant: REGENERATE=1 python -m pytest tests/test_broken.py"
    assert set(re.findall(r"^\S+ ([A-Z]\d{3}) ", printed, re.MULTILINE)) - {"Y120"} == {code} - {"Y120"}
    assert f" {code} " in printed
    assert str(desk.folder) not in printed
