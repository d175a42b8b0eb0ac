"""Roll answers forward to a new assessment date, and write answers in the forms of the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a type beside the field of the same name
from typing import Any

from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.bodies import SLOTS as BODY_SLOTS
from assess.questionnaire.model import (
    BLANK,
    Answered,
    BodyAnswer,
    Disputed,
    NotApplicable,
    Participation,
    Questionnaire,
    Unknown,
)
from assess.rubric.model import Rubric

AnyAnswer = Answered | Unknown | NotApplicable | Disputed | Participation

# The key that tells the form of an answer in the file, and the field of the model behind it.
_HEADS = {
    "level": ("level", "level"),
    "status": ("status", "status"),
    "unknown": ("unknown", "reason"),
    "not_applicable": ("not_applicable", "reason"),
    "disputed": ("disputed", "values"),
}
_ORDER = ("between", "confidence", "date", "evidence", "note", "assigned", "review")


@dataclass(frozen=True, slots=True)
class Tally:
    """Over all places for an answer: how many are answered, and how many are unknown."""

    said: int
    open: int
    all: int


def roll_forward(last: Questionnaire, as_of: Date, *, file: str) -> Questionnaire:
    """Return ``last`` at the date ``as_of``, every answer marked for review; ``file`` is named in problems.

    What was unknown is open all the same, and stays as it is.

    Raises:
        InputError: Q231, ``as_of`` lies before the date of ``last``.
    """
    if as_of < last.as_of:
        values = {"as_of": as_of.isoformat(), "last": last.as_of.isoformat()}
        raise InputError([Problem("Q231", Place(file, path="as_of"), values)])
    return last.model_copy(
        update={
            "as_of": as_of,
            "answers": _marked_sections(last.answers),
            "challenges": _marked_sections(last.challenges),
            "bodies": {key: _marked_body(body) for key, body in last.bodies.items()},
        }
    )


def _marked_sections(section: Mapping[str, Mapping[Any, Any]]) -> dict[str, dict[Any, Any]]:
    return {key: {slot: _marked(answer) for slot, answer in slots.items()} for key, slots in section.items()}


def _marked_body(body: BodyAnswer) -> BodyAnswer:
    return BodyAnswer(A=_marked(body.A), B=_marked(body.B), together=_marked(body.together))


def _marked(answer: Any) -> Any:
    return answer if isinstance(answer, Unknown) else answer.model_copy(update={"review": True})


def tally(questionnaire: Questionnaire, rubric: Rubric) -> Tally:
    """Count over every side, direction and pair that ``rubric`` asks about."""
    questions = (*rubric.indicators.values(), *rubric.barriers.values())
    given: list[AnyAnswer] = [questionnaire.answer(q.id, slot) for q in questions for slot in q.slots]
    given += [questionnaire.body(key).slot(slot) for key in rubric.bodies for slot in BODY_SLOTS]
    unknown = sum(isinstance(answer, Unknown) for answer in given)
    return Tally(said=sum(not isinstance(answer, Unknown) for answer in given), open=unknown, all=len(given))


def plain(answer: AnyAnswer) -> str | dict[str, Any]:
    """Return an answer as it is written in the file: the word ``unknown``, or a mapping."""
    if answer == BLANK:
        return "unknown"
    data = answer.model_dump(exclude_defaults=True, exclude={"state"})
    head, field = _HEADS[answer.state]
    return {head: data.pop(field, True)} | {key: data[key] for key in _ORDER if key in data}
