"""The result and the rubric that travel inside a report, as far as a version of this program may have written them."""

from collections.abc import Iterable, Mapping
from datetime import date

from assess.assessment import Assessment, Audience
from assess.language import N_, Phrase, Translator, translator
from assess.marking import label_of, misspelt, normal
from assess.problems.model import InputError, Place, Problem
from assess.report.record import Record
from assess.rubric.load import installed_rubrics, is_as_released, rubric_from_json, rubric_translator
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
    rubric, told = rubric_of(parts, "rubric.json", name), result_of(parts, "result.json", name)
    if told.result.engine != record.engine:
        raise unusable(Phrase(N_("its record names version {record}, its result version {result}"),
                              record=record.engine, result=told.result.engine[:_LONGEST]), name)
    return told, rubric


def rubric_of(parts: Mapping[str, bytes], part: str, name: str) -> Rubric:
    """Return a rubric inside a report.

    Raises:
        InputError: P404, it cannot be read.
    """
    content = _content(parts, part, name)
    try:
        return rubric_from_json(content.decode())
    except (InputError, ValueError) as error:
        raise unusable(str(error).splitlines()[0], name) from error


def result_of(parts: Mapping[str, bytes], part: str, name: str) -> Assessment:
    """Return a result inside a report.

    Raises:
        InputError: P404, it cannot be read, or no version of this program has written it: what it says goes
            into the pages as it is.
    """
    content = _content(parts, part, name)
    try:
        told = Assessment.from_json(content.decode(), name)
    except (InputError, ValueError) as error:
        raise unusable(str(error).splitlines()[0], name) from error
    if not _is_day(told.result.as_of):
        raise unusable(Phrase(N_("its result has no date")), name)
    refuse_marking(told.result.marking, told.audience, name)
    return told


def _content(parts: Mapping[str, bytes], part: str, name: str) -> bytes:
    if part not in parts:
        raise unusable(Phrase(N_("it carries no {part}"), part=part), name)
    return parts[part]


def unreleased(rubrics: Iterable[Rubric], name: str) -> list[Problem]:
    """Return a warning (P466) for each rubric that bears the name of a released one and is another."""
    return [Problem("P466", Place(name), {"rubric": f"{rubric.id} {rubric.version}"})
            for rubric in rubrics if not is_as_released(rubric)]


def translator_of(rubric: Rubric, language: str) -> Translator:
    """Return the words for a rubric inside a report: its own catalogue where it is an installed one."""
    return rubric_translator(rubric.id, language) if rubric.id in installed_rubrics() else translator(language)


def refuse_marking(marking: str | None, audience: Audience, name: str) -> None:
    """Refuse a report that says of itself what no report for ``audience`` may be marked with.

    Raises:
        InputError: P404.
    """
    if not _fits(marking or "", audience):
        reason = Phrase(N_("no report has the marking {marking}"), marking=str(marking)[:_LONGEST])
        raise unusable(reason, name)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _fits(marking: str, audience: Audience) -> bool:
    """Whether a report for ``audience`` may be marked so."""
    first = marking.split(" · ")[0]
    if misspelt(first) or normal(first) != first or len(marking) > _LONGEST:
        return False
    return audience != "public" or label_of(marking) in (None, "TLP:CLEAR")
