"""The result and the rubric that travel inside a report, as far as a version of this program may have written them."""

from collections.abc import Mapping
from datetime import date

from assess.assessment import Assessment
from assess.language import N_, Phrase
from assess.marking import label_of, misspelt, normal
from assess.problems.model import InputError, Place, Problem
from assess.report.record import Record
from assess.rubric.load import rubric_from_json
from assess.rubric.model import Rubric

_LONGEST = 400  # characters of a marking; more would not fit on a page


def unusable(reason: str, name: str) -> InputError:
    """Return the refusal (P404) of a report by which nothing can be checked."""
    return InputError([Problem("P404", Place(name), {"reason": reason})])


def opened(parts: Mapping[str, bytes], record: Record, name: str) -> tuple[Assessment, Rubric]:
    """Return the result and the rubric inside a report.

    Raises:
        InputError: P404, they cannot be read, or no version of this program has written them.
    """
    try:
        rubric = rubric_from_json(parts["rubric.json"].decode())
        told = Assessment.from_json(parts["result.json"].decode(), name)
    except (InputError, ValueError, KeyError) as error:
        raise unusable(str(error).splitlines()[0], name) from error
    reason = _foreign(told, record)
    if reason:
        raise unusable(reason, name)
    return told, rubric


def _foreign(told: Assessment, record: Record) -> str | None:
    """Why this program has not written this result, if so: what it says goes into the pages as it is."""
    result = told.result
    if result.engine != record.engine:
        return Phrase(N_("its record names version {record}, its result version {result}"),
                      record=record.engine, result=result.engine[:_LONGEST])
    if not _is_day(result.as_of):
        return Phrase(N_("its result has no date"))
    if not _fits(result.marking or "", told.audience):
        return Phrase(N_("no report has the marking {marking}"), marking=str(result.marking)[:_LONGEST])
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _fits(marking: str, audience: str) -> bool:
    """Whether a report for ``audience`` may be marked so."""
    first = marking.split(" · ")[0]
    if misspelt(first) or normal(first) != first or len(marking) > _LONGEST:
        return False
    return audience != "public" or label_of(marking) in (None, "TLP:CLEAR")
