"""Weights that cannot change an outcome, and components of an unsound size."""

from collections.abc import Iterator, Mapping

from assess.problems.model import Problem
from assess.rubric.lint.parts import Path
from assess.rubric.load import Places
from assess.rubric.model import Rubric

LEAST_POINTS = 0.05  # half a tenth: what moves the index by less is never printed
FEWEST, MOST = 3, 9


def weights(rubric: Rubric, place: Places) -> Iterator[Problem]:
    """Yield R324 (a weight alone), R325 (too light to be seen) and R333 (too few or many indicators)."""
    for path, members in _weighed(rubric):
        for key, weight in members.items():
            if len(members) == 1 and weight != 1:
                values = {"key": key, "weight": f"{weight:g}"}
                yield Problem("R324", place((*path, *_tail(path, key))), values)
    yield from _light(rubric, place)
    for component in rubric.components:
        count = len(component.indicators)
        if not FEWEST <= count <= MOST:
            values = {"key": component.id, "count": "1 indicator" if count == 1 else f"{count} indicators"}
            yield Problem("R333", place(("components", component.id, "indicators"), key=True), values)


def _weighed(rubric: Rubric) -> Iterator[tuple[Path, Mapping[str, float]]]:
    """Yield each group of weights that work against each other, with the path of the group."""
    yield ("components",), {c.id: c.weight for c in rubric.components}
    yield ("challenges",), {c.id: c.weight for c in rubric.challenges}
    for component in rubric.components:
        yield ("components", component.id, "indicators"), {i.id: i.weight for i in component.indicators}
    for challenge in rubric.challenges:
        yield ("challenges", challenge.id, "barriers"), {b.id: b.weight for b in challenge.barriers}
    for aim in rubric.aims.values():
        if len(aim.indicators) + len(aim.bodies) == 1:
            part = "indicators" if aim.indicators else "bodies"
            yield ("aims", aim.id, part), {**aim.indicators, **aim.bodies}


def _tail(path: Path, key: str) -> Path:
    """Aims write the weight behind the id itself, all others under the key ``weight``."""
    return (key,) if path[0] == "aims" else (key, "weight")


def _light(rubric: Rubric, place: Places) -> Iterator[Problem]:
    span = rubric.levels[-1].score - rubric.levels[0].score
    whole = sum(component.weight for component in rubric.components)
    for component in rubric.components:
        inside = sum(indicator.weight for indicator in component.indicators)
        for indicator in component.indicators:
            points = span * component.weight / whole * indicator.weight / inside
            if points < LEAST_POINTS:
                path = ("components", component.id, "indicators", indicator.id, "weight")
                yield Problem("R325", place(path), {"key": indicator.id, "points": f"{points:.3f}"})
