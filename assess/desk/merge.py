"""Combine two questionnaires that different people filled in; nothing is overwritten silently.

With the questionnaire that both started from (the base) a change of one side is told from what the
other left as it was. Without it, whatever says something takes the place of what says nothing. An
answer that a file leaves out is not touched: only one that is written counts. Where both say
something and differ, that is a conflict, and a person decides. A marking never widens silently.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from assess.desk.wording import is_open
from assess.language import languages, translator
from assess.marking import combined
from assess.questionnaire.entries import Spot, answer_at, free_id, spots
from assess.questionnaire.forward import AnyAnswer
from assess.questionnaire.model import Evidence, Questionnaire, Rater
from assess.rubric.model import Rubric

Choice = Literal["a", "b"]
_HEADS = ("level", "values", "status")
_NOT_FIELDS = frozenset({"state", *_HEADS})
_MAY_BE_ABSENT = frozenset({("relationship", "title"), ("marking",), ("note",)})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both files say something else. ``name`` is what ``--prefer`` takes; ``path`` where it stands in the files."""

    name: str
    path: tuple[str, ...]
    a: Any
    b: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """What to change in the first file, by place, and what a person has to decide.

    ``renamed`` maps ids of sources of the second file to those that they have in the result.
    """

    answers: Mapping[Spot, AnyAnswer]
    evidence: Mapping[str, Evidence]
    header: Mapping[tuple[str, ...], Any]
    conflicts: tuple[Conflict, ...]
    renamed: Mapping[str, str]


class _Clash(Exception):  # noqa: N818 - never leaves this module
    """Two values that cannot both stand."""


def merge(
    a: Questionnaire, b: Questionnaire, base: Questionnaire | None, rubric: Rubric,
    prefer: Callable[[Conflict], Choice | None] = lambda conflict: None,
) -> Merged:
    """Merge ``b`` into ``a``, both for ``rubric``; ``prefer`` settles a conflict, or leaves it open with None.

    An open conflict leaves what ``a`` says. The caller has made sure that the files belong together.
    """
    work = _Merger(a, b, base, rubric, prefer)
    work.sources()
    work.header_fields()
    work.all_answers()
    return Merged(work.answers, work.evidence, work.header, tuple(work.conflicts), work.renamed)


@dataclass
class _Merger:
    a: Questionnaire
    b: Questionnaire
    base: Questionnaire | None
    rubric: Rubric
    prefer: Callable[[Conflict], Choice | None]
    answers: dict[Spot, AnyAnswer] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    header: dict[tuple[str, ...], Any] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)

    def settled(self, conflict: Conflict) -> Any:
        """Return the preferred value; without a preference note the conflict and return that of ``a``."""
        choice = self.prefer(conflict)
        if choice is None:
            self.conflicts.append(conflict)
        return conflict.b if choice == "b" else conflict.a

    # --- evidence ------------------------------------------------------------------------------

    def sources(self) -> None:
        """Take over sources; one id for two different sources becomes two ids."""
        for key, theirs in self.b.evidence.items():
            ours, before = self.a.evidence.get(key), self.base.evidence.get(key) if self.base else None
            if ours is None:
                self.evidence[key] = theirs
            elif ours != theirs and before is None and not _same_source(ours, theirs):
                taken = {*self.a.evidence, *self.b.evidence, *self.evidence}
                self.renamed[key] = new = free_id(key, taken)
                self.evidence[new] = theirs
            elif ours != theirs:
                merged = self._either(f"evidence.{key}", ("evidence", key), ours, theirs, before)
                if merged != ours:
                    self.evidence[key] = merged

    def _either(self, name: str, path: tuple[str, ...], ours: Any, theirs: Any, before: Any) -> Any:
        try:
            return _fields_merged(ours, theirs, before)
        except _Clash:
            return self.settled(Conflict(name, path, ours, theirs))

    # --- header --------------------------------------------------------------------------------

    def header_fields(self) -> None:
        """Merge what stands above the answers; rubric, parties and date are the same in both."""
        paths: dict[tuple[str, ...], Callable[[Questionnaire], Any]] = {
            ("relationship", "parties", "A", "name"): lambda q: q.relationship.parties.A.name,
            ("relationship", "parties", "B", "name"): lambda q: q.relationship.parties.B.name,
            ("relationship", "title"): lambda q: q.relationship.title,
            ("answered_by",): lambda q: None if _to_be_filled_in(q.answered_by) else q.answered_by.model_dump(),
            ("kind",): lambda q: q.kind,
            ("marking",): lambda q: q.marking,
            ("note",): lambda q: q.note,
        }
        for path, read in paths.items():
            ours, theirs = read(self.a), read(self.b)
            before = read(self.base) if self.base else "assessment" if path == ("kind",) else None
            try:
                merged = (_narrower if path == ("marking",) else _three_way)(ours, theirs, before)
            except _Clash:
                merged = self.settled(Conflict(".".join(path), path, ours, theirs))
            if merged != ours and (merged is not None or path in _MAY_BE_ABSENT):
                self.header[path] = merged

    # --- answers -------------------------------------------------------------------------------

    def all_answers(self) -> None:
        """Merge place by place."""
        for spot in spots(self.rubric):
            theirs = _written(self.b, spot)
            if theirs is None:
                continue
            theirs = self._cites_new_ids(theirs)
            ours, before = _written(self.a, spot), _written(self.base, spot) if self.base else None
            if ours is None:
                self.answers[spot] = theirs
                continue
            try:
                merged = _answers_merged(ours, theirs, before)
            except _Clash:
                merged = self.settled(_conflict(spot, ours, theirs))
            if merged != ours:
                self.answers[spot] = merged

    def _cites_new_ids(self, answer: AnyAnswer) -> AnyAnswer:
        if not any(key in self.renamed for key in answer.evidence):
            return answer
        ids = sorted({self.renamed.get(key, key) for key in answer.evidence})
        return answer.model_copy(update={"evidence": tuple(ids)})


