"""Say which part of a number, or of a change, is due to what; the parts always add up.

Shapley and Owen values split the worth of a game among its players exactly, by going through
every coalition. Bennet splits the change of a weighted sum into values and weights; LMDI splits
the change of a sum of products into its factors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb, fsum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import (
    ArrayError,
    BoolArray,
    FloatArray,
    IntArray,
    at_least,
    numbers,
    refuse_where,
    vector,
)

__all__ = [
    "MAX_COALITIONS",
    "MAX_PLAYERS",
    "ArrayError",
    "Attribution",
    "Bennet",
    "FactorEffects",
    "Game",
    "bennet",
    "lmdi_additive",
    "lmdi_multiplicative",
    "owen",
    "shapley",
]

MAX_PLAYERS = 16
MAX_COALITIONS = 2**20

Game: TypeAlias = Callable[[BoolArray], Any]
"""Worth of a coalition: a mask of shape (players,) to a number.

Called with `vectorised=True` it takes masks of shape (coalitions, players) and returns shape
(coalitions,) instead.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """What each player adds to a game.

    Attributes:
        values: shape (players,), in the units of the game; they sum to `total - baseline`.
        baseline: worth of nobody.
        total: worth of everybody.
    """

    values: FloatArray
    baseline: float
    total: float


