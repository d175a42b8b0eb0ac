"""From the row of an answer to its form in the questionnaire file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assess.questionnaire.workbook.plan import ANSWER_COLUMNS
from assess.questionnaire.workbook.table import Table
from assess.questionnaire.workbook.words import Choice, Words, contradicts
from assess.rubric.model import Rubric

_IDS = re.compile(r"[,;\s]+")
_LIMITS = frozenset({"from", "to"})
_SHARED = frozenset({"evidence", "note", "assigned", "review"})
# What each kind of answer may have beside it.
_BESIDE = {
    "level": _SHARED | {"confidence", "date"},
    "status": _SHARED | {"date"},
    "unknown": _SHARED | {"from", "to", "reason"},
    "not_applicable": _SHARED | {"reason"},
    "disputed": _SHARED | {"from", "to", "confidence", "date"},
}
_HEADINGS = {key: heading for key, heading, _ in ANSWER_COLUMNS}


@dataclass(frozen=True, slots=True)
class Row:
    """The row in which one answer stands."""

    table: Table
    row: int
    section: str
    key: str
    slot: str


class AnswerReader:
    """Reads rows of answers; problems go to the reports of their table."""

    def __init__(self, rubric: Rubric, words: Sequence[Words]) -> None:
        """``words`` are the lists in every language that a workbook may have."""
        self.rubric, self.words = rubric, words

    def entry(self, row: Row) -> dict[str, Any] | None:
        """Return an answer as the questionnaire file writes it, or None if its row is blank."""
        values = self._beside(row)
        choices = self._choices(row)
        if not choices:
            return {"unknown": True}  # no such question; the check says so
        chosen = row.table.choice(row.row, "answer", choices, also=self._excused())
        refused = chosen is None and row.table.columns["answer"] in row.table.sheet.cells.get(row.row, {})
        if chosen is None and not values and not refused:
            return None
        state = _state(chosen)
        if not refused:
            self._check(row, chosen, choices, state, values)
        allowed = _BESIDE[state] - (_LIMITS if row.section == "bodies" else frozenset())
        return _form(chosen, state, {key: value for key, value in values.items() if key in allowed})

    def _choices(self, row: Row) -> list[Choice]:
        """Return what the answer may be, in every language."""
        found: list[Choice] = []
        question = self.rubric.indicators.get(row.key) or self.rubric.barriers.get(row.key)
        for words in self.words:
            if row.section == "bodies":
                found += words.together() if row.slot == "together" else words.statuses()
            elif question is not None:
                found += words.answers(question)
        return found

    def _excused(self) -> list[Choice]:
        """Return what a question may not offer, but somebody may have typed; the check explains it."""
        return [Choice("not_applicable", words.tr("not applicable")) for words in self.words]

    def _beside(self, row: Row) -> dict[str, Any]:
        """Return what stands beside the answer, by column."""
        table, at = row.table, row.row
        confidence = table.choice(at, "confidence", [c for words in self.words for c in words.confidence()])
        review = table.choice(at, "review", [c for words in self.words for c in words.yes_or_no()])
        ids = table.word(at, "evidence")
        values = {
            "from": table.level(at, "from"), "to": table.level(at, "to"), "reason": table.text(at, "reason"),
            "confidence": confidence.value if confidence else None, "date": table.date(at, "date"),
            "evidence": [part for part in _IDS.split(ids) if part] if ids else None,
            "note": table.text(at, "note"), "assigned": table.word(at, "assigned"),
            "review": True if review and review.value else None,
        }
        return {key: value for key, value in values.items() if value is not None and value != []}

    def _check(
        self, row: Row, chosen: Choice | None, choices: Sequence[Choice], state: str, values: dict[str, Any]
    ) -> None:
        """Report what does not go with the answer, and what is missing."""
        table, reports = row.table, row.table.reports
        if chosen is None and set(values) - {"assigned"}:
            reports.report("W743", table.place(row.row, "answer"), key_=row.key)
        if chosen is not None and contradicts(table.word(row.row, "answer") or "", chosen, choices):
            reports.report("W746", table.place(row.row, "answer"), key_=row.key, answer=chosen.head)
        head = chosen.head if chosen else "–"
        for key in values:
            if key not in _BESIDE[state] or (row.section == "bodies" and key in _LIMITS):
                reports.report("W741", table.place(row.row, key), field=self._heading(table, key), answer=head)
        for key in _missing(state, values):
            reports.report("W742", table.place(row.row, key), what=self._heading(table, key))
        if row.row in table.sheet.hidden_rows:
            reports.report("W747", table.place(row.row, "answer"), key_=row.key)

    @staticmethod
    def _heading(table: Table, key: str) -> str:
        return table.headings.get(key, _HEADINGS[key])


def _form(chosen: Choice | None, state: str, values: dict[str, Any]) -> dict[str, Any]:
    """Put an answer into the words of the questionnaire file.

    Where something is missing, which is reported, a value stands in for it, so that the rest is checked.
    """
    limits = [values.pop(key) for key in ("from", "to") if key in values]
    reason = values.pop("reason", None)
    if state == "unknown":
        between = {"between": limits} if len(limits) == 2 else {}
        return {"unknown": reason or True, **between, **values}
    if state == "not_applicable":
        return {"not_applicable": reason or "–", **values}
    if state == "disputed":
        return {"disputed": limits if len(limits) == 2 else [0, 1], **values}
    return {state: chosen.value if chosen else None, **values}


def _state(chosen: Choice | None) -> str:
    if chosen is None:
        return "unknown"
    if isinstance(chosen.value, int):
        return "level"
    return str(chosen.value) if chosen.value in _BESIDE and chosen.value != "level" else "status"


def _missing(state: str, values: dict[str, Any]) -> list[str]:
    """Return the columns that must not be empty beside an answer."""
    if state == "disputed":
        return [key for key in ("from", "to") if key not in values]
    if state == "not_applicable":
        return [] if "reason" in values else ["reason"]
    if state == "unknown" and ("from" in values) != ("to" in values):
        return ["to" if "from" in values else "from"]
    return []
