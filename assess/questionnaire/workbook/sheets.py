"""Read the sheets of a workbook as cells, in one pass and without building trees.

openpyxl writes our workbooks but does not read those of others: it drops ``x005F_`` from texts and makes
cells for every place of a merged range, which a hostile file can make endless. Names of tags are compared
without their namespace, so that the strict form of the format is read as well.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.workbook.package import Package, no_workbook

MAX_ELEMENTS = 1_500_000  # in all parts together
MAX_CELLS = 400_000
MAX_MERGED = 5_000
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_DEPTH = 60
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")

Value = str | float | bool | datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    ``value`` is a text as the file has it, a number, a truth value or a moment; ``kind`` is ``value``,
    ``formula`` or ``error``; ``form`` is the number format of a moment.
    """

    value: Value
    kind: str = "value"
    form: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet: its name, its place among the sheets counted from 1, and its cells by row and column from 1."""

    title: str
    number: int
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row and column, last row and column
    hidden_rows: set[int] = field(default_factory=set)
    comments: list[tuple[int, int]] = field(default_factory=list)  # rows and columns of the cells that have one

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell as text without blanks around it; nothing if it is empty."""
        cell = self.cells.get(row, {}).get(column)
        return "" if cell is None or not isinstance(cell.value, str) else cell.value.strip()


def read_sheets(package: Package) -> list[Sheet]:
    """Return all sheets of a workbook in their order; charts are none.

    Raises:
        InputError: W720, W722 or W724: damaged, too many cells, or with declarations that could multiply it.
    """
    reader = _Reader(package)
    main = reader.target("_rels/.rels", "", "/officeDocument", "xl/workbook.xml")
    book = reader.parse(main, _Book())
    related = reader.relations(main)
    strings = reader.parse(_first(related, "/sharedStrings"), _Strings()).texts
    formats = reader.parse(_first(related, "/styles"), _Styles()).formats()
    sheets = []
    for number, (title, relation) in enumerate(book.sheets, 1):
        kind, part = related.get(relation, ("", ""))
        if kind.endswith("/worksheet"):
            sheet = Sheet(title, number)
            reader.parse(part, _Cells(sheet, strings, formats, book.since_1904))
            sheet.comments = reader.parse(_first(reader.relations(part), "/comments"), _Comments()).cells
            sheets.append(sheet)
    return sheets


