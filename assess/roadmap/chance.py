"""How sure a plan is to reach a stage, when the levels of today are drawn instead of taken at their word."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import ArrayError, BoolArray, FloatArray, vector
from assess.result import Result
from assess.rubric.model import Gate, Rubric

_EPS = 1e-9


def chance_of_stage(
    rubric: Rubric, result: Result, levels: Mapping[str, int], draws: Mapping[str, ArrayLike], stage: str,
    lean: ArrayLike = 0.0,
) -> float:
    """Return the share of draws (0 to 1) in which the plan ends at ``stage`` or above.

    Every step of the plan is taken to succeed: an indicator counts the better of its draw and the
    level that the plan reaches. Gates are evaluated in every draw; a gate on the share of unknowns
    stands as it does today.

    Args:
        rubric: the rubric of ``result``.
        result: of today.
        levels: the level that the plan reaches, by indicator id.
        draws: for every applicable indicator its points in each draw, shape (draws,), 0 to 100.
        stage: id of a stage.
        lean: leniency of the raters in points, shape (draws,) or one number; it moves the index and
            every component alike.

    Raises:
        ArrayError: the draws are of different sizes, or of no applicable indicator.
    """
    points = _planned(rubric, levels, draws)
    shift = np.asarray(lean, dtype=np.float64)
    components = _components(rubric, points)
    weights = {c.id: c.weight for c in rubric.components if c.id in components}
    index = _mean(components, weights) + shift
    components = {key: row + shift for key, row in components.items()}
    position = rubric.stage_position(stage)
    reached = np.asarray(index >= rubric.stages[position].from_score - _EPS)
    for gate in rubric.gates:
        if rubric.stage_position(gate.cap) < position:
            reached &= _holds(gate, rubric, result, points, components)
    return float(reached.mean())


def _planned(rubric: Rubric, levels: Mapping[str, int], draws: Mapping[str, ArrayLike]) -> dict[str, FloatArray]:
    found: dict[str, FloatArray] = {}
    for key in (key for key in rubric.indicators if key in draws):
        size = next(iter(found.values())).size if found else None
        row = vector(key, draws[key], size=size)
        found[key] = np.maximum(row, rubric.points(levels[key])) if key in levels else row
    if not found:
        raise ArrayError("draws name no indicator of the rubric")
    return found


def _components(rubric: Rubric, points: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    found = {}
    for component in rubric.components:
        weights = {i.id: i.weight for i in component.indicators if i.id in points}
        if weights:
            found[component.id] = _mean(points, weights)
    return found


def _mean(points: Mapping[str, FloatArray], weights: Mapping[str, float]) -> FloatArray:
    return np.asarray(sum(w * points[key] for key, w in weights.items()) / sum(weights.values()))


def _holds(
    gate: Gate, rubric: Rubric, result: Result, points: Mapping[str, FloatArray], components: Mapping[str, FloatArray]
) -> BoolArray | bool:
    when, threshold = gate.when, gate.when.at_least or 0
    if when.indicator is not None and when.indicator in points:
        return np.asarray(points[when.indicator] >= rubric.points(threshold) - _EPS)
    if when.component is not None and when.component in components:
        return np.asarray(components[when.component] >= threshold - _EPS)
    return next(g.state for g in result.gates if g.id == gate.id) in ("passed", "not_applicable")
