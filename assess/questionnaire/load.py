"""Load a questionnaire against its rubric: every problem at once, each at its place."""

import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assess import marking, yamlio
from assess.language import N_, Phrase
from assess.problems.model import InputError, Problem, has_errors, in_order
from assess.problems.nearest import nearest
from assess.questionnaire.bodies import MAPPING, OWN_NAMES, BodyReader
from assess.questionnaire.bodies import SLOTS as BODY_SLOTS
from assess.questionnaire.model import (
    Answered,
    Disputed,
    Evidence,
    NotApplicable,
    Participation,
    Party,
    Questionnaire,
    Rater,
    Relationship,
    Unknown,
    earliest,
)
from assess.reasons import DAY, picture, reason
from assess.rubric.model import Ageing, Question, Rubric

_STATES = {"level": "level", "unknown": "unknown", "between": "unknown",
           "not_applicable": "not_applicable", "disputed": "disputed"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_SECTIONS = ("answers", "challenges")
_TAGS = frozenset({"level", "unknown", "not_applicable", "disputed"})
Loc = tuple[str | int, ...]


def load_questionnaire(
    path: Path, rubric: Rubric, *, max_bytes: int = yamlio.MAX_BYTES
) -> tuple[Questionnaire, tuple[Problem, ...]]:
    """Return the questionnaire in ``path`` and the warnings about it.

    Raises:
        InputError: the file has errors; it carries them and the warnings, sorted by place.
    """
    return check_document(yamlio.read(path, max_bytes=max_bytes), rubric)


def check_document(document: yamlio.Document, rubric: Rubric) -> tuple[Questionnaire, tuple[Problem, ...]]:
    """The same for a document that is already parsed."""
    checker = _Checker(document, rubric)
    questionnaire = checker.run()
    problems = in_order([*document.problems, *checker.problems])
    if questionnaire is None or has_errors(problems):
        raise InputError(problems)
    return questionnaire, problems


class _Checker:
    """Normalises the short forms, validates the models, then checks what only the whole can tell."""

    def __init__(self, document: yamlio.Document, rubric: Rubric) -> None:
        self.document = document
        self.rubric = rubric
        self.problems: list[Problem] = []
        self.data: dict[str, Any] = dict(document.data)
        self.bodies = BodyReader(rubric, self.report)

    def report(self, code: str, loc: Loc, *, key: bool = False, near: tuple[str, ...] = (), **values: object) -> None:
        texts = {name.rstrip("_"): value if isinstance(value, str) else str(value) for name, value in values.items()}
        self.problems.append(Problem(code, self.document.place(loc, key=key), texts, near))

    def run(self) -> Questionnaire | None:
        self._day()
        self._rubric_line()
        for section, questions in zip(_SECTIONS, (self.rubric.indicators, self.rubric.barriers), strict=True):
            self.data[section] = self._section(section, questions)
        self.data["bodies"] = self.bodies.section(self.data.get("bodies"))
        if self.data.get("evidence") is None:
            self.data["evidence"] = {}
        try:
            questionnaire = Questionnaire.model_validate(self.data)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                self._explain(item)
            self._citations(self.data.get("evidence"), self._raw_citations())
            return None
        self._whole(questionnaire)
        return questionnaire

    def _day(self) -> None:
        """Refuse what is no day, before pydantic takes a number for seconds since 1970."""
        if "as_of" in self.data and not _DAY.match(str(self.data["as_of"])):
            self.report("Q203", ("as_of",), value=picture(self.data["as_of"]), reason=Phrase(DAY))
            self.data["as_of"] = None

    def _rubric_line(self) -> None:
        named = self.data.get("rubric")
        if not isinstance(named, str):
            return
        words = named.split()
        loaded = f"{self.rubric.id} {self.rubric.version}"
        version = words[1] if len(words) > 1 else self.rubric.version
        if words[:1] != [self.rubric.id] or not f"{self.rubric.version}.".startswith(f"{version}."):
            self.report("Q204", ("rubric",), named=named, loaded=loaded)

    # --- short forms to models -------------------------------------------------------------

    def _section(self, section: str, questions: Any) -> dict[str, Any]:
        given = self.data.get(section)
        if given is None:
            return {}
        if not isinstance(given, dict):
            self.report("Q203", (section,), value=picture(given), reason=Phrase(MAPPING))
            return {}
        known: dict[str, Any] = {}
        for key, value in given.items():
            if key not in questions:
                self.report("Q205", (section, key), key=True, near=nearest(key, questions), key_=key)
                continue
            known[key] = self._slots(questions[key], value, (section, key))
        return known

    def _slots(self, question: Question, value: Any, loc: Loc) -> dict[str, Any]:
        by_side = isinstance(value, dict) and ("A" in value or "B" in value)
        if question.type == "P":
            if by_side:
                side = "A" if "A" in value else "B"
                self.report("Q210", (*loc, side), key=True, side=side, key_=question.id)
                return {}
            return self._slot(question, "pair", value, loc)
        if by_side:
            return self._sides(question, value, loc)
        if self._is_one_level(value):
            what = Phrase(N_("side") if question.type == "S" else N_("direction"))
            self.report("Q211", loc, what=what, key_=question.id)
            return {}
        return {**self._slot(question, "A", value, loc), **self._slot(question, "B", value, loc, again=True)}

    @staticmethod
    def _is_one_level(value: Any) -> bool:
        return isinstance(value, int) or (isinstance(value, dict) and bool({"level", "disputed"} & set(value)))

    def _sides(self, question: Question, value: dict[str, Any], loc: Loc) -> dict[str, Any]:
        slots: dict[str, Any] = {}
        for side, answer in value.items():
            if side in ("A", "B"):
                slots |= self._slot(question, side, answer, (*loc, side))
            else:
                self.report("Q202", (*loc, side), key=True, near=nearest(side, ("A", "B")), key_=side)
        return slots

    def _slot(self, question: Question, slot: str, value: Any, loc: Loc, *, again: bool = False) -> dict[str, Any]:
        answer = self._answer(question, value, loc, quiet=again)
        return {} if answer is None else {slot: answer}

    def _answer(self, question: Question, value: Any, loc: Loc, *, quiet: bool) -> dict[str, Any] | None:
        """Return the answer with its ``state``, or None if it is blank or broken (and reported)."""
        if value is None or value == "" or value == {}:
            if not quiet:
                self.report("Q224", loc, key_=question.id, found="nothing")
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return self._long_form(question, {"level": value}, loc, quiet=quiet)
        if value == "unknown":
            return {"state": "unknown"}
        if isinstance(value, dict):
            return self._long_form(question, value, loc, quiet=quiet)
        if not quiet:
            near = nearest(str(value), ("unknown",))
            self.report("Q212", loc, near=near, found=picture(value))
        return None

    def _long_form(self, question: Question, value: dict[str, Any], loc: Loc, *, quiet: bool) -> dict[str, Any] | None:
        states = {_STATES[key] for key in value if key in _STATES}
        if len(states) != 1:
            found = ", ".join(key for key in value if key in _STATES) or Phrase(N_("none of them"))
            if not quiet:
                near = () if states else tuple(name for key in value for name in nearest(key, _TAGS))[:2]
                self.report("Q212", loc, near=near, found=found)
            return None
        state = states.pop()
        plain = {key: item for key, item in value.items() if key not in OWN_NAMES}
        for key in () if quiet else value.keys() - plain.keys():
            self.report("Q202", (*loc, key), key=True, near=tuple(name for name in value if name in _TAGS), key_=key)
        return {"state": state, **getattr(self, f"_{state}")(question, plain, loc, quiet)}

    def _level(self, question: Question, value: dict[str, Any], loc: Loc, quiet: bool) -> dict[str, Any]:
        self._check_level(value["level"], (*loc, "level"))
        return value

    def _unknown(self, question: Question, value: dict[str, Any], loc: Loc, quiet: bool) -> dict[str, Any]:
        reason = value.pop("unknown", True)
        self._check_range(value.get("between"), (*loc, "between"))
        return value if reason is True or reason is None else {**value, "reason": reason}

    def _not_applicable(self, question: Question, value: dict[str, Any], loc: Loc, quiet: bool) -> dict[str, Any]:
        if not question.may_be_not_applicable and not quiet:
            self.report("Q213", loc, key_=question.id)
        reason = value.pop("not_applicable")
        return {**value, "reason": reason}

    def _disputed(self, question: Question, value: dict[str, Any], loc: Loc, quiet: bool) -> dict[str, Any]:
        values = value.pop("disputed")
        self._check_range(values, (*loc, "disputed"))
        return {**value, "values": values}

    def _check_range(self, pair: Any, loc: Loc) -> None:
        if not isinstance(pair, list) or len(pair) != 2 or not all(type(item) is int for item in pair):
            return  # the model says what is wrong
        for number, level in enumerate(pair):
            self._check_level(level, (*loc, number))
        if pair[0] >= pair[1]:
            self.report("Q214", loc, low=pair[0], high=pair[1])

    def _check_level(self, level: Any, loc: Loc) -> None:
        if type(level) is int and not 0 <= level <= self.rubric.top_level:
            self.report("Q206", loc, value=level, lowest=0, highest=self.rubric.top_level)

    # --- validation errors to problems ------------------------------------------------------

    def _explain(self, item: Any) -> None:
        loc = self._file_loc(item["loc"])
        last = str(loc[-1]) if loc else ""
        kind = item["type"]
        if kind == "missing":
            self.report("Q201", loc[:-1] or loc, key_=last)
        elif kind == "extra_forbidden":
            self.report("Q202", loc, key=True, near=nearest(last, _keys_at(loc)), key_=last)
        elif not self._already(loc):
            self.report("Q203", loc, value=picture(item["input"]), reason=reason(item))

    def _file_loc(self, loc: Loc) -> Loc:
        """Undo the normalisation: drop the slot ``pair`` and the tag of the union."""
        if loc[:1] == ("bodies",) and len(loc) > 3:
            return (*loc[:3], *("unknown" if part == "reason" else part for part in loc[4:]))
        if loc[:1] not in (("answers",), ("challenges",)) or len(loc) < 3:
            return tuple(part for part in loc if part != "[key]")
        slot: Loc = () if loc[2] == "pair" else (loc[2],)
        rest = loc[4:] if len(loc) > 3 and loc[3] in _TAGS else loc[3:]
        names = {"values": "disputed", "reason": str(loc[3]) if len(loc) > 3 else "reason"}
        return (*loc[:2], *slot, *(names.get(str(part), part) for part in rest))

    def _already(self, loc: Loc) -> bool:
        """Whether a clearer message stands at the same place."""
        place = self.document.place(loc)
        return any(p.place == place and p.code in {"Q203", "Q206", "Q214", "Q213"} for p in self.problems)

    # --- what only the whole can tell -------------------------------------------------------

    def _whole(self, q: Questionnaire) -> None:
        parties = q.relationship.parties
        if parties.A.code == parties.B.code:
            self.report("Q218", ("relationship", "parties", "B", "code"), code_=parties.B.code)
        if q.marking and marking.misspelt(q.marking):
            self.report("P450", ("marking",), near=nearest(q.marking, marking.TLP), label=q.marking)
        self._citations(q.evidence, self._raw_citations())
        for key, evidence in q.evidence.items():
            loc: Loc = ("evidence", key)
            self._not_after(evidence.date, (*loc, "date"), q)
            if evidence.url and not evidence.url.startswith(("https://", "http://")):
                self.report("Q221", (*loc, "url"), url=evidence.url)
        for section in _SECTIONS:
            for key, slots in getattr(q, section).items():
                for slot, answer in slots.items():
                    self._answer_lint(q, key, answer, self._answer_loc(section, key, slot))
        for key in q.bodies:
            self._body_lint(q, key)

    def _body_lint(self, q: Questionnaire, key: str) -> None:
        body, answer = self.rubric.bodies[key], q.bodies[key]
        self.bodies.lint(body, answer, ("bodies", key))
        seen: set[Loc] = set()
        for slot in BODY_SLOTS:
            given, loc = answer.slot(slot), self._answer_loc("bodies", key, slot)
            if given.review and loc not in seen:
                self.report("Q219", loc, key_=key)
            seen.add(loc)
            if isinstance(given, Participation | Answered):
                self._not_after(given.date, (*loc, "date"), q)
                self._age_lint(q, key, given, body.ageing, self.bodies.reached(given), loc)

    def _answer_loc(self, section: str, key: str, slot: str) -> Loc:
        """Where the answer stands in the file; one text for both sides stands at the indicator."""
        loc: Loc = (section, key, slot)
        return loc if loc in self.document.marks else loc[:2]

    def _not_after(self, partial: str | None, loc: Loc, q: Questionnaire) -> None:
        if partial is not None and earliest(partial) > q.as_of:
            self.report("Q209", loc, value=partial, as_of=q.as_of.isoformat())

    def _answer_lint(self, q: Questionnaire, key: str, answer: Any, loc: Loc) -> None:
        if answer.review:
            self.report("Q219", loc, key_=key)
        if isinstance(answer, Unknown | NotApplicable):
            return
        assert isinstance(answer, Answered | Disputed)
        self._not_after(answer.date, (*loc, "date"), q)
        if not answer.evidence:
            at_zero = isinstance(answer, Answered) and answer.level == 0
            self.report("Q217" if at_zero else "Q215", loc, key_=key, cap=self.rubric.evidence.caps.none)
        self._date_lint(q, key, answer, loc)

    def _date_lint(self, q: Questionnaire, key: str, answer: Answered | Disputed, loc: Loc) -> None:
        question = self.rubric.indicators.get(key) or self.rubric.barriers[key]
        top = answer.level if isinstance(answer, Answered) else max(answer.values)
        self._age_lint(q, key, answer, question.ageing, top, loc)

    def _age_lint(
        self,
        q: Questionnaire,
        key: str,
        answer: Answered | Disputed | Participation,
        ageing: Ageing,
        top: int,
        loc: Loc,
    ) -> None:
        """Warn of a level that rests on events of which none has a date."""
        ages = ageing.kind == "elapsed" or (ageing.kind == "event" and top >= ageing.from_level)
        dated = answer.date or any(q.evidence[e].date for e in answer.evidence if e in q.evidence)
        if ages and top > 0 and not dated:
            self.report("Q216", loc, key_=key)

    def _raw_citations(self) -> list[tuple[str, Loc]]:
        """Every cited id with its place, read from the plain data so that broken answers count too."""
        found: list[tuple[str, Loc]] = []
        for section in (*_SECTIONS, "bodies"):
            _collect(self.document.data.get(section), (section,), found)
        return found

    def _citations(self, listed: Any, cited: list[tuple[str, Loc]]) -> None:
        names = set(listed) if isinstance(listed, dict) or hasattr(listed, "keys") else set()
        for name, loc in cited:
            if name not in names:
                self.report("Q207", loc, near=nearest(name, names), key_=name)
        for name in names - {name for name, _ in cited}:
            self.report("Q208", ("evidence", name), key=True, key_=name)


def _collect(value: Any, loc: Loc, found: list[tuple[str, Loc]]) -> None:
    if isinstance(value, dict):
        for key, child in value.items():
            if key == "evidence" and isinstance(child, list):
                found += [(item, (*loc, key, i)) for i, item in enumerate(child) if isinstance(item, str)]
            else:
                _collect(child, (*loc, key), found)


def _keys_at(loc: Loc) -> tuple[str, ...]:
    """The keys that may stand where ``loc`` stands, for the nearest-name hint."""
    if len(loc) == 1:
        return tuple(Questionnaire.model_fields)
    if "parties" in loc[:-1]:
        return tuple(Party.model_fields) if len(loc) > 3 else ("A", "B")
    if loc[0] == "bodies":
        return tuple(Answered.model_fields) if "together" in loc else tuple(Participation.model_fields)
    fields = {"relationship": Relationship.model_fields, "answered_by": Rater.model_fields,
              "evidence": Evidence.model_fields}
    return tuple(fields.get(str(loc[0]), {})) or (*_STATES, *Answered.model_fields)
