"""Check and score some questionnaires: contents in, headers and records out. Pure, so that it can run anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from assess import yamlio
from assess.portfolio.likely import likely
from assess.portfolio.record import Record, pair_key, record
from assess.problems.model import InputError, Problem
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Answer, Questionnaire, Unknown
from assess.questionnaire.together import check_together
from assess.result import Result
from assess.rubric.model import Rubric
from assess.scoring.score import score

CHUNK = 64
"""Questionnaires that are read before their ranges are drawn together."""


class Header(TypedDict):
    """What the portfolio must know of a questionnaire before it is scored."""

    relationship: str
    as_of: str
    side: str
    role: str
    marking: str | None
    warnings: int
    blank: bool


@dataclass(frozen=True, slots=True)
class Given:
    """The content of one file, under the name that problems show."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one file: a header and a record, or the problems that forbid them."""

    header: Header | None
    record: Record | None
    problems: tuple[Problem, ...] = ()


def read(given: Given, rubric: Rubric) -> tuple[Questionnaire, tuple[Problem, ...]]:
    """Return the questionnaire and its warnings.

    Raises:
        InputError: it has errors.
    """
    return check_document(yamlio.parse(given.content, given.name), rubric)


def measure(rubric: Rubric, files: Sequence[Given], *, ranges: bool = True) -> list[Checked]:
    """Check and score files one by one, each as an assessment of its own; ranges are drawn for all together."""
    found: list[Checked | tuple[Header, Result]] = [_scored(rubric, given) for given in files]
    results = [entry[1] for entry in found if isinstance(entry, tuple)]
    records = iter(recorded(rubric, results, ranges=ranges))
    return [entry if isinstance(entry, Checked) else Checked(entry[0], next(records)) for entry in found]


def check(rubric: Rubric, files: Sequence[Given]) -> list[Checked]:
    """Check files without scoring them."""
    found = []
    for given in files:
        try:
            questionnaire, warnings = read(given, rubric)
            found.append(Checked(_header(questionnaire, len(warnings)), None))
        except InputError as error:
            found.append(Checked(None, None, error.problems))
    return found


def pooled(rubric: Rubric, files: Sequence[Given], *, ranges: bool = True) -> Record:
    """Score the questionnaires of several raters together.

    Raises:
        InputError: Q220 or Q223, they do not belong together; or one of them has errors.
    """
    named = [(given.name, read(given, rubric)[0]) for given in files]
    check_together(named)
    return recorded(rubric, [score(rubric, [questionnaire for _, questionnaire in named])], ranges=ranges)[0]


def recorded(rubric: Rubric, results: Sequence[Result], *, ranges: bool = True) -> list[Record]:
    """Return the records of results, with the columns of likely ranges if asked for."""
    records = [record(rubric, result) for result in results]
    if ranges:
        for entry, columns in zip(records, likely(rubric, results), strict=True):
            entry["head"].update(columns)
    return records


def _scored(rubric: Rubric, given: Given) -> Checked | tuple[Header, Result]:
    try:
        questionnaire, warnings = read(given, rubric)
    except InputError as error:
        return Checked(None, None, error.problems)
    return _header(questionnaire, len(warnings)), score(rubric, [questionnaire])


def _header(q: Questionnaire, warnings: int) -> Header:
    parties = q.relationship.parties
    return {
        "relationship": pair_key(parties.A.code, parties.B.code),
        "as_of": q.as_of.isoformat(),
        "side": q.answered_by.side,
        "role": q.answered_by.role,
        "marking": q.marking,
        "warnings": warnings,
        "blank": not any(_says_something(a) for s in (q.answers, q.challenges) for row in s.values()
                         for a in row.values()),
    }


def _says_something(answer: Answer) -> bool:
    return not isinstance(answer, Unknown) or answer.between is not None
