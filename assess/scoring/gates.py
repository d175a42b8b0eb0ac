"""Gates in three-valued logic, and the stage (method rule 6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assess.result import GateResult, GateState, StageResult
from assess.rubric.model import Gate, Rubric
from assess.scoring.headline import Headline
from assess.scoring.values import Known, NotApplicable, Value


@dataclass(frozen=True, slots=True)
class Facts:
    """What gates look at."""

    indicators: Mapping[str, Value]
    components: Mapping[str, Headline | None]
    unknown_share: Mapping[str, float]


def judge(gate: Gate, facts: Facts, rubric: Rubric) -> GateResult:
    """Return how one gate stands; on an unknown it is undetermined, never passed."""
    when = gate.when
    if when.indicator is not None:
        threshold = when.at_least or 0
        state, value = _indicator(facts.indicators[when.indicator], rubric.points(threshold))
    elif when.component is not None:
        threshold = when.at_least or 0
        state, value = _component(facts.components[when.component], threshold, rubric)
    else:
        assert when.unknown_share is not None and when.at_most is not None
        threshold = when.at_most
        value = facts.unknown_share[when.unknown_share]
        state = "passed" if value <= threshold else "failed"
    return GateResult(id=gate.id, state=state, cap=gate.cap, value=value, threshold=threshold)


def _indicator(value: Value, threshold: float) -> tuple[GateState, float | None]:
    """Compare in points; both ends of a disputed or open value must agree."""
    if isinstance(value, NotApplicable):
        return "not_applicable", None
    shown = value.points if isinstance(value, Known) else None
    if value.low >= threshold:
        return "passed", shown
    return ("failed" if value.high < threshold else "undetermined"), shown


def _component(score: Headline | None, threshold: float, rubric: Rubric) -> tuple[GateState, float | None]:
    """An indicative score decides nothing unless its hard bounds already do."""
    if score is None:
        return "not_applicable", None
    if score.low >= threshold:
        return "passed", score.points
    if score.high < threshold:
        return "failed", score.points
    if score.points is None or score.coverage < rubric.coverage.component_minimum:
        return "undetermined", score.points
    return ("passed" if score.points >= threshold else "failed"), score.points


def stage(index: Headline | None, gates: Sequence[GateResult], rubric: Rubric) -> StageResult:
    """Return the stage: by score, capped by every gate that does not hold.

    A single stage is published only at enough coverage and with no gate undetermined that would
    change it; otherwise the span from the worst to the best hard bound stands alone. The best bound
    answers what is open, so no gate on the share of unknowns stands in its way.
    """
    answerable = {gate.id for gate in rubric.gates if gate.when.unknown_share is not None}
    low, high = (index.low, index.high) if index else (0.0, 100.0)
    lowest = _capped(low, gates, rubric, lambda g: g.state in ("failed", "undetermined"))
    highest = _capped(high, gates, rubric, lambda g: g.state == "failed" and g.id not in answerable)
    if index is None or index.points is None:
        return _stage(rubric, None, None, (), lowest, highest)
    free = rubric.stage_index(index.points)
    now = _capped(index.points, gates, rubric, lambda g: g.state in ("failed", "undetermined"))
    hopeful = _capped(index.points, gates, rubric, lambda g: g.state == "failed")
    binding = tuple(
        g.id
        for g in gates
        if g.state in ("failed", "undetermined") and now < free and rubric.stage_position(g.cap) == now
    )
    published = index.coverage >= rubric.coverage.overall_minimum and now == hopeful
    return _stage(rubric, now if published else None, free, binding, lowest, highest)


def _capped(score: float, gates: Sequence[GateResult], rubric: Rubric, holds: Callable[[GateResult], bool]) -> int:
    caps = [rubric.stage_position(gate.cap) for gate in gates if holds(gate)]
    return min([rubric.stage_index(score), *caps])


def _stage(
    rubric: Rubric, now: int | None, free: int | None, binding: tuple[str, ...], lowest: int, highest: int
) -> StageResult:
    return StageResult(
        published=now is not None,
        stage=None if now is None else rubric.stages[now].id,
        by_score=None if free is None else rubric.stages[free].id,
        binding=binding,
        lowest=rubric.stages[lowest].id,
        highest=rubric.stages[highest].id,
    )
