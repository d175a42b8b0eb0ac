"""The institutional footprint: what each side is in the bodies of a system, and what both do there together.

An axis of its own, never part of the index (rule 1.7). Points are the status's points, or the
pair's level, over the highest of its scale, 0 to 100. A side that is ineligible leaves the
denominator of its own footprint, and the body leaves the pair's; an unknown stays in it and opens
the hard bounds. A closed body counts up to its cap, for the sides and for the pair.

Statuses that rest on dated acts age like levels (rule 2.3). Evidence caps do not apply: they are
set for the levels of indicators, and a seat in a body is no arrangement between the two sides.
The strength of the evidence that carries a status is shown instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias, get_args

from assess.questionnaire.model import Answered, BodySlot, Evidence, Participation, Questionnaire, Unknown
from assess.result import BodyReading, BodyResult, BodyStep, BodyValue, Footprint, SystemResult
from assess.rubric.model import Body, EventAgeing, Rubric, Slot, Strength
from assess.scoring.effective import age_in_months, aged_level, strength
from assess.scoring.headline import Headline, headline
from assess.scoring.question import points_of, range_of, state_of
from assess.scoring.shown import shown
from assess.scoring.values import Known, NotApplicable, Value, open_between, pool

SLOTS: tuple[BodySlot, ...] = get_args(BodySlot)


@dataclass(frozen=True, slots=True)
class ScoredBody:
    """The value of each slot of a body, and every reading."""

    values: Mapping[BodySlot, Value]
    readings: tuple[BodyReading, ...]


def score_bodies(rubric: Rubric, raters: Sequence[Questionnaire]) -> Mapping[str, ScoredBody]:
    """Return every body of the rubric by id; several raters are pooled (rule 7)."""
    return {key: _score(rubric, body, raters) for key, body in rubric.bodies.items()}


def _score(rubric: Rubric, body: Body, raters: Sequence[Questionnaire]) -> ScoredBody:
    values: dict[BodySlot, Value] = {}
    readings: list[BodyReading] = []
    for slot in SLOTS:
        read = [_read(rubric, body, slot, q, number) for number, q in enumerate(raters)]
        values[slot] = pool([value for value, _ in read])
        readings += [reading for _, reading in read]
    return ScoredBody(values, tuple(readings))


# --- one answer ---------------------------------------------------------------------------------


def _read(rubric: Rubric, body: Body, slot: BodySlot, q: Questionnaire, rater: int) -> tuple[Value, BodyReading]:
    """Turn one answer into a value and its trace."""
    answer = q.body(body.id).slot(slot)
    common: dict[str, Any] = {"rater": rater, "slot": slot, "note": answer.note, "review": answer.review,
                              "evidence": answer.evidence}
    reached = _reached(rubric, answer)
    if isinstance(answer, Participation) and reached is None:
        return NotApplicable(), BodyReading(state="not_applicable", answered=answer.status, **common)
    if slot == "together" and (_ineligible(rubric, q, body, "A") or _ineligible(rubric, q, body, "B")):
        return NotApplicable(), BodyReading(state="not_applicable", **common)
    if isinstance(answer, Unknown) or reached is None:
        reason = answer.reason if isinstance(answer, Unknown) else None
        value = open_between(0, body_points(rubric, body, slot, top_level(rubric, slot)))
        return value, _open(rater, slot, reason, answer.note, answer.review, answer.evidence)
    level, power, steps = _effective(body, slot, answer, reached, q.evidence, q.as_of)
    points = body_points(rubric, body, slot, level)
    return Known(points, points, points), BodyReading(
        state="answered",
        answered=_name(rubric, slot, reached),
        effective=_name(rubric, slot, level),
        strength=power,
        asserted=not answer.evidence,
        steps=steps,
        **common,
    )


@lru_cache(maxsize=1024)  # most bodies are open in the same few ways
def _open(
    rater: int, slot: BodySlot, reason: str | None, note: str | None, review: bool, evidence: tuple[str, ...]
) -> BodyReading:
    return BodyReading(
        rater=rater, slot=slot, state="unknown", reason=reason, note=note, review=review, evidence=evidence
    )


def _reached(rubric: Rubric, answer: object) -> int | None:
    """The points of a status or the level of the pair; None for ineligible and unknown."""
    if isinstance(answer, Participation):
        return rubric.statuses[answer.status].points
    return answer.level if isinstance(answer, Answered) else None


def _ineligible(rubric: Rubric, q: Questionnaire, body: Body, side: BodySlot) -> bool:
    answer = q.body(body.id).slot(side)
    return isinstance(answer, Participation) and rubric.statuses[answer.status].points is None


def top_level(rubric: Rubric, slot: BodySlot) -> int:
    """Return the points of the highest status of a side, or the highest level of both together."""
    return rubric.top_pair_status if slot == "together" else rubric.top_status


def body_points(rubric: Rubric, body: Body, slot: BodySlot, level: int) -> float:
    """Return the points of a status or pair level on the scale 0 to 100, at most those of the body's cap."""
    counted = level if body.cap is None else min(level, body.cap)
    return 100 * counted / top_level(rubric, slot)


