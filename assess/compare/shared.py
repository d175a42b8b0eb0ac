"""Assessments by different versions of one rubric, brought down to what all of them asked in the same words.

Figures over other questions are no measure of change. So only indicators are kept whose question,
levels and all else that decides an answer are the same in every version; they are weighed anew, all
dates by the weights of the newest version.
"""

from collections.abc import Mapping, Sequence

from assess.result import ComponentResult, Index, Range, Result
from assess.rubric.model import Rubric
from assess.scoring.again import values_of
from assess.scoring.weighing import Group, Weighing, weigh

# What decides an answer; weights, reasons and plans may differ.
_DECISIVE = ("type", "pair_rule", "question", "definitions", "counting", "anchors", "borderline",
             "not_applicable_when", "ageing")


def shared_indicators(versions: Sequence[Rubric]) -> tuple[str, ...]:
    """Return the ids of the indicators that all versions ask alike, in the order of the last one.

    None are alike if the points of the levels differ, or the caps of evidence.
    """
    last = versions[-1]
    if any((v.id, v.levels, v.evidence.caps) != (last.id, last.levels, last.evidence.caps) for v in versions):
        return ()
    return tuple(key for key in last.indicators if all(_alike(key, v, last) for v in versions))


def _alike(key: str, one: Rubric, other: Rubric) -> bool:
    if key not in one.indicators:
        return False
    a, b = one.indicators[key], other.indicators[key]
    return all(getattr(a, name) == getattr(b, name) for name in _DECISIVE)


def narrowed(rubric: Rubric, result: Result, ids: Sequence[str]) -> Result:
    """Return the result over some indicators alone, by the weights of ``rubric``; no stage follows from them.

    Raises:
        KeyError: an id is not in the rubric or not in the result.
    """
    keep = set(ids)
    values = {key: value for key, value in values_of(result).items() if key in keep}
    members = [(c, {i.id: i.weight for i in c.indicators if i.id in keep}) for c in rubric.components]
    weighing = weigh([Group(c.id, c.weight, found) for c, found in members if found], values)
    old = {i.id: i for c in result.components for i in c.indicators}
    components = []
    for c, found in members:
        if not found:
            continue
        parts = []
        standings = weighing.members(c.id)
        for key, weight in found.items():
            standing = standings[key]
            parts.append(old[key].model_copy(update={
                "weight": weight, "entered": standing.entered, "share": standing.share, "swing": standing.swing,
                "contribution": standing.contribution, "lost": standing.lost}))
        components.append(_component(weighing, c.id, c.weight, rubric, tuple(parts)))
    stage = result.stage.model_copy(update={"published": False, "stage": None, "by_score": None, "binding": ()})
    index = _index(weighing, result)
    return result.model_copy(update={"components": tuple(components), "index": index, "stage": stage})


def _component(
    weighing: Weighing, key: str, weight: float, rubric: Rubric, parts: tuple[object, ...]
) -> ComponentResult:
    head, standing = weighing.heads[key], weighing.group(key)
    fields: Mapping[str, object] = {
        "id": key, "weight": weight, "points": head.points if head else None,
        "bounds": Range(low=head.low, high=head.high) if head else None,
        "coverage": head.coverage if head else None,
        "not_applicable_share": head.not_applicable_share if head else 1.0,
        "indicative": head is not None and head.coverage < rubric.coverage.component_minimum,
        "mostly_not_applicable": head is None or head.not_applicable_share > rubric.coverage.not_applicable_flag,
        "entered": standing.entered, "share": standing.share, "contribution": standing.contribution,
        "lost": standing.lost, "indicators": parts,
    }
    return ComponentResult.model_validate(fields)


def _index(weighing: Weighing, result: Result) -> Index:
    total = weighing.total
    if total is None:
        return Index(points=None, bounds=Range(low=0, high=100), coverage=0,
                     essential_unknown_share=result.index.essential_unknown_share)
    return Index(points=total.points, bounds=Range(low=total.low, high=total.high), coverage=total.coverage,
                 essential_unknown_share=result.index.essential_unknown_share)
