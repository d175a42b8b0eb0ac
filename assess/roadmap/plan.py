"""A roadmap for one relationship: the steps of the best plan, and the standing before and after them.

The linear program of `solve` decides; the rules of scoring have the last word. If the plan misses
the stage by the rules (a mean can drop a bounded unknown that it ruled out before), the demand that
was missed is raised by what is missing and the program is solved anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from numpy.typing import ArrayLike

from assess._programs import SolverStoppedError
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest
from assess.result import Result
from assess.roadmap.chance import chance_of_stage
from assess.roadmap.model import Action, Demand, NoPlanError, Obstacle, Schedule, Selection
from assess.roadmap.problem import SCORE, Ground, PairStep, demands_of, survey
from assess.roadmap.solve import half_way, least_effort, most_gain, phased, quick_wins, staying, sweep
from assess.roadmap.written import (
    BlockedStep,
    Chance,
    CurvePoint,
    FindOut,
    PlannedStep,
    QuickWin,
    Roadmap,
    Solver,
    Standing,
)
from assess.rubric.model import Rubric
from assess.scoring.again import Judgement, judge_again, values_of
from assess.scoring.values import Value

SPREAD = 0.3
RUNS = 50
_CORRECTIONS = 8
_CURVE_POINTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What was drawn about the levels of today.

    Attributes:
        points: for every applicable indicator its points in each draw, shape (draws,).
        lean: leniency in points, shape (draws,) or one number.
    """

    points: Mapping[str, ArrayLike]
    lean: ArrayLike = 0.0


def next_stage(rubric: Rubric, result: Result) -> str:
    """Return the stage above the one that stands now; the highest if there is none above.

    Raises:
        InputError: M605, nothing is known.
    """
    now = _now(rubric, result).reached(rubric)
    assert now is not None
    return rubric.stages[min(now + 1, len(rubric.stages) - 1)].id


def plan(
    rubric: Rubric,
    result: Result,
    *,
    budget: float | None = None,
    target: str | None = None,
    years: int | None = None,
    place: Place | None = None,
    seed: int = 0,
    drawn: Drawn | None = None,
) -> Roadmap:
    """Make the roadmap of a result.

    With a budget alone: the most gain for it. With a target: the least effort to that stage, within
    the budget if there is one. With years: the same, with a year for each step; the budget is then
    that of each year. Ties as in `assess.roadmap.solve`. Without budget and target the next stage is
    the target.

    Args:
        rubric: the one with which ``result`` was made.
        result: where the relationship stands.
        budget: person-months, 0 or more.
        target: id of a stage.
        years: 1 or more.
        place: what problems point to, such as the questionnaire.
        seed: of the shaken efforts.
        drawn: levels of today as they may be, for the chance of the stage.

    Raises:
        InputError: M601 to M607, with everything that stands in the way.
    """
    place = place or Place("roadmap")
    _check_target(rubric, target, place)
    now = _now(rubric, result, place)
    if budget is None and target is None:
        target = next_stage(rubric, result)
    ground = survey(rubric, result)
    demands = demands_of(rubric, result, ground, target) if target else ()
    try:
        schedule, demands = _true_to_the_rules(rubric, result, ground, demands, (budget, target, years))
    except NoPlanError as error:
        raise InputError(_in_the_way(rubric, result, error, (budget, target, years), place)) from error
    except SolverStoppedError as error:
        raise InputError([Problem("M604", place, {"reason": str(error)})]) from error
    written = _written(rubric, result, ground, now, schedule, demands, (budget, target, years), seed)
    known = result.index.coverage >= rubric.coverage.overall_minimum  # below it no chance of a stage is said (rule 6)
    return _with_chance(rubric, result, written, drawn) if drawn and known else written


_Wish = tuple[float | None, str | None, int | None]
"""Budget, target, years."""


def _check_target(rubric: Rubric, target: str | None, place: Place) -> None:
    stages = [stage.id for stage in rubric.stages]
    if target is not None and target not in stages:
        values = {"stage": target, "stages": ", ".join(stages)}
        raise InputError([Problem("M601", place, values, nearest(target, stages))])


def _now(rubric: Rubric, result: Result, place: Place | None = None) -> Judgement:
    now = judge_again(rubric, values_of(result))
    if now.points is None:
        raise InputError([Problem("M605", place or Place("roadmap"))])
    return now


def _in_the_way(
    rubric: Rubric, result: Result, error: NoPlanError, wish: "_Wish", place: Place
) -> list[Problem]:
    """Say what stands in the way: each demand out of reach, or the budget."""
    budget, target, _ = wish
    title = next(s.title for s in rubric.stages if s.id == target)
    if error.least_effort is not None:
        values = {"stage": title, "budget": f"{budget or 0:g}", "least": f"{error.least_effort:g}"}
        return [Problem("M603", place, values)]
    return [_obstacle(rubric, result, o, title, place) for o in error.obstacles]


