"""What every normalisation does first: check the columns and find those without spread."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import ArrayError, BoolArray, FloatArray, numbers


def columns(x: ArrayLike) -> FloatArray:
    a = numbers("x", x, missing=True)
    if a.ndim not in (1, 2) or a.size == 0:
        raise ArrayError(f"x must have shape (units,) or (units, indicators), none of them 0, got {a.shape}")
    return a


def per_indicator(name: str, values: ArrayLike, a: FloatArray) -> FloatArray:
    """One number for each indicator of `a`, from one number or one for each."""
    given = numbers(name, values)
    wanted = a.shape[1:]
    if given.ndim and given.shape != wanted:
        raise ArrayError(f"{name} must be one number or have shape {wanted}, got {given.shape}")
    return np.broadcast_to(given, wanted)


def count_present(a: FloatArray) -> FloatArray:
    return np.asarray(np.sum(~np.isnan(a), axis=0), dtype=np.float64)


def extremes(a: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest present value of each indicator; (inf, -inf) if none is present."""
    present = ~np.isnan(a)
    low = np.min(a, axis=0, where=present, initial=np.inf)
    high = np.max(a, axis=0, where=present, initial=-np.inf)
    return np.asarray(low), np.asarray(high)


def nonzero(divisor: FloatArray) -> FloatArray:
    """The divisor, with 1 in place of 0 and of the -inf of an empty indicator."""
    return np.where((divisor == 0.0) | np.isinf(divisor), 1.0, divisor)


def refuse_flat(a: FloatArray, flat: BoolArray, constant: float | None) -> BoolArray:
    """Pass on which indicators have no spread; refuse them if no value stands in for them."""
    if constant is None and np.any(flat):
        where = f"indicator {int(np.argmax(flat))}" if a.ndim == 2 else "x"
        raise ArrayError(
            f"{where} has no spread (its present values are all {_first(a, flat)}), so it cannot "
            "be placed on a scale; use goalposts, or say with constant= what it shall be"
        )
    return np.asarray(flat)


def _first(a: FloatArray, flat: BoolArray) -> float:
    column = a[:, int(np.argmax(flat))] if a.ndim == 2 else a
    return float(column[~np.isnan(column)][0])


def settle(result: FloatArray, a: FloatArray, flat: BoolArray, constant: float | None) -> FloatArray:
    """Put `constant` where an indicator is flat and NaN where a value is missing."""
    settled = result if constant is None else np.where(flat, constant, result)
    return np.where(np.isnan(a), np.nan, settled)
