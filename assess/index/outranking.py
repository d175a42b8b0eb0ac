"""Compare units pair by pair instead of averaging their indicators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import ArrayError, BoolArray, FloatArray
from assess.index._rows import checked_values, checked_weights, present_weights

__all__ = ["Dominance", "copeland", "dominance", "outranking_matrix"]

_HALF_WIDTH = 1e-12  # a share of weights this close to one half is a draw


@dataclass(frozen=True, slots=True)
class Dominance:
    """How many pairs of units stand in the same order whatever the weights.

    Attributes:
        pairs: pairs in which one unit is ahead on every indicator compared.
        share: that number over all pairs, 0..1.
    """

    pairs: int
    share: float


def outranking_matrix(x: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    """Share of the weight on which the row's unit beats the column's unit; a tie adds half.

    Only order matters, so `x` needs no common scale. For each pair the weights are renormalised
    over the indicators that both units have, hence entry (p, q) and entry (q, p) sum to 1 and
    the order of the units changes nothing. A pair with nothing in common is NaN; the diagonal
    is 0. Source: OECD/JRC (2008), step 6; Munda and Nardo (2009). COINr 1.1 does not
    renormalise, so with missing data its entries differ.

    Args:
        x: values, shape (units, indicators), higher is better, NaN = missing.
        weights: shape (indicators,), none negative, not all zero; equal if left out.

    Returns:
        Shape (units, units), values 0..1. Leading draw axes of `x` are kept.

    Raises:
        ArrayError: a shape does not fit, a weight is negative, or all are zero.

    >>> outranking_matrix([[1.0, 2.0], [3.0, 2.0]])
    array([[0.  , 0.25],
           [0.75, 0.  ]])
    """
    a = checked_values(x)
    w = _common_weights(checked_weights(weights, a))
    won, met = np.zeros((2, *a.shape[:-1], a.shape[-2]))
    for k in range(a.shape[-1]):
        gap = a[..., :, np.newaxis, k] - a[..., np.newaxis, :, k]
        weight = w[..., k, np.newaxis]
        won = won + weight * np.where(gap > 0.0, 1.0, np.where(gap == 0.0, 0.5, 0.0))
        met = met + weight * ~np.isnan(gap)
    return _without_diagonal(np.where(met > 0.0, won, np.nan) / np.where(met > 0.0, met, 1.0))


def _common_weights(w: FloatArray) -> FloatArray:
    """Weights of shape (..., 1, indicators): a contest needs the same weights for all units."""
    if w.ndim == 1:
        return w[np.newaxis, :]
    if w.shape[-2] != 1:
        raise ArrayError(f"weights of shape {w.shape} differ between units: a contest needs one set")
    return w


def _without_diagonal(table: FloatArray) -> FloatArray:
    own = np.eye(table.shape[-1], dtype=bool)
    return np.where(own, 0.0, table)


def copeland(
    x: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    per_rival: bool = False,
    threshold: float = 0.0,
) -> FloatArray:
    """Contests won less contests lost against every other unit (Copeland 1951).

    A contest is won with more than half of the weight in `outranking_matrix`; exactly half is a
    draw. A unit below `threshold` gets NaN and takes no part in any contest.

    Args:
        x: values, shape (units, indicators), higher is better, NaN = missing.
        weights: shape (indicators,), none negative, not all zero; equal if left out.
        per_rival: divide by the number of rivals met (units - 1 if all are), giving -1..1;
            otherwise the score is a whole number in -(units - 1)..units - 1, as in COINr.
        threshold: least share of present indicators, 0..1.

    Raises:
        ArrayError: as for `outranking_matrix`.

    >>> copeland([[1.0, 1.0], [2.0, 2.0], [3.0, 0.0]])
    array([-1.,  1.,  0.])
    """
    a = checked_values(x)
    enough = _taking_part(a, weights, threshold)
    table = outranking_matrix(np.where(enough[..., np.newaxis], a, np.nan), weights)
    lead = table - 0.5
    result = np.where(np.abs(lead) < _HALF_WIDTH, 0.0, np.sign(lead))
    score = np.nansum(_without_diagonal(result), axis=-1)
    if per_rival:
        score = score / np.maximum(_rivals(table), 1)
    return np.where(enough, score, np.nan)


def _taking_part(a: FloatArray, weights: ArrayLike | None, threshold: float) -> BoolArray:
    shares = present_weights(checked_weights(weights, a), a, threshold)
    return ~np.isnan(shares[..., 0])


def _rivals(table: FloatArray) -> FloatArray:
    return np.asarray(np.sum(~np.isnan(table), axis=-1) - 1.0)


def dominance(x: ArrayLike, weights: ArrayLike | None = None) -> Dominance:
    """Count the pairs whose order no choice of weights can change.

    Args and errors as for `outranking_matrix`, without draw axes and with two units or more.

    >>> dominance([[1.0, 1.0], [2.0, 2.0], [3.0, 0.0]])
    Dominance(pairs=1, share=0.3333333333333333)
    """
    table = outranking_matrix(x, weights)
    units = table.shape[-1]
    if table.ndim != 2 or units < 2:
        raise ArrayError(f"x must have shape (units, indicators) with 2 units or more, got {units}")
    pairs = int(np.sum(table == 1.0))
    return Dominance(pairs, pairs / (units * (units - 1) / 2))
