"""What stands in the cells of a workbook for the parts of a questionnaire."""

from collections.abc import Iterable, Mapping

from assess.questionnaire.forward import AnyAnswer
from assess.questionnaire.model import (
    BLANK,
    Answered,
    Disputed,
    Evidence,
    NotApplicable,
    Participation,
    Questionnaire,
    Unknown,
)
from assess.questionnaire.workbook.words import Choice, Words


def label(value: object, choices: Iterable[Choice]) -> str:
    """Return the entry of a list that stands for ``value``."""
    return next((c.label for c in choices if c.value == value and type(c.value) is type(value)), str(value))


def field_values(q: Questionnaire, words: Words) -> dict[str, str | None]:
    """Return the cells about relationship and rater by the path of the field.

    A blank questionnaire names no rater yet; its place holders are left out.
    """
    parties, nobody = q.relationship.parties, q.answered_by.role == words.tr("to be filled in")
    return {
        "rubric": q.rubric,
        "as_of": q.as_of.isoformat(),
        "relationship.parties.A.code": parties.A.code,
        "relationship.parties.A.name": parties.A.name,
        "relationship.parties.B.code": parties.B.code,
        "relationship.parties.B.name": parties.B.name,
        "relationship.title": q.relationship.title,
        "answered_by.side": None if nobody else label(q.answered_by.side, words.sides()),
        "answered_by.role": None if nobody else q.answered_by.role,
        "kind": label(q.kind, words.kinds()) if q.kind != "assessment" else None,
        "marking": q.marking,
        "note": q.note,
    }


def source_values(source: Evidence, words: Words) -> dict[str, str]:
    """Return the cells of a source by field; what is left out says the usual."""
    values = {
        "title": source.title, "date": source.date, "url": source.url, "where": source.where,
        "publisher": source.publisher, "note": source.note,
        "grade": label(source.grade, words.grades()), "source": label(source.source, words.sources()),
        "counter": label(True, words.yes_or_no()) if source.counter else None,
        "verified": None if source.verified else label(False, words.yes_or_no()),
    }
    return {key: value for key, value in values.items() if value}


def answer_values(answer: AnyAnswer, choices: Iterable[Choice], words: Words) -> Mapping[str, str]:
    """Return the cells of an answer by column; a blank answer has none."""
    if answer == BLANK:
        return {}
    values: dict[str, str | None] = {
        "evidence": ", ".join(answer.evidence), "note": answer.note, "assigned": answer.assigned,
        "review": label(True, words.yes_or_no()) if answer.review else None,
        "answer": label(_chosen(answer), choices),
    }
    if isinstance(answer, Answered | Disputed):
        values["confidence"] = label(answer.confidence, words.confidence())
    if isinstance(answer, Answered | Disputed | Participation):
        values["date"] = answer.date
    if isinstance(answer, Unknown | NotApplicable):
        values["reason"] = answer.reason
    limits = answer.values if isinstance(answer, Disputed) else answer.between if isinstance(answer, Unknown) else None
    if limits:
        values["from"], values["to"] = map(str, limits)
    return {key: value for key, value in values.items() if value}


def _chosen(answer: AnyAnswer) -> str | int:
    if isinstance(answer, Answered):
        return answer.level
    return answer.status if isinstance(answer, Participation) else answer.state
