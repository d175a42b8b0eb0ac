"""Answers in words."""

from collections.abc import Mapping
from typing import Any

from assess.language import N_, Translator
from assess.parties import localised
from assess.printable import printable
from assess.questionnaire.entries import Spot, asked_in
from assess.questionnaire.forward import AnyAnswer
from assess.questionnaire.model import (
    Answered,
    Disputed,
    NotApplicable,
    Participation,
    Questionnaire,
    Unknown,
)
from assess.rubric.model import Body, Rubric

CONFIDENCES = {"low": N_("low"), "medium": N_("medium"), "high": N_("high")}
GRADES = {"A": N_("official"), "B": N_("press quoting officials"), "C": N_("the rest")}


def said(answer: AnyAnswer, rubric: Rubric, tr: Translator) -> str:
    """Say an answer in a few words, such as «level 3» or «unknown, between 1 and 2»."""
    if isinstance(answer, Answered):
        return tr("level {level}").format(level=answer.level)
    if isinstance(answer, Disputed):
        return tr("disputed: {low} or {high}").format(low=answer.values[0], high=answer.values[1])
    if isinstance(answer, NotApplicable):
        return tr("not applicable")
    if isinstance(answer, Participation):
        status = rubric.statuses.get(answer.status)
        return tr(status.title) if status else answer.status
    if answer.between:
        return tr("unknown, between {low} and {high}").format(low=answer.between[0], high=answer.between[1])
    return tr("unknown")


def is_open(answer: AnyAnswer) -> bool:
    """Tell whether nothing is said yet: unknown without a reason, limits, note or evidence."""
    return isinstance(answer, Unknown) and not (answer.reason or answer.between or answer.note or answer.evidence)


def title_of(spot: Spot, rubric: Rubric, tr: Translator) -> str:
    """Return the title of what is asked at ``spot``."""
    asked = asked_in(rubric, spot.section)[spot.key]
    return tr(asked.short if isinstance(asked, Body) else asked.title)


def names(questionnaire: Questionnaire, tr: Translator) -> Mapping[str, str]:
    """Name the two sides, by letter."""
    parties = questionnaire.relationship.parties
    return {side: localised(party.code, party.name, tr) for side, party in (("A", parties.A), ("B", parties.B))}


def side_of(spot: Spot, questionnaire: Questionnaire, rubric: Rubric, tr: Translator) -> str:
    """Say whom an answer is about: a side, a direction, both together; empty for the pair."""
    if spot.slot == "pair":
        return ""
    if spot.slot == "together":
        return tr("together")
    sides = names(questionnaire, tr)
    asked = asked_in(rubric, spot.section)[spot.key]
    if isinstance(asked, Body) or asked.type == "S":
        return sides[spot.slot]
    other = sides["B" if spot.slot == "A" else "A"]
    return tr("{a} towards {b}").format(a=sides[spot.slot], b=other)


def cut(text: str, width: int = 60) -> str:
    """Return a text on one line, cut with an ellipsis."""
    line = printable(" ".join(str(text).split()))
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def plain_value(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
