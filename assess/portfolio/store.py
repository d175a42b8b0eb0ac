"""The store of records on disk: one small database, so that an interrupted run goes on where it stopped.

Keys are hashes of content: of a questionnaire's bytes, the rubric and the version of the program. What
they hold can always be made again, so a damaged store is begun anew and nothing is lost but time.
"""

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assess import __version__
from assess.portfolio.columns import SCHEMA_VERSION
from assess.problems.model import MissingMeansError, Place, Problem

_TABLES = """
create table if not exists headers (key text primary key, content blob not null) without rowid;
create table if not exists records (key text primary key, content blob not null) without rowid;
create table if not exists notes (key text primary key, content blob not null) without rowid;
"""


class Store:
    """Headers of questionnaires, records of assessments, and notes of what was written from them."""

    def __init__(self, path: Path) -> None:
        """Open or create the store at ``path``.

        Raises:
            MissingMeansError: E502, it cannot be written.
        """
        self.path = path
        self.damaged = False
        with self._writing():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self.base = self._open()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self.damaged = True
                path.unlink()
                self.base = self._open()

    def _open(self) -> sqlite3.Connection:
        base = sqlite3.connect(self.path)
        try:
            base.executescript(_TABLES)
            base.execute("select count(*) from records").fetchone()
        except sqlite3.Error:
            base.close()
            raise
        return base

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.OperationalError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            values = {"path": str(self.path), "reason": reason}
            raise MissingMeansError([Problem("E502", Place(str(self.path)), values)]) from error

    def get(self, table: str, key: str) -> Any:
        """Return what stands under ``key``, or None."""
        row = self.base.execute(f"select content from {_safe(table)} where key = ?", (key,)).fetchone()  # noqa: S608
        return None if row is None else json.loads(zlib.decompress(row[0]))

    def has(self, table: str, key: str) -> bool:
        """Whether something stands under ``key``."""
        query = f"select 1 from {_safe(table)} where key = ?"  # noqa: S608 - the name is one of three
        return self.base.execute(query, (key,)).fetchone() is not None

    def put(self, table: str, rows: Mapping[str, Any]) -> None:
        """Keep rows and make them last.

        Raises:
            MissingMeansError: E502, the disk is full or cannot be written; what was kept before stays.
        """
        packed = [(key, zlib.compress(json.dumps(row, separators=(",", ":")).encode(), 1)) for key, row in rows.items()]
        with self._writing(), self.base:
            self.base.executemany(f"insert or replace into {_safe(table)} values (?, ?)", packed)  # noqa: S608

    def close(self) -> None:
        """Close the store."""
        self.base.close()


def _safe(table: str) -> str:
    assert table in ("headers", "records", "notes")
    return table


def file_key(content: bytes, rubric_hash: str) -> str:
    """Return the key of a questionnaire: hash of its bytes, the rubric and the version of the program."""
    return _hash([hashlib.sha256(content).hexdigest(), rubric_hash, __version__, SCHEMA_VERSION])


def record_key(file_keys: Sequence[str]) -> str:
    """Return the key of an assessment, from the keys of its questionnaires in any order."""
    return _hash(sorted(file_keys))


def _hash(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
