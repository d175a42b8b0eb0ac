"""The frozen tree of a roadmap: the steps, the standing before and after them, and what they rest on."""

from typing import Literal

from pydantic import Field

from assess.frozen import Frozen
from assess.result import StageResult
from assess.rubric.model import Slot


class Standing(Frozen):
    """Index and stage before or after a plan, by the rules of scoring."""

    index: float
    reached: str = Field(description="Stage by score and gates; a gate that is undetermined counts as not passed.")
    stage: StageResult


class PlannedStep(Frozen):
    """One step of the plan."""

    id: str
    indicator: str
    component: str
    title: str
    start: int = Field(description="Level from which the pair climbs.")
    level: int = Field(description="Level that it reaches.")
    action: str
    by: tuple[str, ...] = Field(description="Kinds of office that would act.")
    moves: tuple[Slot, ...] = Field(description="Sides or directions that must move, or `pair`.")
    effort: float = Field(description="Person-months of both sides together.")
    gain: float = Field(description="Points of the index.")
    needs: tuple[str, ...] = Field(description="Steps of this plan that come before it or with it.")
    proof: tuple[str, ...] = Field(description="Documents that will settle the new level.")
    stays: float = Field(description="Share of plans with shaken efforts in which this step stands, 0 to 1.")
    year: int | None = None


class QuickWin(Frozen):
    """A step that could be taken at once, because it needs nothing."""

    id: str
    indicator: str
    action: str
    effort: float = Field(description="Person-months of both sides together.")
    gain: float = Field(description="Points of the index.")


class FindOut(Frozen):
    """An indicator that is not known: no step is planned for it."""

    indicator: str
    slots: tuple[Slot, ...]
    swing: float = Field(description="How far it could move the index, in points.")


class BlockedStep(Frozen):
    """A step that waits for something to be found out."""

    id: str
    indicator: str
    level: int
    missing: tuple[str, ...] = Field(description="Indicators that are not known, or have no step to the level needed.")


class CurvePoint(Frozen):
    """The most gain for one budget."""

    budget: float
    effort: float
    gain: float = Field(description="Gains of the steps, added up.")
    index: float = Field(description="The index with these steps taken, scored anew.")


class Solver(Frozen):
    """How the plan was found."""

    name: str = "HiGHS (scipy.optimize.milp)"
    version: str
    status: Literal["optimal"] = "optimal"
    gap: float = 0.0
    solves: int = Field(description="Runs of the solver, one for each aim in turn.")
    seed: int = Field(description="Of the shaken efforts.")
    runs: int = Field(description="Plans with shaken efforts.")
    spread: float = Field(description="Efforts were multiplied by 1 - spread to 1 + spread.")


class Chance(Frozen):
    """How likely a stage is before the plan and with every one of its steps done, 0 to 1."""

    stage: str = Field(description="The target; without one, the stage at which the plan ends, or the next.")
    before: float
    after: float


class Roadmap(Frozen):
    """A plan and what it rests on. Gains are points of the index, efforts person-months."""

    budget: float | None
    target: str | None
    years: int | None
    before: Standing
    after: Standing
    coverage: float = Field(description="Answered share of the weight; gains count within it. No step raises it.")
    steps: tuple[PlannedStep, ...] = Field(description="In the order of years, then what others need first.")
    gain: float = Field(description="Index after less index before; single gains need not add up to it.")
    effort: float
    chance: Chance | None = Field(default=None, description="Null where no levels were drawn.")
    find_out: tuple[FindOut, ...] = Field(description="What could move the index most first.")
    blocked: tuple[BlockedStep, ...]
    quick_wins: tuple[QuickWin, ...] = Field(description="Steps that need nothing, by gain per effort; not a plan.")
    curve: tuple[CurvePoint, ...]
    solver: Solver

    def to_json(self) -> str:
        """Return the roadmap as JSON, two spaces of indentation, with a line break at the end."""
        return self.model_dump_json(indent=2) + "\n"
