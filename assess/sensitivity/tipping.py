"""Tipping points: how little must change for the stage to flip.

Linear programs propose, the rules of scoring decide: an answer set is only reported when judging
the changed answers anew gives another stage.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import ArrayError, FloatArray, refuse_where, vector
from assess._programs import TIE, Counter, Rows, SolverStoppedError, in_turn
from assess.result import IndicatorResult, Result, SlotValue
from assess.rubric.model import Gate, Indicator, Rubric, Slot
from assess.scoring.again import Judgement, judge_again, value_of, values_of
from assess.scoring.values import Known, NotApplicable, Open, Value, combine
from assess.sensitivity.model import AnswerChange, AnswerTipping, Direction, WeightChange, WeightTipping

_EPS = 1e-9


# --- weights ------------------------------------------------------------------------------------


def least_weight_change(
    weights: ArrayLike, values: ArrayLike, threshold: float, direction: Direction
) -> FloatArray | None:
    """Return the weights nearest to ``weights`` with which the mean of ``values`` meets ``threshold``.

    Nearest is least weight moved: half the sum of the absolute differences. The weights returned sum
    to 1 and are not negative; None if no weights do it.

    Args:
        weights: shape (parts,), not negative, not all 0; relative.
        values: shape (parts,), points.
        threshold: in points.
        direction: up, the mean shall be at least the threshold; down, at most.

    >>> least_weight_change([1, 1], [20, 80], 65, "up")
    array([0.25, 0.75])
    """
    from scipy.optimize import linprog  # imported late: a solver is slow to load

    w = vector("weights", weights)
    x = vector("values", values, size=w.size)
    refuse_where("weights", w, w < 0, "a weight must not be negative")
    if w.sum() == 0:
        raise ArrayError("weights are all 0")
    w = w / w.sum()
    # Variables: the weight that each part gains, then the weight that each part loses.
    sign = -1.0 if direction == "up" else 1.0
    found = linprog(
        np.ones(2 * w.size),
        A_ub=sign * np.concatenate([x, -x])[np.newaxis], b_ub=[sign * (threshold - w @ x)],
        A_eq=np.concatenate([np.ones(w.size), -np.ones(w.size)])[np.newaxis], b_eq=[0.0],
        bounds=[(0, 1)] * w.size + [(0, own) for own in w], method="highs",
    )
    if found.status == 2:
        return None
    if found.status != 0:
        raise SolverStoppedError(found.message)
    return np.asarray(np.clip(w + found.x[: w.size] - found.x[w.size:], 0.0, 1.0))


def weight_tipping(rubric: Rubric, result: Result) -> tuple[WeightTipping, ...]:
    """Return the least change of component weights that lifts, and that lowers, the stage.

    Weights move only the index: a gate that caps the stage stays, and is named. Downwards, weights
    work on the stage that the gates leave.
    """
    now = judge_again(rubric, values_of(result))
    reached = now.reached(rubric)
    if reached is None:
        return ()
    return tuple(_tipped_weights(rubric, now, reached, direction) for direction in _directions(rubric, reached))


def _directions(rubric: Rubric, reached: int) -> list[Direction]:
    wanted: list[Direction] = ["up"] if reached + 1 < len(rubric.stages) else []
    return [*wanted, "down"] if reached > 0 else wanted


def _tipped_weights(rubric: Rubric, now: Judgement, reached: int, direction: Direction) -> WeightTipping:
    target = reached + 1 if direction == "up" else reached - 1
    threshold = rubric.stages[max(reached, target)].from_score
    held = tuple(
        g.id for g in now.gates
        if direction == "up" and g.state in ("failed", "undetermined") and rubric.stage_position(g.cap) < target
    )
    assert now.weighing.total is not None
    values = now.weighing.total.entered
    own = np.array([c.weight for c in rubric.components if c.id in values])
    own = own / own.sum()
    found = None if held else least_weight_change(own, list(values.values()), threshold, direction)
    return WeightTipping(
        direction=direction, stage=rubric.stages[target].id, threshold=threshold,
        moved=None if found is None else _six(np.abs(found - own).sum() / 2),
        weights=() if found is None else _changes(list(values), own, found), held_by=held,
    )


def _changes(ids: Sequence[str], before: FloatArray, after: FloatArray) -> tuple[WeightChange, ...]:
    return tuple(
        WeightChange(id=key, before=_six(b), after=_six(a))
        for key, b, a in zip(ids, before, after, strict=True) if abs(a - b) > _EPS
    )


def _six(value: float) -> float:
    return round(float(value), 6) + 0.0


# --- answers ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Move:
    """One indicator of the pair moved by moving some of its answers by one level each.

    ``gain`` is the change of the index in points, ``part`` that of the component, ``certain`` that
    of the component's lower bound; all are positive in the direction asked for.
    """

    indicator: str
    component: str
    changes: tuple[AnswerChange, ...]
    value: Known
    gain: float
    part: float
    certain: float


def answer_tipping(rubric: Rubric, result: Result) -> tuple[AnswerTipping, ...]:
    """Return the smallest set of one-level answer changes that lifts, and that lowers, the stage.

    An answer is the effective level of a slot, pooled over its raters, and moves by one level; where
    two sides stand alike, lifting the pair takes both. Of sets with as few answers that is taken
    which moves the index most, then the one with the first indicators. What is unknown does not move.
    The set is proven smallest where every slot stands at one level; where pooled raters leave two
    sides between levels, or the pair rule is the mean, a smaller one may be overlooked.

    Raises:
        SolverStoppedError: the solver ended without a proof.
    """
    now = judge_again(rubric, values_of(result))
    reached = now.reached(rubric)
    if reached is None:
        return ()
    found = []
    for direction in _directions(rubric, reached):
        ways = _ways_up(rubric, result, now, reached) if direction == "up" else _ways_down(rubric, result, now, reached)
        found.append(_tipped_answers(rubric, result, reached, direction, ways))
    return tuple(found)


_Way = tuple[tuple["_Move", ...], list[tuple[FloatArray, float]]]
"""Moves to choose from, and what their choice must sum to: rows of coefficients with a least sum."""


def _tipped_answers(
    rubric: Rubric, result: Result, reached: int, direction: Direction, ways: Iterator[_Way]
) -> AnswerTipping:
    best: tuple[int, float, tuple[_Move, ...]] | None = None
    for moves, demands in ways:
        chosen = _confirmed(rubric, result, reached, direction, moves, demands)
        if chosen is not None:
            row = (sum(len(m.changes) for m in chosen), -sum(m.gain for m in chosen), chosen)
            best = row if best is None or row[:2] < (best[0], best[1] - TIE) else best
    chosen = best[2] if best else ()
    after = judge_again(rubric, _moved(result, chosen))
    position = after.reached(rubric)
    assert position is not None
    return AnswerTipping(
        direction=direction, possible=best is not None, stage=rubric.stages[position].id,
        changes=tuple(change for m in chosen for change in m.changes),
        index=None if after.points is None or best is None else _six(after.points),
    )


def _moved(result: Result, chosen: Sequence[_Move]) -> dict[str, Value]:
    return values_of(result) | {m.indicator: m.value for m in chosen}


def _confirmed(
    rubric: Rubric, result: Result, reached: int, direction: Direction,
    moves: Sequence[_Move], demands: Sequence[tuple[FloatArray, float]],
) -> tuple[_Move, ...] | None:
    """Choose, and let the rules of scoring confirm that the stage flips; None if it does not."""
    chosen = _fewest(moves, demands)
    if chosen is None:
        return None
    position = judge_again(rubric, _moved(result, chosen)).reached(rubric)
    assert position is not None
    return chosen if (position > reached if direction == "up" else position < reached) else None


def _fewest(moves: Sequence[_Move], demands: Sequence[tuple[FloatArray, float]]) -> tuple[_Move, ...] | None:
    count = np.array([-len(m.changes) for m in moves], float)
    gain = np.array([m.gain for m in moves], float)
    table = np.array([row for row, _ in demands], float).reshape(len(demands), len(moves))
    rows = Rows(table, np.array([least for _, least in demands], float), np.full(len(demands), np.inf))
    x = in_turn([count, gain], rows, len(moves), Counter())
    return None if x is None else tuple(m for m, taken in zip(moves, x, strict=True) if taken > 0.5)


def _ways_up(rubric: Rubric, result: Result, now: Judgement, reached: int) -> Iterator[_Way]:
    """One way: the score of the next stage, and every gate below it that does not hold."""
    moves = tuple(_moves(rubric, result, +1))
    target = reached + 1
    missing = rubric.stages[target].from_score - (now.points or 0.0)
    demands = [(_row(moves, "gain"), missing)] if missing > 0 else []
    for state, gate in zip(now.gates, rubric.gates, strict=True):
        if rubric.stage_position(gate.cap) < target and state.state in ("failed", "undetermined"):
            demands.append(_lift(rubric, result, gate, moves))
    yield moves, demands


def _lift(rubric: Rubric, result: Result, gate: Gate, moves: Sequence[_Move]) -> tuple[FloatArray, float]:
    """What makes a gate hold: one of the moves on its indicator, or enough points for its component."""
    when, threshold = gate.when, gate.when.at_least or 0.0
    if when.indicator is not None:
        points = rubric.points(threshold)
        return np.array([float(m.indicator == when.indicator and m.value.low >= points - _EPS) for m in moves]), 1.0
    if when.component is None:
        return np.zeros(len(moves)), 1.0
    component = next(c for c in result.components if c.id == when.component)
    sure = component.points is None or component.indicative
    start = component.bounds.low if sure and component.bounds else component.points or 0.0
    return _row(moves, "certain" if sure else "part", when.component), threshold - start


def _ways_down(rubric: Rubric, result: Result, now: Judgement, reached: int) -> Iterator[_Way]:
    """Each way by itself: the score falls below the stage, or one of the gates below it gives way."""
    moves = tuple(_moves(rubric, result, -1))
    excess = (now.points or 0.0) - rubric.stages[reached].from_score
    yield moves, [(_row(moves, "gain"), excess + 10 * TIE)]
    for state, gate in zip(now.gates, rubric.gates, strict=True):
        if rubric.stage_position(gate.cap) < reached and state.state == "passed" and gate.when.unknown_share is None:
            yield moves, [_drop(rubric, result, gate, moves)]


def _drop(rubric: Rubric, result: Result, gate: Gate, moves: Sequence[_Move]) -> tuple[FloatArray, float]:
    when, threshold = gate.when, gate.when.at_least or 0.0
    if when.indicator is not None:
        points = rubric.points(threshold)
        return np.array([float(m.indicator == when.indicator and m.value.low < points - _EPS) for m in moves]), 1.0
    component = next(c for c in result.components if c.id == when.component)
    # An indicative component passes on its lower bound alone; any other on its points.
    sure = component.points is None or component.indicative
    start = component.bounds.low if sure and component.bounds else component.points or 0.0
    return _row(moves, "certain" if sure else "part", component.id), start - threshold + 10 * TIE


def _row(moves: Sequence[_Move], name: str, component: str | None = None) -> FloatArray:
    return np.array([getattr(m, name) if component in (None, m.component) else 0.0 for m in moves], float)


def _moves(rubric: Rubric, result: Result, step: int) -> Iterator[_Move]:
    for component in result.components:
        applicable = sum(i.weight for i in component.indicators if i.bounds is not None)
        for standing in component.indicators:
            before = value_of(standing)
            if isinstance(before, Known):
                changes = _answers_to_move(rubric, rubric.indicators[standing.id], standing, step)
                after = _value_after(rubric, rubric.indicators[standing.id], standing, changes)
                if isinstance(after, Known) and changes and step * (after.points - before.points) > _EPS:
                    yield _Move(
                        indicator=standing.id, component=component.id, changes=changes, value=after,
                        gain=standing.share * step * (after.points - before.points),
                        part=standing.share / component.share * step * (after.points - before.points),
                        certain=standing.weight / applicable * step * (after.low - before.low),
                    )


def _answers_to_move(
    rubric: Rubric, indicator: Indicator, standing: IndicatorResult, step: int
) -> tuple[AnswerChange, ...]:
    """The fewest slots that move the pair: the one that counts, or both where they stand alike."""
    known = [s for s in standing.slots if s.points is not None]
    counts = _counting(indicator, known, step)
    changes = []
    for slot in counts:
        level = _level(rubric, slot.points or 0.0)
        after = min(max(level + step, 0.0), float(rubric.top_level))
        if abs(after - level) > _EPS:
            changes.append(AnswerChange(indicator=standing.id, slot=slot.slot, before=_six(level), after=_six(after)))
    return tuple(changes)


def _counting(indicator: Indicator, known: Sequence[SlotValue], step: int) -> list[SlotValue]:
    """Of several slots: with «mean» the first, else those at the end that counts, or one where one is enough."""
    if not known:
        return []
    if indicator.pair_rule == "mean":
        return [known[0]]
    ends = [s.points or 0.0 for s in known]
    end = min(ends) if indicator.pair_rule == "lower" else max(ends)
    tied = [s for s, points in zip(known, ends, strict=True) if abs(points - end) < _EPS]
    all_needed = (indicator.pair_rule == "lower") == (step > 0)
    return tied if all_needed else tied[:1]


def _level(rubric: Rubric, points: float) -> float:
    """The level of some points, between two levels by straight line."""
    return float(np.interp(points, [x.score for x in rubric.levels], [x.level for x in rubric.levels]))


def _value_after(
    rubric: Rubric, indicator: Indicator, standing: IndicatorResult, changes: Sequence[AnswerChange]
) -> Value:
    by_slot: Mapping[Slot, AnswerChange] = {change.slot: change for change in changes}
    slots = [_slot_after(rubric, slot, by_slot.get(slot.slot)) for slot in standing.slots]
    return combine(slots, indicator.pair_rule)


def _slot_after(rubric: Rubric, slot: SlotValue, change: AnswerChange | None) -> Value:
    if slot.bounds is None:
        return NotApplicable()
    if slot.points is None:
        return Open(slot.bounds.low, slot.bounds.high)
    if change is None:
        return Known(slot.points, slot.bounds.low, slot.bounds.high)
    moved = rubric.points(change.after)
    low, high = (rubric.points(_shifted(rubric, end, change)) for end in (slot.bounds.low, slot.bounds.high))
    return Known(moved, min(low, moved), max(high, moved))


def _shifted(rubric: Rubric, points: float, change: AnswerChange) -> float:
    return min(max(_level(rubric, points) + change.after - change.before, 0.0), float(rubric.top_level))
