"""Which signs end a line of YAML: line feed, carriage return, or both, as in YAML 1.2.

The parser is one of YAML 1.1 and would end a line at three signs more, which stand inside texts that were
copied from a document or a page. For the parser others stand in for them, so that no text is cut in two.
"""

import re

END = re.compile("\r\n|\r|\n")

_ODD = "\x85\u2028\u2029"
_LAST = 0x10FFFF


def hidden(text: str) -> tuple[str, dict[int, str]]:
    """Return a text of the same length in which nothing but ``END`` ends a line, and the table that undoes it.

    >>> safe, back = hidden("a\\u2028b")
    >>> "\\u2028" in safe, safe.translate(back) == "a\\u2028b"
    (False, True)
    """
    found = [sign for sign in _ODD if sign in text]
    free = (code for code in range(_LAST, 0xFFFF, -1) if chr(code) not in text)
    back = dict(zip(free, found, strict=False)) if found else {}
    return text.translate({ord(sign): code for code, sign in back.items()}), back


def position(text: str, at: int) -> tuple[int, int]:
    """Return the line and the column, counted from 1, of the character at ``at``."""
    before = list(END.finditer(text[:at]))
    return len(before) + 1, at - (before[-1].end() if before else 0) + 1


def end_of_line(text: str, at: int) -> int:
    """Return where the line of ``at`` ends, before its line end."""
    found = END.search(text, at)
    return found.start() if found else len(text)


def start_of_line(text: str, at: int) -> int:
    """Return where the line of ``at`` starts."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def kind(text: str) -> str:
    """Return the line end that a text uses; that of the first line."""
    found = END.search(text)
    return found[0] if found else "\n"
