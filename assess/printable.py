"""Text of others on a terminal: what would move its cursor, colour it or end a line is shown by its number."""

import re
from collections.abc import Iterable

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BEYOND_ASCII = re.compile("[\x7f-\x9f\u2028\u2029]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def printable(text: str) -> str:
    """Return a text on one line that no terminal takes for a command.

    >>> printable("a" + chr(27) + "[2J" + chr(10) + "b")
    'a\\\\x1b[2J\\\\nb'
    """
    return _CONTROLS.sub(lambda found: _SHORT.get(found[0], _number(found[0], "\\x%02x")), text)


def printable_lines(lines: Iterable[str]) -> str:
    """Return lines, each of them printable and ended by \\n."""
    return "".join(printable(line) + "\n" for line in lines)


def printable_json(text: str) -> str:
    """Return the same data as JSON that no terminal takes for a command; JSON itself escapes what is in ASCII."""
    return _BEYOND_ASCII.sub(lambda found: _number(found[0], "\\u%04x"), text)


def _number(sign: str, form: str) -> str:
    return (form if ord(sign) < 256 else "\\u%04x") % ord(sign)
