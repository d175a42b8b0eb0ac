"""Do the indicators hang together? Cronbach's alpha, principal components, correlations.

These statistics describe a set of units and mean little for a handful of them: with fewer than
`MINIMUM_UNITS` they return a `NotEstimable` instead of a number. `x` has shape
(units, indicators), NaN = missing, already oriented so that higher means better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import (
    ArrayError,
    FloatArray,
    IntArray,
    choice,
    matrix,
    refuse_where,
    whole_numbers,
)
from assess.index.ranks import rank

__all__ = [
    "MINIMUM_UNITS",
    "Correlations",
    "CronbachAlpha",
    "NotEstimable",
    "PrincipalComponents",
    "correlations",
    "cronbach_alpha",
    "group_correlations",
    "principal_components",
]

MINIMUM_UNITS = 20

Missing = Literal["pairwise", "complete"]
Kind = Literal["pearson", "spearman"]
_PairStatistic: TypeAlias = Callable[[FloatArray, FloatArray], float]


@dataclass(frozen=True, slots=True)
class NotEstimable:
    """A statistic that these data cannot give.

    Attributes:
        n: number of units that could be used.
        reason: why that is not enough.
    """

    n: int
    reason: str

    def __str__(self) -> str:
        """Text for a report.

        >>> str(NotEstimable(7, "20 units are needed"))
        'not estimable, N = 7 (20 units are needed)'
        """
        return f"not estimable, N = {self.n} ({self.reason})"


@dataclass(frozen=True, slots=True)
class CronbachAlpha:
    """Internal consistency.

    Attributes:
        alpha: at most 1; negative if the indicators pull against each other.
        n: smallest number of units that any two indicators share.
        indicators: number of indicators.
    """

    alpha: float
    n: int
    indicators: int


@dataclass(frozen=True, slots=True, eq=False)
class PrincipalComponents:
    """Principal components, largest first.

    Attributes:
        eigenvalues: shape (components,), variances of the components.
        explained: shape (components,), shares of the total variance, summing to 1.
        loadings: shape (indicators, components), unit columns, largest entry positive.
        n: number of units with complete data that were used.
    """

    eigenvalues: FloatArray
    explained: FloatArray
    loadings: FloatArray
    n: int

    @property
    def cumulative(self) -> FloatArray:
        """Shares explained by the first 1, 2, ... components."""
        return np.cumsum(self.explained)


@dataclass(frozen=True, slots=True, eq=False)
class Correlations:
    """Correlations of indicators, pair by pair over the units that have both.

    Attributes:
        values: shape (indicators, indicators), -1..1; NaN where a pair shares too few units or
            one of the two does not vary.
        counts: shape (indicators, indicators), units that have both.
        kind: "pearson" or "spearman".
    """

    values: FloatArray
    counts: IntArray
    kind: Kind


def cronbach_alpha(x: ArrayLike, *, missing: Missing = "pairwise") -> CronbachAlpha | NotEstimable:
    """Cronbach's alpha from the covariance matrix: k^2 * mean covariance / sum of the matrix.

    Source: Cronbach (1951).

    Args:
        x: shape (units, indicators), two indicators or more, on a common scale.
        missing: "pairwise" takes each covariance over the units that have both indicators (as
            COINr does), "complete" drops units with any missing value.

    Raises:
        ArrayError: `x` is not two-dimensional or has a single indicator.
    """
    choice("missing", missing, ("pairwise", "complete"))
    a = _several(x)
    if missing == "complete":
        a = a[~np.isnan(a).any(axis=1)]
    n = int(_shared_counts(a).min())
    if n < MINIMUM_UNITS:
        return _too_few(n)
    covariance = _pairwise(a, _covariance)
    total = float(covariance.sum())
    if total == 0.0:
        return NotEstimable(n, "the total does not vary")
    k = a.shape[1]
    between = (total - float(np.trace(covariance))) / (k * (k - 1))
    return CronbachAlpha(k**2 * between / total, n, k)


def principal_components(x: ArrayLike, *, standardise: bool = True) -> PrincipalComponents | NotEstimable:
    """Principal components over the units with complete data.

    Args:
        x: shape (units, indicators), two indicators or more.
        standardise: use the correlation matrix (eigenvalues sum to the number of indicators)
            rather than the covariance matrix.

    Raises:
        ArrayError: `x` is not two-dimensional or has a single indicator.
    """
    a = _several(x)
    a = a[~np.isnan(a).any(axis=1)]
    n = a.shape[0]
    if n < MINIMUM_UNITS:
        return _too_few(n)
    still = np.ptp(a, axis=0) == 0.0
    if np.any(still) and (standardise or np.all(still)):
        return NotEstimable(n, f"indicator {int(np.argmax(still))} does not vary")
    centred = a - a.mean(axis=0)
    scores = centred / a.std(axis=0, ddof=1) if standardise else centred
    return _components(scores.T @ scores / (n - 1), n)


def correlations(x: ArrayLike, *, kind: Kind = "pearson") -> Correlations | NotEstimable:
    """Correlation of every indicator with every other.

    For "spearman" each pair is ranked over its own shared units, ties taking average ranks.

    Args:
        x: shape (units, indicators), two indicators or more.
        kind: "pearson" or "spearman".

    Returns:
        `NotEstimable` if no pair of indicators shares enough units.

    Raises:
        ArrayError: `x` is not two-dimensional or has a single indicator.
    """
    choice("kind", kind, ("pearson", "spearman"))
    a = _several(x)
    counts = _shared_counts(a)
    most = int(counts[~np.eye(a.shape[1], dtype=bool)].max())
    if most < MINIMUM_UNITS:
        return _too_few(most)
    values = _pairwise(a, _pearson if kind == "pearson" else _spearman)
    return Correlations(np.where(counts < MINIMUM_UNITS, np.nan, values), counts, kind)


def group_correlations(
    x: ArrayLike, groups: Sequence[int] | IntArray, *, kind: Kind = "pearson"
) -> tuple[Correlations | NotEstimable, ...]:
    """Correlations among the indicators of each group, group by group.

    Args:
        x: shape (units, indicators).
        groups: shape (indicators,), group codes 0..g-1.
        kind: "pearson" or "spearman".

    Returns:
        One entry a group; a group of one indicator is `NotEstimable`.

    Raises:
        ArrayError: the shapes do not fit or a code is negative.
    """
    a = matrix("x", x, ("units", "indicators"), missing=True)
    codes = whole_numbers("groups", groups)
    refuse_where("groups", codes, codes < 0, "groups are numbered from 0")
    if codes.size != a.shape[1]:
        raise ArrayError(f"groups must have shape ({a.shape[1]},), got ({codes.size},)")
    return tuple(_within(a[:, codes == g], kind) for g in range(int(codes.max()) + 1))


# --- helpers -------------------------------------------------------------------------------


def _within(a: FloatArray, kind: Kind) -> Correlations | NotEstimable:
    if a.shape[1] < 2:
        return NotEstimable(a.shape[0], "a correlation needs two indicators")
    return correlations(a, kind=kind)


def _several(x: ArrayLike) -> FloatArray:
    a = matrix("x", x, ("units", "indicators"), missing=True)
    if a.shape[1] < 2:
        raise ArrayError(f"x must have two indicators or more, got shape {a.shape}")
    return a


def _too_few(n: int) -> NotEstimable:
    return NotEstimable(n, f"{MINIMUM_UNITS} units are needed")


def _shared_counts(a: FloatArray) -> IntArray:
    present = (~np.isnan(a)).astype(np.int64)
    return np.asarray(present.T @ present)


def _components(table: FloatArray, n: int) -> PrincipalComponents:
    ascending, vectors = np.linalg.eigh(table)
    eigenvalues = np.maximum(ascending[::-1], 0.0)
    loadings = vectors[:, ::-1]
    strongest = np.take_along_axis(loadings, np.abs(loadings).argmax(axis=0)[np.newaxis], axis=0)
    return PrincipalComponents(eigenvalues, eigenvalues / eigenvalues.sum(), loadings * np.sign(strongest), n)


def _pairwise(a: FloatArray, statistic: _PairStatistic) -> FloatArray:
    """Symmetric table of a statistic of every two columns over the rows that have both."""
    k = a.shape[1]
    table = np.empty((k, k))
    for i, j in combinations_with_replacement(range(k), 2):
        both = ~(np.isnan(a[:, i]) | np.isnan(a[:, j]))
        table[i, j] = table[j, i] = statistic(a[both, i], a[both, j])
    return table


def _covariance(first: FloatArray, second: FloatArray) -> float:
    return float((first - first.mean()) @ (second - second.mean()) / (first.size - 1))


def _pearson(first: FloatArray, second: FloatArray) -> float:
    if first.size < 2 or np.ptp(first) == 0.0 or np.ptp(second) == 0.0:
        return float("nan")
    u, v = first - first.mean(), second - second.mean()
    return float(np.clip(u @ v / np.sqrt((u @ u) * (v @ v)), -1.0, 1.0))


def _spearman(first: FloatArray, second: FloatArray) -> float:
    if first.size < 2:
        return float("nan")
    return _pearson(rank(first, ties="average"), rank(second, ties="average"))
