"""Likely ranges of many relationships at once: the model of `assess.uncertainty`, moved in one array operation.

Each relationship has random numbers of its own, from its own seed, so that its figures depend neither on
what else is in the portfolio nor on how the work was cut up. Chains are shorter than those of a single
report (`KEPT` sweeps of each of 8 chains), so that their ends carry a little more noise.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assess._arrays import FloatArray, IntArray
from assess.portfolio.columns import QUANTILES, snake
from assess.portfolio.record import short
from assess.result import Result
from assess.rubric.model import Rubric
from assess.uncertainty.items import Items, read
from assess.uncertainty.ranges import COVERAGE, leniency, likely_draws, stage_chances
from assess.uncertainty.rating import Posterior, Ratings, sample
from assess.uncertainty.run import own_seed

WARM_UP, KEPT = 75, 300
BATCH = 32
"""Relationships that move together; more would take memory and save no time."""


def likely(rubric: Rubric, results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return for each result the columns about its likely ranges; all empty where nothing is applicable."""
    empty: dict[str, Any] = dict.fromkeys(("likely_low", "likely_middle", "likely_high"))
    found: list[dict[str, Any]] = [{**empty, "verified": None, "index_quantiles": None} for _ in results]
    for batch in _batches(rubric, results):
        for case, posterior in zip(batch, _sampled(rubric, batch), strict=True):
            found[case.number] = _columns(rubric, case, posterior)
    return found


@dataclass(frozen=True, slots=True)
class _Case:
    """One result with its items, their places among all slots of the rubric, and its random numbers."""

    number: int
    result: Result
    items: Items
    places: IntArray
    rating: np.random.Generator
    leniency: np.random.Generator


class _Streams:
    """One generator for each problem, behind the face of one; the first axis is that of the problems."""

    def __init__(self, streams: Sequence[np.random.Generator]) -> None:
        self.streams = streams

    def random(self, size: Sequence[int]) -> FloatArray:
        return np.stack([stream.random(tuple(size[1:])) for stream in self.streams])

    def standard_gamma(self, shape: FloatArray) -> FloatArray:
        return np.stack([stream.standard_gamma(part) for stream, part in zip(self.streams, shape, strict=True)])

    def integers(self, low: int, high: int, size: Sequence[int]) -> IntArray:
        return np.stack([stream.integers(low, high, size=tuple(size[1:])) for stream in self.streams])


# --- batches ------------------------------------------------------------------------------------


def _slots(rubric: Rubric) -> Mapping[tuple[str, str], int]:
    every = [(i.id, slot) for i in rubric.indicators.values() for slot in i.slots]
    return {key: number for number, key in enumerate(every)}


def _batches(rubric: Rubric, results: Sequence[Result]) -> Iterator[list[_Case]]:
    """Yield cases that can move together: as many raters, and all or none of them learnable."""
    place = _slots(rubric)
    groups: defaultdict[tuple[Any, ...], list[_Case]] = defaultdict(list)
    for number, result in enumerate(results):
        items = read(rubric, result)
        if items is not None:
            case = _case(number, result, items, place)
            groups[_kind(items)].append(case)
    for group in groups.values():
        for start in range(0, len(group), BATCH):
            yield group[start : start + BATCH]


def _case(number: int, result: Result, items: Items, place: Mapping[tuple[str, str], int]) -> _Case:
    seeds = np.random.SeedSequence(own_seed(result)).spawn(2)
    rating, shift = (np.random.Generator(np.random.PCG64(seed)) for seed in seeds)
    places = np.array([place[slot] for slot in items.slots])
    return _Case(number, result, items, places, rating, shift)


def _kind(items: Items) -> tuple[int, bool]:
    """Number of raters, and whether the accuracy of one can be learned."""
    return len(items.low), bool(items.rated.sum(axis=0).max(initial=0) >= 2)


def _sampled(rubric: Rubric, batch: Sequence[_Case]) -> Iterator[Posterior]:
    """Sample all cases of a batch and yield the posterior of each over its own items."""
    drawn = sample(_ratings(rubric, batch), _Streams([c.rating for c in batch]), warm_up=WARM_UP, kept=KEPT)
    for number, case in enumerate(batch):
        yield Posterior(
            levels=drawn.levels[number : number + 1, case.places],
            shares=drawn.shares[number : number + 1],
            accuracy=drawn.accuracy[number : number + 1],
            learned=drawn.learned[number : number + 1],
        )


def _ratings(rubric: Rubric, batch: Sequence[_Case]) -> Ratings:
    """Lay the items of all cases over the same slots; what is not applicable is unrated and teaches nothing."""
    first = batch[0].items
    shape = (len(batch), len(first.low), len(_slots(rubric)))
    low, high = np.full(shape, -1), np.full(shape, -1)
    shift = np.zeros(shape, np.int64)
    allowed = np.ones((len(batch), shape[2], len(first.scores)), bool)
    for number, case in enumerate(batch):
        low[number][:, case.places], high[number][:, case.places] = case.items.low, case.items.high
        shift[number][:, case.places] = case.items.shift
        allowed[number, case.places] = case.items.allowed
    return Ratings(low, high, shift, allowed)


# --- columns ------------------------------------------------------------------------------------


def _columns(rubric: Rubric, case: _Case, posterior: Posterior) -> dict[str, Any]:
    tau = leniency(case.result)
    draws = likely_draws(case.items, posterior, tau.tau, case.leniency)
    tail = (1 - COVERAGE) / 2
    ends = np.quantile(np.vstack([draws.components, draws.index]), [tail, 0.5, 1 - tail], axis=1)
    marks = (np.arange(QUANTILES) + 0.5) / QUANTILES
    chances = stage_chances(rubric, case.result, case.items, draws)
    found: dict[str, Any] = {
        "likely_low": _two(ends[0, -1]), "likely_middle": _two(ends[1, -1]), "likely_high": _two(ends[2, -1]),
        "verified": short(tau.verified_share),
        "index_quantiles": [_two(value) for value in np.quantile(draws.index, marks)],
    }
    if chances.said == "two_stages":
        found["stage"] = None  # what the answers give is too unsure to be named alone (rule 6)
    for number, key in enumerate(case.items.tree.components):
        found[f"{snake(key)}_likely_low"] = _two(ends[0, number])
        found[f"{snake(key)}_likely_high"] = _two(ends[2, number])
    return found | {f"p_{snake(c.stage)}": c.probability for c in chances.chances}


def _two(value: float) -> float:
    return round(float(value), 2) + 0.0
