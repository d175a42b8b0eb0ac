"""One sheet of the instrument as text for the terminal."""

import textwrap

from assess.language import Translator
from assess.rubric.model import Rubric
from assess.rubric.sheet import Form, Part, Row, sheet

_WIDTH = 92
_HEAD = 3  # heads that are shorter, such as levels, stand in a column of their own


def show(rubric: Rubric, key: str, tr: Translator) -> str:
    """Return everything that a rater needs about ``key``, wrapped, every line ended by \\n.

    Raises:
        InputError: R310, the rubric has no such id.
    """
    found = sheet(rubric, key, tr)
    lines = [f"{found.id}  {found.title}"]
    lines += textwrap.wrap("; ".join(found.facts), _WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines += ["", *textwrap.wrap(found.lead, _WIDTH)]
    for part in found.parts:
        lines += ["", part.title, *_rows(part)]
    return "\n".join(lines) + "\n"


def _rows(part: Part) -> list[str]:
    return [line for row in part.rows for line in _row(row, part.form)]


def _row(row: Row, form: Form) -> list[str]:
    if form == "text":
        return _wrapped(row.text, "  ", "  ")
    if form == "list":
        return _wrapped(row.text, "  - ", "    ")
    if form == "cases":
        return [*_wrapped(row.head, "  - ", "    "), *_wrapped(f"{row.mark}. {row.text}", "    ", "    ")]
    if len(row.head) < _HEAD:
        return _wrapped(row.text, f"  {row.head.ljust(_HEAD)}", "  " + " " * _HEAD)
    return _wrapped(f"{row.head}: {row.text}", "  ", "    ")


def _wrapped(text: str, first: str, after: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=after, break_long_words=False, break_on_hyphens=False
    )
