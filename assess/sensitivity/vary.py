"""The same readings under other choices: level scores, weights, pooling of raters, aggregation."""

from collections.abc import Mapping, Sequence

import numpy as np

from assess.index.aggregate import geometric_mean, mazziotta_pareto
from assess.result import IndicatorResult, Result
from assess.rubric.model import Component, Rubric
from assess.scoring.again import Judgement, value_of_reading
from assess.scoring.values import Known, Value, combine, pool
from assess.sensitivity.model import Aggregator, Pooling, Spacing, Weighting

_CACHED = ("indicators", "barriers", "component_of")
_FLOOR = 1.0  # lowest component score in the geometric mean, as in the robustness range


def with_scores(rubric: Rubric, scores: Sequence[float]) -> Rubric:
    """Return the rubric with other level scores."""
    levels = tuple(x.model_copy(update={"score": float(s)}) for x, s in zip(rubric.levels, scores, strict=True))
    return _changed(rubric, {"levels": levels})


def with_weights(rubric: Rubric, weighting: Weighting) -> Rubric:
    """Return the rubric with equal weights of components, or with the same weight for every indicator."""
    if weighting == "rubric":
        return rubric
    if weighting == "equal_components":
        components = tuple(c.model_copy(update={"weight": 1.0}) for c in rubric.components)
    else:
        components = tuple(_flat(c) for c in rubric.components)
    return _changed(rubric, {"components": components})


def _flat(component: Component) -> Component:
    members = tuple(i.model_copy(update={"weight": 1.0}) for i in component.indicators)
    return component.model_copy(update={"indicators": members, "weight": float(len(members))})


def _changed(rubric: Rubric, update: Mapping[str, object]) -> Rubric:
    """Copy without what was remembered about the old parts."""
    copy = rubric.model_copy(update=update)
    for name in _CACHED:
        copy.__dict__.pop(name, None)
    return copy


def spaced(rubric: Rubric, spacing: Spacing) -> tuple[float, ...]:
    """Return level scores with the same ends: «early» puts the long steps first, «late» last.

    The factors of the steps fall evenly from 1.5 to 0.5, or rise, and are scaled to the same sum.
    """
    scores = np.array([level.score for level in rubric.levels])
    steps = np.diff(scores)
    if spacing != "rubric":
        factors = np.linspace(1.5, 0.5, len(steps)) if len(steps) > 1 else np.ones(1)
        steps = steps * (factors if spacing == "early" else factors[::-1])
        steps = steps * (scores[-1] - scores[0]) / steps.sum()
    return tuple(float(x) for x in scores[0] + np.concatenate([[0.0], np.cumsum(steps)]))


def values_under(rubric: Rubric, result: Result, pooling: Pooling = "mean") -> dict[str, Value]:
    """Return the values of all indicators from the effective levels of every reading.

    With the rubric's own scores and pooling by the mean these are the values of the result.
    """
    return {i.id: _value(rubric, i, pooling) for component in result.components for i in component.indicators}


def _value(rubric: Rubric, standing: IndicatorResult, pooling: Pooling) -> Value:
    question = rubric.indicators[standing.id]
    read = [[value_of_reading(rubric, r) for r in standing.readings if r.slot == slot] for slot in question.slots]
    pooled = [pool(values) if pooling == "mean" else _lowest(values) for values in read]
    return combine(pooled, question.pair_rule)


def _lowest(values: Sequence[Value]) -> Value:
    known = [v for v in values if isinstance(v, Known)]
    return min(known, key=lambda v: v.points) if known else pool(values)


def index_under(judgement: Judgement, rubric: Rubric, aggregator: Aggregator) -> float | None:
    """Return the index made of the component scores in another way."""
    total = judgement.weighing.total
    if total is None or total.points is None or aggregator == "arithmetic":
        return judgement.points
    scores = np.array(list(total.entered.values()))
    weights = [c.weight for c in rubric.components if c.id in total.entered]
    if aggregator == "minimum":
        return float(scores.min())
    if aggregator == "geometric":
        return float(geometric_mean(np.maximum(scores, _FLOOR)[np.newaxis], weights)[0])
    return float(mazziotta_pareto(scores[np.newaxis], weights)[0])


def stage_under(judgement: Judgement, rubric: Rubric, index: float) -> int:
    """Return the position of the stage of ``index`` under the caps of the judgement's gates."""
    caps = [rubric.stage_position(g.cap) for g in judgement.gates if g.state in ("failed", "undetermined")]
    return min([rubric.stage_index(round(index, 9)), *caps])
