"""What a result hangs on: parts, choices, weights, single answers, level scores (method rule 9)."""

from assess.result import Result
from assess.rubric.model import Rubric
from assess.sensitivity.alone import alternatives, leave_one_out
from assess.sensitivity.model import Sensitivity
from assess.sensitivity.shares import factor_shares
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
    "spacing_range",
    "weight_tipping",
]


def analyse(rubric: Rubric, result: Result) -> Sensitivity:
    """Return all of it but the variance shares, which take a function over factors (`factor_shares`).

    Raises:
        SolverStoppedError: the solver ended without a proof.
    """
    return Sensitivity(
        left_out=leave_one_out(rubric, result),
        alternatives=alternatives(rubric, result),
        weight_tipping=weight_tipping(rubric, result),
        answer_tipping=answer_tipping(rubric, result),
        spacing=spacing_range(rubric, result),
    )
