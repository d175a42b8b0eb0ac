"""Small tools of the writer: cells with a style, lists to choose from, and places that link to each other."""

from collections.abc import Sequence
from typing import Any

from assess.questionnaire.workbook.plan import LISTS
from assess.questionnaire.workbook.words import Choice
from assess.workbooks import put


def write(sheet: Any, row: int, column: int, value: Any, style: str) -> Any:
    """Put ``value`` into a cell with a named style; return the cell.

    Raises:
        TextTooLongError: the text does not fit into a cell.
    """
    cell = sheet.cell(row, column)
    cell.style = style
    put(cell, value)
    return cell


def band(sheet: Any, row: int, last: int, text: str, style: str = "form band") -> None:
    """Write a heading that runs over the columns from B to ``last``."""
    for column in range(2, last + 1):
        sheet.cell(row, column).style = style
    write(sheet, row, 2, text, style)


def spread(sheet: Any, row: int, first: int, last: int, value: Any, style: str, *, down: int = 0) -> Any:
    """Write one text over the columns ``first`` to ``last`` and the rows ``row`` to ``row + down``."""
    cell = write(sheet, row, first, value, style)
    sheet.merge_cells(start_row=row, end_row=row + down, start_column=first, end_column=last)
    return cell


def link(cell: Any, sheet: Any, place: str = "B2") -> None:
    """Make a click on ``cell`` lead to ``place`` of ``sheet``."""
    from openpyxl.utils import quote_sheetname
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet.title)}!{place}")


class Lists:
    """The hidden sheet with the entries of all drop-down lists; each list stands there once."""

    def __init__(self, sheet: Any) -> None:
        """Write into ``sheet``, which is empty."""
        self.sheet = sheet
        self.known: dict[tuple[str, ...], str] = {}
        self.validations: dict[tuple[str, str], Any] = {}
        write(sheet, 1, 1, LISTS, "form hidden")

    def offer(self, cell: Any, choices: Sequence[Choice]) -> None:
        """Let ``cell`` offer these choices and no others."""
        labels = tuple(choice.label for choice in choices)
        if labels not in self.known:
            self.known[labels] = self._stored(labels)
        self.validation(cell, self.known[labels], strict=True)

    def validation(self, cell: Any, formula: str, *, strict: bool, title: str = "", text: str = "") -> None:
        """Let ``cell`` offer what ``formula`` names; others are refused if ``strict``."""
        from openpyxl.worksheet.datavalidation import DataValidation

        key = (cell.parent.title, formula)
        if key not in self.validations:
            made = DataValidation(type="list", formula1=formula, allow_blank=True)
            made.showErrorMessage, made.showInputMessage = strict, bool(text)
            made.promptTitle, made.prompt = title[:32] or None, text[:255] or None
            cell.parent.add_data_validation(made)
            self.validations[key] = made
        self.validations[key].add(cell)

    def _stored(self, labels: Sequence[str]) -> str:
        """Write the labels into a new column and return the way to them."""
        from openpyxl.utils import get_column_letter, quote_sheetname

        column = len(self.known) + 2
        for row, label in enumerate(labels, 2):
            write(self.sheet, row, column, label, "form hidden")
        letter = get_column_letter(column)
        return f"{quote_sheetname(self.sheet.title)}!${letter}$2:${letter}${len(labels) + 1}"
