"""Every format says the same: the figures of DOCX, XLSX and CSV are those of the JSON file and of the page."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader
from tiny import TINY, questionnaire

from assess.assessment import Assessment, assess
from assess.language import ENGLISH
from assess.questionnaire.load import load_questionnaire
from assess.report.formats.columns import meaning, sheet_title
from assess.report.formats.comma import BOM, CSV_COLUMNS
from assess.report.formats.docx.shapes import NotDrawnError, drawing
from assess.report.formats.job import Job, view_of
from assess.report.formats.tables import tables_of
from assess.report.formats.tree import Node, parse
from assess.report.make import FORMATS, Wish, render
from assess.report.provenance import Sources
from assess.report.templates import Templates
from assess.report.view import ReportView
from assess.rubric.load import rubric_translator
from assess.rubric.model import Rubric

ROOT = Path(__file__).parents[1]
EVIL = "=HYPERLINK(\"http://x\")<b>&\x00\x1b\ufffe{{ 7 }}"
TOLD = "=HYPERLINK(\"http://x\")<b>&{{ 7 }}"


@pytest.fixture(scope="module")
def example(rubric: Rubric) -> Assessment:
    """A real example."""
    found, _ = load_questionnaire(ROOT / "examples/eu-ukraine-2026.yaml", rubric)
    return assess(rubric, [found])


@pytest.fixture(scope="module")
def told(rubric: Rubric, example: Assessment) -> Any:
    """The example as JSON."""
    return json.loads(example.to_json())


_MADE: dict[tuple[str, str], bytes] = {}


def made(example: Assessment, rubric: Rubric, name: str, language: str = "en") -> bytes:
    """The example in one format, made once."""
    if (name, language) not in _MADE:
        tr = rubric_translator(rubric.id, language)
        _MADE[name, language] = render(example, rubric, Sources([]), Wish((name,), tr), name)
    return _MADE[name, language]


def small(**sections: Any) -> Assessment:
    answers = {"ONE-01": {"level": 5, "evidence": ["a-both"], "note": EVIL}, "ONE-02": {"A": 2, "B": 3},
               "TWO-02": {"level": 1, "evidence": ["a-old"]}}
    return assess(TINY, [questionnaire(**{"answers": answers} | sections)], ranges=False)


def of_small(name: str, **sections: Any) -> bytes:
    return render(small(**sections), TINY, Sources([]), Wish((name,)), name)


# --- CSV ----------------------------------------------------------------------------------------------


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_of_the_csv_is_an_indicator_with_the_figures_of_the_json_file(
    example: Assessment, rubric: Rubric, told: Any
) -> None:
    rows = rows_of(made(example, rubric, "csv"))
    parts = [(c, i) for c in told["result"]["components"] for i in c["indicators"]]
    assert [(row["component"], row["indicator"]) for row in rows] == [(c["id"], i["id"]) for c, i in parts]
    for row, (_, part) in zip(rows, parts, strict=True):
        for key in ("points", "share", "contribution", "lost", "swing", "weight"):
            assert (float(row[key]) if row[key] else None) == part[key]
        for key in ("low", "high"):
            assert (float(row[key]) if row[key] else None) == (part["bounds"] and part["bounds"][key])
        assert row["state"] == part["state"]


def test_the_columns_of_the_csv_are_the_same_in_every_language(example: Assessment, rubric: Rubric) -> None:
    english, ukrainian = (made(example, rubric, "csv", language).decode() for language in ("en", "uk"))
    assert english.splitlines()[0] == ukrainian.splitlines()[0] == BOM + ",".join(CSV_COLUMNS)
    assert "Канал кризового зв’язку" in ukrainian


def test_no_text_of_the_csv_is_a_formula_and_lines_end_as_the_standard_says() -> None:
    relationship = {"parties": {"A": {"code": "AA", "name": "=A"}, "B": {"code": "BB", "name": "B"}}}
    content = of_small("csv", relationship=relationship).decode()
    assert content.count("\r\n") == content.count("\n") == 1 + len(TINY.indicators)
    for row in rows_of(content.encode()):
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


@pytest.mark.parametrize(("text", "told"), [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"),
                                            ("\t=1", "'\t=1"), (" =1", "' =1"), ("a=1", "a=1"), (-1.5, "-1.5")])
def test_a_cell_that_would_become_a_formula_gets_an_apostrophe(text: str | float, told: str) -> None:
    from assess.report.formats.comma import _cell

    assert _cell(text) == told


# --- XLSX ---------------------------------------------------------------------------------------------


def test_every_figure_of_the_workbook_is_that_of_the_json_file(example: Assessment, rubric: Rubric, told: Any) -> None:
    book = load_workbook(io.BytesIO(made(example, rubric, "xlsx")))
    sheet = book["Indicators"]
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    by_id = {i["id"]: i for c in told["result"]["components"] for i in c["indicators"]}
    assert len(rows) == len(by_id)
    for row in (dict(zip(head, row, strict=True)) for row in rows):
        part = by_id[row["id"]]
        assert {key: row[key] for key in ("points", "share", "lost", "contribution", "essential")} == {
            key: part[key] for key in ("points", "share", "lost", "contribution", "essential")}
        assert (row["bounds.low"], row["bounds.high"]) == (
            (part["bounds"] or {}).get("low"), (part["bounds"] or {}).get("high"))


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part)]
    return [value]


def test_the_tables_hold_every_number_of_the_json_file(example: Assessment, told: Any) -> None:
    """Lists of numbers stand in one cell; every other number is a cell of its own."""
    cells = [value for table in tables_of(example).values() for row in table.rows for value in row]
    numbers = {value for value in leaves(told) if isinstance(value, float)}
    lists = " ".join(value for value in cells if isinstance(value, str))
    missing = numbers - {value for value in cells if isinstance(value, float)}
    assert {value for value in missing if f"{value:g}" not in lists} == set()


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_column_of_the_workbook_is_explained_and_every_sheet_has_its_name(
    example: Assessment, language: str
) -> None:
    tr = rubric_translator("cyberdialog", language)
    tables = [table for table in tables_of(example).values() if table.rows]
    assert {(t.name, name) for t in tables for name in t.columns if not meaning(t, name, tr)} == set()
    titles = [sheet_title(t.name, tr) for t in tables]
    assert len(set(titles)) == len(titles) and max(map(len, titles)) <= 31


def test_sheets_have_a_frozen_head_a_filter_and_widths(example: Assessment, rubric: Rubric) -> None:
    book = load_workbook(io.BytesIO(made(example, rubric, "xlsx")))
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes and sheet.auto_filter.ref and sheet.print_title_rows == "$1:$1"
        assert sheet.column_dimensions["A"].width >= 9
        assert all(cell.font.bold for cell in sheet[1])


def rows_of_sheet(sheet: Any) -> list[list[str]]:
    return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(("language", "title"), [("en", "Summary"), ("uk", "Підсумок")])
def test_the_workbook_begins_with_a_summary_that_says_what_page_one_says(
    example: Assessment, rubric: Rubric, language: str, title: str
) -> None:
    tr = rubric_translator(rubric.id, language)
    view = view_of(example, rubric, tr)
    book = load_workbook(io.BytesIO(made(example, rubric, "xlsx", language)))
    assert book.sheetnames[0] == title
    said = "\n".join("/".join(row) for row in rows_of_sheet(book.worksheets[0]))
    top, figures, gates, components, steps = (part.split("\n") for part in said.split("\n\n"))
    assert view.sure is not None
    likely = {row.title: row.likely for row in view.sure.rows}
    span = tr("(no single stage: too much is open)")
    assert (top[0], top[-1]) == (view.title, view.front.headline)
    assert figures == [
        f"{tr('Index')}/{view.front.index} {tr('of 100')}", f"{tr('Stage')}/{view.front.stage} {span}",
        f"{tr('Coverage')}/{view.front.coverage}", f"{tr('Likely, 90 %')}/{likely[tr('Index')]}",
        f"{tr('Hard bounds')}/{view.front.bounds}",
    ]
    assert gates[1:] == [f"{g.title}/{g.asks}/{g.state}/{g.cap}" for g in view.gates]
    assert components[1:9] == [
        f"{c.title}/{c.points}/{likely[c.title]}/{c.bounds}/{c.coverage}" for c in view.components]
    wanted = [f"{number}. {step.action}" for number, step in enumerate(view.front.next_steps, start=1)]
    assert [line[: len(start)] for line, start in zip(steps[1:], wanted, strict=True)] == wanted


def test_a_span_of_stages_and_points_that_only_indicate_say_so_in_the_summary() -> None:
    found = rows_of_sheet(load_workbook(io.BytesIO(of_small("xlsx"))).worksheets[0])
    stage = view_of(small(), TINY, ENGLISH).front.stage
    assert [row for row in found if row[:1] == ["Stage"]] == [
        ["Stage", f"{stage} (no single stage: too much is open)"]]
    assert ["In brackets: too little is answered, so the points are an indication only."] in found


def test_the_dictionary_of_columns_is_the_last_sheet_and_every_sheet_prints_one_page_wide(
    example: Assessment, rubric: Rubric
) -> None:
    book = load_workbook(io.BytesIO(made(example, rubric, "xlsx")))
    assert (book.sheetnames[1], book.sheetnames[-1]) == ("Figures", "What the columns hold")
    assert {(s.page_setup.fitToWidth, s.page_setup.fitToHeight, s.sheet_properties.pageSetUpPr.fitToPage)
            for s in book.worksheets} == {(1, 0, True)}


def test_no_figure_stands_twice_in_the_table_of_figures(example: Assessment) -> None:
    names = tables_of(example)["figures"].column("figure")
    assert [name for name in names if names.count(name) > 1] == []


def test_no_text_of_the_workbook_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(of_small("xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    (evil,) = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert evil.quotePrefix and evil.value == TOLD


# --- DOCX ---------------------------------------------------------------------------------------------


def texts_of(content: bytes) -> str:
    """All text of the body in order, a line a paragraph; that of charts left out."""
    document = Document(io.BytesIO(content))
    lines = []
    for paragraph in document.element.body.iter(qn("w:p")):
        if not any(parent.tag == qn("w:txbxContent") for parent in paragraph.iterancestors()):
            runs = [t.text or "" for t in paragraph.iter(qn("w:t"))
                    if not any(parent.tag.endswith("AlternateContent") for parent in t.iterancestors())]
            lines.append("".join(runs))
    return "\n".join(lines).replace("\u00a0", " ")


def plain(text: object) -> str:
    return " ".join(str(text).replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_document_says_every_figure_of_the_view(example: Assessment, rubric: Rubric, language: str) -> None:
    view = view_of(example, rubric, rubric_translator(rubric.id, language))
    text = plain(texts_of(made(example, rubric, "docx", language)))
    for needed in wanted(view):
        assert plain(needed) in text


@pytest.mark.parametrize(("language", "first", "up"), [
    ("en", "Readiness for cyberdialog · as of 23 November 2026", "Up ↑"),
    ("uk", "Готовність до кібердіалогу · станом на 23 листопада 2026 р.", "Угору ↑"),
])
def test_the_document_begins_with_the_report_and_has_no_links_for_moving_about_on_a_screen(
    example: Assessment, rubric: Rubric, language: str, first: str, up: str
) -> None:
    view = view_of(example, rubric, rubric_translator(rubric.id, language))
    lines = [line for line in texts_of(made(example, rubric, "docx", language)).splitlines() if line]
    assert [plain(line) for line in lines[:2]] == [first, plain(view.title)]
    assert up not in lines


def wanted(view: ReportView) -> list[object]:
    found: list[object] = [view.title, view.front.index, view.front.headline, view.front.stage, *view.front.sure]
    found += [f"{i.id} {i.title}" for c in view.components for i in c.indicators]
    found += [f"{g.title}" for g in view.gates] + [f"{e.id}" for e in view.evidence]
    found += [sentence for c in view.components for sentence in (c.title, c.finding, *c.flags)]
    return found


def numbers_of(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)?", text)


def test_tables_of_the_document_have_the_same_cells_as_those_of_the_page(example: Assessment, rubric: Rubric) -> None:
    job = Job(example, rubric, Sources([]), Wish(("docx",)))
    page = parse(job.print_page)
    tables = [rows_of_table(node) for node in page.walk() if node.tag == "table"]
    document = Document(io.BytesIO(made(example, rubric, "docx")))
    there = [[[plain(cell.text).replace(" · ", " ") for cell in row.cells] for row in t.rows] for t in document.tables]
    for table in tables:
        assert [[numbers_of(cell) for cell in row] for row in table] in [
            [[numbers_of(cell) for cell in row] for row in rows] for rows in there]


def rows_of_table(table: Node) -> list[list[str]]:
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    parts = sorted((part for part in table.elements() if part.tag in order), key=lambda part: order[part.tag])
    return [[plain(cell.text()) for cell in row.elements()] for part in parts for row in part.elements()]


def test_the_document_has_real_styles_repeated_heads_and_rows_that_stay_whole() -> None:
    document = Document(io.BytesIO(of_small("docx")))
    styles = [p.style.name for p in document.paragraphs if p.style]
    for name in ("Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "Report Label", "Report Lead"):
        assert name in styles or name == "Report Label"
    assert styles.count("Title") == 1
    assert document.tables
    for table in document.tables:
        assert table.style is not None and table.style.name == "Table Grid"
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert any(row._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables for row in table.rows)


def test_every_inner_link_of_the_document_leads_to_a_bookmark_and_evidence_can_be_reached() -> None:
    document = Document(io.BytesIO(of_small("docx")))
    body = document.element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert len(marks) == len(set(marks)) and set(links) <= set(marks)
    assert any(name.startswith("at_ev_a_both_") for name in links)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in marks)
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_text_of_a_questionnaire_becomes_no_field_no_odd_link_and_no_invalid_character() -> None:
    evidence = {"e": {"title": "{ HYPERLINK x }\x07", "date": "2026-01-01", "grade": "A", "source": "both",
                      "url": "javascript:alert(1)", "note": EVIL},
                "f": {"title": "F", "date": "2026-01-01", "grade": "A", "source": "both",
                      "url": "https://example.org/?a=1&b"}}
    answers = {"ONE-01": {"level": 3, "evidence": ["e", "f"], "note": EVIL}}
    content = of_small("docx", evidence=evidence, answers=answers)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert set(re.findall(r'w:instr="([^"]*)"', "".join(parts.values()))) == {" PAGE ", " NUMPAGES "}
    assert "instrText" not in parts["word/document.xml"]
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', parts["word/_rels/document.xml.rels"])
    assert targets == ["https://example.org/?a=1&amp;b"]
    assert TOLD in texts_of(content)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", parts["word/document.xml"])


@pytest.mark.parametrize("language", ["en", "uk"])
def test_head_foot_language_and_properties_come_from_the_input(
    example: Assessment, rubric: Rubric, language: str
) -> None:
    document = Document(io.BytesIO(made(example, rubric, "docx", language)))
    view = view_of(example, rubric, rubric_translator(rubric.id, language))
    head, foot = (part.paragraphs[0] for part in (document.sections[0].header, document.sections[0].footer))
    assert view.title in head.text and {"en": "Illustration", "uk": "Приклад"}[language] in head.text
    assert [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))] == [" PAGE ", " NUMPAGES "]
    properties = document.core_properties
    assert (properties.language, f"{properties.created:%Y-%m-%d}", f"{properties.modified:%Y-%m-%d}") == (
        language, "2026-11-23", "2026-11-23")
    kind = {"en": "Readiness for cyberdialog", "uk": "Готовність до кібердіалогу"}[language]
    assert properties.title.startswith(kind)
    locale = {"en": "en-GB", "uk": "uk-UA"}[language]
    assert document.styles.element.find(".//" + qn("w:lang")).get(qn("w:val")) == locale


def test_every_chart_of_the_example_is_drawn_as_shapes_with_its_text_alternative(
    example: Assessment, rubric: Rubric
) -> None:
    page = parse(Job(example, rubric, Sources([]), Wish(("docx",))).office_page)
    charts = [node for figure in page.walk() if figure.tag == "figure" for node in figure.walk() if node.tag == "svg"]
    assert len(charts) >= 6
    for number, chart in enumerate(charts, start=1):
        xml = drawing(chart, number, 480)
        assert f'name="Chart {number}" descr="' in xml and 'descr=". "' not in xml


@pytest.mark.parametrize("inside", [
    "<image href='x'/>", "<g transform='scale(2)'><rect/></g>", "<path d='M 0 0 C 1 1 2 2 3 3'/>",
    "<rect fill='url(#x)' width='1' height='1'/>",
])
def test_a_chart_with_something_that_no_shape_is_known_for_is_left_to_its_words(inside: str) -> None:
    with pytest.raises(NotDrawnError):
        drawing(next(parse(f"<svg viewBox='0 0 10 10'>{inside}</svg>").elements()), 1, 100)


def test_libre_office_opens_document_and_workbook_and_reads_the_same_text(
    example: Assessment, rubric: Rubric, soffice: str, tmp_path: Path
) -> None:
    for name in ("docx", "xlsx"):
        (tmp_path / f"report.{name}").write_bytes(made(example, rubric, name, "uk"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run([soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
                    str(tmp_path / "report.docx")], check=True, capture_output=True, timeout=240)
    pages = PdfReader(tmp_path / "report.pdf").pages
    text = plain(" ".join(page.extract_text() for page in pages))
    view = view_of(example, rubric, rubric_translator(rubric.id, "uk"))
    for needed in (view.title, view.front.index, *(c.title for c in view.components), *(e.id for e in view.evidence)):
        assert plain(needed) in text
    assert f"{len(pages)} / {len(pages)}" in plain(pages[-1].extract_text())
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run([soffice, profile, "--headless", "--convert-to", every_sheet, "--outdir", str(tmp_path),
                    str(tmp_path / "report.xlsx")], check=True, capture_output=True, timeout=240)
    sheet = (tmp_path / "report-Індикатори.csv").read_text(encoding="utf-8")
    assert len(list(csv.reader(io.StringIO(sheet)))) == 1 + len(rubric.indicators)


def test_a_marking_stands_in_head_and_foot_of_every_page_and_in_every_row(tmp_path: Path) -> None:
    mark = '<p class="marking" style="background: #000; color: #ffc000">TLP:AMBER &amp; ours</p><h1>T</h1>'
    (tmp_path / "front.html").write_text(mark)
    wish = Wish((), templates=Templates.of(tmp_path))
    document, book, table = (render(small(), TINY, Sources([]), wish, name) for name in ("docx", "xlsx", "csv"))
    section = Document(io.BytesIO(document)).sections[0]
    for part in (section.header, section.footer):
        (run,) = part.paragraphs[1].runs
        assert (run.text, run.bold, str(run.font.color.rgb)) == (" TLP:AMBER & ours ", True, "FFC000")
    assert "TLP:AMBER" not in texts_of(document)
    for sheet in load_workbook(io.BytesIO(book)):
        assert sheet.oddHeader.right.text == sheet.oddFooter.right.text == "TLP:AMBER && ours"
    assert {row["marking"] for row in rows_of(table)} == {"TLP:AMBER & ours"}


# --- all of them ---------------------------------------------------------------------------------------


def test_every_format_is_made_of_the_same_bytes_on_another_day_and_with_another_hash_seed(tmp_path: Path) -> None:
    code = ("import sys; sys.path[:0] = ['tests']; from test_formats import of_small; import hashlib; "
            "print([hashlib.sha256(of_small(name)).hexdigest() for name in ('docx', 'xlsx', 'csv', 'json')])")
    told = {
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True,
                       env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": ""}).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "UTC"))
    }
    assert len(told) == 1
    with zipfile.ZipFile(io.BytesIO(of_small("docx"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 1, 0, 0, 0)}


def test_the_register_names_each_format_once() -> None:
    assert list(FORMATS) == ["json", "html", "pdf", "docx", "xlsx", "csv"]
    assert ENGLISH.language == "en"


def test_an_assessment_without_any_answer_is_made_in_every_format() -> None:
    for name in FORMATS:
        assert len(of_small(name, answers={}, evidence={})) > 500
