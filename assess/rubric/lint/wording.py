"""Blank texts, anchors that ask nothing new, and sentences that run too long.

Readability is measured by the longest stretch without a stop, not by a formula of syllables: formulas
rate the language of school books, and the terms of the field would fail every text. 45 words are
about three lines of print; the rubric's own texts have 15 on average.
"""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from assess.problems.model import Problem
from assess.rubric.lint.parts import Path, questions
from assess.rubric.load import Places
from assess.rubric.model import Question, Rubric

MOST_WORDS = 45
_STOPS = re.compile(r"(?<=[.!?:;])[\"»”)]?\s+")
_FIRST_WORDS = 8


def wording(rubric: Rubric, place: Places) -> Iterator[Problem]:
    """Yield R330, R331 and R334."""
    for question, _, path in questions(rubric):
        yield from _anchors(question, path, place)
    for path, text in _texts(json.loads(rubric.source), ()):
        if not text.strip():
            where = ".".join(str(part) for part in path[-3:] if part not in ("components", "indicators", "barriers"))
            yield Problem("R331", place(path), {"where": where})
        for stretch in _STOPS.split(text):
            words = stretch.split()
            if len(words) > MOST_WORDS:
                values = {"count": str(len(words)), "start": " ".join(words[:_FIRST_WORDS])}
                yield Problem("R334", place(path), values)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every text of the assembled rubric with its path by ids."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _texts(child, (*path, key))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            named = path[-1:] in (("components",), ("indicators",), ("barriers",), ("challenges",))
            own = child.get("id") if named and isinstance(child, dict) else None
            yield from _texts(child, (*path, number if own is None else own))
    elif isinstance(value, str):
        yield path, value


def _anchors(question: Question, path: Path, place: Places) -> Iterator[Problem]:
    """Report a higher anchor whose words all stand, in their order, in a lower one."""
    plain = {level: _plain(text) for level, text in question.anchors.items()}
    for low, high in combinations(sorted(plain), 2):
        if plain[high] and f" {plain[high]} " in f" {plain[low]} ":
            values = {"key": question.id, "low": str(low), "high": str(high)}
            yield Problem("R330", place((*path, "anchors", str(high))), values)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