def _name(rubric: Rubric, slot: BodySlot, level: int) -> str:
    """The status with these points, or the level of the pair, as it is written in a questionnaire."""
    if slot == "together":
        return str(level)
    return next(key for key, status in rubric.statuses.items() if status.points == level)


def _effective(
    body: Body,
    slot: BodySlot,
    answer: Participation | Answered,
    reached: int,
    register: Mapping[str, Evidence],
    as_of: date,
) -> tuple[int, Strength, tuple[BodyStep, ...]]:
    """Apply the body's cap and ageing; return what is left, what carries it, and the steps.

    The newest act that is dated decides the age. The strength is that of the evidence which is
    young enough to carry the outcome, so that a fresh mirror never borrows an old record's.
    """
    support = {key: register[key] for key in answer.evidence if not register[key].counter}
    ages = {key: age_in_months(e.date, as_of) for key, e in support.items()}
    dated = [age for age in (*ages.values(), age_in_months(answer.date, as_of)) if age is not None]
    newest = min(dated, default=None)
    steps = [_answered(reached)]
    capped = reached if body.cap is None else min(reached, body.cap)
    if capped < reached:
        steps.append(BodyStep(kind="closed", before=reached, after=capped, rule="1.7"))
    aged = aged_level(capped, newest, body.ageing)
    carrying = tuple(key for key, age in ages.items() if aged_level(capped, age, body.ageing) >= aged)
    if aged < capped:
        steps.append(_aged_step(body, capped, aged, newest, carrying))
    about: Slot = "pair" if slot == "together" else slot
    power = strength([support[key] for key in carrying], about, "P" if about == "pair" else "S")
    return aged, power, tuple(steps)


@lru_cache(maxsize=64)
def _answered(reached: int) -> BodyStep:
    return BodyStep(kind="answered", after=reached, rule="2.1")


def _aged_step(body: Body, before: int, after: int, months: int | None, evidence: tuple[str, ...]) -> BodyStep:
    window = body.ageing.window if isinstance(body.ageing, EventAgeing) else None
    return BodyStep(
        kind="aged" if window else "ceiling",
        before=before, after=after, rule="2.3", months=months, window=window, evidence=evidence,
    )


# --- systems and results ------------------------------------------------------------------------


Heads: TypeAlias = Mapping[tuple[str, BodySlot], Headline | None]
"""The mean of every system, for each slot."""


def system_heads(rubric: Rubric, bodies: Mapping[str, ScoredBody]) -> Heads:
    """Return the mean over the bodies of each system, for each slot; every body weighs the same."""
    return {
        (system, slot): headline(
            [(key, 1.0, bodies[key].values[slot]) for key, body in rubric.bodies.items() if body.system == system]
        )
        for system in rubric.systems
        for slot in SLOTS
    }


def footprints(rubric: Rubric, heads: Heads) -> tuple[SystemResult, ...]:
    """Return the footprint of side A, side B and the pair in every system."""
    return tuple(
        SystemResult(id=system, footprints=tuple(_footprint(rubric, slot, heads[system, slot]) for slot in SLOTS))
        for system in rubric.systems
    )


def _footprint(rubric: Rubric, slot: BodySlot, head: Headline | None) -> Footprint:
    return Footprint(
        slot=slot,
        **shown(head, rubric),
    )


def body_results(rubric: Rubric, bodies: Mapping[str, ScoredBody], heads: Heads) -> tuple[BodyResult, ...]:
    """Return every body with its share in its system's footprints, in the rubric's order."""
    return tuple(
        BodyResult(
            id=key,
            system=body.system,
            slots=tuple(
                _body_value(key, slot, bodies[key].values[slot], heads[body.system, slot]) for slot in SLOTS
            ),
            readings=bodies[key].readings,
        )
        for key, body in rubric.bodies.items()
    )


def _body_value(key: str, slot: BodySlot, value: Value, head: Headline | None) -> BodyValue:
    entered = head.entered.get(key) if head else None
    share = 1 / len(head.entered) if head is not None and entered is not None else 0.0
    return _shown(slot, value, entered, share)


@lru_cache(maxsize=4096)  # bodies of a system share their few values
def _shown(slot: BodySlot, value: Value, entered: float | None, share: float) -> BodyValue:
    return BodyValue(
        slot=slot,
        state=state_of(value),
        points=points_of(value),
        bounds=range_of(value),
        entered=entered,
        share=share,
        contribution=share * (entered or 0.0),
    )
