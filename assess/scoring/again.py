"""Judge a result again with some of its values changed: what a plan or a doubt would make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assess.result import GateResult, IndicatorResult, Reading, Result, StageResult
from assess.rubric.model import Rubric
from assess.scoring.gates import Facts, judge, stage
from assess.scoring.score import groups, unknown_shares
from assess.scoring.values import Known, NotApplicable, Open, Value
from assess.scoring.weighing import Weighing, weigh


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say about a set of values."""

    values: Mapping[str, Value]
    weighing: Weighing
    gates: tuple[GateResult, ...]
    stage: StageResult

    @property
    def points(self) -> float | None:
        """The index, 0 to 100; None if nothing is known."""
        return self.weighing.total.points if self.weighing.total else None

    def reached(self, rubric: Rubric) -> int | None:
        """Return the position of the stage by score and gates, published or not; None without an index.

        A gate that is undetermined counts as not passed (method rule 6).
        """
        if self.points is None:
            return None
        caps = [rubric.stage_position(g.cap) for g in self.gates if g.state in ("failed", "undetermined")]
        return min([rubric.stage_index(self.points), *caps])


def value_of(indicator: IndicatorResult) -> Value:
    """Return the pair's value of an indicator as scoring had it; where a copy withholds its bounds, without them."""
    if indicator.state == "not_applicable":
        return NotApplicable()
    if indicator.bounds is None:
        return Open(0, 100) if indicator.points is None else Known(indicator.points, indicator.points, indicator.points)
    if indicator.points is None:
        return Open(indicator.bounds.low, indicator.bounds.high)
    return Known(indicator.points, indicator.bounds.low, indicator.bounds.high)


def value_of_reading(rubric: Rubric, reading: Reading) -> Value:
    """Return what one rater's answer for one slot counts under the level scores of ``rubric``.

    The effective levels count: limits of an open answer are claims too, and are capped and aged.
    """
    if reading.state == "not_applicable":
        return NotApplicable()
    if reading.state in ("answered", "disputed"):
        ends = [rubric.points(level) for level in reading.effective]
        return Known(sum(ends) / len(ends), ends[0], ends[-1])
    low, high = reading.effective or (0.0, float(rubric.top_level))
    return Open(rubric.points(low), rubric.points(high))


def values_of(result: Result) -> dict[str, Value]:
    """Return the pair's value of every indicator, in the rubric's order."""
    return {i.id: value_of(i) for component in result.components for i in component.indicators}


def without(values: Mapping[str, Value], ids: Sequence[str]) -> dict[str, Value]:
    """Return the values with these indicators out of the denominator, as if not applicable."""
    return {**values, **{key: NotApplicable() for key in ids}}


def judge_again(rubric: Rubric, values: Mapping[str, Value]) -> Judgement:
    """Apply rules 1, 4 and 6 to these values of all indicators."""
    weighing = weigh(groups(rubric), values)
    facts = Facts(values, weighing.heads, unknown_shares(rubric, values))
    gates = tuple(judge(gate, facts, rubric) for gate in rubric.gates)
    return Judgement(values, weighing, gates, stage(weighing.total, gates, rubric))
