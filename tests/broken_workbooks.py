"""Bad workbooks for tests/test_broken.py: forms that people and attackers have changed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import sheets


class Desk(Protocol):
    """A folder in which commands are run as a person would type them."""

    folder: Path

    def run(self, *arguments: str) -> tuple[int, str, str]: ...

    def changed(self, name: str, old: str, new: str) -> str: ...


def form(desk: Desk, change: Callable[[sheets.Book], object]) -> str:
    """Return what importing a form says that somebody changed."""
    book = sheets.Book(sheets.written())
    change(book)
    return told_of_workbook(desk, book.bytes())


def told_of_workbook(desk: Desk, content: bytes) -> str:
    """Return the problems of a workbook, without the summary that follows warnings."""
    (desk.folder / "answers.xlsx").write_bytes(content)
    lines = desk.run("import", "answers.xlsx", "-o", "-")[2].splitlines(keepends=True)
    return "".join(line for line in lines if "imported;" not in line)


def answer(desk: Desk, **values: object) -> str:
    """Return what importing says when the first answer has these cells."""
    return form(desk, lambda book: book.write("ONE", "answers/ONE-01/pair", **values))


def part(desk: Desk, name: str, content: bytes) -> str:
    """Return what importing says of a form with one part more, or another one."""
    return told_of_workbook(desk, sheets.repacked(sheets.written(), lambda parts: parts.update({name: content})))


def without_parts(parts: dict[str, bytes]) -> None:
    """Leave a workbook that no program of ours has made."""
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = b"<worksheet><sheetData/></worksheet>"


def w722(desk: Desk) -> str:
    return part(desk, "xl/bomb.xml", b" " * 61_000_000)


def w728(desk: Desk) -> str:
    return form(desk, lambda book: book.book.create_sheet("Ours").append(["What we think of it"]))


def w730(desk: Desk) -> str:
    return form(desk, lambda book: book.book.remove(book["_about"]))


def about(desk: Desk, key: str, value: str) -> str:
    return form(desk, lambda book: book.write("_about", key, value=value))


def w739(desk: Desk) -> str:
    def join(book: sheets.Book) -> None:
        row = book.row("ONE", "answers/ONE-02/A")
        book["ONE"].merge_cells(start_row=row, end_row=row + 1, start_column=4, end_column=4)

    return form(desk, join)


def w744(desk: Desk) -> str:
    def twice(book: sheets.Book) -> None:
        copy = book.book.copy_worksheet(book["ONE"])
        copy.title = "Copy"
        book.write("Copy", "answers/ONE-01/pair", answer="2")

    return form(desk, twice)


def w745(desk: Desk) -> str:
    def year(book: sheets.Book) -> None:
        book.write("ONE", "answers/ONE-01/pair", date=2024)
        book.cell("ONE", "answers/ONE-01/pair", "date").number_format = "dd.mm.yyyy"

    return form(desk, year)


def w747(desk: Desk) -> str:
    def hide(book: sheets.Book) -> None:
        book["ONE"].row_dimensions[book.row("ONE", "answers/ONE-01/pair")].hidden = True

    return form(desk, hide)


def w748(desk: Desk) -> str:
    long = "🛰" * 20_000
    desk.changed("long.yaml", "level: 3,", f"level: 3, note: {long},")
    return desk.run("form", "--xlsx", "--from", "long.yaml", "-o", "long.xlsx")[2]


OTHERWISE: Mapping[str, Callable[[Desk], str]] = {
    "W720": lambda desk: told_of_workbook(desk, b"ONE-01: 3"),
    "W721": lambda desk: told_of_workbook(desk, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "W722": w722,
    "W723": lambda desk: part(desk, "xl/vbaProject.bin", b"Sub Auto_Open()"),
    "W724": lambda desk: part(desk, "xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet>&b;</styleSheet>'),
    "W725": lambda desk: part(desk, "xl/externalLinks/externalLink1.xml", b'<externalLink><ddeLink ddeService="cmd"/>'),
    "W726": lambda desk: part(desk, "xl/externalLinks/externalLink1.xml", b"<externalLink><externalBook/>"),
    "W727": lambda desk: form(desk, lambda book: setattr(book["ONE"].cell(90, 4), "value", "What else we know")),
    "W728": w728,
    "W729": lambda desk: told_of_workbook(desk, sheets.repacked(sheets.written(), without_parts)),
    "W730": w730,
    "W731": lambda desk: about(desk, "rubric.version", "0.0.9"),
    "W732": lambda desk: about(desk, "format", "2"),
    "W733": lambda desk: about(desk, "rubric.hash", "0000"),
    "W734": lambda desk: form(desk, lambda book: book.book.remove(book["Relationship"])),
    "W735": lambda desk: form(desk, lambda book: book.book.remove(book["TRE"])),
    "W736": lambda desk: form(desk, lambda book: book["ONE"].delete_cols(4)),
    "W737": lambda desk: answer(desk, note="=1+1"),
    "W738": lambda desk: answer(desk, note="#REF!"),
    "W739": w739,
    "W740": lambda desk: answer(desk, confidence="very high"),
    "W741": lambda desk: answer(desk, reason="nobody knows"),
    "W742": lambda desk: form(desk, lambda book: book.write("Relationship", "answered_by.role", value=None)),
    "W743": lambda desk: form(desk, lambda book: book.write("TRE", "answers/TRE-01/pair", note="to be asked")),
    "W744": w744,
    "W745": w745,
    "W746": lambda desk: answer(desk, answer="3 – Three of ONE-02."),
    "W747": w747,
    "W748": w748,
}
