"""What could be done, read from a rubric's steps and the levels at which a result stands.

The pair climbs a ladder in every indicator that is known. It starts at the highest level that is
certain: of two disputed levels the lower, of two sides the one that the pair rule counts. A step
brings every side at least to its level and is charged in full even where one side stands there
already, because the rubric states its effort for both sides together; so efforts are rather over-
than understated. A step that carries further (``carries_to``) reaches its level at once.

What is not known has no steps: it is to be found out, not to be climbed from level 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assess.result import ComponentResult, IndicatorResult, Result, SlotValue
from assess.roadmap.model import Action, Demand
from assess.rubric.model import Gate, Indicator, Rubric, Slot, Step
from assess.scoring.values import Known, NotApplicable, Value, combine

_EPS = 1e-9
SCORE = "score"
"""Id of the demand on the index; demands of gates have the gate's id."""


@dataclass(frozen=True, slots=True)
class PairStep:
    """A step that the pair could take: from level ``start`` to ``level`` of an indicator.

    ``value`` is what the indicator counts afterwards, ``moves`` the slots that have to move, and
    ``certain`` the points by which the lower hard bound of the indicator rises.
    """

    action: Action
    indicator: str
    start: int
    level: int
    step: Step
    value: Value
    moves: tuple[Slot, ...]
    certain: float


