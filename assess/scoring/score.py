"""Run the rules in order: answers to effective levels to components to the index and the stage."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from assess import __version__
from assess.questionnaire.model import Answered, Disputed, Evidence, Questionnaire, Slot, Unknown
from assess.questionnaire.model import NotApplicable as NotApplicableAnswer
from assess.result import (
    ComponentResult,
    Index,
    IndicatorResult,
    OpenQuestion,
    QuestionnaireRef,
    Range,
    Reading,
    Result,
    RubricRef,
    SlotValue,
    State,
)
from assess.rubric.model import Component, Question, Rubric
from assess.scoring.effective import effective_level
from assess.scoring.gates import Facts, judge, stage
from assess.scoring.headline import Headline, headline
from assess.scoring.values import Known, NotApplicable, Open, Value, combine, pool

_Scored = tuple[Value, tuple[SlotValue, ...], tuple[Reading, ...]]
SLOTS: tuple[Slot, ...] = get_args(Slot)


def score(rubric: Rubric, questionnaires: Sequence[Questionnaire]) -> Result:
    """Score one assessment: one or more questionnaires of one relationship at one date.

    The order of the questionnaires, answers and evidence changes nothing. The caller has made
    sure that the questionnaires belong together (rule 7).
    """
    raters = sorted(questionnaires, key=fingerprint)
    scored = {key: _score_question(rubric, question, raters) for key, question in rubric.indicators.items()}
    values = {key: value for key, (value, _, _) in scored.items()}
    heads = {c.id: headline([(i.id, i.weight, values[i.id]) for i in c.indicators]) for c in rubric.components}
    index = _index(rubric, heads)
    facts = Facts(values, heads, _unknown_shares(rubric, values))
    gates = tuple(judge(gate, facts, rubric) for gate in rubric.gates)
    components = tuple(_component(rubric, c, heads, index, scored) for c in rubric.components)
    return Result(
        engine=__version__,
        rubric=RubricRef(id=rubric.id, version=rubric.version, hash=rubric.hash),
        relationship=raters[0].relationship,
        as_of=raters[0].as_of.isoformat(),
        kind=raters[0].kind,
        questionnaires=tuple(
            QuestionnaireRef(answered_by=q.answered_by, fingerprint=fingerprint(q)) for q in raters
        ),
        index=Index(
            points=index.points if index else None,
            bounds=Range(low=index.low, high=index.high) if index else Range(low=0, high=100),
            coverage=_coverage(rubric, heads),
            essential_unknown_share=facts.unknown_share["essential"],
        ),
        stage=stage(_with_coverage(index, _coverage(rubric, heads)), gates, rubric),
        gates=gates,
        components=components,
        open_questions=_open_questions(components),
        evidence=_register(raters),
    )


def fingerprint(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 of a questionnaire's content; order and remarks in the file do not count."""
    data = questionnaire.model_dump(mode="json")
    for name in ("answers", "challenges", "evidence"):
        data[name] = dict(sorted(data[name].items()))
    return hashlib.sha256(_canonical(data).encode()).hexdigest()


def _canonical(data: object) -> str:
    import json

    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _register(raters: Sequence[Questionnaire]) -> dict[str, Evidence]:
    """Merge the raters' evidence, sorted by id; the loader refuses two entries that differ."""
    merged = {key: evidence for q in raters for key, evidence in q.evidence.items()}
    return dict(sorted(merged.items()))


# --- one question -------------------------------------------------------------------------------


def _score_question(rubric: Rubric, question: Question, raters: Sequence[Questionnaire]) -> _Scored:
    readings: list[Reading] = []
    slot_values: list[tuple[Slot, Value]] = []
    for slot in SLOTS:
        if slot in question.slots:
            read = [_read(rubric, question, slot, q, number) for number, q in enumerate(raters)]
            readings += [reading for _, reading in read]
            slot_values.append((slot, pool([value for value, _ in read])))
    value = combine([v for _, v in slot_values], question.pair_rule)
    slots = tuple(_slot_value(slot, v) for slot, v in slot_values)
    return value, slots, tuple(readings)