def _obstacle(rubric: Rubric, result: Result, obstacle: Obstacle, title: str, place: Place) -> Problem:
    missing = obstacle.at_least - obstacle.reachable
    gate = next((g for g in rubric.gates if g.id == obstacle.demand), None)
    if gate is None:
        wanted = next(s.from_score for s in rubric.stages if s.title == title)
        return _short(title, "the index", wanted, missing, place)
    when = gate.when
    if when.component is not None:
        return _short(title, f"{gate.id} ({when.component})", when.at_least or 0.0, missing, place)
    values = {"stage": title, "gate": f"{gate.id} ({gate.title})"}
    if when.indicator is not None:
        values |= {"indicator": when.indicator, "level": f"{when.at_least:g}"}
        return Problem("M606", place, values)
    now = next(g.value for g in result.gates if g.id == gate.id)
    return Problem("M607", place, values | {"most": f"{100 * (when.at_most or 0):g}", "now": f"{100 * (now or 0):.0f}"})


def _short(title: str, what: str, wanted: float, missing: float, place: Place) -> Problem:
    values = {"stage": title, "what": what, "wanted": f"{wanted:.1f}", "reachable": f"{wanted - missing:.1f}"}
    return Problem("M602", place, values)


# --- solving ------------------------------------------------------------------------------------


def _true_to_the_rules(
    rubric: Rubric, result: Result, ground: Ground, demands: Sequence[Demand], wish: _Wish
) -> tuple[Schedule, tuple[Demand, ...]]:
    """Solve until the rules of scoring agree that the target is reached."""
    target = wish[1]
    for _ in range(_CORRECTIONS):
        schedule = _solve(ground.actions, demands, wish)
        after = judge_again(rubric, _values_after(result, ground, schedule.selection.ids))
        reached = after.reached(rubric)
        assert reached is not None
        if target is None or reached >= rubric.stage_position(target):
            return schedule, tuple(demands)
        demands = [_raised(rubric, d, after, target) for d in demands]
    raise SolverStoppedError("the plan and the rules of scoring do not come together")


def _solve(actions: Sequence[Action], demands: Sequence[Demand], wish: _Wish) -> Schedule:
    budget, target, years = wish
    if target is not None and not demands:
        return Schedule(Selection((), 0.0, 0.0), {})
    if years is not None:
        return phased(actions, demands, years=years, capacity=budget)
    if target is not None:
        chosen = least_effort(actions, demands) if budget is None else least_effort(actions, demands, budget)
    else:
        assert budget is not None
        chosen = most_gain(actions, budget)
    return Schedule(chosen, {})


def _raised(rubric: Rubric, demand: Demand, after: Judgement, target: str) -> Demand:
    """Raise a demand by what the rules still miss, and a little more for rounding."""
    if demand.id == SCORE:
        threshold = rubric.stages[rubric.stage_position(target)].from_score
        missing = threshold - (after.points or 0.0)
    else:
        gate = next(g for g in after.gates if g.id == demand.id)
        asks_component = next(g for g in rubric.gates if g.id == demand.id).when.component is not None
        short = asks_component and gate.state in ("failed", "undetermined")
        missing = max(gate.threshold - (gate.value or 0.0), 0.0) if short else -1.0
    return replace(demand, at_least=demand.at_least + missing + 1e-5) if missing >= 0 else demand


def _values_after(result: Result, ground: Ground, ids: Sequence[str]) -> dict[str, Value]:
    taken = set(ids)
    return values_of(result) | {s.indicator: s.value for s in ground.steps if s.action.id in taken}


# --- writing down -------------------------------------------------------------------------------


def _written(
    rubric: Rubric, result: Result, ground: Ground, now: Judgement, schedule: Schedule,
    demands: Sequence[Demand], wish: _Wish, seed: int,
) -> Roadmap:
    budget, target, years = wish
    ids = schedule.selection.ids
    total = float("inf") if budget is None else budget * (years or 1)
    stays = staying(ground.actions, budget=total, demands=demands, spread=SPREAD, runs=RUNS, seed=seed) if ids else {}
    after = judge_again(rubric, _values_after(result, ground, ids))
    ordered = _in_order([s for s in ground.steps if s.action.id in set(ids)], schedule.years)
    return Roadmap(
        budget=budget, target=target, years=years,
        before=_standing(rubric, now), after=_standing(rubric, after),
        coverage=result.index.coverage,
        steps=tuple(_step(rubric, s, stays, schedule.years.get(s.action.id)) for s in ordered),
        gain=(after.points or 0.0) - (now.points or 0.0), effort=schedule.selection.effort,
        find_out=_find_out(result),
        blocked=tuple(BlockedStep(id=b.id, indicator=b.indicator, level=b.level, missing=b.missing)
                      for b in ground.blocked),
        quick_wins=_quick_wins(ground),
        curve=_curve(ground, lambda ids: judge_again(rubric, _values_after(result, ground, ids)).points or 0.0),
        solver=Solver(version=version("scipy"), solves=schedule.selection.solves, seed=seed, runs=RUNS, spread=SPREAD),
    )


