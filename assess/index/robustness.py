"""How far scores and ranks depend on single indicators and on noise in data and weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import (
    ArrayError,
    FloatArray,
    at_least,
    numbers,
    open_share,
    refuse_where,
)
from assess.index._rows import checked_values
from assess.index.hierarchy import Level, LevelScores, aggregate, without_child

__all__ = ["LeaveOneOut", "RankRanges", "leave_one_out", "rank_ranges"]

_CHUNK = 2_000_000  # numbers held at once while simulating


@dataclass(frozen=True, slots=True, eq=False)
class LeaveOneOut:
    """The index without each child of one level in turn.

    Attributes:
        nominal: shape (units,), the index with everything in it.
        scores: shape (units, children), the index without that child.
        ranks: shape (units,), nominal ranks, 1 = best, ties share the better rank.
        ranks_without: shape (units, children), ranks without that child.
    """

    nominal: FloatArray
    scores: FloatArray
    ranks: FloatArray
    ranks_without: FloatArray

    @property
    def score_change(self) -> FloatArray:
        """Points gained by leaving the child out, shape (units, children)."""
        return self.scores - self.nominal[:, np.newaxis]

    @property
    def places_gained(self) -> FloatArray:
        """Places gained by leaving the child out, shape (units, children)."""
        return self.ranks[:, np.newaxis] - self.ranks_without

    @property
    def mean_shift(self) -> FloatArray:
        """Mean absolute change of rank over the units ranked both times, shape (children,)."""
        moved = np.abs(self.places_gained)
        ranked = ~np.isnan(moved)
        total = np.where(ranked, moved, 0.0).sum(axis=0)
        return np.where(ranked.any(axis=0), total / np.maximum(ranked.sum(axis=0), 1), np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class RankRanges:
    """Where each unit ranks when data and weights are shaken. All arrays have shape (units,).

    Attributes:
        nominal: rank without noise, 1 = best, ties share the better rank.
        low: best rank of the central range that holds `coverage` of the draws.
        median: middle rank.
        high: worst rank of that range.
        coverage: share of the draws, 0..1.
        draws: number of draws.
        seed: seed they came from.
    """

    nominal: FloatArray
    low: FloatArray
    median: FloatArray
    high: FloatArray
    coverage: float
    draws: int
    seed: int


def leave_one_out(x: ArrayLike, levels: Sequence[Level], at: int = 0) -> LeaveOneOut:
    """Recompute the index without each child of a level: indicators (0), components (1), ...

    The remaining weights are renormalised within the group, a group left empty disappears, and
    thresholds count what remains.

    Args:
        x: indicator scores, shape (units, indicators), NaN = missing.
        levels: the tree, bottom up, with one group at the top.
        at: the level whose children are left out, 0..len(levels) - 1.

    Raises:
        ArrayError: no such level, a child is all there is, or as for `aggregate`.

    >>> from assess.index import level
    >>> leave_one_out([[0.0, 50.0, 100.0]], [level([0, 0, 0])]).scores
    array([[75., 50., 25.]])
    """
    a = _flat_values(x)
    nominal = aggregate(a, levels)
    if not 0 <= at < len(levels):
        raise ArrayError(f"at is {at}: the tree has {len(levels)} levels, counted from 0")
    children = a if at == 0 else nominal.levels[at - 1]
    columns = [_without(children, levels[at:], i) for i in range(children.shape[1])]
    scores = np.stack(columns, axis=1)
    ranks = standing(nominal.index)
    return LeaveOneOut(nominal.index, scores, ranks, standing(scores.T).T)


def _without(children: FloatArray, upper: Sequence[Level], child: int) -> FloatArray:
    return aggregate(np.delete(children, child, axis=1), without_child(upper, child)).index


def rank_ranges(
    x: ArrayLike,
    levels: Sequence[Level],
    *,
    seed: int,
    value_noise: ArrayLike = 0.0,
    weight_noise: float = 0.0,
    limits: tuple[float, float] | None = None,
    draws: int = 1000,
    coverage: float = 0.90,
) -> RankRanges:
    """Simulate how ranks move when scores and weights are not known exactly.

    Each draw adds independent normal noise to every present score and multiplies every weight,
    at every level, by an independent factor uniform on 1 - weight_noise .. 1 + weight_noise.
    The same arguments give the same result.

    Args:
        x: indicator scores, shape (units, indicators), NaN = missing (and stays so).
        levels: the tree, bottom up, with one group at the top.
        seed: whole number, 0 or more.
        value_noise: standard deviation in the units of `x`; one number, or (indicators,).
        weight_noise: relative half-width, 0 <= weight_noise < 1.
        limits: lowest and highest score possible; noisy scores are cut there.
        draws: at least 1.
        coverage: share of the draws the range shall hold, strictly between 0 and 1.

    Raises:
        ArrayError: an argument is outside its range, or as for `aggregate` (for instance noise
            that makes a score negative under a geometric mean: give `limits`).
    """
    a = _flat_values(x)
    nominal = standing(aggregate(a, levels).index)
    noise = _Noise(_spread(value_noise, a), _relative(weight_noise), _checked_limits(limits))
    seed, draws = at_least("seed", seed, 0), at_least("draws", draws, 1)
    tail = (1.0 - open_share("coverage", coverage)) / 2.0
    ranks = np.concatenate(list(_simulate(a, levels, noise, draws, seed)))
    low, median, high = np.quantile(ranks, [tail, 0.5, 1.0 - tail], axis=0, method="inverted_cdf")
    return RankRanges(nominal, low, median, high, coverage, draws, seed)


def standing(scores: FloatArray) -> FloatArray:
    """Ranks along the last axis, 1 = highest, ties share the better rank, NaN stays NaN.

    Scores that differ only by rounding noise (12 significant digits of the largest) are ties.
    """
    top = np.max(np.abs(scores), axis=-1, keepdims=True, where=~np.isnan(scores), initial=0.0)
    level_scores = np.round(scores / np.where(top > 0.0, top, 1.0), 12)
    ahead = level_scores[..., np.newaxis, :] > level_scores[..., :, np.newaxis]
    return np.where(np.isnan(scores), np.nan, 1.0 + ahead.sum(axis=-1))


# --- helpers -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Noise:
    values: FloatArray
    weights: float
    limits: tuple[float, float]


def _flat_values(x: ArrayLike) -> FloatArray:
    a = checked_values(x)
    if a.ndim != 2:
        raise ArrayError(f"x must have shape (units, indicators), got {a.shape}")
    return a


def _spread(value_noise: ArrayLike, a: FloatArray) -> FloatArray:
    spread = numbers("value_noise", value_noise)
    if spread.shape not in ((), (a.shape[1],)):
        raise ArrayError(f"value_noise must be one number or have shape ({a.shape[1]},), got {spread.shape}")
    refuse_where("value_noise", spread, spread < 0.0, "a deviation must not be negative")
    return spread


def _relative(weight_noise: float) -> float:
    if not 0.0 <= weight_noise < 1.0:
        raise ArrayError(f"weight_noise is {weight_noise}: it must be at least 0 and below 1")
    return weight_noise


def _checked_limits(limits: tuple[float, float] | None) -> tuple[float, float]:
    low, high = (-np.inf, np.inf) if limits is None else limits
    if not low < high:
        raise ArrayError(f"limits are {low} and {high}: the first must be below the second")
    return low, high


def _simulate(a: FloatArray, levels: Sequence[Level], noise: _Noise, draws: int, seed: int) -> Iterator[FloatArray]:
    """Ranks of shape (draws, units), some draws at a time.

    Values and weights of each level have their own streams, so the size of a chunk cannot
    change the numbers drawn.
    """
    values, *weights = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(1 + len(levels)))
    step = max(1, _CHUNK // (a.shape[0] * max(a.shape)))
    for start in range(0, draws, step):
        n = min(step, draws - start)
        shaken = np.clip(a + noise.values * values.standard_normal((n, *a.shape)), *noise.limits)
        tree = [_shaken(lv, noise.weights, n, rng) for lv, rng in zip(levels, weights, strict=True)]
        yield standing(_index(shaken, tree))


def _index(shaken: FloatArray, tree: Sequence[Level]) -> FloatArray:
    scores: LevelScores = aggregate(shaken, tree)
    return scores.index


def _shaken(step: Level, width: float, draws: int, rng: np.random.Generator) -> Level:
    factors = rng.uniform(1.0 - width, 1.0 + width, (draws, 1, step.weights.size))
    return replace(step, weights=step.weights * factors)
