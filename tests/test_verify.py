"""A report proves itself: verify accepts what score made and names every figure that was changed."""

import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)
from tiny import AS_OF, TINY

from assess.assessment import assess
from assess.language import ENGLISH
from assess.problems.model import InputError
from assess.problems.render import message
from assess.report.make import Wish, render
from assess.report.provenance import Sources, sha256
from assess.report.verify import verify
from assess.rubric.load import is_as_released, load_rubric

YAML = f"""rubric: tiny 0.1
relationship: {{parties: {{A: {{code: AA, name: Aland}}, B: {{code: BB, name: Bland}}}}}}
as_of: {AS_OF}
answered_by: {{side: third, role: analyst}}
evidence:
  a-both: {{title: Joint record, date: 2026-06-01, grade: A, source: both}}
answers:
  ONE-01: {{level: 5, evidence: [a-both]}}
  TWO-02: {{level: 3, evidence: [a-both]}}
"""


@pytest.fixture(scope="module")
def report() -> bytes:
    from assess.questionnaire.load import check_document
    from assess.yamlio import parse

    answers, _ = check_document(parse(YAML.encode(), "t.yaml"), TINY)
    return render(assess(TINY, [answers]), TINY, Sources([YAML.encode()]), Wish(("pdf",)))


def told(pdf: bytes) -> list[str]:
    return [f"{p.code} {message(p, ENGLISH)}" for p in verify(pdf, "report.pdf").problems]


def test_the_record_names_every_library_that_lays_out_pages_and_shapes_or_cuts_fonts(report: bytes) -> None:
    """Of the system's, each has a version of digits and dots; pango 1.50.12 is 15012 to a program."""
    named = json.loads(part(report, "provenance.json"))["libraries"]
    assert sorted(named) == ["cssselect2", "fontconfig", "fonttools", "harfbuzz", "harfbuzz-subset", "pango", "pydyf",
                             "pyphen", "tinycss2", "weasyprint"]
    system = [named[key].split(".") for key in ("fontconfig", "harfbuzz", "pango")]
    assert all(len(parts) == 3 and all(part.isdigit() for part in parts) for parts in system), system


def written(writer: PdfWriter) -> bytes:
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_report_as_it_was_made_is_sound(report: bytes) -> None:
    assert told(report) == []


