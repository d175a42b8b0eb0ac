"""The texts of the first sheet, each with a fingerprint in the hidden column, so that what somebody adds is known."""

import hashlib
from collections.abc import Iterable

from assess.questionnaire.workbook.plan import OURS
from assess.questionnaire.workbook.words import tidy

FORMULA = "="
_LENGTH = 8


def mark(values: Iterable[object]) -> str:
    """Return the mark of a row with these values: that it is ours, and the fingerprint of each."""
    return ".".join([OURS, *(fingerprint(value) for value in values)])


def fingerprint(value: object) -> str:
    """Return what tells a value from others, however blanks around it may change; formulas are all alike.

    >>> fingerprint(" Start "), fingerprint("=COUNTA(B2)")
    ('e4bb9f1e', '=')
    """
    text = str(value)
    if text.startswith(FORMULA):
        return FORMULA
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:_LENGTH]


def marked(key: str) -> frozenset[str] | None:
    """Return the fingerprints that a mark holds; None if the key is no mark."""
    head, *prints = key.split(".")
    return frozenset(prints) if head == OURS and prints else None
