"""How far the choice of equal steps between levels can move the index (method rule 9)."""

from collections.abc import Iterator

import numpy as np

from assess._arrays import FloatArray
from assess._programs import SolverStoppedError
from assess.result import IndicatorResult, Range, Result, SlotValue
from assess.rubric.model import Rubric
from assess.scoring.again import judge_again
from assess.sensitivity.model import SpacingRange
from assess.sensitivity.vary import values_under, with_scores

SPREAD = 0.5


def spacing_range(rubric: Rubric, result: Result, spread: float = SPREAD) -> SpacingRange | None:
    """Return the exact range of the index when each step is 1 - spread to 1 + spread of nominal.

    The ends of the scale stay, so that the steps still add up to it. The index is linear in the
    level scores, and two linear programs find its ends. Of two sides that side goes on counting
    which counts now: with one level a side no spacing can change that; only where raters are pooled
    or levels disputed the range may be a little too wide. An unknown that the mean rules out keeps
    its points. None if nothing is known.
    """
    if result.index.points is None:
        return None
    coefficients, fixed = _index_of_scores(rubric, result)
    ends = [_extreme(rubric, coefficients, spread, sign) for sign in (+1.0, -1.0)]
    points = [float(np.clip(coefficients @ scores + fixed, 0.0, 100.0)) for scores in ends]
    return SpacingRange(
        index=Range(low=round(points[0], 6), high=round(points[1], 6)),
        lowest_scores=_rounded(ends[0]),
        highest_scores=_rounded(ends[1]),
        lowest_stage=_stage(rubric, result, ends[0]),
        highest_stage=_stage(rubric, result, ends[1]),
    )


def _rounded(scores: FloatArray) -> tuple[float, ...]:
    return tuple(round(float(x), 6) + 0.0 for x in scores)


def _stage(rubric: Rubric, result: Result, scores: FloatArray) -> str:
    other = with_scores(rubric, [float(x) for x in scores])
    position = judge_again(other, values_under(other, result)).reached(other)
    assert position is not None
    return rubric.stages[position].id


def _extreme(rubric: Rubric, coefficients: FloatArray, spread: float, sign: float) -> FloatArray:
    """Level scores, shape (levels,), at which ``sign`` times the index is least."""
    from scipy.optimize import linprog

    nominal = np.array([level.score for level in rubric.levels])
    steps = np.diff(nominal)
    # A step lifts every level above it, so its price is the sum of their coefficients.
    prices = np.cumsum(coefficients[::-1])[::-1][1:]
    found = linprog(
        sign * prices, A_eq=np.ones((1, len(steps))), b_eq=[steps.sum()],
        bounds=[((1 - spread) * step, (1 + spread) * step) for step in steps], method="highs",
    )
    if found.status != 0:
        raise SolverStoppedError(found.message)
    return np.asarray(nominal[0] + np.concatenate([[0.0], np.cumsum(found.x)]))


def _index_of_scores(rubric: Rubric, result: Result) -> tuple[FloatArray, float]:
    """Coefficients of the level scores, shape (levels,), and the points that do not depend on them."""
    coefficients, fixed = np.zeros(len(rubric.levels)), 0.0
    for component in result.components:
        for standing in component.indicators:
            if standing.points is None:
                fixed += standing.contribution
            else:
                for share, level in _levels(rubric, standing):
                    lower = min(int(level), rubric.top_level - 1)
                    coefficients[lower] += standing.share * share * (1 - (level - lower))
                    coefficients[lower + 1] += standing.share * share * (level - lower)
    return coefficients, fixed


def _levels(rubric: Rubric, standing: IndicatorResult) -> Iterator[tuple[float, float]]:
    """Levels whose scores make up the pair's value, each with its share of it."""
    slots = [s for s in standing.slots if s.bounds is not None]
    rule = rubric.indicators[standing.id].pair_rule
    if rule != "mean":
        ends = [s.bounds.low if s.points is None and s.bounds else s.points or 0.0 for s in slots]
        slots = [slots[int(np.argmin(ends) if rule == "lower" else np.argmax(ends))]]
    for slot in slots:
        for share, level in _pooled(standing, slot):
            yield share / len(slots), level


def _pooled(standing: IndicatorResult, slot: SlotValue) -> list[tuple[float, float]]:
    """The levels of everybody who knows, in equal parts; of a disputed answer both, in halves."""
    read = [r for r in standing.readings if r.slot == slot.slot and r.state in ("answered", "disputed")]
    return [(1 / len(read) / len(r.effective), level) for r in read for level in r.effective]