@dataclass(frozen=True, slots=True, eq=False)
class Bennet:
    """Change of a weighted sum, item by item.

    Attributes:
        from_values: shape (items,), effect of changed values, mean weight * change of value.
        from_weights: shape (items,), effect of changed weights, mean value * change of weight.
        before: sum of weight * value before.
        after: sum of weight * value after.
    """

    from_values: FloatArray
    from_weights: FloatArray
    before: float
    after: float

    @property
    def change(self) -> float:
        """after - before, the sum of all effects."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, eq=False)
class FactorEffects:
    """Change of a sum of products, factor by factor.

    Attributes:
        effects: shape (factors,). Additive: they sum to after - before. Multiplicative: their
            product is after / before.
        before: the sum of products before.
        after: the sum of products after.
    """

    effects: FloatArray
    before: float
    after: float


# --- games -----------------------------------------------------------------------------------


def shapley(game: Game, players: int, *, vectorised: bool = False) -> Attribution:
    """Exact Shapley values: a player's mean contribution over all orders of arrival.

    Source: Shapley (1953). Every one of the 2^players coalitions is asked for once.

    Args:
        game: worth of a coalition; it need not be zero for nobody.
        players: 1..16 (`MAX_PLAYERS`).
        vectorised: whether `game` takes all coalitions at once, shape (coalitions, players).

    Raises:
        ArrayError: too many players, or a worth that is not a finite number (the coalition is
            named).

    >>> shapley(lambda s: 90.0 if s[0] and s.sum() > 1 else 0.0, 3).values
    array([60., 15., 15.])
    """
    if at_least("players", players, 1) > MAX_PLAYERS:
        raise ArrayError(
            f"players is {players}: exact values need 2^players coalitions, so at most "
            f"{MAX_PLAYERS}; group the players and use owen"
        )
    worth = _worths(game, _subsets(players), vectorised)
    values = np.array([_marginal(worth, players, i) for i in range(players)])
    return Attribution(values, float(worth[0]), float(worth[-1]))


def owen(game: Game, coalitions: Sequence[Sequence[int]], *, vectorised: bool = False) -> Attribution:
    """Exact Owen values: as Shapley, but the members of a coalition always arrive together.

    The values of a coalition's members sum to its Shapley value in the game between coalitions.
    With single-member coalitions, or one for everybody, they are the Shapley values.
    Source: Owen (1977).

    Args:
        game: worth of a set of players; it need not be zero for nobody.
        coalitions: players 0..n-1, each in exactly one coalition.
        vectorised: whether `game` takes many sets at once, shape (sets, players).

    Raises:
        ArrayError: a player is missing or named twice, a coalition is empty, one of them asks
            for more than 2^20 sets (`MAX_COALITIONS`), or a worth is not a finite number.

    >>> game = lambda s: 90.0 if s[0] and s.sum() > 1 else 0.0
    >>> owen(game, [[0], [1, 2]]).values
    array([45. , 22.5, 22.5])
    """
    blocks = _partition(coalitions)
    players = sum(block.size for block in blocks)
    values = np.empty(players)
    for k, block in enumerate(blocks):
        values[block] = _owen_block(game, blocks, k, players, vectorised)
    ends = _worths(game, np.array([[False] * players, [True] * players]), vectorised)
    return Attribution(values, float(ends[0]), float(ends[1]))


def _subsets(players: int) -> BoolArray:
    """All subsets, shape (2^players, players); row number r holds player i if bit i of r is 1."""
    rows = np.arange(2**players)[:, np.newaxis]
    return np.asarray((rows >> np.arange(players)) % 2 == 1)


def _worths(game: Game, masks: BoolArray, vectorised: bool) -> FloatArray:
    answer = game(masks) if vectorised else [game(mask) for mask in masks]
    worth = np.asarray(answer, dtype=np.float64)
    if worth.shape != (len(masks),):
        raise ArrayError(f"game must give one number a coalition, shape ({len(masks)},), got {worth.shape}")
    bad = ~np.isfinite(worth)
    if np.any(bad):
        members = np.flatnonzero(masks[int(np.argmax(bad))]).tolist()
        raise ArrayError(f"the game's worth of players {members} is {worth[bad][0]}")
    return worth


def _arrival_weights(others: int) -> FloatArray:
    """Probability that a given set of that size, among so many others, has come before."""
    return np.array([1.0 / ((others + 1) * comb(others, size)) for size in range(others + 1)])


def _marginal(worth: FloatArray, players: int, i: int) -> float:
    """Mean of what player i adds; `worth` is indexed by subset number."""
    numbers_ = np.arange(2**players)
    without = numbers_[numbers_ >> i & 1 == 0]
    weights = _arrival_weights(players - 1)[_sizes(without, players)]
    return float(weights @ (worth[without | 1 << i] - worth[without]))


def _sizes(rows: IntArray, players: int) -> IntArray:
    return np.asarray(np.sum(rows[:, np.newaxis] >> np.arange(players) & 1, axis=1))


def _partition(coalitions: Sequence[Sequence[int]]) -> list[IntArray]:
    blocks = [np.array(list(block), dtype=np.int64) for block in coalitions]
    if not blocks or any(block.size == 0 for block in blocks):
        raise ArrayError("coalitions must not be empty: give every player to exactly one")
    named = np.sort(np.concatenate(blocks))
    if not np.array_equal(named, np.arange(named.size)):
        raise ArrayError(
            f"coalitions name the players {named.tolist()}: each of 0..{named.size - 1} must appear exactly once"
        )
    return blocks


def _owen_block(game: Game, blocks: Sequence[IntArray], k: int, players: int, vectorised: bool) -> FloatArray:
    """Values of the members of block k: rows of `worth` are outer sets, columns inner sets."""
    others = [block for j, block in enumerate(blocks) if j != k]
    size = blocks[k].size
    if len(others) + size > MAX_COALITIONS.bit_length() - 1:
        raise ArrayError(f"coalition {k} needs 2^{len(others) + size} sets of players; at most {MAX_COALITIONS}")
    outer, inner = _subsets(len(others)), _subsets(size)
    masks = np.zeros((len(outer), len(inner), players), dtype=bool)
    for j, block in enumerate(others):
        masks[:, :, block] = outer[:, j, np.newaxis, np.newaxis]
    masks[:, :, blocks[k]] = inner
    worth = _worths(game, masks.reshape(-1, players), vectorised).reshape(len(outer), len(inner))
    expected = _arrival_weights(len(others))[outer.sum(axis=1)] @ worth
    return np.array([_marginal(expected, size, i) for i in range(size)])


# --- change ----------------------------------------------------------------------------------


def bennet(
    weights_before: ArrayLike,
    values_before: ArrayLike,
    weights_after: ArrayLike,
    values_after: ArrayLike,
) -> Bennet:
    """Split the change of sum(weight * value) exactly into values and weights.

    Item by item, w1 x1 - w0 x0 = (w0 + w1)/2 (x1 - x0) + (x0 + x1)/2 (w1 - w0).
    Source: Bennet (1920); Diewert (2005).

    Args:
        weights_before: shape (items,), not negative; not rescaled.
        values_before: shape (items,), any finite numbers.
        weights_after: as before.
        values_after: as before.

    Raises:
        ArrayError: the shapes differ, a weight is negative, or a value is missing (an item that
            came or went has no change of value: report it on a line of its own).

    >>> result = bennet([0.5, 0.5], [40, 60], [0.25, 0.75], [60, 60])
    >>> result.from_values, result.from_weights, result.change
    (array([7.5, 0. ]), array([-12.5,  15. ]), 10.0)
    """
    w0 = vector("weights_before", weights_before)
    x0 = vector("values_before", values_before, size=w0.size)
    w1 = vector("weights_after", weights_after, size=w0.size)
    x1 = vector("values_after", values_after, size=w0.size)
    for name, w in (("weights_before", w0), ("weights_after", w1)):
        refuse_where(name, w, w < 0.0, "a weight must not be negative")
    effects = (w0 + w1) / 2.0 * (x1 - x0), (x0 + x1) / 2.0 * (w1 - w0)
    return Bennet(*effects, before=fsum(w0 * x0), after=fsum(w1 * x1))


def lmdi_additive(before: ArrayLike, after: ArrayLike) -> FactorEffects:
    """Split the difference of a sum of products among the factors (LMDI-I, additive).

    The total is V = sum over sectors of the product over factors. Factor i gets
    sum over sectors of L(V1, V0) ln(x1 / x0), with L the logarithmic mean
    L(a, b) = (a - b) / (ln a - ln b), L(a, a) = a. Source: Ang (2004, 2005).

    Zeros follow the analytical limits (Ang, Zhang and Choi 1998; Ang and Liu 2007), not a small
    number put in their place. In a sector whose product is zero before and after, nobody
    changes anything. In a sector that starts or ends at zero, the factors that are zero there
    share the sector's whole change equally and the other factors get nothing. So the effects
    sum exactly to the difference with or without zeros.

    Args:
        before: shape (factors,) or (factors, sectors), not negative.
        after: same shape, not negative.

    Raises:
        ArrayError: the shapes differ, a value is negative or missing, or a product of positive
            factors is too small to be told from zero.

    >>> lmdi_additive([2.0, 5.0], [4.0, 5.0]).effects
    array([10.,  0.])
    """
    x0, x1 = _factor_tables(before, after)
    v0, v1 = x0.prod(axis=0), x1.prod(axis=0)
    effects = _log_effects(x0, x1, v0, v1) + _zero_effects(x0, v1) - _zero_effects(x1, v0)
    return FactorEffects(effects.sum(axis=1), fsum(v0), fsum(v1))


def lmdi_multiplicative(before: ArrayLike, after: ArrayLike) -> FactorEffects:
    """Split the ratio of a sum of products among the factors (LMDI-I, multiplicative).

    Factor i gets exp(additive effect / L(V1, V0)) with the totals V0 and V1, so that the effects
    multiply to V1 / V0. Source: Ang (2005). Zeros in single sectors as for `lmdi_additive`.

    Args:
        before: shape (factors,) or (factors, sectors), not negative, with a positive total.
        after: same shape, not negative, with a positive total.

    Raises:
        ArrayError: a total is zero, so that there is no ratio, or as for `lmdi_additive`.

    >>> lmdi_multiplicative([2.0, 5.0], [4.0, 5.0]).effects
    array([2., 1.])
    """
    parts = lmdi_additive(before, after)
    for name, total in (("before", parts.before), ("after", parts.after)):
        if total == 0.0:
            raise ArrayError(f"the total {name} is 0: a ratio cannot be split, use lmdi_additive")
    mean = _log_mean(np.array([parts.after]), np.array([parts.before]))
    return FactorEffects(np.exp(parts.effects / mean), parts.before, parts.after)


def _factor_tables(before: ArrayLike, after: ArrayLike) -> tuple[FloatArray, FloatArray]:
    tables = []
    for name, values in (("before", before), ("after", after)):
        table = numbers(name, values)
        if table.ndim not in (1, 2) or table.size == 0:
            raise ArrayError(f"{name} must have shape (factors,) or (factors, sectors), got {table.shape}")
        refuse_where(name, table, table < 0.0, "a factor must not be negative")
        tables.append(table)
    if tables[0].shape != tables[1].shape:
        raise ArrayError(f"before has shape {tables[0].shape}, after {tables[1].shape}")
    for table in tables:
        _refuse_underflow(table)
    return tables[0].reshape(len(tables[0]), -1), tables[1].reshape(len(tables[1]), -1)


def _refuse_underflow(table: FloatArray) -> None:
    lost = (table.prod(axis=0) == 0.0) & (table > 0.0).all(axis=0)
    if np.any(lost):
        raise ArrayError("a product of positive factors underflows to 0: rescale the factors")


def _log_mean(a: FloatArray, b: FloatArray) -> FloatArray:
    """Logarithmic mean of positive numbers, stable where they are nearly equal."""
    growth = (a - b) / b
    safe = np.where(growth == 0.0, 1.0, growth)
    return np.where(growth == 0.0, b, b * safe / np.log1p(safe))


def _log_effects(x0: FloatArray, x1: FloatArray, v0: FloatArray, v1: FloatArray) -> FloatArray:
    """L(V1, V0) ln(x1 / x0) in the sectors that are positive before and after, 0 elsewhere."""
    both = (v0 > 0.0) & (v1 > 0.0)
    effects = np.zeros_like(x0)
    effects[:, both] = _log_mean(v1[both], v0[both]) * np.log(x1[:, both] / x0[:, both])
    return effects


def _zero_effects(x: FloatArray, other: FloatArray) -> FloatArray:
    """Share the other end's product among the factors that are zero at this end."""
    zero = x == 0.0
    return np.where(zero, other / np.maximum(zero.sum(axis=0), 1), 0.0)
