"""How far a questionnaire is: what is answered, what is open or for review, and who owes what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assess.desk.wording import is_open, side_of, title_of
from assess.language import N_, Translator
from assess.printable import printable_lines
from assess.questionnaire.entries import Spot, answer_at, spots
from assess.questionnaire.model import Questionnaire, Unknown
from assess.rubric.model import Rubric
from assess.scoring.score import score
from assess.words import percent

_SECTIONS = {"answers": N_("Components"), "challenges": N_("Challenges"), "bodies": N_("Bodies")}


@dataclass(frozen=True, slots=True)
class Part:
    """A component, challenge or system of bodies: counts of places for an answer.

    ``unknown`` counts what somebody said is not known, ``open`` what nobody said anything about;
    with ``answered`` they make up ``all``. ``coverage`` is the engine's (0 to 1; None where
    nothing applies); for systems it is that of what the two do together.
    """

    section: str
    id: str
    title: str
    answered: int
    unknown: int
    open: int
    review: int
    all: int
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of one questionnaire. ``owed`` maps who was assigned to what is unknown or for review."""

    parts: tuple[Part, ...]
    coverage: float
    open: tuple[Spot, ...]
    review: tuple[Spot, ...]
    owed: Mapping[str, tuple[Spot, ...]]


def progress(questionnaire: Questionnaire, rubric: Rubric) -> Progress:
    """Return how far ``questionnaire`` is, in the order of ``rubric``."""
    places = list(spots(rubric))
    review = tuple(spot for spot in places if answer_at(questionnaire, spot).review)
    owed: dict[str, list[Spot]] = {}
    for spot in places:
        answer = answer_at(questionnaire, spot)
        if answer.assigned and (isinstance(answer, Unknown) or answer.review):
            owed.setdefault(answer.assigned, []).append(spot)
    result = score(rubric, [questionnaire])
    covered = {part.id: part.coverage for part in result.components}
    covered |= {part.id: part.coverage for part in result.challenges}
    covered |= {part.id: part.footprints[-1].coverage for part in result.systems}
    return Progress(
        parts=tuple(_part(questionnaire, key, title, group, covered.get(key)) for key, title, group in _groups(rubric)),
        coverage=result.index.coverage,
        open=tuple(spot for spot in places if is_open(answer_at(questionnaire, spot))),
        review=review,
        owed={who: tuple(owed[who]) for who in sorted(owed)},
    )


def _groups(rubric: Rubric) -> Iterable[tuple[str, str, list[Spot]]]:
    """Yield id, title and places of every component, challenge and system of bodies."""
    places: dict[str, list[Spot]] = {}
    for spot in spots(rubric):
        places.setdefault(spot.key, []).append(spot)
    for component in rubric.components:
        yield component.id, component.title, [spot for i in component.indicators for spot in places[i.id]]
    for challenge in rubric.challenges:
        yield challenge.id, challenge.title, [spot for b in challenge.barriers for spot in places[b.id]]
    for key, system in rubric.systems.items():
        inside = [spot for body in rubric.bodies.values() if body.system == key for spot in places[body.id]]
        if inside:
            yield key, system.title, inside


def _part(q: Questionnaire, key: str, title: str, group: Sequence[Spot], coverage: float | None) -> Part:
    answers = [answer_at(q, spot) for spot in group]
    blank = sum(is_open(answer) for answer in answers)
    unknown = sum(isinstance(answer, Unknown) for answer in answers) - blank
    review = sum(answer.review for answer in answers)
    return Part(group[0].section, key, title, len(answers) - unknown - blank, unknown, blank, review, len(answers),
                coverage)


# --- shown --------------------------------------------------------------------------------------


def as_record(found: Progress, file: str) -> dict[str, Any]:
    """Return the progress as plain data; the keys are part of the interface of ``--json``."""
    return {
        "file": file,
        "coverage": found.coverage,
        "parts": [asdict(part) for part in found.parts],
        "open": [_spot(spot) for spot in found.open],
        "review": [_spot(spot) for spot in found.review],
        "owed": {who: [_spot(spot) for spot in owed] for who, owed in found.owed.items()},
    }


def _spot(spot: Spot) -> dict[str, str]:
    return {"section": spot.section, "id": spot.key, "slot": spot.slot}


def in_words(found: Progress, q: Questionnaire, rubric: Rubric, tr: Translator) -> str:
    """Return the progress as text, every line ended by \\n."""
    everything = sum(part.all for part in found.parts)
    still = sum(part.open for part in found.parts)
    lines = [tr("{open} of {all} are open").format(open=still, all=everything)
             + "; " + tr("coverage of the index: {share}").format(share=percent(found.coverage))]
    lines += _table(found.parts, tr)
    lines += _list(tr("For review"), found.review, q, rubric, tr)
    for who, owed in found.owed.items():
        lines += _list(tr("Owed by {who}").format(who=" ".join(who.split())), owed, q, rubric, tr)
    taken = {spot for owed in found.owed.values() for spot in owed}
    title = tr("Open, and assigned to nobody") if found.owed else tr("Open")
    lines += _list(title, [spot for spot in found.open if spot not in taken], q, rubric, tr)
    return printable_lines(lines)


def _table(parts: Sequence[Part], tr: Translator) -> list[str]:
    """One line a part, in columns; numbers stand under their heads, right-aligned."""
    heads = [tr("answered"), tr("said to be unknown"), tr.own("open"), tr("for review"), tr("coverage")]
    lines = []
    width = max(len(f"{part.id} {tr(part.title)}") for part in parts)
    for section, title in _SECTIONS.items():
        rows = [part for part in parts if part.section == section]
        if rows:
            lines += ["", "  ".join([tr(title).ljust(width), *heads]).rstrip()]
        for part in rows:
            cells = [f"{part.answered}/{part.all}", str(part.unknown), str(part.open), str(part.review),
                     percent(part.coverage) if part.coverage is not None else "–"]
            numbers = [cell.rjust(len(head)) for cell, head in zip(cells, heads, strict=True)]
            lines.append("  ".join([f"{part.id} {tr(part.title)}".ljust(width), *numbers]))
    return lines


def _list(title: str, places: Sequence[Spot], q: Questionnaire, rubric: Rubric, tr: Translator) -> list[str]:
    if not places:
        return []
    lines = ["", f"{title} ({len(places)})"]
    for spot in places:
        side = side_of(spot, q, rubric, tr)
        lines.append(f"  {spot}  {title_of(spot, rubric, tr)}" + (f" ({side})" if side else ""))
    return lines
