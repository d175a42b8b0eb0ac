"""One thing changed at a time: parts left out, and every combination of choices."""

from itertools import product
from typing import Literal, get_args

from assess.result import Result
from assess.rubric.model import Rubric
from assess.scoring.again import judge_again, values_of, without
from assess.scoring.values import Value
from assess.sensitivity.model import Aggregator, Alternative, Pooling, Spacing, Weighting, WithoutPart
from assess.sensitivity.vary import index_under, spaced, stage_under, values_under, with_scores, with_weights


def leave_one_out(rubric: Rubric, result: Result) -> tuple[WithoutPart, ...]:
    """Judge the result without each applicable indicator, then without each component.

    What is left out leaves the denominator as if it were not applicable; a gate that looks at it
    then holds nothing back.
    """
    values = values_of(result)
    known = [i.id for c in result.components for i in c.indicators if i.bounds is not None]
    indicators = [_without(rubric, values, "indicator", key, (key,)) for key in known]
    components = [
        _without(rubric, values, "component", c.id, tuple(i.id for i in c.indicators))
        for c in result.components if c.bounds is not None
    ]
    return (*indicators, *components)


def _without(
    rubric: Rubric, values: dict[str, Value], kind: Literal["indicator", "component"], key: str, ids: tuple[str, ...]
) -> WithoutPart:
    before, after = judge_again(rubric, values), judge_again(rubric, without(values, ids))
    was, now = before.reached(rubric), after.reached(rubric)
    change = None if after.points is None or before.points is None else round(after.points - before.points, 6)
    return WithoutPart(
        kind=kind,
        id=key,
        index=None if after.points is None else round(after.points, 6),
        change=change,
        stage=None if now is None else rubric.stages[now].id,
        stage_changes=was != now,
    )


def alternatives(rubric: Rubric, result: Result) -> tuple[Alternative, ...]:
    """Return index and stage under every combination of aggregator, weights, spacing and pooling.

    Gates are judged anew in each; component scores stay arithmetic means. Pooling varies only with
    several raters, and a choice that this rubric cannot tell from its own is left out.
    """
    poolings: tuple[Pooling, ...] = get_args(Pooling) if len(result.questionnaires) > 1 else ("mean",)
    found = []
    for pooling, spacing, weights in product(poolings, get_args(Spacing), _weightings(rubric)):
        other = with_weights(with_scores(rubric, spaced(rubric, spacing)), weights)
        judgement = judge_again(other, values_under(other, result, pooling))
        for aggregator in get_args(Aggregator):
            index = index_under(judgement, other, aggregator)
            if index is not None:
                stage = rubric.stages[stage_under(judgement, other, index)].id
                found.append(Alternative(aggregator=aggregator, weights=weights, spacing=spacing, pooling=pooling,
                                         index=round(index, 6), stage=stage))
    return tuple(found)


def _weightings(rubric: Rubric) -> list[Weighting]:
    own = _shares(rubric)
    return ["rubric", *(w for w in get_args(Weighting)[1:] if _shares(with_weights(rubric, w)) != own)]


def _shares(rubric: Rubric) -> list[float]:
    total = sum(c.weight for c in rubric.components)
    return [
        round(c.weight / total * i.weight / sum(x.weight for x in c.indicators), 12)
        for c in rubric.components for i in c.indicators
    ]