def _with_chance(rubric: Rubric, result: Result, roadmap: Roadmap, drawn: Drawn) -> Roadmap:
    stage = roadmap.target or _worth_saying(rubric, roadmap)
    levels: dict[str, int] = {}
    for step in roadmap.steps:
        levels[step.indicator] = max(step.level, levels.get(step.indicator, 0))
    before, after = (
        round(chance_of_stage(rubric, result, taken, drawn.points, stage, drawn.lean), 3) for taken in ({}, levels)
    )
    return roadmap.model_copy(update={"chance": Chance(stage=stage, before=before, after=after)})


def _worth_saying(rubric: Rubric, roadmap: Roadmap) -> str:
    """The stage at which the plan ends, or the next one if it ends where it began."""
    before, after = (rubric.stage_position(s.reached) for s in (roadmap.before, roadmap.after))
    return rubric.stages[min(max(before + 1, after), len(rubric.stages) - 1)].id


def _standing(rubric: Rubric, judgement: Judgement) -> Standing:
    position = judgement.reached(rubric)
    assert position is not None and judgement.points is not None
    return Standing(index=judgement.points, reached=rubric.stages[position].id, stage=judgement.stage)


def _in_order(steps: Sequence[PairStep], years: Mapping[str, int]) -> list[PairStep]:
    """By year; within it what others need first, else the rubric's order; packages as the rubric has them."""
    waiting, ordered = list(steps), list[PairStep]()
    while waiting:
        year = min(years.get(s.action.id, 0) for s in waiting)
        still = {s.action.id for s in waiting}
        now = [s for s in waiting if years.get(s.action.id, 0) == year]
        ready = next((s for s in now if not still & set(s.action.needs)), now[0])
        waiting.remove(ready)
        ordered.append(ready)
    return ordered


def _step(rubric: Rubric, step: PairStep, stays: Mapping[str, float], year: int | None) -> PlannedStep:
    indicator = rubric.indicators[step.indicator]
    return PlannedStep(
        id=step.action.id, indicator=step.indicator, component=rubric.component_of[step.indicator],
        title=indicator.title, start=step.start, level=step.level, action=step.step.action, by=step.step.by,
        moves=step.moves, effort=step.action.effort, gain=step.action.gain, needs=step.action.needs,
        proof=indicator.proof.sufficient, stays=stays[step.action.id], year=year,
    )


def _quick_wins(ground: Ground) -> tuple[QuickWin, ...]:
    steps = {s.action.id: s for s in ground.steps}
    return tuple(
        QuickWin(id=key, indicator=s.indicator, action=s.step.action, effort=s.action.effort, gain=s.action.gain)
        for key in quick_wins(ground.actions) for s in [steps[key]]
    )


def _find_out(result: Result) -> tuple[FindOut, ...]:
    """Indicators with an open slot, by how far they could move the index; ties in the rubric's order."""
    rows = [
        FindOut(indicator=i.id, slots=slots, swing=i.swing)
        for component in result.components for i in component.indicators
        if (slots := tuple(s.slot for s in i.slots if s.state in ("unknown", "partly_known")))
    ]
    return tuple(sorted(rows, key=lambda row: -row.swing))


def _curve(ground: Ground, scored: Callable[[Sequence[str]], float]) -> tuple[CurvePoint, ...]:
    """The most gain for budgets in even steps up to everything; what buys no more than less did is left out.

    The index is scored anew with the steps taken, since their gains alone need not add up.
    """
    budgets = _budgets(ground.actions)
    return _rising(
        CurvePoint(budget=b, effort=s.effort, gain=s.gain, index=scored(s.ids))
        for b, s in zip(budgets, sweep(ground.actions, budgets), strict=True)
    )


def _budgets(actions: Sequence[Action]) -> list[float]:
    """Even steps up to everything, and the effort at which half of all gain is reached."""
    total = sum(a.effort for a in actions)
    even = {float(round(total * n / _CURVE_POINTS)) for n in range(1, _CURVE_POINTS + 1)}
    return sorted((even | {half_way(actions)}) - {0.0})


def _rising(points: Iterable[CurvePoint]) -> tuple[CurvePoint, ...]:
    """The points that bring more than the one before, and more than nothing."""
    rising, most = list[CurvePoint](), 0.0
    for point in points:
        if point.gain > most + 1e-9:
            rising.append(point)
            most = point.gain
    return tuple(rising)
