"""Workbooks of the tiny rubric for tests: made by the program, changed as people and attackers change them."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from tiny import FOLDER, TINY

from assess import yamlio
from assess.language import ENGLISH, Translator
from assess.problems.model import InputError, Problem
from assess.questionnaire.blank import blank
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Parties, Party, Questionnaire
from assess.questionnaire.workbook.read import Imported, read_workbook
from assess.questionnaire.workbook.write import workbook
from assess.rubric.load import rubric_translator

AS_OF = date(2026, 11, 1)
PAIR = Parties(A=Party(code="AA", name="Aland"), B=Party(code="BB", name="Bland"))
TRANSLATORS = (ENGLISH, rubric_translator(str(FOLDER), "uk"))
SOUND = Path(__file__).parent / "broken" / "sound.yaml"


def sound(text: str = "") -> Questionnaire:
    """Return the sound questionnaire of the tests, or another one of the tiny rubric."""
    return check_document(yamlio.parse((text or SOUND.read_text()).encode(), "q.yaml"), TINY)[0]


def empty() -> Questionnaire:
    return blank(TINY, PAIR, AS_OF, ENGLISH)


@lru_cache(maxsize=1)
def _sound_book() -> bytes:
    return workbook(sound(), TINY, ENGLISH)


def written(questionnaire: Questionnaire | None = None, tr: Translator = ENGLISH) -> bytes:
    """Return the workbook of a questionnaire, by default of the sound one."""
    return _sound_book() if questionnaire is None else workbook(questionnaire, TINY, tr)


class Book:
    """A workbook that is changed as with a spreadsheet program."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content), rich_text=True)

    def __getitem__(self, title: str) -> Any:
        return self.book[title]

    def row(self, title: str, key: str) -> int:
        """Return the row of a sheet whose hidden key, or else whose id, is ``key``."""
        sheet = self.book[title]
        by_key = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
        return by_key[key] if key in by_key else {
            sheet.cell(row, 2).value: row for row in range(2, sheet.max_row + 1)
        }[key]

    def cell(self, title: str, key: str, column: str) -> Any:
        """Return a cell by the keys of its row and column."""
        sheet = self.book[title]
        at = next(n for n in range(1, sheet.max_column + 1) if sheet.cell(1, n).value == column)
        return sheet.cell(self.row(title, key), at)

    def write(self, title: str, key: str, /, **values: Any) -> "Book":
        """Write values into the cells of a row; columns that Python could not name end with _."""
        for column, value in values.items():
            self.cell(title, key, column.rstrip("_")).value = value
        return self

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def imported(content: bytes, folder: Path) -> Imported:
    path = folder / "answers.xlsx"
    path.write_bytes(content)
    return read_workbook(path, TINY, TRANSLATORS)


def problems(content: bytes, folder: Path) -> list[Problem]:
    """Return the warnings, or the errors with the warnings, that importing brings."""
    try:
        return list(imported(content, folder).warnings)
    except InputError as error:
        return list(error.problems)


def said(content: bytes, folder: Path) -> list[str]:
    """Return the problems as ``place code``, without the file."""
    return [f"{p.place} {p.code}".removeprefix(f"{p.place.file}").lstrip(": ") for p in problems(content, folder)]


def repacked(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Return the archive with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()
