"""Levels that do not exist, ageing that runs backwards, missing steps and steps that need each other."""

from collections.abc import Iterator
from itertools import pairwise

from assess.problems.model import Problem
from assess.rubric.lint.parts import Path, questions
from assess.rubric.load import Places
from assess.rubric.model import Ageing, Indicator, Question, Rubric

Node = tuple[str, int]


def scales(rubric: Rubric, place: Places) -> Iterator[Problem]:
    """Yield R332, R338, R339 and R340."""
    for question, _, path in questions(rubric):
        yield from _beyond(question, path, rubric, place)
        yield from _backwards(question.id, question.ageing, path, place)
        if isinstance(question, Indicator):
            yield from _gaps(question, path, rubric, place)
    for body in rubric.bodies.values():
        yield from _backwards(body.id, body.ageing, ("bodies", body.id), place)
    yield from _circles(rubric, place)


def _beyond(question: Question, path: Path, rubric: Rubric, place: Places) -> Iterator[Problem]:
    for at, level in _levels(question):
        if level > rubric.top_level:
            values = {"key": question.id, "level": str(level), "lowest": "0", "highest": str(rubric.top_level)}
            yield Problem("R332", place((*path, *at)), values)


def _levels(question: Question) -> Iterator[tuple[Path, int]]:
    """Yield every level that a question names, with its path."""
    for number, case in enumerate(question.borderline):
        yield ("borderline", number, "level"), case.level
    if question.ageing.kind == "event":
        yield ("ageing", "from"), question.ageing.from_level
    if question.ageing.kind == "elapsed":
        for level in question.ageing.limits:
            yield ("ageing", "limits", str(level)), level
    if isinstance(question, Indicator):
        for level, step in question.steps.items():
            yield ("steps", str(level)), level
            for key, need in step.needs.items():
                yield ("steps", str(level), "needs", key), need


def _backwards(key: str, ageing: Ageing, path: Path, place: Places) -> Iterator[Problem]:
    if ageing.kind != "elapsed":
        return
    for (low, fewer), (high, months) in pairwise(sorted(ageing.limits.items())):
        if months > fewer:
            values = {"key": key, "high": str(high), "low": str(low), "months": str(months), "fewer": str(fewer)}
            yield Problem("R338", place((*path, "ageing", "limits", str(high))), values)


def _gaps(indicator: Indicator, path: Path, rubric: Rubric, place: Places) -> Iterator[Problem]:
    at = "steps" if indicator.steps else indicator.id
    for level in range(1, rubric.top_level + 1):
        if level not in indicator.steps:
            where = place((*path, "steps") if at == "steps" else path, key=True)
            yield Problem("R339", where, {"key": indicator.id, "level": str(level)})


# --- circles ------------------------------------------------------------------------------------


def _circles(rubric: Rubric, place: Places) -> Iterator[Problem]:
    """Report each circle once, at its first step; a step also needs the one below it."""
    done: set[Node] = set()
    for key, indicator in rubric.indicators.items():
        for level in sorted(indicator.steps):
            circle = _circle_from((key, level), rubric, done)
            if circle:
                owner, at = circle[0]
                path = ("components", rubric.component_of[owner], "indicators", owner, "steps", str(at))
                names = " > ".join(f"{k} at level {v}" for k, v in (*circle, circle[0]))
                yield Problem("R340", place(path, key=True), {"circle": names})


def _circle_from(start: Node, rubric: Rubric, done: set[Node]) -> list[Node]:
    """Walk what ``start`` needs, depth first, and return the first circle met; mark all that was walked."""
    trail: list[Node] = []
    waiting: list[tuple[Node, bool]] = [(start, False)]
    while waiting:
        node, leaving = waiting.pop()
        if leaving:
            trail.pop()
            done.add(node)
        elif node in trail:
            done.update(trail)
            return trail[trail.index(node) :]
        elif node not in done:
            trail.append(node)
            waiting.append((node, True))
            waiting += [(before, False) for before in _before(node, rubric)]
    return []


def _before(node: Node, rubric: Rubric) -> list[Node]:
    key, level = node
    step = rubric.indicators[key].steps.get(level)
    below = [(key, level - 1)] if level > 1 else []
    return [*below, *((k, v) for k, v in step.needs.items() if v > 0)] if step else below
