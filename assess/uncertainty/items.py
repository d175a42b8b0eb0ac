"""From a result to arrays: items (one slot of one indicator), their ratings, and how they add up.

Ratings are effective levels, after evidence caps and ageing. What the index measures is the level
that can be shown at the date; its uncertainty is that of this level. A cap or an age is no reading
of a rater but a rule, the same for all; with answered levels the draws would raise again what the
rules have just lowered, and the likely range would lie beside the headline.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assess._arrays import BoolArray, FloatArray, IntArray
from assess.result import IndicatorResult, Reading, Result, SlotValue
from assess.rubric.model import PairRule, Rubric, Slot

_CONFIDENCE = {"low": -1, "medium": 0, "high": 1, None: 0}


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """Everything that is applicable, in the rubric's order.

    Attributes:
        slots: indicator id and slot of each item.
        low, high, shift: shape (raters, items), see `rating.Ratings`; low is -1 where not rated.
        allowed: shape (items, levels), the levels within the slot's hard bounds.
        known: shape (items,), pooled points of the slot, NaN where nobody knows.
        bounds: shape (2, items), hard bounds of the slot in points.
        scores: shape (levels,), points of each level.
        tree: how items become indicators, components and the index.
    """

    slots: tuple[tuple[str, Slot], ...]
    low: IntArray
    high: IntArray
    shift: IntArray
    allowed: BoolArray
    known: FloatArray
    bounds: FloatArray
    scores: FloatArray
    tree: "Tree"

    @property
    def rated(self) -> BoolArray:
        """Shape (raters, items)."""
        return np.asarray(self.low >= 0)


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """How items become indicators, components and the index; all in the rubric's order.

    Attributes:
        indicators: ids of the applicable indicators.
        first, second: shape (indicators,), their items; the same where there is one.
        rules: how each becomes the pair's value.
        weights: shape (indicators,), weight inside the component.
        starts: shape (components,), position of each component's first indicator.
        components: ids of the components with something applicable.
        component_weights: shape (components,).
    """

    indicators: tuple[str, ...]
    first: IntArray
    second: IntArray
    rules: tuple[PairRule, ...]
    weights: FloatArray
    starts: IntArray
    components: tuple[str, ...]
    component_weights: FloatArray

    @property
    def component_of(self) -> IntArray:
        """Shape (indicators,): position of each indicator's component."""
        return np.searchsorted(self.starts, np.arange(len(self.indicators)), side="right") - 1

    @property
    def shares(self) -> FloatArray:
        """Weight of each indicator inside its component, shape (indicators,); sums to 1 in each."""
        totals = np.add.reduceat(self.weights, self.starts)
        return np.asarray(self.weights / totals[self.component_of])

    @property
    def component_shares(self) -> FloatArray:
        """Weight of each component in the index, shape (components,); sums to 1."""
        return np.asarray(self.component_weights / self.component_weights.sum())

    @property
    def index_shares(self) -> FloatArray:
        """Weight of each indicator in the index, shape (indicators,); sums to 1."""
        return np.asarray(self.shares * self.component_shares[self.component_of])


def read(rubric: Rubric, result: Result) -> Items | None:
    """Collect the items of ``result``; None if nothing is applicable."""
    applicable = [
        (indicator, [slot for slot in indicator.slots if slot.state != "not_applicable"])
        for component in result.components for indicator in component.indicators
        if indicator.state != "not_applicable"
    ]
    if not applicable:
        return None
    slots = [(indicator, slot) for indicator, found in applicable for slot in found]
    low, high, shift = _ratings(slots, len(result.questionnaires))
    rated = np.asarray((low >= 0).any(axis=0))
    bounds = np.array([(slot.bounds.low, slot.bounds.high) for _, slot in slots if slot.bounds]).T
    scores = np.array([level.score for level in rubric.levels], np.float64)
    return Items(
        slots=tuple((indicator.id, slot.slot) for indicator, slot in slots),
        low=low,
        high=high,
        shift=shift,
        allowed=_allowed(bounds, scores, rated),
        known=np.array([np.nan if slot.points is None else slot.points for _, slot in slots]),
        bounds=bounds,
        scores=scores,
        tree=_tree(rubric, result, applicable),
    )


def _ratings(
    slots: Sequence[tuple[IndicatorResult, SlotValue]], raters: int
) -> tuple[IntArray, IntArray, IntArray]:
    low, high = np.full((raters, len(slots)), -1), np.full((raters, len(slots)), -1)
    shift = np.zeros((raters, len(slots)), np.int64)
    place = {(indicator.id, slot.slot): number for number, (indicator, slot) in enumerate(slots)}
    for found in {indicator.id: indicator for indicator, _ in slots}.values():
        for reading in found.readings:
            number = place.get((found.id, reading.slot))
            if number is not None and reading.state in ("answered", "disputed"):
                low[reading.rater, number] = int(min(reading.effective))
                high[reading.rater, number] = int(max(reading.effective))
                shift[reading.rater, number] = _shift(reading)
    return low, high, shift


def _shift(reading: Reading) -> int:
    """Steps of the accuracy grid: confidence one either way, asserted one down (method rule 5)."""
    return _CONFIDENCE[reading.confidence] - reading.asserted


def _allowed(bounds: FloatArray, scores: FloatArray, rated: BoolArray) -> BoolArray:
    """Levels an item may have: any if it was rated, else those within its limits.

    Limits of several raters are averaged and may fall between two levels; then the level nearest
    to their middle is left.
    """
    low, high = bounds[0][:, np.newaxis], bounds[1][:, np.newaxis]
    within = (scores >= low - 1e-9) & (scores <= high + 1e-9)
    distance = np.abs(scores - (low + high) / 2)
    nearest = np.arange(len(scores)) == distance.argmin(axis=1)[:, np.newaxis]
    within = np.where(within.any(axis=1, keepdims=True), within, nearest)
    return np.asarray(within | rated[:, np.newaxis])


def _tree(
    rubric: Rubric, result: Result, applicable: Sequence[tuple[IndicatorResult, Sequence[SlotValue]]]
) -> Tree:
    ends = np.cumsum([len(found) for _, found in applicable])
    component = [rubric.component_of[indicator.id] for indicator, _ in applicable]
    present = [c for c in result.components if c.id in component]
    return Tree(
        indicators=tuple(indicator.id for indicator, _ in applicable),
        first=ends - [len(found) for _, found in applicable],
        second=ends - 1,
        rules=tuple(rubric.indicators[indicator.id].pair_rule for indicator, _ in applicable),
        weights=np.array([indicator.weight for indicator, _ in applicable], np.float64),
        starts=np.array([component.index(c.id) for c in present]),
        components=tuple(c.id for c in present),
        component_weights=np.array([c.weight for c in present], np.float64),
    )
