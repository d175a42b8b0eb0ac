"""Refuse to pool questionnaires that do not belong together (method rule 7)."""

from collections.abc import Sequence

from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.model import Questionnaire


def check_together(named: Sequence[tuple[str, Questionnaire]]) -> None:
    """Check that all questionnaires share rubric, parties, date, and what an evidence id means.

    Raises:
        InputError: Q220 or Q223, naming the two files and the reason.
    """
    problems = []
    (first_name, first), *others = named
    for name, other in others:
        if other == first:
            problems.append(Problem("Q223", Place(name), {"left": first_name, "right": name}))
            continue
        reason = _difference(first, other)
        if reason:
            values = {"left": first_name, "right": name, "reason": reason}
            problems.append(Problem("Q220", Place(name), values))
    if problems:
        raise InputError(problems)


def _same_rubric(one: str, other: str) -> bool:
    """Whether two names of a rubric can mean the same: «cyberdialog 1.0» and «cyberdialog 1.0.2» do."""
    (first, *version), (second, *other_version) = one.split(), other.split()
    parts = zip(*(" ".join(words).split(".") if words else () for words in (version, other_version)), strict=False)
    return first == second and all(left == right for left, right in parts)


def _difference(first: Questionnaire, other: Questionnaire) -> str:
    if not _same_rubric(first.rubric, other.rubric):
        return f"one is for the rubric {first.rubric}, the other for {other.rubric}"
    codes = [f"{q.relationship.parties.A.code}-{q.relationship.parties.B.code}" for q in (first, other)]
    if codes[0] != codes[1]:
        return f"the parties are {codes[0]} in one and {codes[1]} in the other"
    if first.as_of != other.as_of:
        return f"the date is {first.as_of} in one and {other.as_of} in the other"
    clash = [key for key in first.evidence if key in other.evidence and first.evidence[key] != other.evidence[key]]
    return f"the evidence {clash[0]} is described in two ways" if clash else ""
