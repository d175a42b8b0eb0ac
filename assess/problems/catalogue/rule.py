"""What the catalogue says of one kind of problem."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem.

    ``message`` may hold ``{names}`` that each occurrence fills; ``rule`` says what holds;
    ``way_out`` says what to do about it.
    """

    code: str
    severity: Severity
    message: str
    rule: str
    way_out: str


def error(code: str, message: str, rule: str, way_out: str) -> Rule:
    """Return the rule of a problem that forbids computing."""
    return Rule(code, Severity.ERROR, message, rule, way_out)


def warning(code: str, message: str, rule: str, way_out: str) -> Rule:
    """Return the rule of a problem that leaves the figures standing."""
    return Rule(code, Severity.WARNING, message, rule, way_out)
