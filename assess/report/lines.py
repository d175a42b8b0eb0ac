"""Text that just fits a line stays on it, where WeasyPrint would part it after its first word.

A space at the end of a text before an element, such as «one two <b>three</b>», may hang over the edge of a
line. WeasyPrint measures with it: if the text fits only without the space, it takes even the first word to
be too wide and sets that alone.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any


def mend_line_ends() -> None:
    """Let WeasyPrint keep together what fits without its last space; a second call changes nothing."""
    from weasyprint.layout import inline

    if not hasattr(inline.split_first_line, "__wrapped__"):
        inline.split_first_line = _mended(inline.split_first_line)


def _mended(split: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``split_first_line`` mended: of a text and a width in pixels it returns the first line's metrics."""

    @wraps(split)
    def first_line(text: str, style: Any, context: Any, width: float | None, *rest: Any, **named: Any) -> Any:
        found = split(text, style, context, width, *rest, **named)
        if not _may_fit(text, found, width):
            return found
        bare = split(text.rstrip(" "), style, context, width, *rest, **named)
        fits = bare[2] is None and bare[3] <= (width or 0)
        return split(text, style, context, None, *rest, **named) if fits else found

    return first_line


def _may_fit(text: str, found: Any, width: float | None) -> bool:
    """Whether a text that was parted, and ends with a space, is about as long as one line; by its mean letter."""
    _, length, resume, taken, *_ = found
    if resume is None or width is None or not text.endswith(" "):
        return False
    return bool(taken / max(length, 1) * len(text.encode()) < 1.5 * width)
