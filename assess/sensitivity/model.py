"""The frozen tree of everything that is said about sensitivity. Points are 0 to 100, shares 0 to 1.

A stage here is the one by score and gates; a gate that is undetermined counts as not passed.
"""

from typing import Literal

from pydantic import Field

from assess.frozen import Frozen
from assess.result import Range
from assess.rubric.model import Slot

Aggregator = Literal["arithmetic", "geometric", "mazziotta_pareto", "minimum"]
Weighting = Literal["rubric", "equal_components", "equal_indicators"]
Spacing = Literal["rubric", "early", "late"]
Pooling = Literal["mean", "lowest"]
Direction = Literal["up", "down"]


class WithoutPart(Frozen):
    """Index and stage as they would be without one indicator or component."""

    kind: Literal["indicator", "component"]
    id: str
    index: float | None = Field(description="Null if nothing else is known.")
    change: float | None = Field(description="Points gained by leaving it out.")
    stage: str | None
    stage_changes: bool


class Alternative(Frozen):
    """Index and stage under one set of choices."""

    aggregator: Aggregator
    weights: Weighting
    spacing: Spacing
    pooling: Pooling
    index: float
    stage: str


class WeightChange(Frozen):
    """One component's share of the index before and after."""

    id: str
    before: float
    after: float


class WeightTipping(Frozen):
    """The least change of component weights that takes the index to a threshold.

    Downwards the stage flips as soon as the index falls below the threshold.
    """

    direction: Direction
    stage: str = Field(description="The stage that is then reached.")
    threshold: float
    moved: float | None = Field(description="Share of the weight that moves; null if no weights do it.")
    weights: tuple[WeightChange, ...] = Field(description="Components whose weight moves.")
    held_by: tuple[str, ...] = Field(default=(), description="Gates that no weights can move.")


class AnswerChange(Frozen):
    """One answer moved by one level."""

    indicator: str
    slot: Slot
    before: float = Field(description="Level; between two where raters differ.")
    after: float


class AnswerTipping(Frozen):
    """The smallest set of one-level answer changes that flips the stage."""

    direction: Direction
    possible: bool = Field(description="False: no set of one-level changes does it.")
    stage: str = Field(description="The stage that is reached with them; today's if it is not possible.")
    changes: tuple[AnswerChange, ...]
    index: float | None = Field(description="The index with them.")


class SpacingRange(Frozen):
    """The index when every step between two levels is 0.5 to 1.5 of what the rubric says."""

    index: Range
    lowest_scores: tuple[float, ...] = Field(description="Level scores at the low end.")
    highest_scores: tuple[float, ...]
    lowest_stage: str
    highest_stage: str


class FactorShare(Frozen):
    """How much of the variance goes back to one group of factors."""

    id: str
    first: float = Field(description="By itself (first-order Sobol index).")
    first_error: float = Field(description="Half-width of its 95 % interval.")
    total: float = Field(description="With all that it does together with others (total Sobol index).")
    total_error: float
    shapley: float = Field(description="Its part of the whole; these parts sum to 1, or to 0 if nothing varies.")
    shapley_error: float


class FactorShares(Frozen):
    """Shares of all groups for one figure."""

    figure: str
    variance: float
    shares: tuple[FactorShare, ...]
    points: int = Field(description="Sobol base points; each costs groups + 2 evaluations.")
    seed: int


class Sensitivity(Frozen):
    """What the result hangs on (method rule 9). Figures are rounded to six decimals."""

    left_out: tuple[WithoutPart, ...] = Field(description="Indicators, then components, in the rubric's order.")
    alternatives: tuple[Alternative, ...] = Field(description="The rubric's own choices come first.")
    weight_tipping: tuple[WeightTipping, ...]
    answer_tipping: tuple[AnswerTipping, ...]
    spacing: SpacingRange | None
    shares: tuple[FactorShares, ...] = ()
