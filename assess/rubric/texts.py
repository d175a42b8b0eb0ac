"""Every text of a rubric that a person reads, for catalogues of translations."""

import json
from collections.abc import Iterator
from typing import Any

from assess.rubric.model import Rubric

_NOT_TEXT = frozenset(
    {
        "cap", "clause", "closed", "date", "essential", "id", "identifier", "instrument", "key", "kind",
        "licence", "released", "status", "successor", "succeeded_by", "system", "source", "type", "unknown_share",
        "version", "was",
    }
)


def texts(rubric: Rubric) -> dict[str, str]:
    """Return every text with the path at which it stands first, in the rubric's order."""
    found: dict[str, str] = {}
    for path, text in _walk(json.loads(rubric.source), ""):
        found.setdefault(text, path)
    return found


def _walk(value: Any, path: str, field: str = "") -> Iterator[tuple[str, str]]:
    """Ids, kinds and the like are no texts; the terms that a question defines are."""
    if isinstance(value, dict):
        for key, child in value.items():
            if field == "definitions":
                yield path, key
            if key not in _NOT_TEXT or not isinstance(child, str | list):
                yield from _walk(child, f"{path}/{key}", key)
    elif isinstance(value, list):
        for number, child in enumerate(value):
            name = child.get("id", str(number)) if isinstance(child, dict) else str(number)
            yield from _walk(child, f"{path}/{name}", field)
    elif isinstance(value, str) and value.strip():
        yield path, office_words(value) if field == "by" else value


def office_words(office: str) -> str:
    """Return the kind of an office, such as ``foreign_ministry``, as a person reads it."""
    return office.replace("_", " ")
