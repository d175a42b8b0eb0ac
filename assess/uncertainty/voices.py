"""Who speaks: the questionnaires of each side, and the figures that follow from some of them alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assess.result import IndicatorResult, Result
from assess.rubric.model import Rubric
from assess.scoring.again import value_of_reading
from assess.scoring.headline import Headline, headline
from assess.scoring.values import Known, NotApplicable, Open, Value, combine, pool


@dataclass(frozen=True, slots=True)
class Said:
    """What some of the raters come to by the rules of the headline (method rules 1 to 4)."""

    indicators: Mapping[str, Value]
    components: Mapping[str, Headline | None]
    index: float | None


def raters_of(result: Result, side: str) -> tuple[int, ...]:
    """Return the numbers of the raters who answer for ``side``."""
    return tuple(n for n, q in enumerate(result.questionnaires) if q.answered_by.side == side)


def both_parties(result: Result) -> bool:
    """Whether each party answered with a questionnaire of its own."""
    return bool(raters_of(result, "A")) and bool(raters_of(result, "B"))


def said_by(rubric: Rubric, result: Result, raters: Collection[int]) -> Said:
    """Score the answers of some raters alone, as `assess.scoring` would."""
    values = {i.id: _value(rubric, i, raters) for c in result.components for i in c.indicators}
    heads = {c.id: headline([(i.id, i.weight, values[i.id]) for i in c.indicators]) for c in rubric.components}
    index = headline([(c.id, c.weight, _as_value(heads[c.id])) for c in rubric.components])
    return Said(values, heads, index.points if index else None)


def _value(rubric: Rubric, indicator: IndicatorResult, raters: Collection[int]) -> Value:
    slots = [
        pool([value_of_reading(rubric, r) for r in indicator.readings if r.slot == slot.slot and r.rater in raters])
        for slot in indicator.slots
    ]
    return combine(slots, rubric.indicators[indicator.id].pair_rule)


def _as_value(head: Headline | None) -> Value:
    if head is None:
        return NotApplicable()
    return Open(head.low, head.high) if head.points is None else Known(head.points, head.low, head.high)
