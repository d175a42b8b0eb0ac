"""Workbooks (.xlsx) that hold text as text and are the same, byte for byte, for the same content.

The time of writing, which the library puts in, is taken out again. A text that looks like a formula
stays a text, also when somebody edits the cell later on.
"""

import io
import math
import re
import zipfile
from collections.abc import Collection, Iterable
from datetime import date as Date  # noqa: N812 - a type beside arguments of the same name
from datetime import datetime
from typing import Any

MAX_TEXT = 32_767
MAX_TITLE = 31

_EPOCH = Date(1980, 1, 1)  # the first day that a zip archive can tell
_CORE = "docProps/core.xml"

# What XML cannot hold, what readers of XML would turn into another line end, and what looks like an escape.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_RISKY = tuple("=+-@\t\r")
# Blanks that somebody who tidies a word takes away: around it, doubled, odd or without width.
_ODD_BLANKS = re.compile("\\A\\s+|\\s+\\Z|[^\\S \n]|(?<=\\s) |[\u00ad\u200b-\u200f\u2060\ufeff]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


class TextTooLongError(ValueError):
    """A text has more characters than a cell of a workbook can hold (``MAX_TEXT``, as UTF-16 counts them)."""


def to_bytes(book: Any, day: Date = _EPOCH) -> bytes:
    """Return the file of an openpyxl ``book``; every date inside it is ``day``, whenever it is written."""
    from openpyxl.writer.excel import ExcelWriter  # imported late: most commands do without workbooks

    book.properties.created = book.properties.modified = datetime(day.year, day.month, day.day)
    draft = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(draft, "w")).save()
    return _repacked(draft.getvalue())


def _repacked(draft: bytes) -> bytes:
    """Return the archive with the same parts in the same order, and without the clock of the machine."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draft)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (_EPOCH.year, _EPOCH.month, _EPOCH.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every operating system
            target.writestr(entry, source.read(name))
    return made.getvalue()


def put(cell: Any, value: str | float | Date | None, *, exact: bool = False) -> None:
    """Put a value into an openpyxl cell; a text stays a text, whatever it looks like.

    A text that a spreadsheet program would take for a formula as soon as somebody edits it gets the
    mark that an apostrophe before it would set. A text of blanks alone is escaped, so that it differs
    from an empty cell; with ``exact`` all odd blanks are, so that a reader may tidy what people typed
    and still gets back what was put here.

    Raises:
        TextTooLongError: the text does not fit into a cell.
    """
    if not isinstance(value, str):
        cell.value = value
        return
    text = encoded(value)
    if exact or not value.strip():
        text = _ODD_BLANKS.sub(lambda found: "".join(f"_x{ord(sign):04X}_" for sign in found[0]), text)
    if max(len(text), len(value.encode("utf-16-le")) // 2) > MAX_TEXT:
        raise TextTooLongError(f"{len(value)} characters")
    cell.value = text
    cell.data_type = "s"  # after the value: openpyxl makes a formula of a leading equals sign
    if value.startswith(_RISKY):
        cell.quotePrefix = True


def put_runs(cell: Any, runs: Iterable[tuple[bool, str]]) -> None:
    """Put a text into an openpyxl cell of which some runs are bold; it is for showing, and cut if it does not fit."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock  # imported late, as above
    from openpyxl.cell.text import InlineFont

    left, parts = MAX_TEXT, CellRichText()
    base = {"rFont": cell.font.name, "sz": cell.font.sz, "color": cell.font.color}
    for bold, text in runs:
        said = encoded(text)[:left]
        left -= len(said)
        if said:
            parts.append(TextBlock(InlineFont(b=bold or None, **base), said))
    cell.value = parts


def encoded(text: str) -> str:
    """Return a text as a workbook stores it: what XML cannot hold is escaped as ``_x0007_`` (ECMA-376, ST_Xstring)."""
    return _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def decoded(text: str) -> str:
    """Undo ``encoded``; an escape of half a character stays as it stands."""
    return _ESCAPE.sub(lambda found: found[0] if "D800" <= found[1].upper() < "E000" else chr(int(found[1], 16)), text)


def sheet_title(wanted: str, taken: Collection[str] = ()) -> str:
    """Return a name that a sheet may have: at most ``MAX_TITLE`` characters, and none like those ``taken``."""
    base = _NOT_IN_TITLES.sub(" ", wanted).strip(" '")[:MAX_TITLE].rstrip(" '") or "Sheet"
    used = {title.casefold() for title in taken}
    title, number = base, 1
    while title.casefold() in used:
        number += 1
        title = f"{base[: MAX_TITLE - len(str(number)) - 1]}-{number}"
    return title


def lines_of(text: str, width: float) -> int:
    """Return about how many lines a wrapped text fills in a column of ``width`` characters.

    The width of a column counts digits; letters of a proportional font are narrower, Cyrillic ones less so.
    """
    room = max(width - 1, 1)
    return sum(max(1, math.ceil((0.88 * len(line) + 0.14 * _wide(line)) / room)) for line in text.split("\n"))


def _wide(text: str) -> int:
    return sum(sign > "\u0370" or sign.isupper() for sign in text)


def row_height(texts: Iterable[tuple[str, float]], line: float = 15.0) -> float:
    """Return the height in points of a row whose cells hold these texts in columns of these widths.

    Programs fit the height of a row by themselves only where no cell of it is merged. A row is never
    higher than the 409 points that Excel allows.
    """
    return min(409.0, line * max((lines_of(text, width) for text, width in texts), default=1) + 2)
