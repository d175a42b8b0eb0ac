"""The sheets of a workbook as tables: columns and rows found by their keys, and cells turned into words."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assess.problems.model import Place, Problem
from assess.questionnaire.workbook.ours import FORMULA, fingerprint, marked
from assess.questionnaire.workbook.plan import ABOUT, EVIDENCE, FIELDS, LISTS, OURS, ROWS, START
from assess.questionnaire.workbook.sheets import Cell, Sheet
from assess.questionnaire.workbook.words import Choice, find, tidy
from assess.workbooks import decoded

_MARKS = (START, FIELDS, EVIDENCE, ROWS, LISTS, ABOUT)
_SEARCHED = 12  # rows and columns in which the mark of a sheet may have ended up
_DOTTED = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})\Z")
_WHOLE = re.compile(r"(\d{1,6})(?:\.0+)?\Z")
_ERRORS = {"formula": "W737", "error": "W738"}


@dataclass(slots=True)
class Reports:
    """The problems of one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: str, place: Place | None = None, near: Sequence[str] = (), **values: object) -> None:
        """Report ``code`` at ``place``, by default the whole file; a value may end with _ to be no keyword."""
        texts = {name.rstrip("_"): str(value) for name, value in values.items()}
        self.problems.append(Problem(code, place or Place(self.file), texts, tuple(near)))


@dataclass(slots=True)
class Table:
    """A sheet of the form: where its keys stand, and its columns by key."""

    sheet: Sheet
    kind: str
    reports: Reports
    key_row: int
    key_column: int
    columns: dict[str, int]
    headings: dict[str, str] = field(default_factory=dict)

    def place(self, row: int, key: str = "", path: str = "") -> Place:
        """Return the place of the cell under the column ``key``; without it, of the first visible cell of the row."""
        column = self.columns.get(key) or self.key_column + 1
        return Place(self.reports.file, row, column, path, self.sheet.title, self.sheet.number)

    def rows(self) -> Iterator[tuple[int, str]]:
        """Yield every row below the keys that holds something, with its own key."""
        for row in sorted(self.sheet.cells):
            if row > self.key_row:
                yield row, self.sheet.text(row, self.key_column)

    def require(self, keys: Sequence[str]) -> bool:
        """Report every column of ``keys`` that is not there; return whether all are."""
        missing = [key for key in keys if key not in self.columns]
        whole = Place(self.reports.file, sheet=self.sheet.title, part=self.sheet.number)
        for key in missing:
            self.reports.report("W736", whole, key_=key)
        return not missing

    def cell(self, row: int, key: str) -> Cell | None:
        """Return the cell of a row under a column, if something stands there that can be read."""
        found = self.sheet.cells.get(row, {}).get(self.columns[key])
        if found is not None and found.kind != "value":
            self.reports.report(_ERRORS[found.kind], self.place(row, key), value=str(found.value)[:60])
            return None
        return found

    def text(self, row: int, key: str) -> str | None:
        """Return a text as it was written; blanks alone are nothing."""
        cell = self.cell(row, key)
        if cell is None or not isinstance(cell.value, str):
            return _plain(cell)
        return decoded(cell.value) if cell.value.strip() else None

    def word(self, row: int, key: str) -> str | None:
        """Return a word without odd blanks."""
        cell = self.cell(row, key)
        if cell is None or not isinstance(cell.value, str):
            return _plain(cell)
        return decoded(tidy(cell.value)) or None

    def date(self, row: int, key: str) -> str | None:
        """Return a day, month or year as the questionnaire writes it; what is none stays as it is."""
        cell = self.cell(row, key)
        if cell is not None and isinstance(cell.value, datetime) and 1904 < cell.value.year < 1906:
            year = (cell.value - datetime(1899, 12, 30)).days  # a year, typed into a cell that shows days
            self.reports.report("W745", self.place(row, key), shown=cell.value.date().isoformat(), year=year)
            return None
        text = self.word(row, key)
        dotted = _DOTTED.match(text or "")
        if not dotted:
            return text
        day, month, year_ = dotted.groups()
        return f"{year_}-{int(month):02}" + (f"-{int(day):02}" if day else "")

    def choice(
        self, row: int, key: str, choices: Sequence[Choice], also: Sequence[Choice] = ()
    ) -> Choice | None:
        """Return the entry of a list that a cell names; report what names none.

        ``choices`` are the entries in one language after another, the reader's first; those of ``also``
        are understood, but not offered.
        """
        text = self.word(row, key)
        if text is None:
            return None
        found = find(_number(text), (*choices, *also))
        if found is None:
            heads = {str(choice.value): choice.head for choice in reversed(choices)}
            self._none_of(row, key, text, list(reversed(heads.values())))
        return found

    def level(self, row: int, key: str) -> int | None:
        """Return a whole number; report what is none."""
        text = self.word(row, key)
        if text is None:
            return None
        if not (whole := _WHOLE.match(text)):
            self._none_of(row, key, text, ["0", "1", "2", "…"])
            return None
        return int(whole[1])

    def _none_of(self, row: int, key: str, text: str, heads: Sequence[str]) -> None:
        self.reports.report("W740", self.place(row, key), value=f"«{text[:60]}»", choices=", ".join(heads))

    def strangers(self, inputs: Sequence[str]) -> None:
        """Warn of rows that belong to nothing, of joined cells, and of what stands beside the form."""
        rows = list(self.rows())
        if self.kind == EVIDENCE:  # every row may be a source
            ours = [row for row, key in rows if key != OURS]
        else:
            ours = [row for row, key in rows if key not in ("", OURS)]
            for row, key in rows:
                if not key and any(at in self.sheet.cells[row] for at in self.columns.values()):
                    self.reports.report("W727", self.place(row))
        self._beside()
        self._joined(ours, {self.columns[key]: key for key in inputs})

    def additions(self) -> None:
        """Warn of what somebody added to the first sheet or wrote over its texts, once a row, and of comments."""
        marks = {row: marked(key) for row, key in self.rows()}
        known = None if any(marks.values()) else range(self.key_column + 1, self.key_column + 6)
        strange = {}
        for row, prints in marks.items():
            cells = self.sheet.cells[row].items()
            strange[row] = {at for at, cell in cells if at != self.key_column and _added(at, cell, prints, known)}
        self._left_out(strange)

    def _beside(self) -> None:
        """Warn of what stands beside the table, once a row, and of comments on cells."""
        known = {self.key_column, *self.columns.values()}
        if self.kind == FIELDS:
            known.add(max(known) + 1)  # what to write there
        self._left_out({row: {*self.sheet.cells[row]} - known for row, _ in self.rows()})

    def _left_out(self, stray: Mapping[int, set[int]]) -> None:
        """Warn of cells that are read for nothing, once a row, and of comments on cells."""
        for row, column in sorted({*self.sheet.comments, *((row, min(at)) for row, at in stray.items() if at)}):
            place = Place(self.reports.file, row, column, "", self.sheet.title, self.sheet.number)
            self.reports.report("W727", place)

    def _joined(self, rows: Sequence[int], inputs: dict[int, str]) -> None:
        """Report cells for filling in that are joined into one, so that nobody knows whose value it is."""
        for top, left, bottom, right in self.sheet.merged:
            columns = [column for column in sorted(inputs) if left <= column <= right]
            inside = [row for row in rows if top <= row <= bottom]
            if columns and inside and len(columns) * len(inside) > 1:
                self.reports.report("W739", self.place(inside[0], inputs[columns[0]]))


