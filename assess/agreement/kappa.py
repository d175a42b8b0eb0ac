"""Kappa coefficients: two raters (Cohen) or equally many for each unit (Fleiss)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import (
    ArrayError,
    FloatArray,
    IntArray,
    choice,
    matrix,
    refuse_where,
    vector,
)
from assess.agreement._ratings import count_values, value_domain

__all__ = ["Kappa", "cohen_kappa", "fleiss_kappa", "rating_counts"]

KappaWeights = Literal["none", "linear", "quadratic"]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Chance-corrected agreement.

    Attributes:
        kappa: (observed - expected) / (1 - expected), at most 1; NaN if expected is 1.
        observed: observed (weighted) agreement, 0..1.
        expected: agreement expected by chance, 0..1.
        units: number of units rated.
    """

    kappa: float
    observed: float
    expected: float
    units: int


def cohen_kappa(
    first: ArrayLike,
    second: ArrayLike,
    *,
    weights: KappaWeights = "none",
    domain: ArrayLike | None = None,
) -> Kappa:
    """Cohen's kappa of two raters, plain or weighted by how far apart their ratings are.

    Distances are counted in steps of the domain, so the domain is required for weighted kappa:
    levels that nobody chose lengthen the way between those chosen. Agreement in a pair is 1
    less its distance as a share of the longest one ("linear") or of its square ("quadratic").
    Source: Cohen (1960, 1968).

    Args:
        first: ratings of one rater, shape (units,).
        second: ratings of the other, same shape.
        weights: "none", "linear" or "quadratic".
        domain: the values a rating may take, ascending.

    Raises:
        ArrayError: the shapes differ, a rating is missing or outside the domain, or a weighted
            kappa has no domain.

    >>> round(cohen_kappa([0, 0, 1, 2], [0, 1, 1, 2]).kappa, 4)
    0.6364
    """
    choice("weights", weights, get_args(KappaWeights))
    if weights != "none" and domain is None:
        raise ArrayError("weighted kappa needs domain=, all levels in order, to measure distances")
    one = vector("first", first)
    two = vector("second", second, size=one.size)
    values = value_domain(domain, first=one, second=two)
    agreement = _agreement_weights(values.size, weights)
    return _kappa_of_table(_contingency(one, two, values), agreement)


def _contingency(first: FloatArray, second: FloatArray, values: FloatArray) -> FloatArray:
    """How many units have each first rating (rows) and second rating (columns)."""
    table = np.zeros((values.size, values.size))
    np.add.at(table, (np.searchsorted(values, first), np.searchsorted(values, second)), 1.0)
    return table


def _agreement_weights(size: int, weights: KappaWeights) -> FloatArray:
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / max(size - 1, 1)
    distance = {"none": (steps > 0.0) * 1.0, "linear": steps, "quadratic": steps**2}[weights]
    return np.asarray(1.0 - distance)


def _kappa_of_table(table: FloatArray, agreement: FloatArray) -> Kappa:
    shares = table / table.sum()
    chance = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    return _kappa(float((agreement * shares).sum()), float((agreement * chance).sum()), table.sum())


def _kappa(observed: float, expected: float, units: float) -> Kappa:
    room = 1.0 - expected
    kappa = (observed - expected) / room if room > 1e-15 else float("nan")
    return Kappa(kappa, observed, expected, int(units))


def fleiss_kappa(counts: ArrayLike) -> Kappa:
    """Fleiss' kappa of several raters for unordered categories.

    The raters of one unit need not be those of another, but each unit has equally many.
    Source: Fleiss (1971).

    Args:
        counts: shape (units, categories), how many raters put the unit there; see
            `rating_counts` to count ratings.

    Raises:
        ArrayError: a count is negative or not whole, or units have different numbers of raters,
            or fewer than two.

    >>> round(fleiss_kappa([[3, 0], [2, 1], [0, 3]]).kappa, 2)
    0.55
    """
    table = matrix("counts", counts, ("units", "categories"))
    refuse_where("counts", table, table < 0.0, "a count must not be negative")
    refuse_where("counts", table, table != np.floor(table), "a count must be a whole number")
    raters = _equal_raters(table)
    per_unit = ((table**2).sum(axis=1) - raters) / (raters * (raters - 1.0))
    used = table.sum(axis=0) / table.sum()
    return _kappa(float(per_unit.mean()), float((used**2).sum()), len(table))


def _equal_raters(table: FloatArray) -> float:
    raters = table.sum(axis=1)
    other = raters != raters[0]
    if np.any(other):
        unit = int(np.argmax(other))
        raise ArrayError(
            f"unit 0 has {raters[0]:g} raters but unit {unit} has {raters[unit]:g}: Fleiss' kappa "
            "needs equally many, use krippendorff_alpha"
        )
    if raters[0] < 2:
        raise ArrayError(f"units have {raters[0]:g} raters: agreement needs at least two")
    return float(raters[0])


def rating_counts(ratings: ArrayLike, domain: ArrayLike) -> IntArray:
    """Count how many raters gave each unit each value.

    Args:
        ratings: shape (raters, units), NaN = missing (and not counted).
        domain: the values a rating may take, ascending.

    Returns:
        Shape (units, values).

    Raises:
        ArrayError: a rating is outside the domain, or the domain is not ascending.

    >>> rating_counts([[0, 1], [0, 2]], domain=[0, 1, 2])
    array([[2, 0, 0],
           [0, 1, 1]])
    """
    table = matrix("ratings", ratings, ("raters", "units"), missing=True)
    return count_values(table, value_domain(domain, ratings=table))
