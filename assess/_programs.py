"""Binary programs solved one aim after the other, for HiGHS. Shared by roadmaps and tipping points.

Where several choices are equally good in the first aim, the second decides, and so on; the last
word has the order of the variables. So a choice depends on nothing but its inputs.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from assess._arrays import FloatArray

TIME_LIMIT = 60.0  # seconds for one run of the solver
TIE = 1e-6  # sums that differ by less are equal; also the tolerance with which HiGHS holds a row
BLOCK = 16  # variables whose order is settled in one run: their weights are powers of two


class SolverStoppedError(Exception):
    """The solver ended without a proof that its choice is the best one."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Linear conditions ``low <= table @ x <= high`` on 0/1 variables, table of shape (rows, variables)."""

    table: FloatArray
    low: FloatArray
    high: FloatArray

    def and_(self, row: FloatArray, low: float = -np.inf, high: float = np.inf) -> "Rows":
        """Return these conditions and one more."""
        return Rows(np.vstack([self.table, row]), np.append(self.low, low), np.append(self.high, high))

    def hold(self, x: FloatArray) -> bool:
        """Whether ``x`` meets every condition, within ten times the solver's own tolerance."""
        sums = self.table @ x
        return bool(np.all((sums >= self.low - 10 * TIE) & (sums <= self.high + 10 * TIE)))


@dataclass(slots=True, eq=False)
class Counter:
    """How often the solver ran."""

    runs: int = 0


def in_turn(aims: Sequence[FloatArray], rows: Rows, ordered: int, counter: Counter) -> FloatArray | None:
    """Maximise the aims one after the other, then settle the order of the first ``ordered`` variables."""
    x = None
    for aim in aims:
        x = best(aim, rows, counter)
        if x is None:
            return None
        rows = rows.and_(aim, low=float(aim @ x) - _slack(aim))
    for aim in _orders(ordered, rows.table.shape[1]):
        if x is not None and not _settled(aim, x):
            x = best(aim, rows, counter)
        assert x is not None
        rows = rows.and_(aim, low=float(aim @ x) - 0.5)
    return x


def _orders(ordered: int, variables: int) -> list[FloatArray]:
    """Aims that prefer the earlier variables, block by block."""
    aims = []
    for start in range(0, ordered, BLOCK):
        stop = min(start + BLOCK, ordered)
        aim = np.zeros(variables)
        aim[start:stop] = 2.0 ** np.arange(stop - start - 1, -1, -1)
        aims.append(aim)
    return aims


def _settled(aim: FloatArray, x: FloatArray) -> bool:
    """Whether a block has every one of its variables, so that nothing can be better."""
    return bool(np.all(x[aim > 0] > 0.5))


def _slack(aim: FloatArray) -> float:
    """Half a unit where sums are whole numbers, else the width of a tie."""
    return 0.5 if np.all(aim == np.round(aim)) else TIE


def best(aim: FloatArray, rows: Rows, counter: Counter) -> FloatArray | None:
    """Maximise one aim; None if the rows cannot all hold."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # imported late: a solver is slow to load

    if not aim.size:
        return np.zeros(0) if rows.hold(np.zeros(0)) else None
    counter.runs += 1
    conditions = [LinearConstraint(rows.table, rows.low, rows.high)] if len(rows.table) else []
    with quietly():
        found = milp(-aim, integrality=np.ones(aim.size), bounds=Bounds(0, 1), constraints=conditions,
                     options={"mip_rel_gap": 0.0, "time_limit": TIME_LIMIT})
    if found.status == 2:
        return None
    check_proven(found)
    x = np.round(found.x)
    if not rows.hold(x):
        raise SolverStoppedError("the solver's plan does not hold after rounding")
    return np.asarray(x, dtype=np.float64)


@contextmanager
def quietly() -> Iterator[None]:
    """Drop what the solver itself prints: stdout may be read by a machine, and nobody can use these lines.

    HiGHS prints a line of its own now and then even when it is told to be silent (HiGHS.jl issue
    312), below Python's streams; so the file descriptor is turned. How a run ended is in its status.
    Where a process has no such descriptor nothing is done.
    """
    try:
        kept = os.dup(1)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def check_proven(found: Any) -> None:
    """Let nothing pass but a proven optimum (status 0); 1 is a limit, see scipy.optimize.milp."""
    if found.status == 1:
        raise SolverStoppedError(f"it took more than {TIME_LIMIT:g} seconds")
    if found.status != 0:
        raise SolverStoppedError(found.message)
