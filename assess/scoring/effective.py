"""From an answer to its effective level: evidence caps and ageing (method rules 2.2 and 2.3).

The level that counts is the best that one can show: for each amount of ageing, only evidence
young enough is counted as support; the strongest outcome wins. So a fresh mirror does not
rejuvenate an old treaty, and taking evidence away can never raise a level.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from assess.questionnaire.model import Answered, Disputed, Evidence, Unknown, earliest
from assess.result import Step
from assess.rubric.model import Ageing, EventAgeing, Question, Rubric, Slot, Strength

_MOST_STEPS = 2


class Effective(NamedTuple):
    """An effective level with its steps and the strength of the evidence that carries it."""

    level: float
    strength: Strength
    steps: tuple[Step, ...]


def months_between(start: date, end: date) -> int:
    """Return whole months from ``start`` to ``end``; a month is complete on the same day.

    >>> months_between(date(2024, 7, 15), date(2026, 11, 23))
    28
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def strength(evidence: Sequence[Evidence], slot: Slot, indicator_type: str) -> Strength:
    """Return how strong ``evidence`` is for a slot; evidence against a higher level does not support one."""
    support = [e for e in evidence if not e.counter]
    if not support:
        return "none"
    official = [e for e in support if e.grade == "A"]
    if official:
        return "official_each_side" if _covers_sides(official, slot, indicator_type) else "official"
    reports = {_publisher(e) for e in support if e.grade == "B"}
    if len(reports) >= 2:
        return "corroborated"
    return "single" if reports else "weak"


def _covers_sides(official: Sequence[Evidence], slot: Slot, indicator_type: str) -> bool:
    """Whether official sources cover the side asked, or both sides for a direction or the pair."""
    sources = {e.source for e in official}
    if "both" in sources:
        return True
    return slot in sources if indicator_type == "S" else {"A", "B"} <= sources


def _publisher(evidence: Evidence) -> str:
    """Tell sources apart: by named publisher, else by the host of the address, else not at all."""
    if evidence.publisher:
        return evidence.publisher.casefold()
    host = urlsplit(evidence.url or "").hostname or ""
    return host.removeprefix("www.")


def effective_level(
    level: int,
    answer: Answered | Disputed | Unknown,
    question: Question,
    slot: Slot,
    register: Mapping[str, Evidence],
    as_of: date,
    rubric: Rubric,
) -> Effective:
    """Return the effective level of one answered ``level`` (0 to the rubric's top level).

    ``register`` maps evidence ids to evidence; ``as_of`` is the assessment date. A ``date`` on
    the answer itself counts as an assertion of that date, with no strength.
    """
    cited = [(key, e, age_in_months(e.date, as_of)) for key in answer.evidence if not (e := register[key]).counter]
    best = _best(level, answer, cited, question, slot, as_of, rubric)
    return Effective(best.aged, best.strength, _steps(level, best, question.ageing))


class _Candidate(NamedTuple):
    """What evidence no older than ``age`` months carries (None: of any or no age), before and after ageing."""

    age: int | None
    support: tuple[str, ...]
    strength: Strength
    capped: int
    aged: int


def _best(
    level: int,
    answer: Answered | Disputed | Unknown,
    cited: Sequence[tuple[str, Evidence, int | None]],
    question: Question,
    slot: Slot,
    as_of: date,
    rubric: Rubric,
) -> _Candidate:
    """Return the strongest outcome over every number of ageing steps; a tie takes the least ageing.

    Ageing falls with every candidate, so nothing that comes after one can pass what age alone leaves.
    """
    best: _Candidate | None = None
    for limit in (*sorted({age for _, _, age in cited if age is not None} | _own_age(answer, as_of)), None):
        if best is not None and best.aged >= aged_level(level, limit, question.ageing):
            break
        support = [(key, e) for key, e, age in cited if limit is None or (age is not None and age <= limit)]
        power = strength([e for _, e in support], slot, question.type)
        capped = min(level, rubric.evidence.caps.cap(power, question.type))
        aged = aged_level(capped, limit, question.ageing)
        if best is None or aged > best.aged:
            best = _Candidate(limit, tuple(key for key, _ in support), power, capped, aged)
    assert best is not None
    return best


def _own_age(answer: Answered | Disputed | Unknown, as_of: date) -> set[int]:
    age = None if isinstance(answer, Unknown) else age_in_months(answer.date, as_of)
    return set() if age is None else {age}


@lru_cache(maxsize=4096)  # a source is cited by many answers
def age_in_months(partial: str | None, as_of: date) -> int | None:
    """Return whole months from a partial date to ``as_of``, at least 0; None without a date."""
    return None if partial is None else max(0, months_between(earliest(partial), as_of))


def _steps(level: int, best: _Candidate, ageing: Ageing) -> tuple[Step, ...]:
    """The way from the answered ``level`` to what counts; a step that changes nothing is left out."""
    steps = [_answered(level)]
    if best.capped < level:
        steps.append(
            Step(kind="capped", before=level, after=best.capped, rule="2.2", strength=best.strength,
                 evidence=best.support)
        )
    if best.aged < best.capped:
        window = ageing.window if isinstance(ageing, EventAgeing) else None
        steps.append(
            Step(kind="aged" if window else "ceiling", before=best.capped, after=best.aged, rule="2.3",
                 months=best.age, window=window, evidence=best.support)
        )
    return tuple(steps)


@lru_cache(maxsize=64)
def _answered(level: int) -> Step:
    return Step(kind="answered", after=level, rule="2.1")


def aged_level(level: int, age: int | None, ageing: Ageing) -> int:
    """Return ``level`` after ageing by ``age`` months; an unknown age (None) counts as older than everything."""
    if ageing.kind == "elapsed":
        held = [at for at, months in ageing.limits.items() if age is not None and age <= months]
        return min(level, max(held, default=0))
    if ageing.kind == "none" or level < ageing.from_level:
        return level
    lost = _MOST_STEPS if age is None else min(_MOST_STEPS, max(0, age - 1) // ageing.window)
    return max(level - lost, ageing.from_level - 1)
