"""What the writer and the reader of the workbook agree on: marks of sheets, keys of columns and rows.

The first row and the first column of every sheet are hidden. A1 says what the sheet holds, the rest of
the first row names the columns, and the first column names the rows; on the first sheet it holds a
fingerprint of each text of the row. Names of sheets, their order, and the places of rows and columns mean
nothing, so that they may change.
"""

from collections.abc import Mapping
from typing import Literal

from assess.language import N_

FORMAT = 1  # raised when an older program could no longer read what this one writes

START, FIELDS, EVIDENCE, ROWS, LISTS, ABOUT = (
    "assess:start", "assess:fields", "assess:evidence", "assess:rows", "assess:lists", "assess:about",
)
OURS = "-"  # in the first column: a row of text that belongs to the form

# Columns of the sheets with questions, in their order: key, heading, width in characters.
ANSWER_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("id", N_("Id"), 9),
    ("who", N_("For whom"), 16),
    ("answer", N_("Answer"), 37),
    ("from", N_("From"), 6),
    ("to", N_("To"), 6),
    ("reason", N_("Reason"), 24),
    ("confidence", N_("Confidence"), 11),
    ("date", N_("Date"), 11),
    ("evidence", N_("Evidence"), 15),
    ("note", N_("Note"), 33),
    ("assigned", N_("Who owes it"), 14),
    ("review", N_("Review"), 8),
)
ANSWER_INPUTS = tuple(key for key, _, _ in ANSWER_COLUMNS if key not in ("id", "who"))

EVIDENCE_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("id", N_("Id"), 12),
    ("title", N_("Title"), 44),
    ("date", N_("Date"), 11),
    ("url", N_("Web address"), 30),
    ("where", N_("File or archive"), 18),
    ("publisher", N_("Publisher"), 20),
    ("grade", N_("Grade"), 7),
    ("source", N_("Whose record"), 14),
    ("counter", N_("Speaks against"), 9),
    ("verified", N_("Read itself"), 9),
    ("note", N_("Note"), 40),
)
EVIDENCE_INPUTS = tuple(key for key, _, _ in EVIDENCE_COLUMNS)

# Fields of the sheet about the relationship: path in the questionnaire, and label.
FIELD_LABELS: Mapping[str, str] = {
    "rubric": N_("Instrument"),
    "as_of": N_("Assessment date"),
    "relationship.parties.A.code": N_("Side A, code"),
    "relationship.parties.A.name": N_("Side A, name"),
    "relationship.parties.B.code": N_("Side B, code"),
    "relationship.parties.B.name": N_("Side B, name"),
    "relationship.title": N_("Name of the relationship"),
    "answered_by.side": N_("Who answers: side"),
    "answered_by.role": N_("Who answers: role"),
    "kind": N_("Kind"),
    "marking": N_("Marking"),
    "note": N_("Note"),
}
# Cells that take a text as somebody wrote it; all others take a word, around which blanks mean nothing.
FREE_TEXTS = frozenset({
    "title", "note", "reason", "where", "rubric", "relationship.title", "answered_by.role", "marking",
})
REQUIRED_FIELDS = frozenset(FIELD_LABELS) - {"relationship.title", "kind", "marking", "note"}

Section = Literal["answers", "challenges", "bodies"]


def row_key(section: Section, key: str, slot: str) -> str:
    """Return the name of the row in which the answer to ``key`` for ``slot`` stands."""
    return f"{section}/{key}/{slot}"
