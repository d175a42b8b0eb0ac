"""The four challenges: how heavy the barriers are, on an axis of their own (rule 1.7).

A severity is rated like a level, with the same care: the same evidence caps, ageing, ranges and
pooling. That a cap lowers a SEVERITY is a judgement: an accusation or alarm that nobody has
substantiated does not count in full, just as an arrangement that nobody can show does not. So
weak evidence makes a barrier look lighter than it may be, and the report says what was capped.

Of the two sides of a pair the graver one counts (pair rule "higher"). Pressure stands beside
readiness and is never subtracted from it: a heavy threat is a need, not a fault of either side.
"""

from collections.abc import Mapping, Sequence

from assess.result import BarrierResult, ChallengeResult, Exposure, OpenBarrier, Pressure, Range
from assess.rubric.model import Barrier, Challenge, Rubric
from assess.scoring.question import Scored, pair_state, points_of, range_of
from assess.scoring.shown import mostly_not_applicable, shown
from assess.scoring.values import Known, NotApplicable, Value
from assess.scoring.weighing import Group, Standing, Weighing, weigh


def weigh_challenges(
    rubric: Rubric, scored: Mapping[str, Scored]
) -> tuple[tuple[ChallengeResult, ...], Pressure | None]:
    """Return every challenge and the pressure over all; the pressure is None without challenges.

    ``scored`` holds each barrier by id. A challenge is the weighted mean of its barriers'
    severities (0 to 100), the pressure the weighted mean of the challenges (rule 4).
    """
    if not rubric.challenges:
        return (), None
    groups = [Group(c.id, c.weight, {b.id: b.weight for b in c.barriers}) for c in rubric.challenges]
    weighing = weigh(groups, {key: value for key, (value, _, _) in scored.items()})
    challenges = tuple(_challenge(rubric, c, weighing, scored) for c in rubric.challenges)
    total = weighing.total
    coverage = total.coverage if total else 0.0
    return challenges, Pressure(
        points=total.points if total else None,
        bounds=Range(low=total.low, high=total.high) if total else Range(low=0, high=100),
        coverage=coverage,
        indicative=coverage < rubric.coverage.overall_minimum,
    )


def _challenge(
    rubric: Rubric, challenge: Challenge, weighing: Weighing, scored: Mapping[str, Scored]
) -> ChallengeResult:
    head, standing = weighing.heads[challenge.id], weighing.group(challenge.id)
    members = weighing.members(challenge.id)
    return ChallengeResult(
        id=challenge.id,
        weight=challenge.weight,
        **shown(head, rubric),
        mostly_not_applicable=mostly_not_applicable(head, rubric),
        entered=standing.entered,
        share=standing.share,
        contribution=standing.contribution,
        barriers=tuple(_barrier(b, members[b.id], scored[b.id]) for b in challenge.barriers),
    )


def _barrier(barrier: Barrier, standing: Standing, scored: Scored) -> BarrierResult:
    value, slots, readings = scored
    return BarrierResult(
        id=barrier.id,
        type=barrier.type,
        weight=barrier.weight,
        state=pair_state(value, readings),
        points=points_of(value),
        bounds=range_of(value),
        entered=standing.entered,
        share=standing.share,
        contribution=standing.contribution,
        swing=standing.swing,
        slots=slots,
        readings=readings,
        limits=barrier.limits,
    )


def exposed(
    rubric: Rubric, challenges: Sequence[ChallengeResult], values: Mapping[str, Value]
) -> tuple[Exposure, ...]:
    """Return every enabler that is low or unknown behind a heavy barrier, the heaviest barrier first.

    ``values`` holds the indicators. A barrier is heavy from the rubric's threshold of severity;
    one that is not known is heavy only if its lower bound is. An indicator that is not known is
    "low" if its upper bound is below the threshold, and "unknown" if the threshold lies within
    its bounds. Ties stay in the rubric's order.
    """
    rows = [
        row
        for challenge in challenges
        for barrier in challenge.barriers
        if (severity := _certain(barrier)) is not None and severity >= rubric.exposure.severity_at_least
        for indicator in barrier.limits
        if (row := _exposure(rubric, barrier.id, severity, indicator, values[indicator])) is not None
    ]
    return tuple(sorted(rows, key=lambda row: -row.severity))


def _certain(barrier: BarrierResult) -> float | None:
    """The severity if it is known, else the least that it can be."""
    return barrier.points if barrier.points is not None or barrier.bounds is None else barrier.bounds.low


def _exposure(rubric: Rubric, barrier: str, severity: float, indicator: str, value: Value) -> Exposure | None:
    limit = rubric.exposure.readiness_below
    if isinstance(value, NotApplicable):
        return None
    if isinstance(value, Known):
        if value.points >= limit:
            return None
        return Exposure(
            barrier=barrier, indicator=indicator, reason="low", severity=severity, readiness=value.points
        )
    if value.low >= limit:
        return None
    reason = "low" if value.high < limit else "unknown"
    return Exposure.model_validate(
        {"barrier": barrier, "indicator": indicator, "reason": reason, "severity": severity, "readiness": None}
    )


def open_barriers(challenges: Sequence[ChallengeResult]) -> tuple[OpenBarrier, ...]:
    """Return every slot that nobody answered, the one that could move the pressure most first."""
    rows = [
        OpenBarrier(barrier=barrier.id, slot=value.slot, swing=barrier.swing)
        for challenge in challenges
        for barrier in challenge.barriers
        for value in barrier.slots
        if value.state == "unknown"
    ]
    return tuple(sorted(rows, key=lambda row: -row.swing))
