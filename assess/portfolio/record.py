"""From a result to the small record that a portfolio keeps of it: plain values, ready for JSON.

A record has four parts: ``head`` (the columns of the table of relationships that do not depend on the
rest of the portfolio), ``indicators`` (rows in the order of `INDICATOR_COLUMNS` without the first two),
``actions`` (what could be done, see `assess.roadmap`), and ``title``s are left to the rubric.
"""

from collections import Counter
from typing import Any, TypedDict

from assess.portfolio.columns import snake
from assess.result import ComponentResult, IndicatorResult, Result
from assess.rubric.model import Rubric

_DIGITS = 6
Cell = str | float | int | bool | None


class Record(TypedDict):
    """What is kept of one assessment."""

    head: dict[str, Any]
    indicators: list[list[Cell]]
    actions: list[list[Any]]


def record(rubric: Rubric, result: Result) -> Record:
    """Return the record of ``result``, without what `assess.portfolio.likely` adds."""
    return {
        "head": {**_who(result), **_readiness(rubric, result), **_axes(result)},
        "indicators": [_indicator(c, i) for c in result.components for i in c.indicators],
        "actions": _actions(rubric, result),
    }


def pair_key(first: str, second: str) -> str:
    """Name a relationship by its codes, whichever of the two is A.

    >>> pair_key("UA", "EU")
    'EU-UA'
    """
    return "-".join(sorted((first, second)))


def _who(result: Result) -> dict[str, Any]:
    parties, sides = result.relationship.parties, [q.answered_by.side or "–" for q in result.questionnaires]
    return {
        "relationship": pair_key(parties.A.code, parties.B.code),
        "party_a": parties.A.code,
        "party_b": parties.B.code,
        "party_a_name": parties.A.name,
        "party_b_name": parties.B.name,
        "title": result.relationship.title,
        "as_of": result.as_of,
        "kind": result.kind,
        "marking": result.marking,
        "raters": len(sides),
        "sides": "+".join(sorted(set(sides))),
        "rubric": f"{result.rubric.id} {result.rubric.version}",
        "rubric_hash": result.rubric.hash,
        "engine": result.engine,
    }


def _readiness(rubric: Rubric, result: Result) -> dict[str, Any]:
    index, stage = result.index, result.stage
    return {
        "index": short(index.points),
        "published": index.points is not None and index.coverage >= rubric.coverage.overall_minimum,
        "index_low": short(index.bounds.low),
        "index_high": short(index.bounds.high),
        "coverage": short(index.coverage),
        "essential_unknown": short(index.essential_unknown_share),
        "stage": stage.stage,
        "stage_by_score": stage.by_score,
        "stage_lowest": stage.lowest,
        "stage_highest": stage.highest,
        "binding_gates": "|".join(stage.binding),
        "open_questions": len(result.open_questions),
        **{f"{snake(c.id)}_points": short(c.points) for c in result.components},
        **{f"{snake(c.id)}_coverage": short(c.coverage) for c in result.components},
    }


def _axes(result: Result) -> dict[str, Any]:
    grades = Counter(e.grade for e in result.evidence.values())
    pressure = result.pressure
    together = {s.id: f.points for s in result.systems for f in s.footprints if f.slot == "together"}
    return {
        "pressure": short(pressure.points) if pressure else None,
        "pressure_low": short(pressure.bounds.low) if pressure else None,
        "pressure_high": short(pressure.bounds.high) if pressure else None,
        "pressure_coverage": short(pressure.coverage) if pressure else None,
        "exposed": len({e.indicator for e in result.exposed}),
        **{f"evidence_{grade.lower()}": grades[grade] for grade in ("A", "B", "C")},
        **{f"{snake(c.id)}_severity": short(c.points) for c in result.challenges},
        **{f"{snake(key)}_together": short(points) for key, points in together.items()},
        **{f"{snake(aim.id)}_points": short(aim.points) for aim in result.aims},
    }


def _indicator(component: ComponentResult, i: IndicatorResult) -> list[Cell]:
    slots = {slot.slot: slot.points for slot in i.slots}
    kinds = {step.kind for reading in i.readings for step in reading.steps}
    return [
        component.id, i.id, i.type, i.essential, i.state, short(i.points),
        short(i.bounds.low if i.bounds else None), short(i.bounds.high if i.bounds else None),
        short(slots.get("A")), short(slots.get("B")), short(i.entered), short(i.share),
        short(i.contribution), short(i.lost), short(i.swing),
        "capped" in kinds, bool({"aged", "ceiling"} & kinds), any(r.asserted for r in i.readings),
        len({key for r in i.readings for key in r.evidence}),
    ]


def _actions(rubric: Rubric, result: Result) -> list[list[Any]]:
    """Id, gain, effort and needs of every step that could be taken."""
    from assess.roadmap.problem import survey  # imported late: it takes numpy

    actions = survey(rubric, result).actions
    return [[a.id, short(a.gain), a.effort, list(a.needs)] for a in actions]


def short(value: float | None) -> float | None:
    """Round a figure for the record; what the rules compute is exact to more digits than a table needs.

    >>> short(1 / 3)
    0.333333
    """
    return None if value is None else round(value, _DIGITS) + 0.0


