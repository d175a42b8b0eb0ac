"""Known, open and not applicable values: three types, so that none is taken for another (rule 1.4)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean
from typing import TypeAlias

from assess.rubric.model import PairRule
from assess.scoring.rounding import settled


@dataclass(frozen=True, slots=True)
class Known:
    """A value in points; ``low`` and ``high`` differ from it only where it is disputed."""

    points: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Open:
    """Not known, but between ``low`` and ``high`` points."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Outside the denominator."""


Value: TypeAlias = Known | Open | NotApplicable


def pool(values: Sequence[Value]) -> Value:
    """Pool several raters: the mean of those who know, else of what the others leave open (rule 7)."""
    if len(values) == 1:
        return values[0]
    applicable = [v for v in values if not isinstance(v, NotApplicable)]
    known = [v for v in applicable if isinstance(v, Known)]
    if known:
        return Known(_mean(v.points for v in known), _mean(v.low for v in known), _mean(v.high for v in known))
    if applicable:
        return Open(_mean(v.low for v in applicable), _mean(v.high for v in applicable))
    return NotApplicable()


def _mean(values: Iterable[float]) -> float:
    """The mean; raters who agree give it exactly."""
    return settled(fmean(values))


def combine(values: Sequence[Value], rule: PairRule) -> Value:
    """Make the pair's value of the two sides or directions (rule 3).

    An unknown side leaves the pair open between what the known side already settles; a side that
    is not applicable leaves the other alone.
    """
    applicable = [v for v in values if not isinstance(v, NotApplicable)]
    if not applicable:
        return NotApplicable()
    if len(applicable) == 1:
        return _settled(applicable[0])
    how = _RULES[rule]
    low, high = how([v.low for v in applicable]), how([v.high for v in applicable])
    known = [v for v in applicable if isinstance(v, Known)]
    if len(known) == len(applicable):
        return Known(how([v.points for v in known]), low, high)
    return Known(low, low, high) if low == high else open_between(low, high)


def _settled(value: Known | Open) -> Known | Open:
    """Limits that meet leave nothing open."""
    return Known(value.low, value.low, value.high) if isinstance(value, Open) and value.low == value.high else value


@lru_cache(maxsize=1024)
def open_between(low: float, high: float) -> Open:
    """Return a value that is not known, but between these points; the few that occur are made once."""
    return Open(low, high)


_RULES: Mapping[PairRule, Callable[[Sequence[float]], float]] = {"lower": min, "higher": max, "mean": _mean}