def _first(related: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((part for found, part in related.values() if found.endswith(kind)), "")


class _Reader:
    """Feeds parts to their handlers and turns what is wrong with them into problems."""

    def __init__(self, package: Package) -> None:
        self.package, self.count = package, [0]

    def parse(self, part: str, handler: Any) -> Any:
        """Run ``handler`` over a part, which may be missing; return the handler."""
        from xml.etree.ElementTree import ParseError

        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import DefusedXMLParser

        raw = self.package.read(part)
        if not raw:
            return handler
        parser = DefusedXMLParser(target=_Bounded(handler, self.package.name, self.count), forbid_dtd=True)
        try:
            parser.feed(raw)
            parser.close()
        except DefusedXmlException as error:
            raise InputError([Problem("W724", Place(self.package.name), {"part": part})]) from error
        except (ParseError, ValueError, LookupError, OverflowError) as error:
            raise no_workbook(self.package.name, f"the part {part} is damaged") from error
        return handler

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the parts that ``part`` relates to: id to kind and name."""
        folder, name = posixpath.split(part)
        links = self.parse(posixpath.join(folder, "_rels", f"{name}.rels"), _Relations()).links
        return {key: (kind, posixpath.normpath(posixpath.join("/", folder, to)).lstrip("/")) for key, kind, to in links}

    def target(self, part: str, folder: str, kind: str, otherwise: str) -> str:
        """Return the first part of this kind that the relations in ``part`` name."""
        links = self.parse(part, _Relations()).links
        found = (posixpath.join("/", folder, to).lstrip("/") for _, named, to in links if named.endswith(kind))
        name = next(found, otherwise)
        if name not in self.package.parts:
            raise no_workbook(self.package.name, "it has no list of sheets")
        return name


class _Bounded:
    """Passes the events of a part on, names without namespace, and stops a part that is too large or deep."""

    def __init__(self, handler: Any, file: str, count: list[int]) -> None:
        """``count`` holds one number, the elements of all parts so far."""
        self.handler, self.file, self.count = handler, file, count
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count[0] += 1
        self.depth += 1
        if self.count[0] > MAX_ELEMENTS:
            raise InputError([Problem("W722", Place(self.file), {"what": f"more than {MAX_ELEMENTS} elements"})])
        if self.depth > _DEPTH:
            raise ValueError("too deep")
        self.handler.start(tag.rpartition("}")[2], attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.handler.end(tag.rpartition("}")[2])

    def data(self, text: str) -> None:
        self.handler.data(text)

    def close(self) -> None:
        return None


class _Handler:
    """Does nothing with anything."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


class _Relations(_Handler):
    """Which parts belong to a part; what lies outside the file is left out."""

    def __init__(self) -> None:
        self.links: list[tuple[str, str, str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            self.links.append((attributes["Id"], attributes.get("Type", ""), attributes["Target"]))


class _Book(_Handler):
    """Names of the sheets with their relations, and from when days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            relation = next((value for name, value in attributes.items() if name.endswith("}id")), "")
            self.sheets.append((attributes.get("name", "?"), relation))
        elif tag == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


class _Text(_Handler):
    """Collects the text of runs; readings for pronunciation are none of it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.inside, self.phonetic = False, False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "rPh":
            self.phonetic = True
        elif tag == "t":
            self.inside = not self.phonetic

    def end(self, tag: str) -> None:
        if tag == "rPh":
            self.phonetic = False
        elif tag == "t":
            self.inside = False

    def data(self, text: str) -> None:
        if self.inside:
            self.parts.append(text)

    def take(self) -> str:
        """Return the text so far and begin anew."""
        text = "".join(self.parts)
        self.parts.clear()
        return text


class _Strings(_Text):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "si":
            self.texts.append(self.take())


class _Styles(_Handler):
    """The number format of each style of cells."""

    def __init__(self) -> None:
        self.custom: dict[int, str] = {}
        self.used: list[int] = []
        self.inside = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "numFmt":
            self.custom[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self.inside = True
        elif tag == "xf" and self.inside:
            self.used.append(int(attributes.get("numFmtId", "0")))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self.inside = False

    def formats(self) -> list[str]:
        """Return for each style its format if it shows moments, nothing otherwise."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        codes = (self.custom.get(number) or BUILTIN_FORMATS.get(number, "") for number in self.used)
        return [code if is_date_format(code) else "" for code in codes]


class _Comments(_Handler):
    """The cells of one sheet on which somebody has written a comment."""

    def __init__(self) -> None:
        self.cells: list[tuple[int, int]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "comment":
            self.cells.append(_place(attributes["ref"]))


class _Cells(_Text):
    """The cells of one sheet."""

    def __init__(self, sheet: Sheet, strings: list[str], formats: list[str], since_1904: bool) -> None:
        super().__init__()
        self.sheet, self.strings, self.formats, self.since_1904 = sheet, strings, formats, since_1904
        self.row = self.column = self.count = 0
        self.type, self.style, self.formula, self.in_value = "n", 0, False, False
        self.number: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().start(tag, attributes)
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
        elif tag == "c":
            self._begin(attributes)
        elif tag == "f":
            self.formula = True
        elif tag == "v":
            self.in_value = True
        elif tag == "mergeCell":
            self.sheet.merged.append(_range(attributes["ref"]))
            if len(self.sheet.merged) > MAX_MERGED:
                raise ValueError("more merged cells than any form has")

    def _begin(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            self.row, self.column = _place(attributes["r"])
        else:
            self.column += 1
        self.type, self.style = attributes.get("t", "n"), int(attributes.get("s", "0"))
        self.formula = False
        self.number.clear()
        self.parts.clear()

    def data(self, text: str) -> None:
        super().data(text)
        if self.in_value:
            self.number.append(text)

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "v":
            self.in_value = False
        elif tag == "c":
            self._finish()

    def _finish(self) -> None:
        cell = self._cell("".join(self.number), self.take())
        if cell is None:
            return
        self.count += 1
        if not (0 < self.row <= MAX_ROW and 0 < self.column <= MAX_COLUMN) or self.count > MAX_CELLS:
            raise ValueError("more cells than a sheet can have")
        self.sheet.cells.setdefault(self.row, {})[self.column] = cell

    def _cell(self, raw: str, text: str) -> Cell | None:
        """Return what stands in the cell that ends here; nothing if it is empty."""
        if self.formula:
            return Cell(raw or text, "formula")
        if self.type == "e":
            return Cell(raw, "error")
        if self.type in ("s", "inlineStr", "str"):
            said = self.strings[int(raw)] if self.type == "s" and raw else text or raw
            return Cell(said) if said else None
        if not raw:
            return None
        if self.type == "b":
            return Cell(raw.strip() in ("1", "true"))
        if self.type == "d":
            return Cell(datetime.fromisoformat(raw.strip().rstrip("Z")), form="yyyy-mm-dd")
        return self._number(float(raw))

    def _number(self, number: float) -> Cell:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        form = self.formats[self.style] if self.style < len(self.formats) else ""
        if form:
            moment = from_excel(number, MAC_EPOCH if self.since_1904 else WINDOWS_EPOCH)
            if isinstance(moment, datetime):
                return Cell(moment, form=form)
        return Cell(int(number) if number == int(number) else number)


def _place(reference: str) -> tuple[int, int]:
    """Return row and column of a cell such as ``C12``; openpyxl's own reader fails on what is none."""
    found = _REFERENCE.match(reference)
    if not found:
        raise ValueError("no cell")
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def _range(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    return (*_place(first), *_place(last or first))