def _conflict(spot: Spot, ours: AnyAnswer, theirs: AnyAnswer) -> Conflict:
    slot = () if spot.slot == "pair" else (spot.slot,)
    return Conflict(".".join((spot.key, *slot)), (spot.section, spot.key, *slot), ours, theirs)


def _written(q: Questionnaire, spot: Spot) -> AnyAnswer | None:
    """Return the answer that stands in the file; None if the file leaves it out."""
    if spot.section == "bodies":
        body = q.bodies.get(spot.key)
        return answer_at(q, spot) if body is not None and spot.slot in body.model_fields_set else None
    section: Mapping[str, Mapping[Any, Any]] = getattr(q, spot.section)
    return section.get(spot.key, {}).get(spot.slot)


def _to_be_filled_in(rater: Rater) -> bool:
    """Whether nobody has said yet who answers: the blank questionnaire stands there, in any language."""
    return rater.role in {translator(language)("to be filled in") for language in languages()}


def _same_source(ours: Evidence, theirs: Evidence) -> bool:
    return ours.title == theirs.title or (ours.url is not None and ours.url == theirs.url)


def _answers_merged(ours: AnyAnswer, theirs: AnyAnswer, before: AnyAnswer | None) -> Any:
    if before is None or is_open(before):
        if is_open(theirs) and not is_open(ours):
            return _with_owner(ours, theirs, before)
        if is_open(ours) and not is_open(theirs):
            return _with_owner(theirs, ours, before)
    try:
        return _three_way(ours, theirs, before)
    except _Clash:
        return _fields_merged(ours, theirs, before)


def _with_owner(answer: AnyAnswer, blank: AnyAnswer, before: AnyAnswer | None) -> AnyAnswer:
    """Return ``answer``, assigned as the two files agree; a blank beside it says nothing else."""
    owner = _three_way(answer.assigned, blank.assigned, before.assigned if before else None)
    return answer if owner == answer.assigned else answer.model_copy(update={"assigned": owner})


def _three_way(ours: Any, theirs: Any, before: Any) -> Any:
    """Return the one that changed, or the one that says something.

    Raises:
        _Clash: both changed, and differ.
    """
    if ours == theirs or theirs == before:
        return ours
    if ours == before:
        return theirs
    raise _Clash


def _narrower(ours: str | None, theirs: str | None, before: str | None) -> str | None:
    """Return the marking that lets fewer people see the result.

    Raises:
        _Clash: neither of them says all, or one side has widened what stood in the base.
    """
    both = combined((ours, theirs))
    if ours != theirs and (both == before or both not in (ours, theirs)):
        raise _Clash
    return both


def _fields_merged(ours: Any, theirs: Any, before: Any) -> Any:
    """Merge two answers that say the same, or two descriptions of one source, field by field.

    Raises:
        _Clash: they say different things.
    """
    if type(ours) is not type(theirs) or any(getattr(ours, h, None) != getattr(theirs, h, None) for h in _HEADS):
        raise _Clash
    known = before if type(before) is type(ours) else None
    merged = dict(_merged_fields(ours, theirs, known))
    return ours.model_copy(update=merged)


def _merged_fields(ours: Any, theirs: Any, before: Any) -> Iterator[tuple[str, Any]]:
    for name, about in type(ours).model_fields.items():
        if name in _NOT_FIELDS:
            continue
        mine, other = getattr(ours, name), getattr(theirs, name)
        default = None if about.is_required() else about.get_default(call_default_factory=True)
        known: Any = getattr(before, name) if before is not None else default
        if name == "evidence":
            gone = {key for key in known if key not in mine or key not in other}
            yield name, tuple(sorted({*mine, *other} - gone))
        else:
            yield name, _three_way(mine, other, known)
