"""Run the rules in order: answers to effective levels to components to the index and the stage."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from assess import __version__
from assess.marking import combined
from assess.questionnaire.model import Questionnaire
from assess.result import (
    ComponentResult,
    Index,
    IndicatorResult,
    OpenQuestion,
    QuestionnaireRef,
    Range,
    RaterRef,
    Result,
    RubricRef,
    Source,
)
from assess.rubric.model import Component, Indicator, Rubric
from assess.scoring.aims import score_aims
from assess.scoring.bodies import body_results, footprints, score_bodies, system_heads
from assess.scoring.challenges import exposed, open_barriers, weigh_challenges
from assess.scoring.gates import Facts, judge, stage
from assess.scoring.question import Scored, pair_state, points_of, range_of, score_question
from assess.scoring.rounding import settled
from assess.scoring.shown import mostly_not_applicable, shown
from assess.scoring.values import NotApplicable, Open, Value
from assess.scoring.weighing import Group, Standing, Weighing, weigh


def score(rubric: Rubric, questionnaires: Sequence[Questionnaire]) -> Result:
    """Score one assessment: one or more questionnaires of one relationship at one date.

    The order of the questionnaires, answers and evidence changes nothing. The caller has made
    sure that the questionnaires belong together (rule 7).
    """
    marked = sorted(((fingerprint(q), q) for q in questionnaires), key=lambda pair: pair[0])
    raters = [q for _, q in marked]
    scored = {key: score_question(rubric, question, raters) for key, question in rubric.indicators.items()}
    values = {key: value for key, (value, _, _) in scored.items()}
    weighing = weigh(groups(rubric), values)
    index = weighing.total
    facts = Facts(values, weighing.heads, unknown_shares(rubric, values))
    gates = tuple(judge(gate, facts, rubric) for gate in rubric.gates)
    components = tuple(_component(rubric, c, weighing, scored) for c in rubric.components)
    barriers = {key: score_question(rubric, barrier, raters) for key, barrier in rubric.barriers.items()}
    challenges, pressure = weigh_challenges(rubric, barriers)
    bodies = score_bodies(rubric, raters)
    heads = system_heads(rubric, bodies)
    return Result(
        engine=__version__,
        rubric=RubricRef(id=rubric.id, version=rubric.version, hash=rubric.hash),
        relationship=raters[0].relationship,
        as_of=raters[0].as_of.isoformat(),
        kind=raters[0].kind,
        marking=combined(q.marking for q in raters),
        questionnaires=tuple(
            QuestionnaireRef(answered_by=RaterRef(side=q.answered_by.side, role=q.answered_by.role), fingerprint=mark)
            for mark, q in marked
        ),
        index=Index(
            points=index.points if index else None,
            bounds=Range(low=index.low, high=index.high) if index else Range(low=0, high=100),
            coverage=index.coverage if index else 0.0,
            essential_unknown_share=facts.unknown_share["essential"],
        ),
        stage=stage(index, gates, rubric),
        gates=gates,
        components=components,
        open_questions=_open_questions(components),
        challenges=challenges,
        pressure=pressure,
        exposed=exposed(rubric, challenges, values),
        open_barriers=open_barriers(challenges),
        systems=footprints(rubric, heads),
        bodies=body_results(rubric, bodies, heads),
        aims=score_aims(rubric, values, {key: body.values["together"] for key, body in bodies.items()}),
        evidence=_register(raters),
    )


def fingerprint(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 of a questionnaire's content: JSON without nulls, fields in the model's order, keys sorted.

    Order, remarks and the marking of the file do not count, nor does who is ``assigned`` to an answer: that says
    how an office shares out its work, and nothing about the relationship. An optional field that a later version
    adds behind the others changes no fingerprint of what was written before.
    """
    data = questionnaire.model_dump(mode="json", exclude={"marking"}, exclude_none=True)
    for section in ("answers", "challenges", "bodies"):
        data[section] = {key: _unassigned(slots) for key, slots in sorted(data[section].items())}
    data["evidence"] = dict(sorted(data["evidence"].items()))
    return hashlib.sha256(to_json(data)).hexdigest()


def _unassigned(slots: dict[str, Any]) -> dict[str, Any]:
    for answer in slots.values():
        answer.pop("assigned", None)
    return dict(sorted(slots.items()))


def _register(raters: Sequence[Questionnaire]) -> dict[str, Source]:
    """Merge the raters' evidence, sorted by id; the loader refuses two entries that differ."""
    merged = {key: Source.of(evidence) for q in raters for key, evidence in q.evidence.items()}
    return dict(sorted(merged.items()))


# --- components and index -----------------------------------------------------------------------


def groups(rubric: Rubric) -> list[Group]:
    """Return the components as groups of indicators."""
    return [Group(c.id, c.weight, {i.id: i.weight for i in c.indicators}) for c in rubric.components]


def unknown_shares(rubric: Rubric, values: Mapping[str, Value]) -> dict[str, float]:
    """Return the share of applicable weight that is not known, over all indicators and over the essential ones."""
    shares = {}
    for name, only_essential in (("overall", False), ("essential", True)):
        rows = [
            (i.weight, values[i.id]) for i in rubric.indicators.values()
            if (i.essential or not only_essential) and not isinstance(values[i.id], NotApplicable)
        ]
        total = sum(weight for weight, _ in rows)
        unknown = sum(weight for weight, value in rows if isinstance(value, Open))
        shares[name] = settled(unknown / total) if total else 0.0
    return shares


def _component(
    rubric: Rubric, component: Component, weighing: Weighing, scored: Mapping[str, Scored]
) -> ComponentResult:
    head, standing = weighing.heads[component.id], weighing.group(component.id)
    members = weighing.members(component.id)
    return ComponentResult(
        id=component.id,
        weight=component.weight,
        **shown(head, rubric),
        mostly_not_applicable=mostly_not_applicable(head, rubric),
        entered=standing.entered,
        share=standing.share,
        contribution=standing.contribution,
        lost=standing.lost,
        indicators=tuple(_indicator(i, members[i.id], scored[i.id]) for i in component.indicators),
    )


def _indicator(indicator: Indicator, standing: Standing, scored: Scored) -> IndicatorResult:
    value, slots, readings = scored
    return IndicatorResult(
        id=indicator.id,
        type=indicator.type,
        weight=indicator.weight,
        essential=indicator.essential,
        state=pair_state(value, readings),
        points=points_of(value),
        bounds=range_of(value),
        entered=standing.entered,
        share=standing.share,
        contribution=standing.contribution,
        lost=standing.lost,
        swing=standing.swing,
        slots=slots,
        readings=readings,
    )


def _open_questions(components: Sequence[ComponentResult]) -> tuple[OpenQuestion, ...]:
    """Every slot that nobody answered, the one that could move the index most first; ties in rubric order."""
    rows = [
        OpenQuestion(indicator=indicator.id, slot=value.slot, swing=indicator.swing)
        for component in components
        for indicator in component.indicators
        for value in indicator.slots
        if value.state == "unknown"
    ]
    return tuple(sorted(rows, key=lambda row: -row.swing))
