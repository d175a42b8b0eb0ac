"""The tables of a portfolio: CSV, Parquet, a workbook and JSON, each written row by row."""

import contextlib
import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeAlias

from assess import __version__
from assess.files import written_atomically
from assess.portfolio.columns import (
    INDICATOR_COLUMNS,
    SCHEMA_VERSION,
    Column,
    flat,
    relationship_columns,
)
from assess.portfolio.record import Record
from assess.portfolio.run import Member
from assess.problems.model import MissingMeansError, Place, Problem
from assess.rubric.model import Rubric
from assess.workbooks import MAX_TEXT, encoded

Add: TypeAlias = Callable[[dict[str, Any], list[list[Any]]], None]
"""Takes one assessment: its row, and the rows of its indicators."""
Table: TypeAlias = Callable[[Path, Rubric, str | None], AbstractContextManager[Add]]
"""Opens a table at a path; its last argument is the marking of the whole."""

_ROWS = 500


def rows(member: Member, record: Record, latest: bool) -> tuple[dict[str, Any], list[list[Any]]]:
    """Return the row of an assessment and the rows of its indicators, as the columns have them."""
    row = {**record["head"], "latest": latest, "files": "|".join(member.files)}
    return row, [[member.relationship, member.as_of, *cells, member.marking] for cells in record["indicators"]]


# --- CSV ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def csv_relationships(path: Path, rubric: Rubric, _marking: str | None) -> Iterator[Add]:
    """Write one line a relationship and date."""
    columns = flat(relationship_columns(rubric))
    with _csv(path, columns) as writer:
        yield lambda row, _: writer([row.get(column.name) for column in columns])


@contextlib.contextmanager
def csv_indicators(path: Path, rubric: Rubric, _marking: str | None) -> Iterator[Add]:
    """Write one line an indicator."""
    with _csv(path, INDICATOR_COLUMNS) as writer:

        def add(_: dict[str, Any], cells: list[list[Any]]) -> None:
            for line in cells:
                writer(line)

        yield add


@contextlib.contextmanager
def _csv(path: Path, columns: Sequence[Column]) -> Iterator[Callable[[Sequence[Any]], None]]:
    with written_atomically(path) as new, new.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        yield lambda line: writer.writerow([_plain(cell) for cell in line])


def _plain(cell: Any) -> Any:
    """Write truth as a word, and keep a program for tables from taking a text for a formula."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell


# --- JSON ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def json_all(path: Path, rubric: Rubric, marking: str | None) -> Iterator[Add]:
    """Write everything as one JSON document; indicators stand inside their relationship."""
    names = [column.name for column in relationship_columns(rubric)]
    inner = [column.name for column in INDICATOR_COLUMNS]
    head = {"schema_version": SCHEMA_VERSION, "engine": __version__, "rubric": f"{rubric.id} {rubric.version}",
            "rubric_hash": rubric.hash, "marking": marking}
    with written_atomically(path) as new, new.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "relationships": [')
        first = True

        def add(row: dict[str, Any], cells: list[list[Any]]) -> None:
            nonlocal first
            indicators = [dict(zip(inner[2:], line[2:], strict=True)) for line in cells]
            whole = {name: row.get(name) for name in names} | {"indicators": indicators}
            stream.write(("\n" if first else ",\n") + json.dumps(whole, ensure_ascii=False))
            first = False

        yield add
        stream.write("\n]}\n")


# --- Parquet ------------------------------------------------------------------------------------


def pyarrow() -> Any:
    """Import pyarrow.

    Raises:
        MissingMeansError: B806, the extra is not installed.
    """
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise MissingMeansError([Problem("B806", Place("portfolio.parquet"))]) from error
    return parquet


@contextlib.contextmanager
def parquet_relationships(path: Path, rubric: Rubric, marking: str | None) -> Iterator[Add]:
    """Write one row a relationship and date."""
    columns = relationship_columns(rubric)
    with _parquet(path, columns, rubric, marking) as extend:
        yield lambda row, _: extend([[row.get(column.name) for column in columns]])


@contextlib.contextmanager
def parquet_indicators(path: Path, rubric: Rubric, marking: str | None) -> Iterator[Add]:
    """Write one row an indicator."""
    with _parquet(path, INDICATOR_COLUMNS, rubric, marking) as extend:
        yield lambda _, cells: extend(cells)


@contextlib.contextmanager
def _parquet(
    path: Path, columns: Sequence[Column], rubric: Rubric, marking: str | None
) -> Iterator[Callable[[list[list[Any]]], None]]:
    parquet = pyarrow()
    schema = _schema(columns, rubric, marking)
    with written_atomically(path) as new, parquet.ParquetWriter(new, schema, compression="zstd") as writer:
        waiting: list[list[Any]] = []

        def extend(lines: list[list[Any]]) -> None:
            waiting.extend(lines)
            if len(waiting) >= _ROWS * max(1, len(lines)):
                flush()

        def flush() -> None:
            writer.write_table(_arrow_table(waiting, schema))
            waiting.clear()

        yield extend
        if waiting:
            flush()


def _schema(columns: Sequence[Column], rubric: Rubric, marking: str | None) -> Any:
    """Arrow's schema, with the meaning of each column and version and marking of the whole inside."""
    import pyarrow as pa

    kinds = {"text": pa.string(), "number": pa.float64(), "count": pa.int32(), "truth": pa.bool_(),
             "numbers": pa.list_(pa.float32())}
    fields = [pa.field(c.name, kinds[c.kind], metadata={"meaning": c.meaning}) for c in columns]
    return pa.schema(fields, metadata={
        "assess.schema_version": SCHEMA_VERSION, "assess.engine": __version__,
        "assess.rubric": f"{rubric.id} {rubric.version}", "assess.rubric_hash": rubric.hash,
        "assess.marking": marking or "",
    })