@dataclass(frozen=True, slots=True)
class Blocked:
    """A step that cannot be planned, because of indicators whose level is not known or has no step."""

    id: str
    indicator: str
    level: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that could be done, in the rubric's order."""

    steps: tuple[PairStep, ...]
    blocked: tuple[Blocked, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """The steps as the solver takes them."""
        return tuple(step.action for step in self.steps)


def survey(rubric: Rubric, result: Result) -> Ground:
    """Read the ladders of all known indicators and tie each step to what it needs."""
    standing = {i.id: i for component in result.components for i in component.indicators}
    drafts = [d for i in standing.values() for d in _ladder(rubric, rubric.indicators[i.id], i)]
    reaching = {(d.indicator, level): d.action.id for d in drafts for level in range(d.start + 1, d.level + 1)}
    steps, missing = [], {}
    for draft in drafts:
        needs, unmet = _needs(rubric, draft, standing, reaching)
        steps.append(_with_needs(draft, needs))
        missing[draft.action.id] = unmet
    return _without_blocked(steps, missing)


# --- ladders ------------------------------------------------------------------------------------


def _ladder(rubric: Rubric, indicator: Indicator, standing: IndicatorResult) -> Iterator[PairStep]:
    """Yield the steps above the start, as long as the rubric states them."""
    if standing.points is None or standing.bounds is None:
        return
    level = _start(rubric, indicator, standing)
    before: Value = Known(standing.points, standing.bounds.low, standing.bounds.high)
    while level + 1 in indicator.steps:
        step = indicator.steps[level + 1]
        target = max(level + 1, step.carries_to or 0)
        value = raised(indicator, standing, rubric.points(target))
        assert isinstance(value, Known) and isinstance(before, Known)
        yield PairStep(
            action=Action(
                id=f"{indicator.id}@{target}",
                gain=standing.share * max(0.0, value.points - before.points),
                effort=float(step.effort),
                owners=step.by,
            ),
            indicator=indicator.id,
            start=level,
            level=target,
            step=step,
            value=value,
            moves=_moves(indicator, standing, rubric.points(target)),
            certain=max(0.0, value.low - before.low),
        )
        level, before = target, value


def _start(rubric: Rubric, indicator: Indicator, standing: IndicatorResult) -> int:
    """The highest level that certainly holds for the side or sides that count."""
    lows = [slot.bounds.low for slot in standing.slots if slot.bounds is not None]
    low = max(lows) if indicator.pair_rule == "higher" else min(lows)
    return max(level.level for level in rubric.levels if level.score <= low + _EPS or level.level == 0)


def raised(indicator: Indicator, standing: IndicatorResult, points: float) -> Value:
    """Return the pair's value once every side stands at ``points`` or higher."""
    return combine([_lifted(slot, points) for slot in standing.slots], indicator.pair_rule)


def _lifted(slot: SlotValue, points: float) -> Value:
    if slot.bounds is None:
        return NotApplicable()
    now = slot.bounds.low if slot.points is None else slot.points
    return Known(max(now, points), max(slot.bounds.low, points), max(slot.bounds.high, points))


def _moves(indicator: Indicator, standing: IndicatorResult, points: float) -> tuple[Slot, ...]:
    """Slots that do not certainly stand at ``points``; under the rule «higher» the best of them is enough."""
    below = [(s.bounds.low, s.slot) for s in standing.slots if s.bounds is not None and s.bounds.low < points - _EPS]
    if indicator.pair_rule == "higher":
        below = [max(below, key=lambda row: row[0])] if below else []
    return tuple(slot for _, slot in below)


# --- prerequisites ------------------------------------------------------------------------------


def _needs(
    rubric: Rubric,
    draft: PairStep,
    standing: Mapping[str, IndicatorResult],
    reaching: Mapping[tuple[str, int], str],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the actions that a step needs, and the indicators of which nothing can be planned."""
    below = reaching.get((draft.indicator, draft.start))
    needs, unmet = [below] if below else [], []
    for key, level in draft.step.needs.items():
        bounds = standing[key].bounds
        if bounds is None or bounds.low >= rubric.points(level) - _EPS:
            continue  # nothing to do; what is not applicable holds nothing up, as with gates
        if (key, level) in reaching:
            needs.append(reaching[key, level])
        else:
            unmet.append(key)
    return tuple(dict.fromkeys(needs)), tuple(unmet)


def _with_needs(draft: PairStep, needs: tuple[str, ...]) -> PairStep:
    a = draft.action
    action = Action(a.id, a.gain, a.effort, needs, a.owners)
    return PairStep(
        action, draft.indicator, draft.start, draft.level, draft.step, draft.value, draft.moves, draft.certain
    )


def _without_blocked(steps: Sequence[PairStep], missing: Mapping[str, tuple[str, ...]]) -> Ground:
    """Take out what is blocked, and what needs it, until nothing more falls."""
    why = {key: set(names) for key, names in missing.items()}
    changed = True
    while changed:
        changed = False
        for step in steps:
            inherited = set().union(*(why[need] for need in step.action.needs))
            if not inherited <= why[step.action.id]:
                why[step.action.id] |= inherited
                changed = True
    blocked = tuple(
        Blocked(s.action.id, s.indicator, s.level, tuple(sorted(why[s.action.id]))) for s in steps if why[s.action.id]
    )
    return Ground(tuple(s for s in steps if not why[s.action.id]), blocked)


# --- demands of a stage -------------------------------------------------------------------------


def demands_of(rubric: Rubric, result: Result, ground: Ground, stage: str) -> tuple[Demand, ...]:
    """Return what the stage asks beyond what holds already: its score, and every gate that would cap it.

    A demand that no step serves (a gate on an unknown indicator, or on the share of unknowns) has
    no coefficients.
    """
    position = rubric.stage_position(stage)
    threshold, now = rubric.stages[position].from_score, result.index.points or 0.0
    found = [] if now >= threshold else [Demand(SCORE, threshold - now, {a.id: a.gain for a in ground.actions})]
    states = {gate.id: gate.state for gate in result.gates}
    for gate in rubric.gates:
        if rubric.stage_position(gate.cap) < position and states[gate.id] in ("failed", "undetermined"):
            found.append(_gate_demand(rubric, result, ground, gate))
    return tuple(found)


def _gate_demand(rubric: Rubric, result: Result, ground: Ground, gate: Gate) -> Demand:
    when, threshold = gate.when, gate.when.at_least or 0
    if when.indicator is not None:
        points = rubric.points(threshold)
        enough = [s.action.id for s in ground.steps if s.indicator == when.indicator and _certain(s) >= points - _EPS]
        return Demand(gate.id, 1.0, {enough[0]: 1.0} if enough else {})
    if when.component is not None:
        component = next(c for c in result.components if c.id == when.component)
        return _component_demand(rubric, component, ground, gate.id, threshold)
    return Demand(gate.id, 1.0, {})


def _certain(step: PairStep) -> float:
    assert isinstance(step.value, Known)
    return step.value.low


def _component_demand(
    rubric: Rubric, component: ComponentResult, ground: Ground, key: str, threshold: float
) -> Demand:
    """Raise the component's points, or its lower bound where too little of it is known (method rule 6)."""
    members = {i.id: i for i in component.indicators}
    mine = [s for s in ground.steps if s.indicator in members]
    if component.points is None or component.indicative:
        applicable = sum(i.weight for i in members.values() if i.bounds is not None)
        now = component.bounds.low if component.bounds else 0.0
        return Demand(
            key, threshold - now,
            {s.action.id: members[s.indicator].weight / applicable * s.certain for s in mine},
        )
    return Demand(
        key, threshold - component.points,
        {s.action.id: s.action.gain / component.share for s in mine},
    )
