"""Carry a questionnaire over to a newer version of its rubric, and say what changed on the way.

Nothing is guessed. An answer stays only where it was given to the same question on the same levels;
where the wording that decides it changed, it stays for review; where it no longer fits, the question
is open again, with the earlier answer in its reason and the evidence kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assess.language import N_, Translator
from assess.printable import printable_lines
from assess.questionnaire.bodies import SLOTS as BODY_SLOTS
from assess.questionnaire.forward import AnyAnswer, plain
from assess.questionnaire.model import (
    Answered,
    BodyAnswer,
    Disputed,
    NotApplicable,
    Participation,
    Questionnaire,
    Unknown,
)
from assess.rubric.model import Body, Question, Rubric

Kind = Literal["new", "open", "review", "renamed", "removed", "mended"]

_HEADINGS: Mapping[Kind, str] = {
    "new": N_("New, to be answered"),
    "open": N_("Open again, because the earlier answer no longer fits"),
    "review": N_("Carried over for review, because what decides the answer changed"),
    "renamed": N_("Renamed"),
    "removed": N_("No longer asked; the answer is left out"),
    "mended": N_("Changed without effect on the answer"),
}
# What decides an answer; the rest of a question explains, weighs or plans.
_DECISIVE = {
    "type": N_("who is asked"),
    "question": N_("the question"),
    "definitions": N_("definitions"),
    "counting": N_("rules for counting"),
    "anchors": N_("levels"),
    "borderline": N_("doubtful cases"),
    "not_applicable_when": N_("when it is not applicable"),
    "role": N_("what the body does"),
    "counts_as_active": N_("what makes a side active"),
    "pair_example": N_("what they do together at best"),
    "who_is_eligible": N_("who has a way in"),
}
_LEVELS = N_("the scale of levels")
_STATUSES = N_("the scales of statuses")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that concerns whoever answers: what sort, of which id, and a detail."""

    kind: Kind
    id: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Migration:
    """The questionnaire for the newer rubric, and what changed."""

    questionnaire: Questionnaire
    changes: tuple[Change, ...]


def is_older(named: str, rubric: Rubric) -> bool:
    """Tell whether a line such as ``cyberdialog 1.0`` names an older version of ``rubric``."""
    key, _, version = named.partition(" ")
    numbers = _numbers(version)
    return key == rubric.id and bool(numbers) and numbers < _numbers(rubric.version)[: len(numbers)]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def migrate(last: Questionnaire, old: Rubric, new: Rubric) -> Migration:
    """Carry ``last``, which was answered with ``old``, over to ``new``."""
    mover = _Mover(last, old, new)
    moved = last.model_copy(
        update={
            "rubric": f"{new.id} {'.'.join(new.version.split('.')[:2])}",
            "answers": mover.section(last.answers, old.indicators, new.indicators),
            "challenges": mover.section(last.challenges, old.barriers, new.barriers),
            "bodies": mover.bodies(),
        }
    )
    return Migration(moved, tuple(mover.changes))


