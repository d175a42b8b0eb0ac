"""How a headline stands in the result: the same fields for components, challenges, footprints and aims."""

from typing import TypedDict

from assess.result import Range
from assess.rubric.model import Rubric
from assess.scoring.headline import Headline


class Shown(TypedDict):
    """The fields; without a headline nothing is applicable, so there is no score, no bounds and no coverage."""

    points: float | None
    bounds: Range | None
    coverage: float | None
    not_applicable_share: float
    indicative: bool


def shown(head: Headline | None, rubric: Rubric) -> Shown:
    """Return the fields of a headline; it is indicative below the rubric's minimum of coverage."""
    if head is None:
        return Shown(points=None, bounds=None, coverage=None, not_applicable_share=1.0, indicative=False)
    return Shown(
        points=head.points,
        bounds=Range(low=head.low, high=head.high),
        coverage=head.coverage,
        not_applicable_share=head.not_applicable_share,
        indicative=head.coverage < rubric.coverage.component_minimum,
    )


def mostly_not_applicable(head: Headline | None, rubric: Rubric) -> bool:
    """Whether so much does not apply that a reader is told."""
    return head is None or head.not_applicable_share > rubric.coverage.not_applicable_flag
