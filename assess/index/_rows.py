"""What every aggregation function does first: check values, weights and the amount of data."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import (
    ArrayError,
    BoolArray,
    FloatArray,
    numbers,
    refuse_where,
    share,
)

_SLACK = 1e-12  # so that 2 present values out of 3 meet a threshold written as 0.6666666666667


def checked_values(x: ArrayLike) -> FloatArray:
    """Values of shape (..., units, indicators); the leading axes are draws."""
    a = numbers("x", x, missing=True)
    if a.ndim < 2 or a.size == 0:
        raise ArrayError(
            f"x must have shape (units, indicators), draws before them if any, got {a.shape}; "
            "write a single unit as [[...]]"
        )
    return a


def checked_weights(weights: ArrayLike | None, a: FloatArray) -> FloatArray:
    """Weights of shape (indicators,) or broadcastable to `a`; None means equal weights."""
    size = a.shape[-1]
    if weights is None:
        return np.ones(size)
    w = numbers("weights", weights)
    if w.ndim == 0 or w.shape[-1] != size or not _fits(w, a):
        raise ArrayError(f"weights must have shape ({size},) for x of shape {a.shape}, got {w.shape}")
    refuse_where("weights", w, w < 0.0, "a weight must not be negative")
    if np.any(w.sum(axis=-1) == 0.0):
        raise ArrayError("weights sum to zero: at least one must be positive")
    return w


def _fits(w: FloatArray, a: FloatArray) -> bool:
    try:
        return np.broadcast_shapes(w.shape, a.shape) == a.shape
    except ValueError:
        return False


def enough_data(a: FloatArray, threshold: float) -> BoolArray:
    """Whether each unit has a share of present values of at least `threshold`."""
    present = np.mean(~np.isnan(a), axis=-1)
    return np.asarray(present >= share("threshold", threshold) - _SLACK)


def present_weights(w: FloatArray, a: FloatArray, threshold: float) -> FloatArray:
    """Weights renormalised over what each unit has: they sum to 1, or are NaN without enough."""
    held = np.where(np.isnan(a), 0.0, w)
    total = held.sum(axis=-1, keepdims=True)
    usable = enough_data(a, threshold)[..., np.newaxis] & (total > 0.0)
    return np.where(usable, held, np.nan) / np.where(usable, total, 1.0)


def weighted_mean(a: FloatArray, shares: FloatArray) -> FloatArray:
    """Sum of present values times their shares."""
    return np.asarray(np.sum(np.where(np.isnan(a), 0.0, a) * shares, axis=-1))