def test_one_changed_digit_on_a_page_is_named_with_what_the_answers_give(report: bytes) -> None:
    """The digits of the page's text are glyph numbers; swapping two of them is what a forger would do."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(report)))
    page = writer.pages[1]
    before = page.extract_text()
    content = page["/Contents"].get_object()
    assert isinstance(content, StreamObject)
    data = content.get_data()
    for digit, other in swaps(report):
        content.set_data(data.replace(digit, other, 1))
        if page.extract_text() != before:
            break
    problems = told(written(writer))
    assert len(problems) == 1
    assert problems[0].startswith("P406 page 2 says «")


def swaps(report: bytes) -> list[tuple[bytes, bytes]]:
    """Pairs of hexadecimal glyph numbers that may stand in the content."""
    import re

    content = PdfReader(BytesIO(report)).pages[1]["/Contents"].get_object()
    assert isinstance(content, StreamObject)
    runs = sorted(set(re.findall(rb"<([0-9a-f]{4})>", content.get_data())))
    return [(b"<" + a + b">", b"<" + b + b">") for a in runs for b in runs if a != b]


def test_a_changed_answer_inside_the_file_is_found_by_its_hash(report: bytes) -> None:
    assert told(with_part(report, "questionnaire-1.yaml", YAML.replace("level: 5", "level: 4").encode())) == [
        "P405 questionnaire-1.yaml inside the file is not what the report was made from"
    ]


def test_a_changed_answer_with_a_mended_hash_is_found_by_scoring_again(report: bytes) -> None:
    import hashlib

    forged = YAML.replace("level: 5", "level: 4").encode()
    changed = with_part(report, "questionnaire-1.yaml", forged)
    record = part(changed, "provenance.json")
    old = hashlib.sha256(YAML.encode()).hexdigest().encode()
    changed = with_part(changed, "provenance.json", record.replace(old, hashlib.sha256(forged).hexdigest().encode()))
    problems = told(changed)
    assert "P406 result.components.ONE.points says «100.0», but the answers give «80.0»" in problems


def part(report: bytes, name: str) -> bytes:
    return bytes(PdfReader(BytesIO(report)).attachments[name][0])


def with_part(report: bytes, name: str, content: bytes) -> bytes:
    """Replace one embedded file and nothing else."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(report)))
    for reference in writer.root_object["/AF"]:
        entry = reference.get_object()
        if entry["/UF"] == name:
            stream = StreamObject()
            stream.set_data(content)
            stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
            entry["/EF"][NameObject("/F")] = writer._add_object(stream)
    return written(writer)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is no PDF"),
        (b"no pdf at all", "it is no PDF"),
        (Path(__file__).read_bytes(), "it is no PDF"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        verify(content, "x.pdf")
    (problem,) = refused.value.problems
    assert message(problem, ENGLISH) == f"this file cannot be verified: {reason}"


def test_of_a_broken_file_nothing_is_said_but_in_words_of_our_own(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"no pdf at all")
    done = subprocess.run([sys.executable, "-m", "assess", "verify", str(file)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, f"""\
{file} P404 this file cannot be verified: it is no PDF
    Rule: A report of this program carries its questionnaires, its rubric and its result.
    Way out: Ask for the PDF as it came out of «assess score»; printing it anew removes what it carries.
""")


def test_a_pdf_of_another_program_is_refused(report: bytes) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    with pytest.raises(InputError) as refused:
        verify(written(writer), "x.pdf")
    (problem,) = refused.value.problems
    assert message(problem, ENGLISH) == "this file cannot be verified: it carries no record"


def test_a_report_of_another_version_is_a_warning_not_a_failure(
    report: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess.report.verify.__version__", "9.9.9")
    assert told(report) == ["P407 made by version 1.0.0 of the program, checked by version 9.9.9"]




# --- what a forger may try besides digits ---------------------------------------------------------------


def changed(report: bytes, change: Callable[[PdfWriter], object]) -> list[str]:
    """Return what verify says of the report with one change."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(report)))
    change(writer)
    return told(written(writer))


def test_a_file_saved_anew_without_a_change_is_a_warning(report: bytes) -> None:
    assert changed(report, str) == [
        "P456 the file was saved anew: it holds the same as the one made here, in other bytes"
    ]


def test_another_title_in_the_metadata_is_named(report: bytes) -> None:
    (problem,) = changed(report, lambda writer: writer.add_metadata({"/Title": "Approved"}))
    assert problem.startswith("P406 metadata Title says «Approved», but the answers give «Readiness for cyberdialog: ")


def test_a_file_added_to_those_inside_is_named(report: bytes) -> None:
    assert changed(report, lambda writer: writer.add_attachment("more.json", b"{}"))[0] == (
        "P405 more.json inside the file is not what the report was made from"
    )


def test_a_file_taken_from_those_inside_is_named(report: bytes) -> None:
    def take(writer: PdfWriter) -> None:
        names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
        at = next(n for n in range(0, len(names), 2) if names[n] == "rubric.json")
        del names[at : at + 2]

    assert "P405 rubric.json inside the file is not what the report was made from" in changed(report, take)


def test_a_note_laid_over_a_figure_is_named(report: bytes) -> None:
    from pypdf.annotations import FreeText

    note = FreeText(text="92", rect=(100, 600, 140, 640))
    (problem,) = changed(report, lambda writer: writer.add_annotation(0, note))
    assert problem.startswith("P406 page 1, links and notes says «") and "/FreeText" in problem


def test_a_link_that_leads_elsewhere_is_named(report: bytes) -> None:
    def divert(writer: PdfWriter) -> None:
        link = next(entry.get_object() for page in writer.pages for entry in page.get("/Annots", ()))
        link[NameObject("/Dest")] = TextStringObject("method")

    (problem,) = changed(report, divert)
    assert problem.startswith("P406 page ") and "links and notes" in problem


def recorded(report: bytes, **changes: str) -> bytes:
    """Return the report with another record; no hash covers it."""
    record = json.loads(part(report, "provenance.json"))
    return with_part(report, "provenance.json", json.dumps({**record, **changes}).encode())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("paper", "A4 } .score .big::after { content: '95' } @page { size: A4"),
        ("language", "zz"),
        ("language", "../../../tmp"),
        ("engine", "1.0.0 </style>"),
        ("templates", "none"),
    ],
)
def test_a_record_that_says_what_this_program_never_writes_is_refused(report: bytes, key: str, value: str) -> None:
    with pytest.raises(InputError) as refused:
        verify(recorded(report, **{key: value}), "x.pdf")
    (problem,) = refused.value.problems
    assert message(problem, ENGLISH).startswith(
        f"this file cannot be verified: its record is not what this program writes, {key}: it "
    )


def test_a_record_of_another_version_than_its_result_is_refused(report: bytes) -> None:
    with pytest.raises(InputError) as refused:
        verify(recorded(report, engine="0.9"), "x.pdf")
    (problem,) = refused.value.problems
    assert message(problem, ENGLISH) == (
        "this file cannot be verified: its record names version 0.9, its result version 1.0.0"
    )


def told_otherwise(report: bytes, old: str, new: str) -> bytes:
    """Return the report with another result and a record that fits it."""
    result = part(report, "result.json").decode()
    assert old in result
    changed = with_part(report, "result.json", result.replace(old, new).encode())
    record = json.loads(part(changed, "provenance.json"))
    record["parts"]["result.json"] = sha256(result.replace(old, new).encode())
    return with_part(changed, "provenance.json", json.dumps(record).encode())


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"marking": null', '"marking": "TLP:BLUE"', "no report has the marking TLP:BLUE"),
        (f'"as_of": "{AS_OF}"', '"as_of": "2026-11-31"', "its result has no date"),
    ],
)
def test_a_result_that_this_program_never_writes_is_refused(report: bytes, old: str, new: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        verify(told_otherwise(report, old, new), "x.pdf")
    (problem,) = refused.value.problems
    assert message(problem, ENGLISH) == f"this file cannot be verified: {reason}"


def test_no_page_is_made_for_a_paper_that_is_none() -> None:
    from assess.questionnaire.load import check_document
    from assess.yamlio import parse

    answers, _ = check_document(parse(YAML.encode(), "t.yaml"), TINY)
    with pytest.raises(ValueError, match="the paper is A4 or letter"):
        render(assess(TINY, [answers]), TINY, Sources([YAML.encode()]), Wish(("html",), paper="A4 }"), "html")


# --- what says the same and shows another thing -----------------------------------------------------------


def tagged(writer: PdfWriter, kind: str) -> DictionaryObject:
    """Return the first element of the tag tree of this kind that has a text alternative, or is a paragraph."""
    found = (entry.get_object() for entry in writer._objects if entry is not None)
    return next(entry for entry in found if isinstance(entry, DictionaryObject) and entry.get("/S") == kind)


def links(writer: PdfWriter) -> list[DictionaryObject]:
    entries = [entry.get_object() for page in writer.pages for entry in page.get("/Annots", ())]
    return [entry for entry in entries if entry.get("/Subtype") == "/Link"]


def resources(writer: PdfWriter, kind: str) -> list[DictionaryObject]:
    return [entry.get_object() for entry in writer.pages[0]["/Resources"][kind].values()]


def script() -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject("/JavaScript"),
                             NameObject("/JS"): TextStringObject("app.alert(1)")})


def put(entry: DictionaryObject, key: str, value: PdfObject) -> None:
    entry[NameObject(key)] = value


def other_font(writer: PdfWriter) -> None:
    """Change a bit of the outlines of a font."""
    (holder, *_) = resources(writer, "/Font")[0]["/DescendantFonts"]
    font = holder.get_object()["/FontDescriptor"]["/FontFile2"].get_object()
    data = font.get_data()
    font.set_data(data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])


def other_colours(writer: PdfWriter) -> None:
    """Change a stream that is no content of a page."""
    profile = writer.root_object["/OutputIntents"][0].get_object()["/DestOutputProfile"].get_object()
    profile.set_data(profile.get_data() + b"\0")


def exchanged(writer: PdfWriter) -> None:
    """Let two links lie where the other lay."""
    first, second = links(writer)[:2]
    one, two = first["/Rect"], second["/Rect"]
    put(first, "/Rect", two)
    put(second, "/Rect", one)


def more_files(writer: PdfWriter) -> None:
    stream = StreamObject()
    stream.set_data(b"rubric: another")
    entry = DictionaryObject({
        NameObject("/Type"): NameObject("/Filespec"), NameObject("/UF"): TextStringObject("answers.yaml"),
        NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(stream)}),
    })
    writer.root_object["/AF"].append(writer._add_object(entry))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (other_font, "page 1 (/Resources/Font/"),
        (lambda w: [put(state, "/ca", NumberObject(0)) for state in resources(w, "/ExtGState")],
         "page 1 (/Resources/ExtGState/"),
        (lambda w: put(tagged(w, "/Figure"), "/Alt", TextStringObject("95")), "the file (/StructTreeRoot/K/"),
        (lambda w: put(tagged(w, "/P"), "/ActualText", TextStringObject("95")), "the file (/StructTreeRoot/K/"),
        (lambda w: put(w.pages[0], "/AA", DictionaryObject({NameObject("/O"): script()})), "page 1 (/AA)"),
        (lambda w: put(w.pages[0], "/UserUnit", NumberObject(10)), "page 1 (/UserUnit)"),
        (lambda w: put(links(w)[0], "/PA", script()), "page 1 (/Annots/"),
        (lambda w: put(w.root_object["/Outlines"]["/First"], "/A", script()), "the file (/Outlines/First/A)"),
        (lambda w: put(w.root_object, "/Collection", DictionaryObject()), "the file (/Collection)"),
        (lambda w: put(w.root_object, "/AcroForm", DictionaryObject({NameObject("/Fields"): ArrayObject()})),
         "the file (/AcroForm)"),
        (lambda w: put(w.root_object, "/AcroForm", ArrayObject([NumberObject(1)])), "the file (/AcroForm)"),
        (exchanged, "page 1 (/Annots/"),
        (more_files, "the file (/AF)"),
    ],
)
def test_whatever_a_reader_sees_hears_or_opens_is_compared(
    report: bytes, change: Callable[[PdfWriter], object], where: str
) -> None:
    problems = changed(report, change)
    assert problems[0].startswith(f"P457 {where}")
    assert all(problem.endswith(" shows something else than the answers give") for problem in problems)


def test_with_other_libraries_letters_that_look_different_are_not_confirmed(report: bytes) -> None:
    """The record can be changed by whoever changes the rest, so that it never makes a difference pass."""
    versions = json.loads(part(report, "provenance.json"))["libraries"]
    older = laid_out_with(report, {**versions, "pydyf": "0.1"})
    assert told(older) == ["P456 the file was saved anew: it holds the same as the one made here, in other bytes"]
    (problem,) = changed(older, other_font)
    assert problem == (
        f"P465 whether the pages follow from the answers could not be confirmed: pydyf 0.1 → {versions['pydyf']}"
    )
    (problem,) = changed(older, other_colours)
    assert problem.startswith("P457 page 1 (/Resources/")
    assert changed(older, more_files) == ["P457 the file (/AF) shows something else than the answers give"]


def test_a_report_that_names_no_libraries_is_sound_if_its_bytes_are(report: bytes) -> None:
    """Those of the first days name none."""
    from assess.questionnaire.load import check_document
    from assess.yamlio import parse

    answers, _ = check_document(parse(YAML.encode(), "t.yaml"), TINY)
    first = render(assess(TINY, [answers]), TINY, Sources([YAML.encode()], libraries={}), Wish(("pdf",)))
    assert "libraries" not in json.loads(part(first, "provenance.json"))
    assert told(first) == []


def laid_out_with(report: bytes, libraries: dict[str, str]) -> bytes:
    """Return the report with these libraries in its record, written as this program writes it."""
    record = json.loads(part(report, "provenance.json"))
    writer = PdfWriter(clone_from=PdfReader(BytesIO(report)))
    content = (json.dumps({**record, "libraries": libraries}, indent=2, sort_keys=True) + "\n").encode()
    for reference in writer.root_object["/AF"]:
        entry = reference.get_object()
        if entry["/UF"] == "provenance.json":
            stream = entry["/EF"]["/F"].get_object()
            stream.set_data(content)
            replaced(stream, content)
    return written(writer)


def replaced(stream: StreamObject, content: bytes) -> None:
    """Bring size and checksum of a file inside up to date."""
    import hashlib

    parameters = stream.get("/Params", DictionaryObject()).get_object()
    if "/Size" in parameters:
        put(parameters, "/Size", NumberObject(len(content)))
    if "/CheckSum" in parameters:
        put(parameters, "/CheckSum", ByteStringObject(hashlib.md5(content).digest()))


# --- the rubric -------------------------------------------------------------------------------------------


def test_a_rubric_is_as_released_unless_it_bears_an_installed_name_and_holds_something_else() -> None:
    installed = load_rubric()
    assert is_as_released(installed)
    assert is_as_released(TINY)
    assert not is_as_released(installed.model_copy(update={"hash": TINY.hash}))
    assert not is_as_released(installed.model_copy(update={"version": "1.0.9"}))
