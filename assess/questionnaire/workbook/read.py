"""Read a questionnaire back from a workbook: every problem at once, each at its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assess.language import Translator
from assess.problems.model import InputError, Place, Problem, has_errors, in_order
from assess.questionnaire.bodies import SLOTS as BODY_SLOTS
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Parties, Party, Questionnaire
from assess.questionnaire.workbook.answers import AnswerReader, Row
from assess.questionnaire.workbook.package import open_package
from assess.questionnaire.workbook.plan import (
    ABOUT,
    ANSWER_INPUTS,
    EVIDENCE,
    EVIDENCE_COLUMNS,
    EVIDENCE_INPUTS,
    FIELD_LABELS,
    FIELDS,
    FORMAT,
    FREE_TEXTS,
    OURS,
    REQUIRED_FIELDS,
    ROWS,
    START,
    row_key,
)
from assess.questionnaire.workbook.sheets import read_sheets
from assess.questionnaire.workbook.table import Reports, Table, tables
from assess.questionnaire.workbook.words import Choice, Words
from assess.rubric.model import Rubric
from assess.yamlio import Document, Marks, Path_, dotted

_SOMEBODY = Parties(A=Party(code="AA", name="A"), B=Party(code="BB", name="B"))  # names play no part in reading
# What stands in for something missing, which is reported, so that all the rest is checked as well.
_NEEDED = {"title": "–", "grade": "C", "source": "third"}
_STAND_INS: Mapping[str, str] = {
    "as_of": "9999-12-31", "answered_by.side": "third", "answered_by.role": "–",
    "relationship.parties.A.code": "AA", "relationship.parties.A.name": "–",
    "relationship.parties.B.code": "BB", "relationship.parties.B.name": "–",
}
_SECTIONS = ("answers", "challenges", "bodies")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a workbook holds: the questionnaire, the warnings about it, and the language of its texts."""

    questionnaire: Questionnaire
    warnings: tuple[Problem, ...]
    language: str


def read_workbook(path: Path, rubric: Rubric, translators: Sequence[Translator]) -> Imported:
    """Return what stands in the workbook ``path``; ``translators`` are of every language it may speak.

    Raises:
        InputError: the workbook or the answers have errors; it carries them and the warnings, sorted by place.
    """
    package = open_package(path)
    reports = Reports(str(path), package.warnings)
    reader = _Reader(rubric, translators, reports)
    try:
        return reader.run(tables(read_sheets(package), reports))
    except InputError as error:
        raise InputError([*reports.problems, *error.problems]) from error


