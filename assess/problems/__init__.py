"""Problems that a person can meet and mend: what is wrong, where, the rule, the way out."""

from assess.problems.catalogue import CATALOGUE, Rule, Severity
from assess.problems.model import (
    AssessError,
    ExitCode,
    InputError,
    MissingMeansError,
    Place,
    Problem,
    has_errors,
    in_order,
)

__all__ = [
    "CATALOGUE",
    "AssessError",
    "ExitCode",
    "InputError",
    "MissingMeansError",
    "Place",
    "Problem",
    "Rule",
    "Severity",
    "has_errors",
    "in_order",
]
