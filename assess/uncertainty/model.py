"""The frozen tree of everything that is said about uncertainty. Points are 0 to 100, shares and chances 0 to 1.

Figures are rounded where they enter the tree: points and levels to two decimals, chances to three.
"""

from typing import Literal

from pydantic import Field

from assess.frozen import Frozen
from assess.result import Range
from assess.rubric.model import Slot

Verdict = Literal["good", "tentative", "disagree", "undefined"]
RaterSide = Literal["A", "B", "both", "third"]
Said = Literal["one_stage", "two_stages", "span"]


class Interval(Frozen):
    """The central 90 % of the draws, and their median."""

    low: float
    middle: float
    high: float


class FigureRange(Frozen):
    """The ranges of the index or of one component.

    ``likely`` doubts answers and raters; it may pass the hard bounds, which take every answer at
    its word. ``from_unknowns`` doubts only what nobody answered and lies inside the hard bounds.
    ``robustness`` also doubts weights, aggregation, level spacing and pooling.
    """

    likely: Interval
    from_unknowns: Interval
    robustness: Interval
    reach: Range = Field(description="Ends of what the model can draw at all; the likely range is cut there.")
    r_hat: float = Field(description="Split R-hat of the draws; near 1 when the chains agree.")


class ComponentRange(FigureRange):
    """The ranges of one component."""

    id: str


class StageChance(Frozen):
    """One stage and the share of draws that end in it, gates included."""

    stage: str
    probability: float


class StageChances(Frozen):
    """Stage probabilities and which of them are published (method rule 6).

    ``one_stage`` takes a chance of .80 and enough coverage with no gate left open that matters;
    ``span`` means that coverage is too low to name any.
    """

    chances: tuple[StageChance, ...] = Field(description="Every stage of the rubric, in its order.")
    said: Said
    named: tuple[StageChance, ...] = Field(description="What is published: one, two, or none.")


class Leniency(Frozen):
    """A leniency common to all raters, which no comparison among them can show (method rule 5)."""

    tau: float = Field(description="Its standard deviation in points; added to the index and to every component.")
    verified_share: float = Field(description="Answered weight that rests on verified grade A or B evidence.")


class RaterAccuracy(Frozen):
    """How often a rater reads the true level."""

    rater: int
    learned: bool = Field(description="False: assumed, not measured; the mean is then that of the grid.")
    mean: float
    interval: Range | None = Field(description="90 % of the draws; null where it was assumed.")


class Alpha(Frozen):
    """Krippendorff's ordinal alpha over the indicators of one component, or over all."""

    id: str | None = Field(description="Component, or null for the whole questionnaire.")
    alpha: float | None = Field(description="Null if undefined: nothing was rated twice, or nothing varies.")
    interval: Range | None = Field(description="90 % bootstrap interval over indicators.")
    verdict: Verdict
    indicators: int = Field(description="Indicators that two raters or more answered.")


class Disagreement(Frozen):
    """How far the raters of one side lie apart on one indicator."""

    indicator: str
    mean_difference: float = Field(description="Mean absolute difference of two raters, in levels.")
    widest: int = Field(description="Widest difference, in levels.")


class Agreement(Frozen):
    """Agreement among the raters of one side (method rule 7)."""

    side: RaterSide
    raters: tuple[int, ...]
    overall: Alpha
    components: tuple[Alpha, ...]
    disagreements: tuple[Disagreement, ...] = Field(description="Indicators with any, the widest first.")


class WithoutRater(Frozen):
    """The index as it would be without one rater."""

    rater: int
    index: float | None


class LeaveOneRaterOut(Frozen):
    """How far the index hangs on single raters."""

    without: tuple[WithoutRater, ...]
    spread: float | None = Field(description="Highest less lowest index of these, in points.")


class Gap(Frozen):
    """Side A's view less side B's view, over what both answered."""

    id: str
    gap: float | None = Field(description="Points; null if they share no answer.")
    interval: Interval | None
    beyond_one_level: float | None = Field(description="Chance that the gap is wider than one level either way.")


class ComponentGap(Gap):
    """The gap over one component, with its exact test."""

    indicators: int = Field(description="Indicators that both sides answered.")
    p: float | None = Field(description="Two-sided sign-flip p; descriptive, not a verdict.")
    p_holm: float | None = Field(description="The same after Holm's correction over the components.")


class PerceptionGap(Frozen):
    """How differently the two parties see the relationship (method rule 7). Differences are A less B."""

    indicators: tuple[Gap, ...]
    components: tuple[ComponentGap, ...]
    shared: int = Field(description="Indicators that both sides answered.")
    bias: float | None = Field(description="Mean difference over the indicators, in points.")
    scatter: float | None = Field(description="Standard deviation of the differences; null below two.")
    limits_of_agreement: Range | None = Field(description="Bias less and plus 1.96 times the scatter.")
    p: float | None


class View(Frozen):
    """One figure as each party sees it, pooled, and the lower of the two."""

    id: str | None = Field(description="Component, or null for the index.")
    side_a: float | None
    side_b: float | None
    pooled: float | None
    lower: float | None = Field(description="The lower of the two sides; null unless both are known.")


class MutualView(Frozen):
    """What each party says, each by its own answers alone."""

    index: View
    components: tuple[View, ...]
    likely_a: Interval
    likely_b: Interval


class QuestionValue(Frozen):
    """An indicator with open slots, by what closing it would tell about the index (method rule 4)."""

    indicator: str
    slots: tuple[Slot, ...]
    value: float = Field(description="Share of the variance of the index: w^2 Var(s) / Var(index).")


class Library(Frozen):
    """A library whose version can change the digits."""

    name: str
    version: str


class Uncertainty(Frozen):
    """Everything that is said about how sure the result is, and how it was computed."""

    index: FigureRange | None = Field(description="Null if every indicator is not applicable.")
    components: tuple[ComponentRange, ...]
    stages: StageChances | None
    leniency: Leniency
    accuracy: tuple[RaterAccuracy, ...]
    agreement: tuple[Agreement, ...] = Field(description="One entry a side with two raters or more.")
    leave_one_rater_out: LeaveOneRaterOut | None = Field(description="Null for a single rater.")
    perception_gap: PerceptionGap | None = Field(description="Null unless both parties answered.")
    mutual_view: MutualView | None
    open_questions: tuple[QuestionValue, ...] = Field(description="The most telling first; ties in rubric order.")
    r_hat: float = Field(description="The greatest split R-hat of the index and the components.")
    seed: int
    chains: int
    draws: int = Field(description="Kept draws of the likely range, over all chains.")
    points: int = Field(description="Sobol points of the robustness range.")
    libraries: tuple[Library, ...]
