"""The newest assessment of every relationship as arrays: small enough to hold for all, and all that the report needs.

One row a relationship, in order of its key; NaN is «not known». What is not published for lack of answers
(rule 4) is marked, and takes part neither in clusters nor in the plan.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from assess._arrays import BoolArray, FloatArray
from assess.portfolio.columns import QUANTILES, snake
from assess.portfolio.record import Record
from assess.portfolio.run import Measured, Member
from assess.portfolio.store import Store
from assess.rubric.model import Rubric

YEAR = 365
_WIDEST = 200  # days by which an earlier assessment may miss the year


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """All relationships at their newest date.

    Attributes:
        members: the assessments.
        names: shape (relationships, 2), the parties' codes and names as (code, code, name, name).
        index, likely_low, likely_high, coverage, pressure, pressure_coverage: shape (relationships,).
        published: shape (relationships,), whether enough is answered for one figure.
        components: shape (relationships, components).
        component_coverage: likewise.
        severities: shape (relationships, challenges).
        indicators: shape (relationships, indicators).
        quantiles: shape (relationships, quantiles); NaN where no ranges were drawn.
        stages, lowest, highest: ids of stages; the first is "" where no single one is published.
        illustrations: how many are marked as illustrations.
    """

    members: tuple[Member, ...]
    names: tuple[tuple[str, str, str, str], ...]
    titles: tuple[str | None, ...]
    index: FloatArray
    likely_low: FloatArray
    likely_high: FloatArray
    coverage: FloatArray
    pressure: FloatArray
    pressure_coverage: FloatArray
    published: BoolArray
    components: FloatArray
    component_coverage: FloatArray
    severities: FloatArray
    indicators: FloatArray
    quantiles: FloatArray
    stages: tuple[str, ...]
    lowest: tuple[str, ...]
    highest: tuple[str, ...]
    illustrations: int

    def __len__(self) -> int:
        """How many relationships there are."""
        return len(self.members)


def overview(measured: Measured, store: Store, rubric: Rubric) -> Overview:
    """Read the newest record of every relationship."""
    members = tuple(measured.latest().values())
    heads: list[dict[str, Any]] = []
    indicators = np.full((len(members), len(rubric.indicators)), np.nan)
    for number, member in enumerate(members):
        record: Record = store.get("records", member.key)
        heads.append(_slim(record["head"], rubric))
        indicators[number] = [np.nan if cells[5] is None else cells[5] for cells in record["indicators"]]
    return Overview(
        members=members,
        names=tuple((h["party_a"], h["party_b"], h["party_a_name"], h["party_b_name"]) for h in heads),
        titles=tuple(h["title"] for h in heads),
        **{name: _column(heads, name) for name in _NUMBERS},
        published=np.array([bool(h["published"]) for h in heads], bool),
        components=_table(heads, [f"{snake(c.id)}_points" for c in rubric.components]),
        component_coverage=_table(heads, [f"{snake(c.id)}_coverage" for c in rubric.components]),
        severities=_table(heads, [f"{snake(c.id)}_severity" for c in rubric.challenges]),
        indicators=indicators,
        quantiles=_quantiles(heads),
        stages=tuple(h["stage"] or "" for h in heads),
        lowest=tuple(h["stage_lowest"] for h in heads),
        highest=tuple(h["stage_highest"] for h in heads),
        illustrations=sum(h["kind"] == "illustration" for h in heads),
    )


_NUMBERS = ("index", "likely_low", "likely_high", "coverage", "pressure", "pressure_coverage")
_TEXTS = ("party_a", "party_b", "party_a_name", "party_b_name", "title", "published", "stage", "stage_lowest",
          "stage_highest", "kind")


def _slim(head: dict[str, Any], rubric: Rubric) -> dict[str, Any]:
    """Keep what becomes an array, so that many thousand heads stay small."""
    kept = {name: head.get(name) for name in (*_NUMBERS, *_TEXTS)}
    quantiles = head.get("index_quantiles")
    kept["index_quantiles"] = None if quantiles is None else np.array(quantiles, np.float32)
    for group, ending in ((rubric.components, "points"), (rubric.components, "coverage")):
        kept.update({name: head.get(name) for name in (f"{snake(part.id)}_{ending}" for part in group)})
    kept.update({name: head.get(name) for name in (f"{snake(c.id)}_severity" for c in rubric.challenges)})
    return kept


def _column(heads: Sequence[dict[str, Any]], name: str) -> FloatArray:
    return np.array([np.nan if h[name] is None else h[name] for h in heads], np.float64)


def _table(heads: Sequence[dict[str, Any]], names: Sequence[str]) -> FloatArray:
    return np.array([[np.nan if h[n] is None else h[n] for n in names] for h in heads]).reshape(len(heads), len(names))


def _quantiles(heads: Sequence[dict[str, Any]]) -> FloatArray:
    found = np.full((len(heads), QUANTILES), np.nan, np.float32)
    for row, head in zip(found, heads, strict=True):
        if head["index_quantiles"] is not None:
            row[:] = head["index_quantiles"]
    return found.astype(np.float64)


def a_year_before(measured: Measured) -> Iterable[tuple[Member, Member]]:
    """Yield (earlier, newest) of every relationship with an assessment about a year before the newest.

    About: within 200 days of a year; of several the one nearest to it.
    """
    rows: dict[str, list[Member]] = {}
    for member in measured.members:
        rows.setdefault(member.relationship, []).append(member)
    for row in rows.values():
        newest = row[-1]
        apart = [(abs(_days(member, newest) - YEAR), member) for member in row[:-1]]
        near = min(apart, default=None)
        if near is not None and near[0] <= _WIDEST:
            yield near[1], newest


def _days(earlier: Member, later: Member) -> int:
    return (date.fromisoformat(later.as_of) - date.fromisoformat(earlier.as_of)).days
