"""What every sentence of the report needs: the result, the rubric, the language, and a few sums made once."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from assess import words
from assess.assessment import Assessment
from assess.language import Translator
from assess.result import IndicatorResult, Range, Result, SlotValue, Source
from assess.rubric.model import Rubric
from assess.scoring.rounding import largest_remainder, rounded
from assess.uncertainty.model import StageChances

if TYPE_CHECKING:
    from assess.roadmap.problem import Ground


@dataclass(frozen=True)
class Context:
    """One assessment, to be told in one language."""

    assessment: Assessment
    rubric: Rubric
    tr: Translator

    @property
    def result(self) -> Result:
        """What follows from the answers by counting."""
        return self.assessment.result

    def source_title(self, source: Source) -> str:
        """The title of a source, or that it is withheld."""
        return self.tr("Source withheld") if source.title is None else source.title

    @property
    def copy(self) -> bool:
        """Whether this is a copy that leaves something out for its audience."""
        return self.assessment.audience != "internal"

    @cached_property
    def parts(self) -> Mapping[str, IndicatorResult]:
        """Every indicator's result by id, in the rubric's order."""
        return {i.id: i for c in self.result.components for i in c.indicators}

    @cached_property
    def ground(self) -> "Ground":
        """Every step that could be taken, as the roadmap reads them."""
        from assess.roadmap.problem import survey  # imported late: numpy is slow to load

        return survey(self.rubric, _with_sides(self.result) if self.copy else self.result)

    @cached_property
    def contribution(self) -> Mapping[str, Decimal]:
        """Points of the index from each indicator, rounded so that the printed column adds up."""
        return self._rounded(lambda part: part.contribution)

    @cached_property
    def lost(self) -> Mapping[str, Decimal]:
        """Points of the index missing at each indicator, rounded likewise."""
        return self._rounded(lambda part: part.lost)

    def _rounded(self, figure: Callable[[IndicatorResult], float]) -> dict[str, Decimal]:
        """A figure of each indicator: components are rounded first, so that equal ones stay as equal as can be."""
        values = [[figure(i) for i in c.indicators] for c in self.result.components]
        totals = largest_remainder([sum(row) for row in values])
        parts = [largest_remainder(row, total=total) for row, total in zip(values, totals, strict=True)]
        return dict(zip(self.parts, chain.from_iterable(parts), strict=True))

    def sums(self, key: str) -> tuple[Decimal, Decimal]:
        """What a component contributes and what it loses, as the sum of its printed indicators."""
        parts = next(c.indicators for c in self.result.components if c.id == key)
        start = Decimal(0)
        return sum((self.contribution[i.id] for i in parts), start), sum((self.lost[i.id] for i in parts), start)

    @cached_property
    def cited(self) -> Mapping[str, tuple[str, ...]]:
        """The indicators, barriers and bodies that cite each piece of evidence."""
        cited: defaultdict[str, list[str]] = defaultdict(list)
        readings = [(part.id, r.evidence) for part in self.parts.values() for r in part.readings]
        readings += [(b.id, r.evidence) for c in self.result.challenges for b in c.barriers for r in b.readings]
        readings += [(body.id, r.evidence) for body in self.result.bodies for r in body.readings]
        for owner, key in dict.fromkeys((owner, key) for owner, keys in readings for key in keys):
            cited[key].append(owner)
        return {key: tuple(ids) for key, ids in cited.items()}

    @cached_property
    def names(self) -> tuple[str, str]:
        """The names of side A and side B."""
        return words.party_names(self.result, self.tr)

    @cached_property
    def stage_titles(self) -> Mapping[str, str]:
        """The name of each stage by id."""
        return {stage.id: self.tr(stage.title) for stage in self.rubric.stages}

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Whose record or view something is: A, B, both or third, in words."""
        a, b = self.names
        return {"A": a, "B": b, "both": self.tr("both sides"), "third": self.tr("third party")}

    def points(self) -> str:
        """The index as it is printed."""
        return self.index_at(self.result.index.points)

    def bounds(self) -> str:
        """The hard bounds of the index as they are printed."""
        ends = self.result.index.bounds
        return f"{self.index_at(ends.low)}–{self.index_at(ends.high)}"

    def index_at(self, value: float | None) -> str:
        """What the index is, or might be, in as many digits as it is printed with."""
        return words.number(value, self._digits, self.tr)

    @property
    def _digits(self) -> int:
        """None, unless a whole number would put the index at another stage's threshold."""
        value = self.result.index.points
        stage = self.rubric.stage_index
        return int(value is not None and stage(value) != stage(float(rounded(value, 0))))

    @property
    def likely_two(self) -> StageChances | None:
        """The two likeliest stages, where the one of the answers is too unsure to be named alone (rule 6)."""
        sure = self.assessment.uncertainty
        stages = sure.stages if sure else None
        return stages if stages and stages.said == "two_stages" and self.result.stage.published else None

    def stage(self) -> str:
        """The stage as it is said: one, two that are likely, or the span."""
        if self.likely_two is None:
            return words.stage_phrase(self.result.stage, self.rubric, self.tr)
        first, second = (self.stage_titles[c.stage] for c in self.likely_two.named)
        return self.tr("{first} or {second}").format(first=first, second=second)

    @property
    def enough(self) -> bool:
        """Whether enough is answered for one figure; below that only ranges are published (rule 4)."""
        index = self.result.index
        return index.points is not None and index.coverage >= self.rubric.coverage.overall_minimum

    def component_title(self, key: str) -> str:
        """The name of a component."""
        return self.tr(next(c.title for c in self.rubric.components if c.id == key))

    def who(self, slot: str, kind: str) -> str:
        """Whom an answer is about, for an indicator of type ``kind`` (P, S or D)."""
        a, b = self.names
        if slot == "pair":
            return self.tr("the pair")
        if kind == "S":
            return a if slot == "A" else b
        first, second = (a, b) if slot == "A" else (b, a)
        return self.tr("{first} towards {second}").format(first=first, second=second)

    @staticmethod
    def reserved(points: float | None, indicative: bool) -> str:
        """Points, in brackets where they are indicative only."""
        shown = words.number(points)
        return f"({shown})" if indicative and points is not None else shown

    @staticmethod
    def range(low: float, high: float) -> str:
        """Two ends in whole points."""
        return f"{words.number(low)}–{words.number(high)}"


def _with_sides(result: Result) -> Result:
    """The result of a copy with the pair in the stead of sides that are withheld."""
    components = tuple(
        c.model_copy(update={"indicators": tuple(map(_with_side, c.indicators))}) for c in result.components
    )
    return result.model_copy(update={"components": components})


def _with_side(part: IndicatorResult) -> IndicatorResult:
    """The pair as the only side; where its limits are withheld no step is known, for steps start at the lower one."""
    if part.points is None:
        return part
    if part.bounds is None:
        return part.model_copy(update={"points": None, "bounds": Range(low=part.points, high=part.points)})
    pair = SlotValue(slot="pair", state=part.state, points=part.points, bounds=part.bounds)
    return part.model_copy(update={"slots": part.slots or (pair,)})
