"""Combine the indicators of each unit into one score.

Every function takes `x` of shape (units, indicators) on a common scale, NaN = missing, and
returns shape (units,). Leading axes are allowed, shape (draws, units, indicators), and are kept:
one array operation serves all draws of a simulation. Weights have shape (indicators,), are
relative (scaling them changes nothing), and are renormalised, unit by unit, over the indicators
that are present. A unit whose share of present indicators is below `threshold`, or whose present
indicators all weigh nothing, gets NaN.
"""

from __future__ import annotations

from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import ArrayError, BoolArray, FloatArray, choice, refuse_where
from assess.index._rows import (
    checked_values,
    checked_weights,
    present_weights,
    weighted_mean,
)

__all__ = [
    "Aggregator",
    "arithmetic_mean",
    "geometric_mean",
    "harmonic_mean",
    "mazziotta_pareto",
    "power_mean",
]

Penalty = Literal["down", "up"]


class Aggregator(Protocol):
    """What a level of a hierarchy may use as its method (see `assess.index.level`)."""

    def __call__(self, x: ArrayLike, weights: ArrayLike | None = None, *, threshold: float = 0.0) -> FloatArray:
        """Map shape (..., units, indicators) to shape (..., units)."""
        ...


def arithmetic_mean(x: ArrayLike, weights: ArrayLike | None = None, *, threshold: float = 0.0) -> FloatArray:
    """Weighted arithmetic mean: weak indicators are fully made up for by strong ones.

    Args:
        x: scores, shape (units, indicators), any real numbers.
        weights: shape (indicators,), none negative, not all zero; equal if left out.
        threshold: least share of present indicators, 0..1.

    Raises:
        ArrayError: a shape does not fit, a weight is negative, or all are zero.

    >>> arithmetic_mean([[0.0, 100.0], [50.0, float("nan")]], [3, 1])
    array([25., 50.])
    """
    a = checked_values(x)
    return weighted_mean(a, present_weights(checked_weights(weights, a), a, threshold))


def geometric_mean(x: ArrayLike, weights: ArrayLike | None = None, *, threshold: float = 0.0) -> FloatArray:
    """Weighted geometric mean of positive scores.

    Arguments as for `arithmetic_mean`.

    Raises:
        ArrayError: a present score is zero or negative (rescale to start above zero first),
            or as for `arithmetic_mean`.

    >>> geometric_mean([[1.0, 4.0]])
    array([2.])
    """
    a = checked_values(x)
    refuse_where("x", a, a <= 0.0, "the geometric mean needs scores above zero")
    shares = present_weights(checked_weights(weights, a), a, threshold)
    return np.exp(weighted_mean(np.log(a), shares))


def harmonic_mean(x: ArrayLike, weights: ArrayLike | None = None, *, threshold: float = 0.0) -> FloatArray:
    """Weighted harmonic mean of positive scores, the most severe of the three on weak ones.

    Arguments as for `arithmetic_mean`.

    Raises:
        ArrayError: a present score is zero or negative, or as for `arithmetic_mean`.

    >>> harmonic_mean([[1.0, 3.0]])
    array([1.5])
    """
    a = checked_values(x)
    refuse_where("x", a, a <= 0.0, "the harmonic mean needs scores above zero")
    shares = present_weights(checked_weights(weights, a), a, threshold)
    return np.asarray(1.0 / weighted_mean(1.0 / a, shares))


def power_mean(x: ArrayLike, weights: ArrayLike | None = None, *, power: float, threshold: float = 0.0) -> FloatArray:
    """Weighted generalised mean, (sum w x^p)^(1/p), with its limit exp(sum w ln x) at p = 0.

    Power 1 is the arithmetic mean, 0 the geometric, -1 the harmonic. To use it as a level's
    method fix the power with `functools.partial(power_mean, power=0.5)`.

    Args:
        x: scores, shape (units, indicators); above zero for power <= 0, otherwise not negative.
        weights: as for `arithmetic_mean`.
        power: a finite number.
        threshold: as for `arithmetic_mean`.

    Raises:
        ArrayError: a score or the power is outside its range, or as for `arithmetic_mean`.

    >>> power_mean([[3.0, 4.0]], power=2).round(6)
    array([3.535534])
    """
    if not np.isfinite(power):
        raise ArrayError(f"power is {power}: it must be finite")
    if power == 0:
        return geometric_mean(x, weights, threshold=threshold)
    a = checked_values(x)
    refuse_where("x", a, _outside_domain(a, power), f"a mean of power {power} is not defined there")
    shares = present_weights(checked_weights(weights, a), a, threshold)
    return _scaled_power_mean(a, shares, power)


def _outside_domain(a: FloatArray, power: float) -> BoolArray:
    return np.asarray(a <= 0.0 if power < 0 else a < 0.0)


def _scaled_power_mean(a: FloatArray, shares: FloatArray, power: float) -> FloatArray:
    """The mean of a / max(a), times max(a), so that large powers do not overflow."""
    top = np.max(a, axis=-1, where=~np.isnan(a), initial=0.0)
    unit = np.where(top > 0.0, top, 1.0)
    if power < 0:
        unit = np.min(a, axis=-1, where=~np.isnan(a), initial=np.inf)
        unit = np.where(np.isinf(unit), 1.0, unit)
    part = a / unit[..., np.newaxis]
    return np.asarray(weighted_mean(part**power, shares) ** (1.0 / power) * unit)


def mazziotta_pareto(
    x: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    penalty: Penalty = "down",
    threshold: float = 0.0,
) -> FloatArray:
    """Arithmetic mean M less a penalty for imbalance, S^2 / M (S: population deviation).

    Source: De Muro, Mazziotta and Pareto (2011); weighted mean and deviation as in Mazziotta and
    Pareto (2022). The penalty is zero for a unit whose indicators are all equal.

    Args:
        x: scores, shape (units, indicators), not negative.
        weights: as for `arithmetic_mean`.
        penalty: "down" when higher is better, "up" when higher is worse.
        threshold: as for `arithmetic_mean`.

    Raises:
        ArrayError: a present score is negative, or as for `arithmetic_mean`.

    >>> mazziotta_pareto([[50.0, 50.0], [25.0, 75.0]])
    array([50. , 37.5])
    """
    choice("penalty", penalty, ("down", "up"))
    a = checked_values(x)
    refuse_where("x", a, a < 0.0, "the Mazziotta-Pareto index needs scores of zero or more")
    shares = present_weights(checked_weights(weights, a), a, threshold)
    mean = weighted_mean(a, shares)
    variance = weighted_mean((a - mean[..., np.newaxis]) ** 2, shares)
    loss = variance / np.where(mean > 0.0, mean, 1.0)
    return np.asarray(mean - loss if penalty == "down" else mean + loss)
