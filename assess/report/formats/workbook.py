"""XLSX: a summary to read, then the whole assessment, a sheet a table; numbers as numbers, no text a formula."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assess import workbooks
from assess.language import N_
from assess.report.formats.columns import meaning, sheet_title
from assess.report.formats.job import Job
from assess.report.formats.overview import SUMMARY, write_overview
from assess.report.formats.tables import Table, Value, tables_of
from assess.report.formats.texts import clean

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = N_("What the columns hold")
_MOST_DIGITS = 10**15  # beyond it a spreadsheet drops digits
_NARROW, _WIDE = 9, 60
# The id that a title explains, the most particular first.
_TITLED = ("indicator", "barrier", "body", "aim", "component", "challenge", "system", "id")


def as_workbook(job: Job) -> bytes:
    """Return the workbook; the same assessment and language give the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    tables = [_titled(table, _titles(job)) for table in tables_of(job.assessment).values() if table.rows]
    write_overview(book.create_sheet(workbooks.sheet_title(job.tr(SUMMARY))), job)
    for table in tables:
        _sheet(book, table, job)
    _columns(book, tables, job)
    for sheet in book.worksheets:
        _one_page_wide(sheet)
    if job.marking is not None:
        _mark(book, job.marking.text())
    _properties(book, job)
    return workbooks.to_bytes(book, job.day)


def _mark(book: "Workbook", marking: str) -> None:
    """Put the marking into head and foot of every printed page; «&», which begins a code there, is doubled."""
    for sheet in book.worksheets:
        for part in (sheet.oddHeader, sheet.oddFooter):
            part.right.text = clean(marking).replace("&", "&&")


def _properties(book: "Workbook", job: Job) -> None:
    properties = book.properties
    properties.creator = f"cyberdialog-assess {job.assessment.result.engine}"
    properties.title = clean(job.tr("Readiness for cyberdialog") + f": {job.view.title}")
    properties.language = job.tr.language
    if job.view.illustration:
        properties.subject = job.tr("Illustration from the public record")


# --- titles beside ids ------------------------------------------------------------------------------


def _titles(job: Job) -> Mapping[str, str]:
    """The name of everything that the rubric has an id for, in the language of the report."""
    rubric, tr = job.rubric, job.tr
    lists: tuple[Any, ...] = (
        rubric.components, rubric.challenges, rubric.gates, rubric.indicators.values(), rubric.barriers.values(),
    )
    named = {entry.id: tr(entry.title) for entries in lists for entry in entries}
    for mapping in (rubric.bodies, rubric.systems, rubric.aims):
        named |= {key: tr(entry.title) for key, entry in mapping.items()}
    return named


def _titled(table: Table, titles: Mapping[str, str]) -> Table:
    """Put a column ``title`` after the id that says what the row is about, where the table has no title itself."""
    name = next((key for key in ("id", *_TITLED) if key in table.columns), None)
    if name is None or "title" in table.columns or not set(titles) & set(table.column(name)):
        return table
    at = table.columns.index(name)
    rows = [(*row[: at + 1], titles.get(str(row[at])), *row[at + 1 :]) for row in table.rows]
    columns = (*table.columns[: at + 1], "title", *table.columns[at + 1 :])
    return Table(table.name, table.about, columns, table.meanings, rows)


# --- sheets -----------------------------------------------------------------------------------------


def _columns(book: "Workbook", tables: list[Table], job: Job) -> None:
    """The last sheet: what every column of every sheet holds."""
    tr = job.tr
    sheet = book.create_sheet(workbooks.sheet_title(tr(COLUMNS), book.sheetnames))
    for column, head in enumerate((tr("Sheet"), tr("Column"), tr("What it holds")), start=1):
        _write(sheet, 1, column, head, bold=True)
    rows = [(sheet_title(t.name, tr), name, meaning(t, name, tr)) for t in tables for name in t.columns]
    for number, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            _write(sheet, number, column, text)
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.auto_filter.ref = f"A1:C{len(rows) + 1}"
    for letter, width in zip("ABC", (32, 28, 90), strict=True):
        sheet.column_dimensions[letter].width = width


def _one_page_wide(sheet: "Worksheet") -> None:
    """Print every column on the same page, on as many pages below each other as the rows need."""
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _sheet(book: "Workbook", table: Table, job: Job) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(workbooks.sheet_title(sheet_title(table.name, job.tr), book.sheetnames))
    for column, name in enumerate(table.columns, start=1):
        _write(sheet, 1, column, name, bold=True)
    for number, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row, start=1):
            _write(sheet, number, column, value)
    sheet.freeze_panes = "B2" if len(table.columns) > 3 else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.print_title_rows = "1:1"
    for column in range(1, len(table.columns) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(table, column - 1)


def _width(table: Table, at: int) -> float:
    longest = max((len(_shown(row[at])) for row in table.rows), default=0)
    return min(_WIDE, max(_NARROW, longest + 2, len(table.columns[at]) + 4))


def _shown(value: Value) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value if value is not None else "")


def _write(sheet: "Worksheet", row: int, column: int, value: Value, *, bold: bool = False) -> None:
    """Write one cell; whatever a text looks like, it stays a text."""
    from openpyxl.styles import Alignment, Font, PatternFill

    if value is None:
        return
    cell = sheet.cell(row, column)
    if isinstance(value, int) and abs(value) > _MOST_DIGITS:
        value = str(value)
    if isinstance(value, str):
        text = _fitting(clean(value))
        workbooks.put(cell, text)
        cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDE)
    else:
        workbooks.put(cell, value)
        cell.alignment = Alignment(vertical="top")
        if isinstance(value, float):
            cell.number_format = "0.00" if abs(value) < 1000 else "0"
    if bold:
        cell.font = Font(name="Calibri", size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EDF2")


def _fitting(text: str) -> str:
    """Cut a text to what a cell can hold; the mark at its end says so."""
    most = workbooks.MAX_TEXT // 2 if any(ord(c) > 0xFFFF for c in text) else workbooks.MAX_TEXT
    return text if len(text) <= most else text[: most - 1] + "…"
