"""Bring indicators onto a common scale.

Every function takes raw values `x` of shape (units,) or (units, indicators), NaN = missing, and
returns an array of the same shape with NaN in the same places. Each indicator (column) is
treated on its own. Higher must mean better: call `orient` first for indicators where lower is
better. Conventions follow the OECD/JRC Handbook on Constructing Composite Indicators (2008) and
the R package COINr (Becker et al. 2022). Ranks are in `assess.index.ranks`.

An indicator whose present values are all equal has no spread, so several methods cannot place
it. By default that is an `ArrayError`; the argument `constant` gives the value to use instead
(`constant=float("nan")` turns the indicator into missing data, as COINr does).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import ArrayError, FloatArray, choice, refuse_where
from assess.index._columns import (
    columns,
    count_present,
    extremes,
    nonzero,
    per_indicator,
    refuse_flat,
    settle,
)

__all__ = [
    "distance_to_max",
    "distance_to_reference",
    "distance_to_target",
    "fraction_of_max",
    "goalposts",
    "minmax",
    "orient",
    "scaled",
    "zscore",
]

Clip = Literal["both", "low", "high", "none"]


def orient(x: ArrayLike, directions: ArrayLike) -> FloatArray:
    """Multiply each indicator by its direction, so that higher means better.

    Args:
        x: raw values, shape (units,) or (units, indicators).
        directions: +1 or -1; one number, or shape (indicators,).

    Raises:
        ArrayError: a direction is neither 1 nor -1, or the shapes do not fit.

    >>> orient([[1.0, 5.0], [2.0, 6.0]], [1, -1])
    array([[ 1., -5.],
           [ 2., -6.]])
    """
    a = columns(x)
    signs = per_indicator("directions", directions, a)
    refuse_where("directions", signs, np.abs(signs) != 1.0, "a direction is 1 or -1")
    return a * signs


def minmax(x: ArrayLike, low: float = 0.0, high: float = 100.0, *, constant: float | None = None) -> FloatArray:
    """Stretch each indicator so that its worst value is `low` and its best is `high`.

    Source: OECD/JRC (2008), step 5.

    Raises:
        ArrayError: `low` is not below `high`, or an indicator has no spread.

    >>> minmax([2.0, 4.0, 10.0])
    array([  0.,  25., 100.])
    """
    if not low < high:
        raise ArrayError(f"low is {low} and high is {high}: low must be below high")
    a = columns(x)
    bottom, top = extremes(a)
    flat = refuse_flat(a, bottom == top, constant)
    result = (a - bottom) / nonzero(top - bottom) * (high - low) + low
    return settle(result, a, flat, constant)


def scaled(x: ArrayLike, low: ArrayLike, high: ArrayLike, *, scale: float = 100.0) -> FloatArray:
    """Rescale linearly so that `low` becomes 0 and `high` becomes `scale`; nothing is clipped.

    `low` and `high` are in the units of `x`: one number, or shape (indicators,).

    Raises:
        ArrayError: `low` equals `high` for an indicator, or the shapes do not fit.

    >>> scaled([0.0, 5.0, 12.0], 0, 10)
    array([  0.,  50., 120.])
    """
    a = columns(x)
    bottom, top = per_indicator("low", low, a), per_indicator("high", high, a)
    refuse_where("high", top, top == bottom, "it must differ from low")
    return (a - bottom) / (top - bottom) * scale


def zscore(x: ArrayLike, mean: float = 0.0, sd: float = 1.0, *, constant: float | None = None) -> FloatArray:
    """Give each indicator the wanted mean and sample standard deviation (divisor n - 1).

    Source: OECD/JRC (2008), step 5.

    Raises:
        ArrayError: `sd` is not positive, or an indicator has no spread.

    >>> zscore([1.0, 2.0, 3.0])
    array([-1.,  0.,  1.])
    """
    if not sd > 0.0:
        raise ArrayError(f"sd is {sd}: it must be positive")
    a = columns(x)
    flat = refuse_flat(a, np.equal(*extremes(a)), constant)
    n = count_present(a)
    centred = a - np.nansum(a, axis=0) / np.maximum(n, 1)
    spread = np.sqrt(np.nansum(centred**2, axis=0) / np.maximum(n - 1, 1))
    return settle(centred / nonzero(spread) * sd + mean, a, flat, constant)


def distance_to_max(x: ArrayLike, *, constant: float | None = None) -> FloatArray:
    """Closeness to the best unit: 1 - (max - x) / (max - min), in 0..1.

    Raises:
        ArrayError: an indicator has no spread.

    >>> distance_to_max([2.0, 4.0, 10.0])
    array([0.  , 0.25, 1.  ])
    """
    a = columns(x)
    bottom, top = extremes(a)
    flat = refuse_flat(a, bottom == top, constant)
    return settle(1.0 - (top - a) / nonzero(top - bottom), a, flat, constant)


def distance_to_reference(x: ArrayLike, unit: int, *, cap: bool = False) -> FloatArray:
    """Closeness to one unit: 1 - (ref - x) / (ref - min); above 1 beyond it unless `cap`.

    Args:
        x: values, shape (units,) or (units, indicators).
        unit: position (0-based) of the reference unit.
        cap: replace values above 1 by 1.

    Raises:
        ArrayError: no such unit, its value is missing, or it is the worst unit.

    >>> distance_to_reference([0.0, 5.0, 10.0], 1)
    array([0., 1., 2.])
    """
    a = columns(x)
    if not 0 <= unit < a.shape[0]:
        raise ArrayError(f"unit is {unit}: there are {a.shape[0]} units, counted from 0")
    reference = np.asarray(a[unit])
    refuse_where("the reference", reference, np.isnan(reference), "it must not be missing")
    return _towards(a, reference, "the reference", cap)


def distance_to_target(x: ArrayLike, target: ArrayLike, *, cap: bool = False) -> FloatArray:
    """Share of the way from the worst unit to a target: (x - min) / (target - min).

    `target` is in the units of the oriented `x` (multiply it by the direction as well): one
    number, or shape (indicators,). Values beyond the target exceed 1 unless `cap`.

    Raises:
        ArrayError: the target does not lie above the lowest value, or the shapes do not fit.

    >>> distance_to_target([0.0, 5.0, 11.0], 10.0, cap=True)
    array([0. , 0.5, 1. ])
    """
    a = columns(x)
    return _towards(a, per_indicator("target", target, a), "target", cap)


def fraction_of_max(x: ArrayLike, *, allow_negative: bool = False) -> FloatArray:
    """Divide each indicator by its highest value.

    With a negative maximum (as after `orient(x, -1)`) the ratio turns the order round, so that
    is refused; `allow_negative=True` computes it all the same, as COINr does.

    Raises:
        ArrayError: the highest value is 0, or negative without `allow_negative`.

    >>> fraction_of_max([1.0, 2.0, 4.0])
    array([0.25, 0.5 , 1.  ])
    """
    a = columns(x)
    top = np.where(count_present(a) > 0, extremes(a)[1], 1.0)
    refuse_where("the maximum", top, top == 0.0, "values cannot be divided by it")
    if not allow_negative:
        refuse_where("the maximum", top, top < 0.0, "dividing by it would reverse the order")
    return a / top


def goalposts(
    x: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    *,
    direction: ArrayLike = 1,
    scale: float = 100.0,
    clip: Clip = "both",
) -> FloatArray:
    """Place values between two fixed posts: (x - lower) / (upper - lower) * scale.

    The posts do not depend on the data, so adding a unit never moves another unit's score.
    With direction -1 the way is measured from the upper post down; `x` is then the raw value,
    not one already turned by `orient`.

    Args:
        x: raw values, shape (units,) or (units, indicators).
        lower: lower post in the units of `x`; one number, or shape (indicators,).
        upper: upper post, likewise.
        direction: 1 or -1; one number, or shape (indicators,).
        scale: value at the good post.
        clip: which ends to cut at the posts: "both", "low", "high" or "none".

    Raises:
        ArrayError: a lower post is not below its upper one, or the shapes do not fit.

    >>> goalposts([-1.0, 1.0, 11.0], 0, 10)
    array([  0.,  10., 100.])
    >>> goalposts([1.0], 0, 10, direction=-1)
    array([90.])
    """
    choice("clip", clip, ("both", "low", "high", "none"))
    a = columns(x)
    low, high = per_indicator("lower", lower, a), per_indicator("upper", upper, a)
    refuse_where("lower", low, low >= high, "it must be below upper")
    signs = per_indicator("direction", direction, a)
    refuse_where("direction", signs, np.abs(signs) != 1.0, "a direction is 1 or -1")
    part = np.where(signs > 0, a - low, high - a) / (high - low)
    floor = 0.0 if clip in ("both", "low") else -np.inf
    ceiling = 1.0 if clip in ("both", "high") else np.inf
    return np.clip(part, floor, ceiling) * scale


def _towards(a: FloatArray, goal: FloatArray, name: str, cap: bool) -> FloatArray:
    bottom, _ = extremes(a)
    empty = np.isinf(bottom)
    refuse_where(name, goal, (goal <= bottom) & ~empty, "it must lie above the lowest value")
    bottom = np.where(empty, goal - 1.0, bottom)
    part = 1.0 - (goal - a) / (goal - bottom)
    return np.minimum(part, 1.0) if cap else part
