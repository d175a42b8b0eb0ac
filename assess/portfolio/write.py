"""Write what a portfolio is asked for, leaving alone what would come out the same."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from assess import __version__
from assess.portfolio.run import Measured
from assess.portfolio.store import Store
from assess.portfolio.tables import TABLES, Add, rows
from assess.problems.model import MissingMeansError, Problem
from assess.rubric.model import Rubric


def digest(measured: Measured, rubric: Rubric, *options: object) -> str:
    """Return the hash of all that the files of a portfolio depend on."""
    parts = [__version__, rubric.hash, *map(repr, options)]
    parts += [f"{m.key} {m.relationship} {m.as_of} {m.files}" for m in measured.members]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def stands(store: Store, path: Path, wanted: str) -> bool:
    """Whether ``path`` was written for this digest and was not touched since."""
    note = _note(path, wanted)
    return note is not None and store.get("notes", str(path.resolve())) == note


def remember(store: Store, paths: Sequence[Path], wanted: str) -> None:
    """Note that these files were written for this digest."""
    store.put("notes", {str(path.resolve()): _note(path, wanted) for path in paths})


def _note(path: Path, wanted: str) -> list[Any] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return [wanted, state.st_size, state.st_mtime_ns]


def write_tables(
    measured: Measured, store: Store, rubric: Rubric, out: Path, formats: Sequence[str],
    wanted: str, marking: str | None, progress: Callable[[int], None] = lambda _: None,
) -> tuple[list[Path], list[Problem]]:
    """Write the tables of ``formats`` in one pass over the records, under the ``marking`` of the whole.

    Returns the paths of all tables, written or standing, and the problems of those that could not be
    made here; the others are written all the same.

    Raises:
        MissingMeansError: E502, the folder cannot be written.
    """
    every = [(out / name, table) for key in formats if key in TABLES for name, table in TABLES[key]]
    due = [(path, table) for path, table in every if not stands(store, path, wanted)]
    missing: list[Problem] = []
    latest = {member.key for member in measured.latest().values()}
    failed = set()
    with ExitStack() as stack:
        adds: list[Add] = []
        for path, table in due:
            try:
                adds.append(stack.enter_context(table(path, rubric, marking)))
            except MissingMeansError as error:
                if any(problem.code != "B806" for problem in error.problems):
                    raise
                missing += [problem for problem in error.problems if problem not in missing]
                failed.add(path)
        for member, record in measured.records(store) if adds else ():
            row, cells = rows(member, record, member.key in latest)
            for add in adds:
                add(row, cells)
            progress(1)
    done = [path for path, _ in every if path not in failed]
    remember(store, done, wanted)
    return done, missing