@dataclass(slots=True)
class _Cells(Document):
    """The data of the questionnaire, and the cell in which each part of it stands."""

    cells: dict[Path_, Place] = field(default_factory=dict)

    def put(self, path: Path_, value: Any, place: Place) -> None:
        """Set the value at ``path``, which consists of keys, and remember its cell."""
        here: Any = self.data
        for key in path[:-1]:
            here = here.setdefault(key, {})
        here[path[-1]] = value
        self.remember(path, place)

    def remember(self, path: Path_, place: Place) -> None:
        """Say in which cell a part of the questionnaire stands."""
        self.marks[path] = Marks((place.line, place.column), (place.line, place.column))
        self.cells[path] = place

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Return the cell of ``path``, or of its nearest parent that stands in one."""
        known = path
        while known and known not in self.cells:
            known = known[:-1]
        at = self.cells.get(known, Place(self.file))
        return Place(at.file, at.line, at.column, dotted(path), at.sheet, at.part)


class _Reader:
    """Gathers the parts of the questionnaire from the tables, then has the whole checked as a file would be."""

    def __init__(self, rubric: Rubric, translators: Sequence[Translator], reports: Reports) -> None:
        self.rubric, self.reports = rubric, reports
        self.translators = list(translators)
        self._speak("")
        self.document = _Cells(reports.file)
        self.seen: dict[str, tuple[Place, Any]] = {}

    def _speak(self, language: str) -> None:
        """Understand every language, and answer in this one if it is known."""
        self.translators.sort(key=lambda tr: tr.language != language)
        self.words = [Words(self.rubric, _SOMEBODY, tr) for tr in self.translators]
        self.answers = AnswerReader(self.rubric, self.words)

    def run(self, found: Sequence[Table]) -> Imported:
        if not any(table.kind in (FIELDS, EVIDENCE, ROWS) for table in found):
            raise InputError([Problem("W729", Place(self.reports.file))])
        about = self._about(found)
        self._same_rubric(about)
        self._speak(about.get("language", ""))
        readers = {START: Table.additions, FIELDS: self._fields, EVIDENCE: self._evidence, ROWS: self._rows}
        for table in found:
            if table.kind in readers:
                readers[table.kind](table)
        if not self._incomplete():
            self._missing(found)
        return self._checked()

    def _incomplete(self) -> bool:
        """Whether parts are gone without which the rest would seem to be wrong."""
        return any(problem.code in ("W734", "W736") for problem in self.reports.problems)

    def _checked(self) -> Imported:
        """Check the whole as the same questionnaire in a file would be."""
        reports = self.reports
        if self._incomplete():
            raise InputError([])  # the caller adds what the reports hold
        try:
            questionnaire, warnings = check_document(self.document, self.rubric)
        except InputError as error:
            told = has_errors(reports.problems)  # what is missing then has a problem of its own
            raise InputError([p for p in error.problems if p.code != "Q201" or not told]) from error
        if has_errors(reports.problems):
            raise InputError(warnings)
        return Imported(questionnaire, in_order([*reports.problems, *warnings]), self.translators[0].language)

    # --- whose workbook it is ------------------------------------------------------------------

    def _about(self, found: Sequence[Table]) -> dict[str, str]:
        table = next((table for table in found if table.kind == ABOUT), None)
        if table is None or "value" not in table.columns:
            self.reports.report("W730")
            return {}
        return {key: table.word(row, "value") or "" for row, key in table.rows() if key}

    def _same_rubric(self, about: Mapping[str, str]) -> None:
        """Refuse the workbook of another rubric or a newer program.

        Raises:
            InputError: W731 or W732.
        """
        made = about.get("format", str(FORMAT))
        if made.isdecimal() and (len(made) > 4 or int(made) > FORMAT):
            raise InputError([Problem("W732", Place(self.reports.file))])
        if "rubric.id" not in about:
            return
        rubric, version = self.rubric, about.get("rubric.version", "")
        same = version.split(".")[:2] == rubric.version.split(".")[:2]
        if about["rubric.id"] != rubric.id or not same:
            values = {"named": f"{about['rubric.id']} {version}", "loaded": f"{rubric.id} {rubric.version}"}
            raise InputError([Problem("W731", Place(self.reports.file), values)])
        if about.get("rubric.hash") != rubric.hash:
            self.reports.report("W733", named=f"{rubric.id} {version}")

    # --- relationship --------------------------------------------------------------------------

    def _fields(self, table: Table) -> None:
        if not table.require(("value",)):
            return
        table.strangers(("value",))
        rows = {key: row for row, key in table.rows()}
        for key, label in FIELD_LABELS.items():
            path = tuple(key.split("."))
            if key not in rows:
                if key in REQUIRED_FIELDS:
                    self.reports.report("W734", Place(self.reports.file, sheet=table.sheet.title,
                                                      part=table.sheet.number), what=label)
                continue
            place = table.place(rows[key], "value", key)
            value = self._field(table, rows[key], key)
            if value is not None:
                self.document.put(path, value, place)
            elif key in REQUIRED_FIELDS:
                label_cell = table.sheet.text(rows[key], table.columns.get("label", 0))
                self._lacks(place, label_cell or label)
                self.document.put(path, _STAND_INS.get(key, self.document.data.get(key)), place)

    def _field(self, table: Table, row: int, key: str) -> Any:
        if key in ("answered_by.side", "kind"):
            pick = Words.sides if key == "answered_by.side" else Words.kinds
            choice = table.choice(row, "value", self._all(pick))
            return choice.value if choice else None
        if key == "as_of":
            return table.date(row, "value")
        if key in FREE_TEXTS:
            return table.text(row, "value")
        word = table.word(row, "value")
        return word.upper() if word and key.endswith(".code") else word

    def _all(self, pick: Any) -> list[Choice]:
        """Return a list in every language."""
        return [choice for words in self.words for choice in pick(words)]

    def _lacks(self, place: Place, what: str) -> None:
        """Report an empty cell, unless something is said about it already."""
        at = (place.part, place.line, place.column)
        if not any((p.place.part, p.place.line, p.place.column) == at for p in self.reports.problems):
            self.reports.report("W742", place, what=what)

    # --- evidence ------------------------------------------------------------------------------

    def _evidence(self, table: Table) -> None:
        if not table.require(EVIDENCE_INPUTS):
            return
        table.strangers(EVIDENCE_INPUTS)
        for row, mark in table.rows():
            if mark != OURS:
                self._source(table, row)

    def _source(self, table: Table, row: int) -> None:
        values = {key: self._source_field(table, row, key) for key, _, _ in EVIDENCE_COLUMNS if key != "id"}
        given = {key: value for key, value in values.items() if value is not None}
        written = [key for key in EVIDENCE_INPUTS[1:] if table.columns[key] in table.sheet.cells.get(row, {})]
        if not given and not written:
            return  # a row that waits for its source
        key = table.word(row, "id")
        if key is None:
            self.reports.report("W742", table.place(row, "id"), what=self._heading(table, "id"))
            return
        if key in self.document.data.get("evidence", {}):  # type: ignore[operator]
            first = self.document.cells[("evidence", key)]
            self.reports.report("W744", table.place(row, "id"), key_=key, first=_where(first))
            return
        self.document.put(("evidence", key), {}, table.place(row, "id"))
        for name, value in given.items():
            self.document.put(("evidence", key, name), value, table.place(row, name))
        for name, stand_in in _NEEDED.items():
            if name not in given:
                self._lacks(table.place(row, name), self._heading(table, name))
                self.document.put(("evidence", key, name), stand_in, table.place(row, name))

    @staticmethod
    def _heading(table: Table, key: str) -> str:
        headings = {name: heading for name, heading, _ in EVIDENCE_COLUMNS}
        return table.headings.get(key, headings[key])

    def _source_field(self, table: Table, row: int, key: str) -> Any:
        lists = {"grade": Words.grades, "source": Words.sources, "counter": Words.yes_or_no,
                 "verified": Words.yes_or_no}
        if key in lists:
            choice = table.choice(row, key, self._all(lists[key]))
            return choice.value if choice else None
        if key == "date":
            return table.date(row, key)
        return table.text(row, key) if key in FREE_TEXTS else table.word(row, key)

    # --- answers -------------------------------------------------------------------------------

    def _rows(self, table: Table) -> None:
        if not table.require(ANSWER_INPUTS):
            return
        table.strangers(ANSWER_INPUTS)
        for row, key in table.rows():
            parts = key.split("/")
            if len(parts) == 3 and parts[0] in _SECTIONS:
                self._row(Row(table, row, *parts), key)

    def _row(self, row: Row, key: str) -> None:
        place = row.table.place(row.row, "answer", key.replace("/", ".").removesuffix(".pair"))
        entry = self.answers.entry(row)
        first, earlier = self.seen.get(key, (place, None))
        if entry is None or entry == earlier:
            self.seen.setdefault(key, (place, None))
            return
        if earlier is not None:
            self.reports.report("W744", place, key_=row.key, first=_where(first))
            return
        self.seen[key] = (place, entry)
        base: Path_ = (row.section, row.key) if row.slot == "pair" else (row.section, row.key, row.slot)
        self.document.put(base, entry, place)
        self.document.cells.setdefault(base[:2], place)
        self._remember(row, base, entry)

    def _remember(self, row: Row, base: Path_, entry: Mapping[str, Any]) -> None:
        """Say in which cell each part of an answer stands."""
        columns = {"between": "from", "disputed": "from", "not_applicable": "reason", "unknown": "answer",
                   "level": "answer", "status": "answer"}
        for name in entry:
            self.document.remember((*base, name), row.table.place(row.row, columns.get(name, name)))
        for name in ("between", "disputed"):
            if name in entry:
                for number, column in enumerate(("from", "to")):
                    self.document.remember((*base, name, number), row.table.place(row.row, column))

    # --- what is not there ---------------------------------------------------------------------

    def _missing(self, found: Sequence[Table]) -> None:
        """Say which sheets and rows of the form are not in the workbook."""
        kinds = {table.kind for table in found}
        for kind, name in ((FIELDS, "Relationship"), (EVIDENCE, "Evidence")):
            if kind not in kinds:
                self.reports.report("W734" if kind == FIELDS else "W735", what=name)
        for name, keys in self._expected().items():
            absent = [key for key in keys if key not in self.seen]
            if len(absent) == len(keys):
                self.reports.report("W735", what=name)
            else:
                for key in absent:
                    self.reports.report("W735", what=" ".join(key.split("/")[1:]).removesuffix(" pair"))

    def _expected(self) -> dict[str, list[str]]:
        """Return the rows of the whole form by the part that they belong to."""
        rubric = self.rubric
        parts = {
            c.id: [row_key("answers", i.id, slot) for i in c.indicators for slot in i.slots] for c in rubric.components
        }
        for challenge in rubric.challenges:
            keys = [row_key("challenges", b.id, slot) for b in challenge.barriers for slot in b.slots]
            parts[challenge.id] = keys
        for system in rubric.systems:
            bodies = [body.id for body in rubric.bodies.values() if body.system == system]
            parts[system] = [row_key("bodies", key, slot) for key in bodies for slot in BODY_SLOTS]
        return {name: keys for name, keys in parts.items() if keys}


def _where(place: Place) -> str:
    """Return a place without the file, which stands before the problem anyway."""
    return str(place).removeprefix(f"{place.file}:")
