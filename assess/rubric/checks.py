"""What the models of a rubric cannot see: anchors for each level, ids that exist once, scales that rise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from assess import yamlio
from assess.problems.model import Place, Problem
from assess.problems.nearest import nearest
from assess.rubric.model import STRENGTHS, Aim, Barrier, Body, Indicator, Rubric


class Files(Protocol):
    """The file in which a part of the rubric stands: of nothing rubric.yaml, of ``components`` and a number theirs."""

    def __call__(self, *owner: str | int) -> yamlio.Document: ...


def reference_problems(rubric: Rubric, file: Files) -> list[Problem]:
    """Check what the models alone cannot see: anchors for each level, and ids that exist."""
    found: list[Problem] = []
    for number, component in enumerate(rubric.components):
        document = file("components", number)
        for indicator in component.indicators:
            place = document.place(("indicators", indicator.id), key=True)
            found += _anchor_problems(indicator.id, sorted(indicator.anchors), rubric, place)
            found += _citation_problems(rubric, indicator, place)
    found += _id_problems(rubric, file)
    found += _order_problems(rubric, file())
    found += _gate_problems(rubric, file)
    found += _barrier_problems(rubric, file)
    found += _body_problems(rubric, file)
    if rubric.aims:
        found += aim_problems(rubric.aims, rubric, file("aims"))
    return found


def _barrier_problems(rubric: Rubric, file: Files) -> list[Problem]:
    """Barriers cite instruments and limit indicators, and have an anchor for each level."""
    found: list[Problem] = []
    document = file("challenges")
    for challenge in rubric.challenges:
        for barrier in challenge.barriers:
            path = ("challenges", challenge.id, "barriers", barrier.id)
            found += _anchor_problems(barrier.id, sorted(barrier.anchors), rubric, document.place(path, key=True))
            found += _limit_problems(barrier, rubric, document, path)
    return found


def _body_problems(rubric: Rubric, file: Files) -> list[Problem]:
    """Bodies name their system, instrument, successor and default; the two scales rise."""
    if not rubric.bodies:
        return []
    document = file("bodies")
    found = _scale_problems(rubric, document)
    for body in rubric.bodies.values():
        for path, name, names in _body_references(body, rubric):
            if name is not None and name not in names:
                found.append(_missing(body.id, name, names, document.place(("bodies", body.id, *path))))
    return found


def _id_problems(rubric: Rubric, file: Files) -> list[Problem]:
    """Report every id that was used before: anything of a rubric can be asked for by its id alone."""
    first: dict[str, Place] = {}
    found: list[Problem] = []
    for key, place in _ids(rubric, file):
        if key in first:
            found.append(Problem("R307", place, {"key": key, "first": str(first[key])}))
        first.setdefault(key, place)
    return found


def _ids(rubric: Rubric, file: Files) -> Iterator[tuple[str, Place]]:
    """Yield every id with its place; keys of one mapping are unique already, but not between mappings."""
    top = file()
    for number, stage in enumerate(rubric.stages):
        yield stage.id, top.place(("stages", number, "id"))
    for number, gate in enumerate(rubric.gates):
        yield gate.id, top.place(("gates", number, "id"))
    for number, component in enumerate(rubric.components):
        document = file("components", number)
        yield component.id, document.place(("id",))
        for indicator in component.indicators:
            yield indicator.id, document.place(("indicators", indicator.id), key=True)
    for challenge in rubric.challenges:
        document = file("challenges")
        yield challenge.id, document.place(("challenges", challenge.id), key=True)
        for barrier in challenge.barriers:
            yield barrier.id, document.place(("challenges", challenge.id, "barriers", barrier.id), key=True)
    for part, members in (("systems", rubric.systems), ("bodies", rubric.bodies), ("aims", rubric.aims)):
        for key in members:
            yield key, file(part).place((part, key), key=True)


def _gate_problems(rubric: Rubric, file: Files) -> list[Problem]:
    document = file()
    stages = {stage.id for stage in rubric.stages}
    components = {component.id for component in rubric.components}
    found = []
    for number, gate in enumerate(rubric.gates):
        known = {
            gate.cap: stages,
            gate.when.indicator: set(rubric.indicators),
            gate.when.component: components,
        }
        for name, names in known.items():
            if name is not None and name not in names:
                place = document.place(("gates", number))
                values = {"key": gate.id, "missing": name}
                found.append(Problem("R305", place, values, nearest(name, names)))
    return found


def aim_problems(aims: Mapping[str, Aim], rubric: Rubric, document: yamlio.Document) -> list[Problem]:
    """Return one problem for each indicator or body of an aim that the rubric does not have."""
    return [
        _missing(aim.id, name, names, document.place(("aims", aim.id, field, name), key=True))
        for aim in aims.values()
        for field, given, names in (
            ("indicators", aim.indicators, rubric.indicators), ("bodies", aim.bodies, rubric.bodies)
        )
        for name in given
        if name not in names
    ]


def _anchor_problems(key: str, levels: list[int], rubric: Rubric, place: Place) -> list[Problem]:
    wanted = [level.level for level in rubric.levels]
    if levels == wanted:
        return []
    values = {"key": key, "found": _list(levels), "wanted": _list(wanted)}
    return [Problem("R304", place, values)]


def _list(numbers: Sequence[float]) -> str:
    return ", ".join(f"{number:g}" for number in numbers)


def _citation_problems(rubric: Rubric, indicator: Indicator, place: Place) -> list[Problem]:
    """Instruments that it cites and indicators that its steps need, but the rubric does not have."""
    instruments, indicators = set(rubric.instruments), set(rubric.indicators)
    missing = [(c.key, instruments) for c in indicator.instruments if c.key not in instruments]
    missing += [(n, indicators) for step in indicator.steps.values() for n in step.needs if n not in indicators]
    return [_missing(indicator.id, name, names, place) for name, names in missing]


def _missing(key: str, name: str, names: Iterable[str], place: Place) -> Problem:
    return Problem("R305", place, {"key": key, "missing": name}, nearest(name, names))


def _limit_problems(
    barrier: Barrier, rubric: Rubric, document: yamlio.Document, path: tuple[str | int, ...]
) -> list[Problem]:
    cited = [
        _missing(barrier.id, citation.key, rubric.instruments, document.place((*path, "instruments", number, "key")))
        for number, citation in enumerate(barrier.instruments)
        if citation.key not in rubric.instruments
    ]
    limited = [
        _missing(barrier.id, name, rubric.indicators, document.place((*path, "limits", number)))
        for number, name in enumerate(barrier.limits)
        if name not in rubric.indicators
    ]
    return cited + limited


def _order_problems(rubric: Rubric, document: yamlio.Document) -> list[Problem]:
    """Numbers of levels count from 0; scores, thresholds and caps rise, thresholds from 0 (rules 1.1, 2.2 and 6)."""
    numbers = [level.level for level in rubric.levels]
    scores = [level.score for level in rubric.levels]
    starts = [stage.from_score for stage in rubric.stages]
    wrong: dict[tuple[str, str], tuple[Sequence[float], bool]] = {
        ("levels", "numbers of levels"): (numbers, numbers != list(range(len(numbers)))),
        ("levels", "scores of levels"): (scores, _falls(scores, strictly=True)),
        ("stages", "thresholds of stages"): (starts, starts[0] != 0 or _falls(starts, strictly=True)),
    }
    for kind in rubric.evidence.caps.official:
        caps = [rubric.evidence.caps.cap(strength, kind) for strength in STRENGTHS]
        wrong["evidence", f"caps for type {kind}"] = (caps, _falls(caps, strictly=False))
    place = {"levels": ("levels",), "stages": ("stages",), "evidence": ("evidence", "caps")}
    return [
        Problem("R308", document.place(place[part], key=True), {"what": what, "found": _list(found)})
        for (part, what), (found, bad) in wrong.items()
        if bad
    ]


def _falls(numbers: Sequence[float], *, strictly: bool) -> bool:
    """Whether a number is below the one before it, or not above it where the rise is strict."""
    return any(b <= a if strictly else b < a for a, b in pairwise(numbers))


_Reference = tuple[tuple[str, ...], str | None, Iterable[str]]


def _body_references(body: Body, rubric: Rubric) -> tuple[_Reference, ...]:
    """Return where a body names something, what it names, and what could be named there."""
    return (
        (("system",), body.system, rubric.systems),
        (("instrument",), body.instrument, rubric.instruments),
        (("successor",), body.successor, rubric.bodies),
        (("default_when_silent", "status"), body.default_when_silent.status, (*rubric.statuses, "unknown")),
    )


def _scale_problems(rubric: Rubric, document: yamlio.Document) -> list[Problem]:
    """Points of the statuses rise from 0 and the pair's levels count from 0, without gaps."""
    scales = {
        "statuses": [s.points for s in rubric.statuses.values() if s.points is not None],
        "pair_statuses": list(rubric.pair_statuses),
    }
    return [
        Problem("R308", document.place((name,), key=True), {"what": name, "found": _list(found)})
        for name, found in scales.items()
        if found != list(range(max(2, len(found))))
    ]
