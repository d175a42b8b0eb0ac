"""From the answers to one question to its value, with the reading of every answer (rules 2, 3 and 7)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from assess.questionnaire.model import Answered, Disputed, Questionnaire, Unknown
from assess.questionnaire.model import NotApplicable as NotApplicableAnswer
from assess.result import Range, Reading, SlotValue, State, Step
from assess.rubric.model import Question, Rubric, Slot
from assess.scoring.effective import effective_level
from assess.scoring.values import Known, NotApplicable, Value, combine, open_between, pool

Scored: TypeAlias = tuple[Value, tuple[SlotValue, ...], tuple[Reading, ...]]
"""The value of a question, the value of each of its slots, and the reading of every answer."""

def score_question(rubric: Rubric, question: Question, raters: Sequence[Questionnaire]) -> Scored:
    """Return the pair's value of an indicator or barrier, the value of each slot, and every reading.

    Rules 2 (evidence caps and ageing), 7 (pooling of raters) and 3 (pair) are applied in this order.
    """
    readings: list[Reading] = []
    values: list[Value] = []
    for slot in question.slots:
        read = [_read(rubric, question, slot, q, number) for number, q in enumerate(raters)]
        readings += [reading for _, reading in read]
        values.append(pool([value for value, _ in read]))
    slots = tuple(slot_value(slot, value) for slot, value in zip(question.slots, values, strict=True))
    return combine(values, question.pair_rule), slots, tuple(readings)


def _read(rubric: Rubric, question: Question, slot: Slot, q: Questionnaire, rater: int) -> tuple[Value, Reading]:
    """Turn one answer into a value and its trace."""
    answer = q.answer(question.id, slot)
    common: dict[str, Any] = {"rater": rater, "slot": slot, "note": answer.note, "review": answer.review,
              "evidence": answer.evidence}
    if isinstance(answer, NotApplicableAnswer):
        return NotApplicable(), Reading(state="not_applicable", reason=answer.reason, **common)
    if isinstance(answer, Unknown) and answer.between:
        return _read_limits(rubric, question, slot, q, answer, common)
    if isinstance(answer, Unknown):
        value = open_between(rubric.points(0), rubric.points(rubric.top_level))
        return value, Reading(state="unknown", reason=answer.reason, **common)
    return _read_level(rubric, question, slot, q, answer, common)


def _read_limits(
    rubric: Rubric, question: Question, slot: Slot, q: Questionnaire, answer: Unknown, common: Mapping[str, Any]
) -> tuple[Value, Reading]:
    """Read an answer that is known within limits.

    The lower limit claims that a level is reached, so evidence caps it and time ages it as if it
    were answered; the upper limit claims nothing.
    """
    assert answer.between is not None
    low, high = answer.between
    level, steps = (0.0, ()) if low == 0 else _claimed(low, answer, question, slot, q, rubric)
    reading = Reading(
        state="partly_known", answered=answer.between, effective=(level, high), steps=steps, reason=answer.reason,
        **common,
    )
    return open_between(rubric.points(level), rubric.points(high)), reading


def _claimed(
    low: int, answer: Unknown, question: Question, slot: Slot, q: Questionnaire, rubric: Rubric
) -> tuple[float, tuple[Step, ...]]:
    """What of a lower limit above 0 can be shown, and the steps if that is less than was claimed."""
    shown = effective_level(low, answer, question, slot, q.evidence, q.as_of, rubric)
    return shown.level, shown.steps if shown.level < low else ()


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


# Values are frozen and few: most of a thousand bounds in a result are the same ten.
@lru_cache(maxsize=4096)
def slot_value(slot: Slot, value: Value) -> SlotValue:
    """Return a value as the result shows it."""
    return SlotValue(slot=slot, state=state_of(value), points=points_of(value), bounds=range_of(value))


def state_of(value: Value) -> State:
    """Return the state of a value; an open one is unknown."""
    if isinstance(value, NotApplicable):
        return "not_applicable"
    if isinstance(value, Known):
        return "answered" if value.low == value.high else "disputed"
    return "unknown"


def points_of(value: Value) -> float | None:
    """Return the points, 0 to 100, or None if they are not known."""
    return value.points if isinstance(value, Known) else None


@lru_cache(maxsize=4096)
def range_of(value: Value) -> Range | None:
    """Return the hard bounds, or None if the value is not applicable."""
    return None if isinstance(value, NotApplicable) else Range(low=value.low, high=value.high)


def pair_state(value: Value, readings: Sequence[Reading]) -> State:
    """An open pair is partly known when some answer or limit was given."""
    state = state_of(value)
    if state == "unknown" and any(r.answered for r in readings):
        return "partly_known"
    return state