def _added(column: int, cell: Cell, prints: Collection[str] | None, known: Collection[int] | None) -> bool:
    """Whether somebody added this cell; ``known`` are the columns where an older program marked no rows."""
    if known is not None:
        return column not in known
    return (FORMULA if cell.kind == "formula" else fingerprint(cell.value)) not in (prints or ())


def _plain(cell: Cell | None) -> str | None:
    """Return a number, truth value or moment as people write it."""
    if cell is None or isinstance(cell.value, str):
        return None
    if isinstance(cell.value, bool):
        return str(cell.value).lower()
    if not isinstance(cell.value, datetime):
        return str(cell.value)
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", cell.form).lower()
    length = 10 if "d" in shown else 7 if "m" in shown else 4
    return cell.value.date().isoformat()[:length]


def _number(text: str) -> str:
    whole = _WHOLE.match(text)
    return str(int(whole[1])) if whole else text


def tables(sheets: Sequence[Sheet], reports: Reports) -> list[Table]:
    """Return the sheets that belong to the form; warn of others that hold something."""
    found = []
    for sheet in sheets:
        table = _table(sheet, reports)
        if table is not None:
            found.append(table)
        elif sheet.cells:
            reports.report("W728", Place(reports.file, sheet=sheet.title, part=sheet.number))
    return found


def _table(sheet: Sheet, reports: Reports) -> Table | None:
    for row in sorted(sheet.cells)[:_SEARCHED]:
        for column in sorted(sheet.cells[row])[:_SEARCHED]:
            if sheet.text(row, column) in _MARKS:
                return _keyed(sheet, reports, row, column)
    return None


def _keyed(sheet: Sheet, reports: Reports, row: int, column: int) -> Table:
    columns: dict[str, int] = {}
    for at in sorted(sheet.cells[row]):
        key = sheet.text(row, at)
        if at != column and key:
            columns.setdefault(key, at)
    table = Table(sheet, sheet.text(row, column), reports, row, column, columns)
    heads = next((r for r, key in table.rows() if key == OURS and sheet.text(r, columns.get("answer", 0))), 0)
    table.headings = {key: sheet.text(heads, at) or key for key, at in columns.items()} if heads else {}
    return table
