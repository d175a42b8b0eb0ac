"""What a result hangs on: parts, choices, weights, single answers, level scores (method rule 9)."""

from assess.result import Result
from assess.rubric.model import Rubric
from assess.sensitivity.alone import alternatives, leave_one_out
from assess.sensitivity.model import FactorShares, Sensitivity
from assess.sensitivity.shares import factor_shares, shares_of
from assess.sensitivity.spacing import spacing_range
from assess.sensitivity.tipping import answer_tipping, least_weight_change, weight_tipping

__all__ = [
    "Sensitivity",
    "alternatives",
    "analyse",
    "answer_tipping",
    "factor_shares",
    "least_weight_change",
    "leave_one_out",
    "shares_of",
    "spacing_range",
    "weight_tipping",
]


def analyse(rubric: Rubric, result: Result, shares: tuple[FactorShares, ...] = ()) -> Sensitivity:
    """Return all of it; ``shares`` of the variance take a function over factors (`shares_of`).

    Raises:
        SolverStoppedError: the solver ended without a proof.
    """
    return Sensitivity(
        left_out=leave_one_out(rubric, result),
        alternatives=alternatives(rubric, result),
        weight_tipping=weight_tipping(rubric, result),
        answer_tipping=answer_tipping(rubric, result),
        spacing=spacing_range(rubric, result),
        shares=shares,
    )
