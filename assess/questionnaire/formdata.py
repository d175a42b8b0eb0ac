"""What the offline form knows: the rubric, the problem catalogue and the rules of a questionnaire, as plain data.

Everything is taken from where the program itself has it (the rubric, the catalogue of problems, the
models, the patterns of the YAML reader), so that the form cannot follow other rules than ``assess check``.
Texts stand once in a table for each language; elsewhere their numbers stand for them.
"""

import re
from collections.abc import Iterable
from typing import Any

from assess import yamlio, yamlwords
from assess.language import Translator
from assess.marking import TLP
from assess.problems.catalogue import CATALOGUE
from assess.questionnaire.model import Questionnaire
from assess.reasons import WORDS
from assess.rubric.model import Ageing, Body, Indicator, Question, Rubric

_FAMILIES = ("Y", "Q", "F")
_ALSO = ("P450",)  # what the loader says of a questionnaire in the words of another family


class Texts:
    """Collects texts and gives each its number."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, bool], int] = {}

    def __call__(self, text: str, *, own: bool = False) -> int:
        """Return the number of ``text``, the same each time; ``own`` marks a word of the program, not of the rubric."""
        return self.numbers.setdefault((text, own), len(self.numbers))

    def in_language(self, tr: Translator) -> list[str]:
        """Return all texts by number in the language of ``tr``."""
        return [tr.own(text) if own else tr(text) for text, own in self.numbers]


def form_data(rubric: Rubric, words: Iterable[str], texts: Texts) -> dict[str, Any]:
    """Return the data of a form for ``rubric``; ``words`` are the texts of the form's own scripts."""
    return {
        "rubric": _rubric(rubric, texts),
        "catalogue": {
            rule.code: [rule.severity.value, *(texts(part) for part in (rule.message, rule.rule, rule.way_out))]
            for rule in CATALOGUE.values() if rule.code[0] in _FAMILIES or rule.code in _ALSO
        },
        "models": _without_prose(Questionnaire.model_json_schema(by_alias=True)),
        "reasons": {key: texts(text) for key, text in WORDS.items()},
        "yaml": _yaml(texts),
        "markings": list(TLP),
        "words": {word: texts(word, own=True) for word in words},
    }


# --- the rubric --------------------------------------------------------------------------------


def _rubric(rubric: Rubric, t: Texts) -> dict[str, Any]:
    caps = rubric.evidence.caps
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": t(rubric.title),
        "levels": [[level.score, t(level.title), t(level.meaning)] for level in rubric.levels],
        "caps": caps.model_dump(mode="json"),
        "grades": {grade: t(text) for grade, text in rubric.evidence.grades.items()},
        "minimum": rubric.coverage.overall_minimum,
        "components": [
            _group(c.id, c.title, c.purpose, c.weight, c.indicators, t) for c in rubric.components
        ],
        "challenges": [
            _group(c.id, c.title, c.purpose, c.weight, c.barriers, t) for c in rubric.challenges
        ],
        "statuses": {key: [s.points, t(s.title), t(s.meaning)] for key, s in rubric.statuses.items()},
        "together": {key: [t(s.title), t(s.meaning)] for key, s in rubric.pair_statuses.items()},
        "systems": {key: [t(s.title), t(s.purpose)] for key, s in rubric.systems.items()},
        "bodies": {key: _body(body, t) for key, body in rubric.bodies.items()},
    }


def _group(
    key: str, title: str, purpose: str, weight: float, questions: Iterable[Question], t: Texts
) -> dict[str, Any]:
    return {"id": key, "title": t(title), "purpose": t(purpose), "weight": weight,
            "questions": [_question(q, t) for q in questions]}


def _question(q: Question, t: Texts) -> dict[str, Any]:
    return {
        "id": q.id, "type": q.type, "weight": q.weight, "rule": q.pair_rule,
        "essential": isinstance(q, Indicator) and q.essential,
        "title": t(q.title), "question": t(q.question), "why": t(q.why), "guidance": t(q.guidance),
        "definitions": [[t(term), t(meaning)] for term, meaning in q.definitions.items()],
        "counting": [t(rule) for rule in q.counting],
        "anchors": [t(q.anchors[level]) for level in sorted(q.anchors)],
        "borderline": [[t(b.case), b.level, t(b.because)] for b in q.borderline],
        "sufficient": [t(text) for text in q.proof.sufficient],
        "insufficient": [t(text) for text in q.proof.insufficient],
        "silent": t(q.when_silent),
        "excused": t(q.not_applicable_when) if q.may_be_not_applicable else None,
        "ageing": _ageing(q.ageing, t),
    }


def _ageing(ageing: Ageing, t: Texts) -> dict[str, Any]:
    return {**ageing.model_dump(mode="json", by_alias=True), "reason": t(ageing.reason)}


def _body(body: Body, t: Texts) -> dict[str, Any]:
    silent = body.default_when_silent
    return {
        "id": body.id, "system": body.system, "title": t(body.title), "short": t(body.short), "role": t(body.role),
        "active": t(body.counts_as_active), "example": t(body.pair_example), "eligible": t(body.who_is_eligible),
        "silent": [silent.status, t(silent.reason)], "closed": body.closed,
        "cap": None if body.cap_reason is None else t(body.cap_reason),
        "ageing": _ageing(body.ageing, t),
    }


# --- the rules of the file ---------------------------------------------------------------------


def _without_prose(schema: Any) -> Any:
    """Drop what only people read; a key named ``title`` under ``properties`` is a key of the file."""
    if isinstance(schema, list):
        return [_without_prose(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _without_prose(part) for name, part in value.items()} if key == "properties" else
        _without_prose(value)
        for key, value in schema.items() if key not in ("title", "description")
    }


def _yaml(texts: Texts) -> dict[str, Any]:
    """The limits and patterns of the YAML reader, in the way of ECMAScript, and its words for complaints."""
    patterns = {"int": yamlio.INT, "float": yamlio.FLOAT, "boolean": yamlio.YAML11_BOOL,
                "octal": yamlio.YAML11_OCTAL, "base60": yamlio.YAML11_BASE60}
    return {
        "bytes": yamlio.MAX_BYTES, "depth": yamlio.MAX_DEPTH, "values": yamlio.MAX_VALUES,
        "number": yamlio.MAX_NUMBER, "digits": yamlio.MAX_DIGITS, "key": yamlio.MAX_KEY,
        "patterns": {name: _ecmascript(pattern) for name, pattern in patterns.items()},
        "words": yamlio.WORDS,
        "tags": sorted(yamlio.PLAIN_TAGS),
        "complaints": {key: texts(text) for key, text in yamlwords.COMPLAINTS.items()},
    }


def _ecmascript(pattern: re.Pattern[str]) -> str:
    """Write a pattern that matches from the start to the very end in the way of ECMAScript."""
    return f"^(?:{pattern.pattern.replace(chr(92) + 'Z', '$')})"


