"""What of a result can be explained, and by which key."""

from collections.abc import Mapping

from assess.frozen import Frozen
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest
from assess.result import Result


def keys(result: Result) -> tuple[str, ...]:
    """Return everything that can be explained."""
    return tuple(_parts(result))


def part_of(result: Result, key: str) -> Frozen:
    """Return the part of the result that ``key`` names.

    Raises:
        InputError: Q232, there is nothing of this name.
    """
    parts = _parts(result)
    if key not in parts:
        raise InputError([Problem("Q232", Place("KEY"), {"key": key}, nearest(key, parts))])
    return parts[key]


def _parts(result: Result) -> Mapping[str, Frozen]:
    """Every part by its key; no two ids of a rubric are the same."""
    parts: dict[str, Frozen] = {"index": result.index, "stage": result.stage}
    parts |= {c.id: c for c in result.components}
    parts |= {i.id: i for c in result.components for i in c.indicators}
    parts |= {g.id: g for g in result.gates}
    if result.pressure is not None:
        parts["pressure"] = result.pressure
    parts |= {c.id: c for c in result.challenges}
    parts |= {b.id: b for c in result.challenges for b in c.barriers}
    parts |= {s.id: s for s in result.systems} | {b.id: b for b in result.bodies}
    return parts | {a.id: a for a in result.aims}
