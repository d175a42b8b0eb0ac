"""What the check of a report found."""

from dataclasses import dataclass, field

from assess.problems.model import Place, Problem
from assess.report.signature import Signed


@dataclass
class Findings:
    """What was found about a report, and how much was checked; None where that could not be done."""

    problems: list[Problem] = field(default_factory=list)
    parts: int | None = None
    figures: int | None = None
    pages: int | None = None
    same_bytes: bool = False
    signatures: tuple[Signed, ...] = ()


def differs(name: str, where: str, found: object, expected: object) -> Problem:
    """Return the problem (P406) that something in the report is not what the answers give."""
    return Problem("P406", Place(name), {"where": where, "found": str(found), "expected": str(expected)})