def _arrow_table(lines: Sequence[Sequence[Any]], schema: Any) -> Any:
    import pyarrow as pa

    arrays = [pa.array([line[n] for line in lines], field.type) for n, field in enumerate(schema)]
    return pa.Table.from_arrays(arrays, schema=schema)


# --- workbook -----------------------------------------------------------------------------------


@contextlib.contextmanager
def workbook(path: Path, rubric: Rubric, marking: str | None) -> Iterator[Add]:
    """Write a workbook: relationships, the points of every indicator, and what the columns mean.

    Indicators stand side by side, one row a relationship, since a sheet ends at about a million rows. The
    sheets are streamed through temporary files, so that memory does not grow with the portfolio.
    """
    from openpyxl import Workbook  # imported late: only this format needs it

    columns = flat(relationship_columns(rubric))
    book = Workbook(write_only=True)
    first, second, third = (_sheet(book, name, marking) for name in ("Relationships", "Indicators", "Columns"))
    first.append([_cell(first, column.name, bold=True) for column in columns])
    second.append([_cell(second, name, bold=True) for name in ("relationship", "as_of", *rubric.indicators)])
    third.append([_cell(third, name, bold=True) for name in ("column", "meaning")])
    for column in columns:
        third.append([_cell(third, column.name), _cell(third, column.meaning)])

    def add(row: dict[str, Any], cells: list[list[Any]]) -> None:
        first.append([_cell(first, row.get(column.name)) for column in columns])
        second.append([*(_cell(second, row[name]) for name in ("relationship", "as_of")), *(c[7] for c in cells)])

    yield add
    with written_atomically(path) as new:
        book.save(new)


def _sheet(book: Any, name: str, marking: str | None) -> Any:
    """A sheet with the marking in head and foot of every printed page; «&», which begins a code there, is doubled."""
    sheet = book.create_sheet(name)
    if marking:
        for part in (sheet.oddHeader, sheet.oddFooter):
            part.right.text = encoded(marking).replace("&", "&&")
    sheet.freeze_panes = "B2"
    return sheet


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """A cell in which a text stays a text, whatever it looks like."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, encoded(value)[:MAX_TEXT])
    cell.data_type = "s"  # after the value: openpyxl makes a formula of a leading equals sign
    if bold:
        cell.font = Font(bold=True)
    return cell


TABLES: dict[str, tuple[tuple[str, Table], ...]] = {
    "csv": (("portfolio.csv", csv_relationships), ("indicators.csv", csv_indicators)),
    "json": (("portfolio.json", json_all),),
    "xlsx": (("portfolio.xlsx", workbook),),
    "parquet": (("portfolio.parquet", parquet_relationships), ("indicators.parquet", parquet_indicators)),
}


