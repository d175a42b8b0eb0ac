"""Replace values by their order; what `assess.index.normalise` says of `x` holds here too."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import FloatArray, choice
from assess.index._columns import columns, count_present, refuse_flat, settle

__all__ = ["borda", "percentile_rank", "rank"]

Ties = Literal["min", "max", "average"]


def rank(x: ArrayLike, *, ties: Ties = "min", descending: bool = False) -> FloatArray:
    """Rank each indicator; the lowest value has rank 1 unless `descending`.

    Ties take the lowest rank of their group ("min"), the highest or the average. Missing values
    stay missing and are not counted.

    >>> rank([30.0, 10.0, 10.0, float("nan")])
    array([ 3.,  1.,  1., nan])
    """
    choice("ties", ties, ("min", "max", "average"))
    a = -columns(x) if descending else columns(x)
    return _by_column(a, ties)


def borda(x: ArrayLike, *, ties: Ties = "min") -> FloatArray:
    """Count the units each unit beats: `rank(x) - 1`, in 0..n-1 (de Borda 1781).

    >>> borda([30.0, 10.0, 20.0])
    array([2., 0., 1.])
    """
    return rank(x, ties=ties) - 1.0


def percentile_rank(x: ArrayLike, *, ties: Ties = "min", constant: float | None = None) -> FloatArray:
    """Share of the other units that each unit beats: (rank - 1) / (n present - 1), in 0..1.

    Raises:
        ArrayError: an indicator has a single present value, so there is no other unit.

    >>> percentile_rank([30.0, 10.0, 20.0])
    array([1. , 0. , 0.5])
    """
    a = columns(x)
    n = count_present(a)
    alone = refuse_flat(a, n == 1, constant)
    return settle(borda(a, ties=ties) / np.maximum(n - 1, 1), a, alone, constant)


def _by_column(a: FloatArray, ties: Ties) -> FloatArray:
    if a.ndim == 1:
        return _rank_one(a, ties)
    return np.column_stack([_rank_one(column, ties) for column in a.T])


def _rank_one(column: FloatArray, ties: Ties) -> FloatArray:
    ordered = np.sort(column[~np.isnan(column)])
    below = np.searchsorted(ordered, column, side="left") + 1.0
    upto = np.searchsorted(ordered, column, side="right") * 1.0
    ranks = {"min": below, "max": upto, "average": (below + upto) / 2.0}[ties]
    return np.where(np.isnan(column), np.nan, ranks)
