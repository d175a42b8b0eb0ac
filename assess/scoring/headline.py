"""The weighted mean that stands above its parts, its hard bounds and its coverage (rules 1.2, 4, 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assess.scoring.values import Known, NotApplicable, Open, Value

Member = tuple[str, float, Value]
"""Id, weight, value."""


@dataclass(frozen=True, slots=True)
class Headline:
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
    total = sum(weight for _, weight, _ in applicable)
    everything = sum(weight for _, weight, _ in members)
    known = sum(weight for _, weight, value in applicable if isinstance(value, Known))
    entered = _entered(applicable) if known else {}
    return Headline(
        points=_mean(applicable, entered) if known else None,
        low=sum(weight * value.low for _, weight, value in applicable) / total,
        high=sum(weight * value.high for _, weight, value in applicable) / total,
        coverage=known / total,
        not_applicable_share=1 - total / everything,
        entered=entered,
    )


def _mean(members: Sequence[tuple[str, float, Known | Open]], entered: Mapping[str, float]) -> float:
    weight = sum(w for key, w, _ in members if key in entered)
    return sum(w * entered[key] for key, w, _ in members if key in entered) / weight


def _entered(members: Sequence[tuple[str, float, Known | Open]]) -> dict[str, float]:
    """Find which open members the mean rules out; each pass can only move the mean one way for good.

    The mean of completions f(m) = mean of clip(m, low, high) rises slower than m, so it crosses m
    once; bisection finds the crossing, and the members outside their limits there are the answer.
    """
    known = {key: value.points for key, _, value in members if isinstance(value, Known)}
    limited = [(key, w, v) for key, w, v in members if isinstance(v, Open)]
    first = _mean(members, known)
    if all(value.low <= first <= value.high for _, _, value in limited):
        return known
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        trial = known | _excluded(limited, middle)
        low, high = (middle, high) if _mean(members, trial) > middle else (low, middle)
    return known | _excluded(limited, (low + high) / 2)


def _excluded(limited: Sequence[tuple[str, float, Open]], mean: float) -> dict[str, float]:
    slack = 1e-9
    below = {key: value.high for key, _, value in limited if value.high < mean - slack}
    above = {key: value.low for key, _, value in limited if value.low > mean + slack}
    return below | above
