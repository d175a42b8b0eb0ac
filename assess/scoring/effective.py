"""From an answer to its effective level: evidence caps and ageing (method rules 2.2 and 2.3).

The level that counts is the best that one can show: for each amount of ageing, only evidence
young enough is counted as support; the strongest outcome wins. So a fresh mirror does not
rejuvenate an old treaty, and taking evidence away can never raise a level.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from assess.questionnaire.model import Answered, Disputed, Evidence, Slot, earliest
from assess.result import Step
from assess.rubric.model import Ageing, EventAgeing, Question, Rubric, Strength

_MOST_STEPS = 2


@dataclass(frozen=True, slots=True)
class Effective:
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
    official = [e for e in support if e.grade == "A"]
    if official:
        return "official_each_side" if _covers_sides(official, slot, indicator_type) else "official"
    reports = {_publisher(e) for e in support if e.grade == "B"}
    if len(reports) >= 2:
        return "corroborated"
    if reports:
        return "single"
    return "weak" if support else "none"


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
    answer: Answered | Disputed,
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
    cited = [(key, register[key]) for key in sorted(set(answer.evidence))]
    candidates = _candidates(level, answer, cited, question, slot, as_of, rubric)
    return max(candidates, key=lambda c: c.level)


def _candidates(
    level: int,
    answer: Answered | Disputed,
    cited: Sequence[tuple[str, Evidence]],
    question: Question,
    slot: Slot,
    as_of: date,
    rubric: Rubric,
) -> list[Effective]:
    """One candidate for each number of ageing steps, fewest first, so that ties take the least ageing."""
    ages = [(key, e, age_in_months(e.date, as_of)) for key, e in cited if not e.counter]
    ages_known = sorted({age for _, _, age in ages if age is not None} | _own_age(answer, as_of))
    found = []
    for limit in [*ages_known, None]:
        support = [(key, e) for key, e, age in ages if limit is None or (age is not None and age <= limit)]
        found.append(_candidate(level, limit, support, question, slot, rubric))
    return found


def _own_age(answer: Answered | Disputed, as_of: date) -> set[int]:
    age = age_in_months(answer.date, as_of)
    return set() if age is None else {age}


def age_in_months(partial: str | None, as_of: date) -> int | None:
    """Return whole months from a partial date to ``as_of``, at least 0; None without a date."""
    return None if partial is None else max(0, months_between(earliest(partial), as_of))


def _candidate(
    level: int,
    age: int | None,
    support: Sequence[tuple[str, Evidence]],
    question: Question,
    slot: Slot,
    rubric: Rubric,
) -> Effective:
    """The level that evidence no older than ``age`` months carries; None means of any or no age."""
    power = strength([e for _, e in support], slot, question.type)
    ids = tuple(key for key, _ in support)
    steps = [Step(kind="answered", after=level, rule="2.1")]
    cap = rubric.evidence.caps.cap(power, question.type)
    now = min(level, cap)
    if now < level:
        steps.append(Step(kind="capped", before=level, after=now, rule="2.2", strength=power, evidence=ids))
    aged = aged_level(now, age, question.ageing)
    if aged < now:
        ageing = question.ageing
        window = ageing.window if isinstance(ageing, EventAgeing) else None
        kind: str = "aged" if window else "ceiling"
        steps.append(
            Step.model_validate(
                {"kind": kind, "before": now, "after": aged, "rule": "2.3", "months": age, "window": window,
                 "evidence": ids}
            )
        )
    return Effective(aged, power, tuple(steps))


def aged_level(level: int, age: int | None, ageing: Ageing) -> int:
    """Return ``level`` after ageing by ``age`` months; an unknown age (None) counts as older than everything."""
    if ageing.kind == "elapsed":
        held = [at for at, months in ageing.limits.items() if age is not None and age <= months]
        return min(level, max(held, default=0))
    if ageing.kind == "none" or level < ageing.from_level:
        return level
    lost = _MOST_STEPS if age is None else min(_MOST_STEPS, max(0, age - 1) // ageing.window)
    return max(level - lost, ageing.from_level - 1)
