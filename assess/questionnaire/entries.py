"""From answers to the entries of a file: where each stands, and what is written there."""

import copy
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from assess.questionnaire.bodies import SLOTS as BODY_SLOTS
from assess.questionnaire.edit import Changes
from assess.questionnaire.forward import AnyAnswer, plain
from assess.questionnaire.model import Evidence, Questionnaire
from assess.rubric.model import Body, Question, Rubric

Section = Literal["answers", "challenges", "bodies"]
SECTIONS: tuple[Section, ...] = ("answers", "challenges", "bodies")


class Spot(NamedTuple):
    """The place of one answer: section, id, and ``pair``, ``A``, ``B`` or ``together``."""

    section: Section
    key: str
    slot: str

    def __str__(self) -> str:
        """The id, with the side where there are several."""
        return self.key if self.slot == "pair" else f"{self.key} {self.slot}"


def spots(rubric: Rubric) -> Iterator[Spot]:
    """Yield the place of every answer that ``rubric`` asks for, in its order."""
    for section in SECTIONS:
        for key, asked in asked_in(rubric, section).items():
            for slot in BODY_SLOTS if isinstance(asked, Body) else asked.slots:
                yield Spot(section, key, slot)


def asked_in(rubric: Rubric, section: Section) -> Mapping[str, Question | Body]:
    """Return the indicators, barriers or bodies that a section answers."""
    if section == "answers":
        return rubric.indicators
    return rubric.barriers if section == "challenges" else rubric.bodies


def answer_at(questionnaire: Questionnaire, spot: Spot) -> AnyAnswer:
    """Return the answer at ``spot``; what is blank is unknown."""
    if spot.section == "bodies":
        return questionnaire.body(spot.key).slot(spot.slot)  # type: ignore[arg-type]
    return questionnaire.answer(spot.key, spot.slot)  # type: ignore[arg-type]


def free_id(key: str, taken: Collection[str]) -> str:
    """Return an id of a source like ``key`` that is not ``taken``."""
    return next(name for n in range(2, len(taken) + 3) if (name := f"{key[:76]}-{n}") not in taken)


def changes_for(
    data: Mapping[str, Any], rubric: Rubric, answers: Mapping[Spot, AnyAnswer], evidence: Mapping[str, Evidence]
) -> Changes:
    """Return what to change in the plain ``data`` of a file so that it gives these answers and lists this evidence."""
    changes: dict[tuple[str, ...], Any] = {}
    for section in SECTIONS:
        given = {spot: answer for spot, answer in answers.items() if spot.section == section}
        if given:
            changes[(section,)] = _section(data.get(section) or {}, asked_in(rubric, section), given)
    if evidence:
        listed = {key: item.model_dump(exclude_defaults=True) for key, item in evidence.items()}
        changes[("evidence",)] = {**(data.get("evidence") or {}), **listed}
    return changes


def _section(
    old: Mapping[str, Any], asked: Mapping[str, Question | Body], given: Mapping[Spot, AnyAnswer]
) -> dict[str, Any]:
    """Return a section with ``given`` in it; ids that are new to it stand where the rubric has them."""
    new = copy.deepcopy(dict(old))
    for spot, answer in given.items():
        new[spot.key] = _entry(new.get(spot.key), asked[spot.key], spot.slot, answer)
    order = list(old)
    for key in asked:
        if key in new and key not in old:
            order.insert(_after(order, asked, key), key)
    return {key: new[key] for key in order}


def _after(order: list[str], asked: Iterable[str], key: str) -> int:
    """Return the position behind the nearest id that the rubric has before ``key``; else the first."""
    found = 0
    for name in asked:
        if name == key:
            return found
        if name in order:
            found = order.index(name) + 1
    return found


def _entry(old: Any, asked: Question | Body, slot: str, answer: AnyAnswer) -> Any:
    """Return the value of one id with ``answer`` at ``slot``."""
    written = plain(answer)
    if slot == "pair":
        return written
    slots = BODY_SLOTS if isinstance(asked, Body) else asked.slots
    by_slot = isinstance(old, dict) and any(name in old for name in slots)
    before = {name: old.get(name, "unknown") if by_slot else copy.deepcopy(old) or "unknown" for name in slots}
    return {**before, slot: written}