def _read(rubric: Rubric, question: Question, slot: Slot, q: Questionnaire, rater: int) -> tuple[Value, Reading]:
    """Turn one answer into a value and its trace."""
    answer = q.answer(question.id, slot)
    common: dict[str, Any] = {"rater": rater, "slot": slot, "note": answer.note, "review": answer.review,
              "evidence": tuple(sorted(set(answer.evidence)))}
    if isinstance(answer, NotApplicableAnswer):
        return NotApplicable(), Reading(state="not_applicable", reason=answer.reason, **common)
    if isinstance(answer, Unknown):
        low, high = answer.between or (0, rubric.top_level)
        state: State = "partly_known" if answer.between else "unknown"
        value = Open(rubric.points(low), rubric.points(high))
        return value, Reading(state=state, answered=answer.between or (), reason=answer.reason, **common)
    return _read_level(rubric, question, slot, q, answer, common)


def _read_level(
    rubric: Rubric,
    question: Question,
    slot: Slot,
    q: Questionnaire,
    answer: Answered | Disputed,
    common: Mapping[str, Any],
) -> tuple[Value, Reading]:
    levels = (answer.level,) if isinstance(answer, Answered) else answer.values
    done = [effective_level(level, answer, question, slot, q.evidence, q.as_of, rubric) for level in levels]
    ends = [rubric.points(e.level) for e in done]
    reading = Reading(
        state="answered" if isinstance(answer, Answered) else "disputed",
        answered=levels,
        effective=tuple(e.level for e in done),
        strength=done[-1].strength,
        asserted=not answer.evidence,
        confidence=answer.confidence,
        steps=tuple(step for e in done for step in e.steps),
        **common,
    )
    return Known(sum(ends) / len(ends), ends[0], ends[-1]), reading


def _slot_value(slot: Slot, value: Value) -> SlotValue:
    return SlotValue(slot=slot, state=_state(value), points=_points(value), bounds=_range(value))


def _state(value: Value) -> State:
    if isinstance(value, NotApplicable):
        return "not_applicable"
    if isinstance(value, Known):
        return "answered" if value.low == value.high else "disputed"
    return "unknown"


def _points(value: Value) -> float | None:
    return value.points if isinstance(value, Known) else None


def _range(value: Value) -> Range | None:
    return None if isinstance(value, NotApplicable) else Range(low=value.low, high=value.high)


# --- components and index -----------------------------------------------------------------------


def _index(rubric: Rubric, heads: Mapping[str, Headline | None]) -> Headline | None:
    return headline([(c.id, c.weight, _as_value(heads[c.id])) for c in rubric.components])


def _as_value(head: Headline | None) -> Value:
    if head is None:
        return NotApplicable()
    if head.points is None:
        return Open(head.low, head.high)
    return Known(head.points, head.low, head.high)


def _coverage(rubric: Rubric, heads: Mapping[str, Headline | None]) -> float:
    """Answered over applicable weight, over all components by their weights (rule 4)."""
    pairs = [(c.weight, head.coverage) for c in rubric.components if (head := heads[c.id]) is not None]
    total = sum(weight for weight, _ in pairs)
    return sum(weight * coverage for weight, coverage in pairs) / total if total else 0.0


def _with_coverage(index: Headline | None, coverage: float) -> Headline | None:
    if index is None:
        return None
    return Headline(index.points, index.low, index.high, coverage, index.not_applicable_share, index.entered)


def _unknown_shares(rubric: Rubric, values: Mapping[str, Value]) -> dict[str, float]:
    """Share of applicable weight that is not known, over all indicators and over the essential ones."""
    shares = {}
    for name, only_essential in (("overall", False), ("essential", True)):
        rows = [
            (i.weight, values[i.id]) for i in rubric.indicators.values()
            if (i.essential or not only_essential) and not isinstance(values[i.id], NotApplicable)
        ]
        total = sum(weight for weight, _ in rows)
        unknown = sum(weight for weight, value in rows if isinstance(value, Open))
        shares[name] = unknown / total if total else 0.0
    return shares


