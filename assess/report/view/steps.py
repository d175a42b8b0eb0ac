"""What is to be done next, from the roadmap and from the ladders that it was chosen from, so that all pages agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from assess import words
from assess.report.view.context import Context
from assess.roadmap.problem import PairStep
from assess.roadmap.solve import quick_wins
from assess.roadmap.written import PlannedStep, QuickWin, Roadmap


@dataclass(frozen=True, slots=True)
class Next:
    """A step with the figures that the roadmap gives it."""

    id: str
    indicator: str
    action: str
    effort: float
    gain: float


def months(ctx: Context, effort: float) -> str:
    """An effort in words."""
    return words.person_months(effort, ctx.tr)


def first_steps(ctx: Context) -> tuple[Next, ...]:
    """The steps of the roadmap in its order, then its quick wins; without a roadmap the quick wins alone."""
    plan = _plan(ctx)
    found = [*map(_told, plan.steps), *map(_told, plan.quick_wins)] if plan else _quick_wins(ctx)
    return tuple({step.id: step for step in found}.values())


def next_of(ctx: Context, indicator: str) -> tuple[int, str, float] | None:
    """The next level of an indicator, what reaches it and with what effort; None where no step can be taken."""
    plan = _plan(ctx)
    planned = [(s.indicator, s.level, s.action, s.effort) for s in plan.steps] if plan else []
    possible = [(s.indicator, s.level, s.step.action, s.action.effort) for s in ctx.ground.steps]
    return next((row[1:] for row in (*planned, *possible) if row[0] == indicator), None)


def waiting(ctx: Context, indicator: str) -> tuple[int, tuple[str, ...]] | None:
    """The next level of an indicator whose step waits for what is not known, and the ids of that."""
    return next(((b.level, b.missing) for b in ctx.ground.blocked if b.indicator == indicator), None)


def needed(ctx: Context, key: str) -> bool:
    """Whether other steps wait for this one."""
    plan = _plan(ctx)
    planned = (s.needs for s in plan.steps) if plan else ()
    return any(key in needs for needs in (*planned, *(s.action.needs for s in ctx.ground.steps)))


def _plan(ctx: Context) -> Roadmap | None:
    return ctx.assessment.outlook.plan if ctx.assessment.outlook else None


def _told(step: PlannedStep | QuickWin) -> Next:
    return Next(step.id, step.indicator, step.action, step.effort, step.gain)


def _quick_wins(ctx: Context) -> Iterator[Next]:
    steps: dict[str, PairStep] = {s.action.id: s for s in ctx.ground.steps}
    for key in quick_wins(ctx.ground.actions):
        step = steps[key]
        yield Next(key, step.indicator, step.step.action, step.action.effort, step.action.gain)
