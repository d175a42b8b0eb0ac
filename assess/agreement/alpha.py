"""Krippendorff's alpha: any number of raters, any scale, missing ratings allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import (
    ArrayError,
    FloatArray,
    IntArray,
    at_least,
    choice,
    open_share,
    refuse_where,
)
from assess.agreement._ratings import count_values, rating_table, value_domain

__all__ = ["AlphaInterval", "bootstrap_alpha", "krippendorff_alpha"]

Metric = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True, slots=True)
class AlphaInterval:
    """Krippendorff's alpha with a bootstrap interval.

    Attributes:
        alpha: the coefficient of the data, at most 1; NaN if undefined.
        low: lower end of the interval; NaN if no resample had a defined alpha.
        high: upper end, likewise.
        coverage: nominal coverage, 0..1.
        resamples: number of resamples drawn.
        usable: how many of them had a defined alpha; the interval rests on these.
        seed: seed they came from.
    """

    alpha: float
    low: float
    high: float
    coverage: float
    resamples: int
    usable: int
    seed: int


def krippendorff_alpha(ratings: ArrayLike, *, metric: Metric = "ordinal", domain: ArrayLike | None = None) -> float:
    """Krippendorff's alpha for any number of raters, with or without missing ratings.

    Computed by the package `krippendorff`. Source: Krippendorff (2011).

    Args:
        ratings: shape (raters, units), NaN = missing; a unit counts if two raters rated it.
        metric: how far two ratings are apart; "ratio" needs ratings of 0 or more.
        domain: the values a rating may take, ascending; the observed values if left out.

    Returns:
        At most 1; NaN if all pairable ratings are the same.

    Raises:
        ArrayError: fewer than two raters, no unit rated twice, a rating outside the domain, or
            a domain that is not ascending.

    >>> nan = float("nan")
    >>> round(krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, nan], [2, 2, 3, 3]]), 3)
    0.913
    """
    counts, values = _value_counts(ratings, metric, domain)
    return _alpha(counts, values, metric)


def bootstrap_alpha(
    ratings: ArrayLike,
    *,
    seed: int,
    metric: Metric = "ordinal",
    domain: ArrayLike | None = None,
    resamples: int = 1000,
    coverage: float = 0.95,
) -> AlphaInterval:
    """Krippendorff's alpha with a percentile interval from resampling units.

    The units that two raters or more rated are drawn with replacement. The same arguments give
    the same interval.

    Args:
        ratings: as for `krippendorff_alpha`.
        seed: whole number, 0 or more.
        metric: as for `krippendorff_alpha`.
        domain: as for `krippendorff_alpha`.
        resamples: at least 1.
        coverage: strictly between 0 and 1.

    Raises:
        ArrayError: as for `krippendorff_alpha`, or an argument outside its range.
    """
    counts, values = _value_counts(ratings, metric, domain)
    rng = np.random.default_rng(at_least("seed", seed, 0))
    tail = (1.0 - open_share("coverage", coverage)) / 2.0
    picks = rng.integers(len(counts), size=(at_least("resamples", resamples, 1), len(counts)))
    draws = np.array([_alpha(counts[pick], values, metric) for pick in picks])
    usable = draws[~np.isnan(draws)]
    low, high = np.quantile(usable, [tail, 1.0 - tail]) if usable.size else (np.nan, np.nan)
    alpha = _alpha(counts, values, metric)
    return AlphaInterval(alpha, float(low), float(high), coverage, resamples, usable.size, seed)


def _value_counts(ratings: ArrayLike, metric: Metric, domain: ArrayLike | None) -> tuple[IntArray, FloatArray]:
    """Counts of shape (pairable units, values) and the values."""
    choice("metric", metric, get_args(Metric))
    table = rating_table(ratings, missing=True)
    values = value_domain(domain, ratings=table)
    if metric == "ratio":
        refuse_where("domain", values, values < 0.0, "a ratio scale has no negative values")
    counts = count_values(table, values)
    pairable = counts[counts.sum(axis=1) >= 2]
    if len(pairable) == 0:
        raise ArrayError("no unit was rated by two raters: there is nothing to compare")
    return pairable, values


def _alpha(counts: IntArray, values: FloatArray, metric: Metric) -> float:
    if np.count_nonzero(counts.sum(axis=0)) < 2:
        return float("nan")
    from krippendorff import alpha

    return float(alpha(value_counts=counts, value_domain=values, level_of_measurement=metric))
