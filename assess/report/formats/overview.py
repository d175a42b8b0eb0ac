"""The first sheet of the workbook: what page one says, for somebody who reads and does not count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assess import workbooks
from assess.language import N_
from assess.report.formats.job import Job
from assess.report.formats.texts import clean

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SUMMARY = N_("Summary")
_WIDTHS = (42, 36, 16, 20, 18)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a title, a text over the whole width, the head of a table, or cells side by side."""

    kind: Literal["title", "text", "head", "cells"]
    cells: tuple[str, ...] = ()


def write_overview(sheet: "Worksheet", job: Job) -> None:
    """Write the lines one under the other; the view says them, nothing is computed here."""
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for number, line in enumerate(lines(job), start=1):
        _write(sheet, number, line)


def lines(job: Job) -> list[Line]:
    """Return everything that the sheet says."""
    return [*_top(job), Line("text"), *_figures(job), Line("text"), *_gates(job), Line("text"), *_components(job),
            Line("text"), *_steps(job)]


def _top(job: Job) -> Iterator[Line]:
    tr, view = job.tr, job.view
    if job.marking is not None:
        yield Line("text", (job.marking.text(),))
    yield Line("title", (view.title,))
    yield Line("text", (tr("Readiness for cyberdialog") + " · " + tr("as of {date}").format(date=view.as_of),))
    yield from (Line("text", (text,)) for text in (*job.labels, view.front.headline))


def _figures(job: Job) -> Iterator[Line]:
    tr, front = job.tr, job.view.front
    yield Line("cells", (tr("Index"), front.index + " " + tr("of 100")))
    yield Line("cells", (tr("Stage"), " ".join(part for part in (front.stage, front.no_stage) if part)))
    yield Line("cells", (tr("Coverage"), front.coverage))
    if job.view.sure is not None:
        yield Line("cells", (tr("Likely, 90 %"), job.view.sure.rows[-1].likely))
    yield Line("cells", (tr("Hard bounds"), front.bounds))


def _gates(job: Job) -> Iterator[Line]:
    tr = job.tr
    yield Line("head", (tr("Gate"), tr("Asks for"), tr("State"), tr("Caps the stage at")))
    yield from (Line("cells", (gate.title, gate.asks, gate.state, gate.cap)) for gate in job.view.gates)


def _components(job: Job) -> Iterator[Line]:
    tr, view = job.tr, job.view
    likely = {row.title: row.likely for row in view.sure.rows} if view.sure is not None else {}
    yield Line("head", (tr("Component"), tr("Points"), tr("Likely, 90 %"), tr("Hard bounds"), tr("Coverage")))
    for c in view.components:
        yield Line("cells", (c.title, c.points, likely.get(c.title, "–"), c.bounds, c.coverage))
    if any(c.points.startswith("(") for c in view.components):
        yield Line("text", (tr("In brackets: too little is answered, so the points are an indication only."),))


def _steps(job: Job) -> Iterator[Line]:
    tr, front = job.tr, job.view.front
    if front.next_steps:
        yield Line("head", (front.next_title,))
    for number, step in enumerate(front.next_steps, start=1):
        effort = tr("Effort: {effort}.").format(effort=step.effort) if step.effort else ""
        said = (f"{number}.", step.action, step.why, effort, f"({step.indicator})")
        yield Line("text", (" ".join(part for part in said if part),))


def _write(sheet: "Worksheet", number: int, line: Line) -> None:
    """Write one row; a text over the whole width makes one cell of the row, as high as the text needs."""
    from openpyxl.styles import Alignment, Font, PatternFill

    widths: Sequence[float] = _WIDTHS if len(line.cells) > 2 else (_WIDTHS[0], sum(_WIDTHS[1:]))
    if line.kind in ("title", "text"):
        widths = (sum(_WIDTHS),)
    for column, text in enumerate(line.cells, start=1):
        cell = sheet.cell(number, column)
        workbooks.put(cell, clean(text))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if line.kind in ("title", "head") or (line.kind == "cells" and column == 1):
            cell.font = Font(name="Calibri", size=16 if line.kind == "title" else 11, bold=True)
        if line.kind == "head":
            cell.fill = PatternFill("solid", fgColor="E8EDF2")
    if line.cells and len(widths) < len(_WIDTHS):
        sheet.merge_cells(start_row=number, end_row=number, start_column=len(widths), end_column=len(_WIDTHS))
    height = workbooks.row_height(zip(line.cells, widths, strict=False))
    sheet.row_dimensions[number].height = height * (1.5 if line.kind == "title" else 1)