def _component(
    rubric: Rubric,
    component: Component,
    heads: Mapping[str, Headline | None],
    index: Headline | None,
    scored: Mapping[str, _Scored],
) -> ComponentResult:
    head = heads[component.id]
    entered = index.entered.get(component.id) if index else None
    share = _share(component.id, {c.id: c.weight for c in rubric.components}, index.entered if index else {})
    potential = _potential(rubric, component, heads)
    indicators = tuple(
        _indicator(component, number, scored, head, share, entered, potential)
        for number in range(len(component.indicators))
    )
    return ComponentResult(
        id=component.id,
        weight=component.weight,
        points=head.points if head else None,
        bounds=Range(low=head.low, high=head.high) if head else None,
        coverage=head.coverage if head else None,
        not_applicable_share=head.not_applicable_share if head else 1.0,
        indicative=head is not None and head.coverage < rubric.coverage.component_minimum,
        mostly_not_applicable=head is None or head.not_applicable_share > rubric.coverage.not_applicable_flag,
        entered=entered,
        share=share,
        contribution=share * (entered or 0.0),
        lost=share * (100 - entered) if entered is not None else 0.0,
        indicators=indicators,
    )


def _share(key: str, weights: Mapping[str, float], entered: Mapping[str, float]) -> float:
    """Weight of ``key`` over the weights of all that entered the mean; 0 if it did not."""
    return weights[key] / sum(weights[k] for k in entered) if key in entered else 0.0


def _potential(rubric: Rubric, component: Component, heads: Mapping[str, Headline | None]) -> float:
    """Weight of the component in the hard bounds of the index: over all that is applicable."""
    if heads[component.id] is None:
        return 0.0
    return component.weight / sum(c.weight for c in rubric.components if heads[c.id] is not None)


def _indicator(
    component: Component,
    number: int,
    scored: Mapping[str, _Scored],
    head: Headline | None,
    component_share: float,
    component_entered: float | None,
    potential: float,
) -> IndicatorResult:
    indicator = component.indicators[number]
    value, slots, readings = scored[indicator.id]
    entered = _entries(component, scored, head, component_entered)
    own = entered.get(indicator.id)
    share = component_share * _share(indicator.id, {i.id: i.weight for i in component.indicators}, entered)
    applicable = sum(i.weight for i in component.indicators if not isinstance(scored[i.id][0], NotApplicable))
    bounds = _range(value)
    return IndicatorResult(
        id=indicator.id,
        type=indicator.type,
        weight=indicator.weight,
        essential=indicator.essential,
        state=_pair_state(value, readings),
        points=_points(value),
        bounds=bounds,
        entered=own,
        share=share,
        contribution=share * (own or 0.0),
        lost=share * (100 - own) if own is not None else 0.0,
        swing=potential * indicator.weight / applicable * (bounds.high - bounds.low) if bounds else 0.0,
        slots=slots,
        readings=readings,
    )


def _entries(
    component: Component, scored: Mapping[str, _Scored], head: Headline | None, component_entered: float | None
) -> Mapping[str, float]:
    """Points with which the indicators stand in the index.

    A component of which nothing is known stands in the index only if its limits exclude the mean;
    then each of its indicators stands at the same end of its own limits.
    """
    if head is None or component_entered is None:
        return {}
    if head.points is not None:
        return head.entered
    values = {i.id: scored[i.id][0] for i in component.indicators}
    at_low = component_entered == head.low
    return {key: v.low if at_low else v.high for key, v in values.items() if not isinstance(v, NotApplicable)}


def _pair_state(value: Value, readings: Sequence[Reading]) -> State:
    """An open pair is partly known when some answer or limit was given."""
    state = _state(value)
    if state == "unknown" and any(r.answered for r in readings):
        return "partly_known"
    return state


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