class _Mover:
    """Moves the sections one after the other and notes every change."""

    def __init__(self, last: Questionnaire, old: Rubric, new: Rubric) -> None:
        self.last, self.old, self.new = last, old, new
        self.changes: list[Change] = []
        self.levels = _scale(old) != _scale(new)
        self.statuses = (old.statuses, old.pair_statuses) != (new.statuses, new.pair_statuses)

    def section(
        self, given: Mapping[str, Mapping[Any, Any]], before: Mapping[str, Question], after: Mapping[str, Question]
    ) -> dict[str, dict[Any, Any]]:
        """Move the answers to indicators or barriers."""
        moved: dict[str, dict[Any, Any]] = {}
        for key, question in after.items():
            was = self._predecessor(key, question.was, before)
            if was is None:
                continue
            answers = given.get(was, {})
            changed = self._compare(key, before[was], question, {_LEVELS: self.levels})
            if before[was].type != question.type:
                moved[key] = self._reopened(key, question, answers)
            elif answers:
                moved[key] = {slot: self._kept(key, slot, a, question, changed) for slot, a in answers.items()}
        self._removed(before, after, lambda key: [a for a in given.get(key, {}).values()])
        return moved

    def bodies(self) -> dict[str, BodyAnswer]:
        """Move what is known about bodies."""
        moved: dict[str, BodyAnswer] = {}
        for key, body in self.new.bodies.items():
            was = self._predecessor(key, body.was, self.old.bodies)
            if was is None:
                continue
            changed = self._compare(key, self.old.bodies[was], body, {_STATUSES: self.statuses})
            if was in self.last.bodies:
                answer = self.last.bodies[was]
                slots = {slot: self._kept_body(key, slot, answer.slot(slot), changed) for slot in BODY_SLOTS}
                moved[key] = BodyAnswer(**slots)
        given = self.last.bodies
        self._removed(self.old.bodies, self.new.bodies, lambda key: (
            [given[key].slot(slot) for slot in BODY_SLOTS] if key in given else []
        ))
        return moved

    # --- which question was which ---------------------------------------------------------------

    def _predecessor(self, key: str, was: str | None, before: Mapping[str, Any]) -> str | None:
        """Return the id that ``key`` had; note if it is new or renamed."""
        if key in before:
            return key
        if was is not None and was in before:
            self.changes.append(Change("renamed", key, was))
            return was
        self.changes.append(Change("new", key))
        return None

    def _removed(self, before: Mapping[str, Any], after: Mapping[str, Any], answers: Any) -> None:
        kept = {*after, *(thing.was for thing in after.values() if thing.id not in before)}
        for key in before:
            if key not in kept:
                said = "; ".join(_said(a) for a in answers(key) if not isinstance(a, Unknown))
                self.changes.append(Change("removed", key, said))

    def _compare(self, key: str, before: Question | Body, after: Question | Body, scales: Mapping[str, bool]) -> bool:
        """Note what is different; return whether it decides the answer."""
        fields = [name for name in type(after).model_fields
                  if name not in ("id", "was") and getattr(before, name) != getattr(after, name)]
        decisive = [name for name, differs in scales.items() if differs]
        decisive += [text for name, text in _DECISIVE.items() if name in fields]
        if decisive:
            self.changes.append(Change("review", key, ", ".join(decisive)))
        elif fields:
            self.changes.append(Change("mended", key, ", ".join(name.replace("_", " ") for name in fields)))
        return bool(decisive)

    # --- answers --------------------------------------------------------------------------------

    def _kept(self, key: str, slot: str, answer: AnyAnswer, question: Question, changed: bool) -> Any:
        """Return the answer for the newer question, for review where ``changed``; open where it does not fit."""
        if not _fits(answer, question, self.new.top_level):
            return self._open(key, slot, answer)
        return _reviewed(answer) if changed else answer

    def _kept_body(self, key: str, slot: str, answer: Any, changed: bool) -> Any:
        gone = isinstance(answer, Participation) and answer.status not in self.new.statuses
        if gone or (isinstance(answer, Answered) and answer.level > self.new.top_pair_status):
            return self._open(key, slot, answer)
        return _reviewed(answer) if changed else answer

    def _open(self, key: str, slot: str, answer: Any) -> Unknown:
        name = key if slot == "pair" else f"{key} {slot}"
        self.changes.append(Change("open", name, _said(answer)))
        return _reopened(answer, self.old)

    def _reopened(self, key: str, question: Question, answers: Mapping[Any, Any]) -> dict[Any, Any]:
        """Open every place of a question that asks somebody else now; the first keeps all that was said."""
        said = [a for a in answers.values() if not isinstance(a, Unknown)]
        if not said:
            return {}
        self.changes.append(Change("open", key, "; ".join(_said(a) for a in said)))
        evidence = {e for a in said for e in a.evidence}
        reason = f"asked in another way in version {self.old.version}: {'; '.join(_said(a) for a in said)}"
        return {slot: Unknown(reason=reason, evidence=tuple(evidence)) for slot in question.slots}


def _scale(rubric: Rubric) -> list[tuple[int, str]]:
    """What the levels mean; their points may change without a new answer."""
    return [(level.level, level.meaning) for level in rubric.levels]


def _fits(answer: AnyAnswer, question: Question, top: int) -> bool:
    if isinstance(answer, NotApplicable):
        return question.may_be_not_applicable
    if isinstance(answer, Answered):
        return answer.level <= top
    if isinstance(answer, Disputed):
        return max(answer.values) <= top
    return not (isinstance(answer, Unknown) and answer.between and max(answer.between) > top)


def _reviewed(answer: Any) -> Any:
    return answer if isinstance(answer, Unknown) else answer.model_copy(update={"review": True})


def _reopened(answer: Any, old: Rubric) -> Unknown:
    reason = f"in version {old.version} the answer was: {_said(answer)}"
    return Unknown(reason=reason, evidence=answer.evidence, note=answer.note, assigned=answer.assigned)


def _said(answer: AnyAnswer) -> str:
    """Say an answer in a few words, as the file does."""
    written = plain(answer)
    if isinstance(written, str):
        return written
    head = next(iter(written))
    value = written[head]
    shown = f"{value[0]} or {value[1]}" if isinstance(value, tuple | list) else str(value)
    return f"{head.replace('_', ' ')} {shown}"


def told(migration: Migration, old: Rubric, new: Rubric, tr: Translator) -> str:
    """Return in words what changed for whoever answers, every line ended by \\n."""
    lines = [f"{old.id} {old.version} → {new.version}"]
    for kind, heading in _HEADINGS.items():
        of_kind = [change for change in migration.changes if change.kind == kind]
        if of_kind:
            lines += [f"{tr(heading)} ({len(of_kind)}):", *_lines(of_kind, new, tr)]
    if len(lines) == 1:
        lines.append(tr("Nothing changed that concerns the answers."))
    return printable_lines(lines)


def _lines(changes: Iterable[Change], new: Rubric, tr: Translator) -> Iterator[str]:
    titles = {thing.id: thing.title for part in (new.indicators, new.barriers, new.bodies) for thing in part.values()}
    for change in changes:
        title = tr(titles[change.id]) if change.id in titles else ""
        detail = ", ".join(tr(part) for part in change.detail.split(", "))
        yield f"  {change.id}  {title}".rstrip() + (f"  ({detail})" if detail else "")
