"""The roadmap that goes with a report: to a stage where that can be planned, else what brings the most.

Whoever asks for nothing gets the next stage in three years. Where no plan reaches it, the report says
what stands in the way, and shows what an effort of one person full-time would bring best.
"""

from collections.abc import Mapping

from pydantic import Field

from assess.frozen import Frozen
from assess.problems.model import InputError, Problem
from assess.result import Result
from assess.roadmap.plan import Drawn, next_stage, plan
from assess.roadmap.written import Roadmap
from assess.rubric.model import Rubric
from assess.scoring.again import judge_again, values_of

YEARS = 3
FULL_TIME = 12.0
"""Person-months of one person in a year: the budget where no stage can be aimed at and none was named."""


class PlanWish(Frozen):
    """What was asked of the roadmap; with years the budget is that of each year."""

    target: str | None = None
    budget: float | None = None
    years: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was asked for."""
        return self.target is None and self.budget is None and self.years is None


class Hindrance(Frozen):
    """One thing that keeps a stage out of reach: a rule of the catalogue of problems and what fills it."""

    code: str
    values: Mapping[str, str]


class Outlook(Frozen):
    """What could be done next."""

    asked: PlanWish
    target: str | None = Field(description="The stage that was aimed at; null for the most gain at the highest stage.")
    hindrances: tuple[Hindrance, ...] = Field(description="Why no plan reaches it; empty if the plan does.")
    plan: Roadmap | None = Field(description="Null if nothing is known or no step is left.")


def outlook(rubric: Rubric, result: Result, wish: PlanWish | None = None, drawn: Drawn | None = None) -> Outlook:
    """Make the roadmap of a report.

    Raises:
        InputError: M601, the target is no stage of the rubric.
    """
    wish = wish or PlanWish()
    if result.index.points is None:
        return Outlook(asked=wish, target=wish.target, hindrances=(Hindrance(code="M605", values={}),), plan=None)
    target = _target(rubric, result, wish)
    years = YEARS if wish.empty else wish.years
    try:
        found = plan(rubric, result, budget=_budget(wish, target), target=target, years=years, drawn=drawn)
    except InputError as error:
        if any(p.code == "M601" for p in error.problems):
            raise
        return Outlook(asked=wish, target=target, hindrances=_hindrances(error.problems),
                       plan=_most(rubric, result, wish, drawn))
    return Outlook(asked=wish, target=target, hindrances=(), plan=found if found.steps else None)


def _target(rubric: Rubric, result: Result, wish: PlanWish) -> str | None:
    """The stage asked for, else the next one; none at the highest stage or where only a budget was named."""
    if wish.target is not None or wish.budget is not None:
        return wish.target
    reached = judge_again(rubric, values_of(result)).reached(rubric)
    return None if reached == len(rubric.stages) - 1 else next_stage(rubric, result)


def _budget(wish: PlanWish, target: str | None) -> float | None:
    return FULL_TIME if wish.budget is None and target is None else wish.budget


def _most(rubric: Rubric, result: Result, wish: PlanWish, drawn: Drawn | None) -> Roadmap | None:
    """The most gain for the budget that was named, else for one person full-time; None if no step is left."""
    budget = FULL_TIME if wish.budget is None else wish.budget
    try:
        found = plan(rubric, result, budget=budget, years=wish.years or YEARS, drawn=drawn)
    except InputError:  # the solver stopped: there is no proven plan to show
        return None
    return found if found.steps else None


def _hindrances(problems: tuple[Problem, ...]) -> tuple[Hindrance, ...]:
    return tuple(Hindrance(code=p.code, values=dict(p.values)) for p in problems)
