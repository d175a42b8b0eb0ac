"""The first sheet: how to fill in the workbook, in plain words, and how far one has come."""

from collections.abc import Sequence
from typing import Any

from assess.language import Translator
from assess.questionnaire.model import Questionnaire
from assess.questionnaire.workbook.cellsout import band, link, spread, write
from assess.questionnaire.workbook.look import height, open_sheet
from assess.questionnaire.workbook.ours import mark
from assess.questionnaire.workbook.plan import START
from assess.rubric.model import Rubric

_WIDTHS = (6, 58, 16, 16, 50)
_TEXT = sum(_WIDTHS[1:])


def write_start(
    sheet: Any, q: Questionnaire, rubric: Rubric, tr: Translator, title: str, pages: Sequence[tuple[Any, str, str]]
) -> None:
    """Write the sheet; ``pages`` are the other sheets, each with a title and the formula that counts its answers."""
    open_sheet(sheet, _WIDTHS, freeze="A4", heads="2:3")
    write(sheet, 1, 1, START, "form hidden")
    band(sheet, 2, 6, tr(rubric.title), "form title")
    band(sheet, 3, 6, f"{title}, {q.as_of.isoformat()}", "form subtitle")
    row = _section(sheet, 5, tr("How to fill in this workbook"))
    for number, text in enumerate(_steps(rubric, tr), 1):
        row = _line(sheet, row, str(number), text)
    row = _section(sheet, row + 1, tr("The sheets"))
    for column, head in ((3, tr("Sheet")), (4, tr("Answered")), (5, tr("Questions"))):
        write(sheet, row, column, head, "form strong")
    for page, said, count in pages:
        row += 1
        _page(sheet, row, page, said, count)
    row = _section(sheet, row + 2, tr("Levels"))
    for level in rubric.levels:
        row = _line(sheet, row, str(level.level), f"{tr(level.title)}. {tr(level.meaning)}")
    row = _section(sheet, row + 1, tr("Grades of evidence"))
    for grade, text in rubric.evidence.grades.items():
        row = _line(sheet, row, grade, tr(text))
    _mark(sheet, row)


def _mark(sheet: Any, last: int) -> None:
    """Say of every row, in the hidden column, what we have written there."""
    for row in range(2, last + 1):
        values = [cell.value for cell in sheet[row] if cell.value is not None]
        if values:
            write(sheet, row, 1, mark(values), "form hidden")


def _section(sheet: Any, row: int, title: str) -> int:
    band(sheet, row, 6, title)
    return row + 1


def _line(sheet: Any, row: int, mark: str, text: str) -> int:
    write(sheet, row, 2, mark, "form level")
    spread(sheet, row, 3, 6, text, "form text")
    sheet.row_dimensions[row].height = height([(text, _TEXT)])
    return row + 1


def _page(sheet: Any, row: int, page: Any, title: str, count: str) -> None:
    """Write the line of a sheet, with what is answered of how much where it has questions."""
    said = title if title.startswith(page.title) else f"{page.title}: {title}"
    link(write(sheet, row, 3, said, "form link"), page)
    if count:
        answered, asked = count.split("|")
        cell = sheet.cell(row, 4)
        cell.style = "form text"
        cell.value = answered  # a formula of our own: it counts the answers of that sheet
        write(sheet, row, 5, int(asked), "form text")


def _steps(rubric: Rubric, tr: Translator) -> tuple[str, ...]:
    caps = rubric.evidence.caps
    cite = tr(
        "Cite evidence by its id. Without evidence an answer counts as level {none} at most, with one report of "
        "grade B as level {single}, with two independent ones as level {two}; above that it takes grade A."
    ).format(none=caps.none, single=caps.single, two=caps.corroborated)
    return (
        tr("Fill in the tinted cells. All others are locked so that nothing shifts by mistake; there is no password."),
        tr("Begin with the sheet «Relationship»: the date, the two sides, and who answers."),
        tr("List every source once in the sheet «Evidence». Each has a short id, such as E1; you may choose another."),
        tr("Then go through the sheets of questions, in any order. Read the question and its levels, and choose in the "
           "column «Answer» the highest level whose sentence is true."),
        tr(
            "Level 0 says that absence is known, and needs evidence as the other levels do. What you do not know "
            "stays «unknown»: it is an honest answer, and never counts as 0."
        ),
        cite,
        tr("Write several ids with commas between them, such as E1, E4. Dates are days, months or years: 2024-07-15, "
           "2024-07 or 2024."),
        tr("If the sources disagree, choose «disputed» and write the lower level under «From» and the higher one under "
           "«To». An unknown level may have such limits too. «Not applicable» and «unknown» take a reason."),
        tr("Several people may fill in copies of the workbook, each the sheets that they know; «assess merge» joins "
           "what comes of it. Add no formulas, macros or links: they are not read."),
        tr("Save it as an Excel workbook (.xlsx). It becomes a questionnaire with: "
           "assess import FILE.xlsx -o FILE.yaml"),
    )
