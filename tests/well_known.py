"""A made-up relationship of which nearly everything is known: two raters of side A, one of side B.

The real examples rest on the public record, so most of their questions are open and neither side has
answered. This one shows the pages that they do not have: a published index, one stage, what the
raters agree on, and how the two sides see each other.
"""

import random
from typing import Any

from assess.assessment import Assessment, assess
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.rubric.model import Rubric
from assess.yamlio import Document

AS_OF = "2026-11-23"
PARTIES = {"A": {"code": "AA", "name": "Northern Confederation"}, "B": {"code": "BB", "name": "Islands of the South"}}
KINDS = (
    "Joint statement of round {n} of the dialogue, published by both ministries",
    "Arrangement {n} on the exchange of threat data between the two national teams",
    "Report on the joint exercise of the incident response teams, part {n}",
    "Speech of the minister on the partnership in cyberspace, record {n}",
)


def questionnaires(
    rubric: Rubric, as_of: str = AS_OF, seed: int = 7, unknown: float = 0.05
) -> list[Questionnaire]:
    """Two raters of side A and one of side B who read the same truth, side B more kindly."""
    dice = random.Random(seed)
    evidence = dict(_evidence(dice, int(as_of[:4])))
    asked = [(key, slot) for key, i in rubric.indicators.items() for slot in i.slots]
    truth = {slot: dice.choice((1, 2, 2, 3, 3, 3, 4)) for slot in asked}
    raters = (("A", "desk officer", -1), ("A", "head of the cyber unit", 0), ("B", "desk officer", 1))
    return [_one(rubric, as_of, evidence, truth, side, role, lean, random.Random(n), unknown)
            for n, (side, role, lean) in enumerate(raters)]


def assessment(rubric: Rubric, as_of: str = AS_OF, seed: int = 7) -> Assessment:
    """Score them."""
    return assess(rubric, questionnaires(rubric, as_of, seed))


def _evidence(dice: random.Random, last: int) -> Any:
    for n in range(36):
        year = last - dice.choice((0, 1, 1, 2, 3, 4, 7))
        day = f"{year}-{dice.randint(1, 11):02}-{dice.randint(1, 22):02}"
        yield f"rec-{n:02}", {
            "title": KINDS[n % 4].format(n=n + 1), "date": day, "grade": "AAB"[n % 3], "verified": True,
            "source": ("both", "A", "B")[n % 3], "publisher": "Ministry of Foreign Affairs",
            "url": f"https://ministry.example.org/cyber/{day}/record-of-the-dialogue-number-{n}.html",
        }


def _one(
    rubric: Rubric, as_of: str, evidence: dict[str, Any], truth: dict[tuple[str, str], int], side: str, role: str,
    lean: int, dice: random.Random, unknown: float,
) -> Questionnaire:
    cited: set[str] = set()

    def answer(level: int) -> Any:
        if dice.random() < unknown:
            return "unknown"
        moved = min(4, max(0, level + (lean if dice.random() < 0.3 else 0)))
        keys = dice.sample(sorted(evidence), 2)
        cited.update(keys)
        note = {"note": "As both sides wrote down after the last round."} if dice.random() < 0.3 else {}
        return {"level": moved, "evidence": keys, **note}

    answers = {
        key: {slot: answer(truth[key, slot]) for slot in i.slots} if i.type != "P" else answer(truth[key, "pair"])
        for key, i in rubric.indicators.items()
    }
    barriers = {
        key: {slot: answer(dice.randint(0, 2)) for slot in b.slots} if b.type != "P" else answer(dice.randint(0, 2))
        for key, b in rubric.barriers.items()
    }
    def status(given: Any) -> Any:
        keys = dice.sample(sorted(evidence), 1)
        cited.update(keys)
        return {"status" if isinstance(given, str) else "level": given, "evidence": keys}

    bodies = {
        key: {"A": status(dice.choice(("member", "active"))), "B": status(dice.choice(("active", "lead"))),
              "together": status(dice.randint(1, 4))} for key in rubric.bodies
    }
    data = {
        "rubric": f"{rubric.id} {rubric.version}", "relationship": {"parties": PARTIES}, "as_of": as_of,
        "answered_by": {"side": side, "role": role}, "answers": answers, "challenges": barriers,
        "bodies": bodies,
        "evidence": {key: evidence[key] for key in sorted(cited)},
    }
    return check_document(Document("well-known.yaml", data), rubric)[0]
