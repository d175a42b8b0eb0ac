"""The weighted mean that stands above its parts, its hard bounds and its coverage (rules 1.2, 4, 5)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assess.scoring.rounding import settled
from assess.scoring.values import Known, NotApplicable, Open, Value

Member = tuple[str, float, Value]
"""Id, weight, value."""


class Headline(NamedTuple):
    """A mean and what it rests on.

    ``points`` is None when nothing is known. ``entered`` holds the points with which each member
    stands in the mean; members that are open and not ruled out by it are not in it.
    """

    points: float | None
    low: float
    high: float
    coverage: float
    not_applicable_share: float
    entered: Mapping[str, float]


def headline(members: Sequence[Member]) -> Headline | None:
    """Return the headline over ``members``; None if every one of them is not applicable.

    The mean is over what is known. A member that is known within limits and whose limits exclude
    the mean enters at the nearer limit, so that the hard bounds always hold the headline.
    """
    applicable = [(key, weight, value) for key, weight, value in members if not isinstance(value, NotApplicable)]
    if not applicable:
        return None
    total = known = low = high = 0.0
    for _, weight, value in applicable:
        total += weight
        low += weight * value.low
        high += weight * value.high
        known += weight if isinstance(value, Known) else 0.0
    entered = _entered(applicable) if known else {}
    return Headline(
        points=settled(_mean(applicable, entered)) if known else None,
        low=settled(low / total),
        high=settled(high / total),
        coverage=settled(known / total),
        not_applicable_share=settled(1 - total / sum(weight for _, weight, _ in members)),
        entered=entered,
    )


def _mean(members: Sequence[tuple[str, float, Known | Open]], entered: Mapping[str, float]) -> float:
    weight = points = 0.0
    for key, w, _ in members:
        if key in entered:
            weight += w
            points += w * entered[key]
    return points / weight


def _entered(members: Sequence[tuple[str, float, Known | Open]]) -> dict[str, float]:
    """Find which open members the mean rules out.

    The mean over the known and the ruled out, as a function of a supposed mean m, crosses m once. Between two
    neighbouring limits nobody else is ruled out, so a search over the limits finds the members for good.
    """
    known = {key: value.points for key, _, value in members if isinstance(value, Known)}
    limited = [(key, v) for key, _, v in members if isinstance(v, Open)]
    if not limited:
        return known
    first = _mean(members, known)
    if all(value.low <= first <= value.high for _, value in limited):
        return known
    stops = sorted({0.0, 100.0, *(end for _, value in limited for end in (value.low, value.high))})
    below, above = 0, len(stops) - 1
    while above - below > 1:
        middle = (below + above) // 2
        rises = _mean(members, known | _excluded(limited, stops[middle])) > stops[middle]
        below, above = (middle, above) if rises else (below, middle)
    between = (stops[below] + stops[above]) / 2
    return known | _excluded(limited, _mean(members, known | _excluded(limited, between)))


def _excluded(limited: Sequence[tuple[str, Open]], mean: float) -> dict[str, float]:
    slack = 1e-9
    below = {key: value.high for key, value in limited if value.high < mean - slack}
    above = {key: value.low for key, value in limited if value.low > mean + slack}
    return below | above
