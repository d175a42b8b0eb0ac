"""Gates that never or always hold, or hold back nothing; stages out of reach; levels that nothing carries."""

from collections.abc import Callable, Iterator

from assess.language import N_
from assess.problems.model import Problem
from assess.rubric.load import Places
from assess.rubric.model import STRENGTHS, Component, Gate, IndicatorType, Rubric

_JUST_BELOW = 1e-9


def gates(rubric: Rubric, place: Places) -> Iterator[Problem]:
    """Yield R326 to R329 and R341."""
    for number, gate in enumerate(rubric.gates):
        for code, why in ((c, why(gate, rubric)) for c, why in _FAULTS.items()):
            if why:
                values = {"key": gate.id, "cap": gate.cap, "reason": why}
                yield Problem(code, place(("gates", number)), values)
                break
    highest = _highest_index(rubric)
    for number, stage in enumerate(rubric.stages):
        if stage.from_score > highest:
            values = {"key": stage.id, "start": f"{stage.from_score:g}", "highest": f"{highest:g}"}
            yield Problem("R329", place(("stages", number, "from")), values)
    yield from _uncarried(rubric, place)


# --- what evidence can carry --------------------------------------------------------------------


def _top(kind: IndicatorType, rubric: Rubric) -> int:
    """The highest level that any evidence carries for questions of this type."""
    return min(rubric.top_level, max(rubric.evidence.caps.cap(strength, kind) for strength in STRENGTHS))


def _highest(component: Component, rubric: Rubric) -> float:
    """The points of a component whose indicators all stand as high as evidence carries."""
    whole = sum(i.weight for i in component.indicators)
    return sum(i.weight * rubric.points(_top(i.type, rubric)) for i in component.indicators) / whole


def _highest_index(rubric: Rubric) -> float:
    whole = sum(c.weight for c in rubric.components)
    return sum(c.weight * _highest(c, rubric) for c in rubric.components) / whole


def _uncarried(rubric: Rubric, place: Places) -> Iterator[Problem]:
    asked = {question.type for question in (*rubric.indicators.values(), *rubric.barriers.values())}
    for kind in sorted(asked):
        for level in range(_top(kind, rubric) + 1, rubric.top_level + 1):
            yield Problem("R341", place(("evidence", "caps"), key=True), {"level": str(level), "kind": kind})


# --- gates ----------------------------------------------------------------------------------------


def _component(key: str, rubric: Rubric) -> Component:
    return next(c for c in rubric.components if c.id == key)


def _always(gate: Gate, rubric: Rubric) -> str:
    when = gate.when
    if when.unknown_share is not None:
        if when.unknown_share == "essential" and not any(i.essential for i in rubric.indicators.values()):
            return N_("no indicator is essential")
        return N_("no share is above 1") if (when.at_most or 0) >= 1 else ""
    lowest = 0 if when.indicator is not None else rubric.levels[0].score
    return f"nothing is below {lowest:g}" if (when.at_least or 0) <= lowest else ""


def _never(gate: Gate, rubric: Rubric) -> str:
    when = gate.when
    if when.indicator is not None:
        top = _top(rubric.indicators[when.indicator].type, rubric)
        return f"{when.indicator} can stand at level {top} at most" if (when.at_least or 0) > top else ""
    if when.component is not None:
        highest = _highest(_component(when.component, rubric), rubric)
        return f"{when.component} can have {highest:g} points at most" if (when.at_least or 0) > highest else ""
    return ""


def _idle(gate: Gate, rubric: Rubric) -> str:
    """Say why a relationship that fails the gate stands no higher than the cap anyway."""
    cap = rubric.stage_position(gate.cap)
    if cap == len(rubric.stages) - 1:
        return f"{gate.cap} is the highest stage"
    best = _best_without(gate, rubric)
    if rubric.stage_index(best) <= cap < rubric.stage_index(_highest_index(rubric)):
        return f"where it does not hold, the index stays below {best + _JUST_BELOW:g} and so within {gate.cap} anyway"
    return ""


def _best_without(gate: Gate, rubric: Rubric) -> float:
    """The index just below which a relationship ends that fails the gate and has everything else."""
    when, highest = gate.when, _highest_index(rubric)
    whole = sum(c.weight for c in rubric.components)
    if when.indicator is not None:
        owner = _component(rubric.component_of[when.indicator], rubric)
        indicator = rubric.indicators[when.indicator]
        share = owner.weight / whole * indicator.weight / sum(i.weight for i in owner.indicators)
        lost = rubric.points(_top(indicator.type, rubric)) - rubric.points(when.at_least or 0)
    elif when.component is not None:
        owner = _component(when.component, rubric)
        share, lost = owner.weight / whole, _highest(owner, rubric) - (when.at_least or 0)
    else:
        return highest  # unknowns lower the coverage, never the index
    return max(0.0, highest - share * lost - _JUST_BELOW)


_FAULTS: dict[str, Callable[[Gate, Rubric], str]] = {"R327": _always, "R328": _never, "R326": _idle}
