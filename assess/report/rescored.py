"""Score answers again and hold what they give against what a report says."""

from collections.abc import Iterator, Sequence
from typing import Any

from assess import yamlio
from assess.assessment import Assessment, assess
from assess.audience import for_audience
from assess.marking import wider
from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.load import check_document
from assess.report.findings import Findings, differs
from assess.report.opened import unusable
from assess.rubric.model import Rubric

ODD = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)  # of a result that nobody has scored


def scored_again(
    told: Assessment, rubric: Rubric, answers: Sequence[bytes], found: Findings, name: str
) -> Assessment:
    """Score the answers again as ``told`` was scored, note in ``found`` what differs, and return what they give."""
    full = _scored(told, rubric, answers, name)
    marking = told.result.marking
    found.problems += wider_marking(marking, full.result.marking, name)
    copy = for_audience(full, told.audience)
    kept = {"marking": marking, "engine": told.result.engine}
    again = copy.model_copy(update={"result": copy.result.model_copy(update=kept)})
    left, right = told.model_dump(mode="json"), again.model_dump(mode="json")
    found.problems += [differs(name, *row) for row in _differences(left, right)]
    found.figures = (found.figures or 0) + _figures(right)
    return again


def wider_marking(marking: str | None, own: str | None, name: str) -> list[Problem]:
    """Return a warning (P452) where ``marking`` lets more people see the report than its ``own`` one does."""
    values = {"marking": marking or "–", "own": own or "–"}
    return [Problem("P452", Place(name), values)] if wider(marking, own) else []


def _scored(told: Assessment, rubric: Rubric, answers: Sequence[bytes], name: str) -> Assessment:
    """Score the answers, and work out what was asked for then.

    Raises:
        InputError: P404, these are no answers to this rubric.
    """
    try:
        questionnaires = [check_document(yamlio.parse(content, name), rubric)[0] for content in answers]
        return assess(rubric, questionnaires, ranges=told.uncertainty is not None, drives=told.outlook is not None,
                      wish=told.outlook.asked if told.outlook else None)
    except (InputError, *ODD) as error:
        raise unusable((str(error) or type(error).__name__).splitlines()[0], name) from error


def _differences(told: Any, made: Any, path: str = "") -> Iterator[tuple[str, object, object]]:
    """Yield path, told and made for every leaf that differs; lists and mappings are walked."""
    if isinstance(told, dict) and isinstance(made, dict):
        for key in sorted({*told, *made}):
            yield from _differences(told.get(key), made.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(told, list) and isinstance(made, list) and len(told) == len(made):
        for number, (left, right) in enumerate(zip(told, made, strict=True)):
            key = left.get("id", number) if isinstance(left, dict) else number
            yield from _differences(left, right, f"{path}.{key}".lstrip("."))
    elif told != made:
        yield path, told, made


def _figures(tree: Any) -> int:
    """How many numbers a tree holds."""
    if isinstance(tree, dict | list):
        return sum(map(_figures, tree.values() if isinstance(tree, dict) else tree))
    return isinstance(tree, int | float) and not isinstance(tree, bool)
