"""Turn what a caller passes into checked float arrays, or say exactly what is wrong with it.

Shared by the numerical toolboxes (`assess.index`, `assess.agreement`, `assess.attribution`).
NaN means missing; infinities are never accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]


class ArrayError(ValueError):
    """An argument has a shape or a value that the computation cannot accept."""


def refuse_where(name: str, values: NDArray[np.generic], bad: BoolArray, rule: str) -> None:
    """Raise an `ArrayError` naming the first offending entry of `values`, if there is one."""
    if not np.any(bad):
        return
    place = tuple(int(i) for i in np.argwhere(bad)[0])
    label = f"{name}[{', '.join(map(str, place))}]" if place else name
    raise ArrayError(f"{label} is {values[place]}: {rule}")


def numbers(name: str, values: ArrayLike, *, missing: bool = False) -> FloatArray:
    """Return a fresh float array; refuse text, booleans, infinities and (by default) NaN."""
    array = _as_array(name, values)
    if array.dtype.kind not in "iuf":
        raise ArrayError(f"{name} must hold numbers only, got {array.dtype}; write NaN for a missing value")
    result = array.astype(np.float64)
    refuse_where(name, result, np.isinf(result), "it must be finite")
    absent = np.isnan(result)
    if not missing:
        refuse_where(name, result, absent, "a missing value is not allowed here")
    result[absent] = np.nan  # R's NA is a signalling NaN, which warns whenever it is touched
    return result


def _as_array(name: str, values: ArrayLike) -> NDArray[np.generic]:
    try:
        return np.asarray(values)
    except ValueError as error:
        raise ArrayError(f"{name} must be a rectangular array: {error}") from error


def vector(name: str, values: ArrayLike, *, size: int | None = None, missing: bool = False) -> FloatArray:
    """Return a checked one-dimensional array, of the given size if one is given."""
    array = numbers(name, values, missing=missing)
    wanted = "(n,)" if size is None else f"({size},)"
    if array.ndim != 1 or array.size == 0 or size not in (None, array.size):
        raise ArrayError(f"{name} must have shape {wanted}, got {array.shape}")
    return array


def matrix(name: str, values: ArrayLike, axes: tuple[str, str], *, missing: bool = False) -> FloatArray:
    """Return a checked, non-empty two-dimensional array; `axes` names its axes in messages."""
    array = numbers(name, values, missing=missing)
    if array.ndim != 2 or array.size == 0:
        raise ArrayError(f"{name} must have shape ({axes[0]}, {axes[1]}) with none of them 0, got {array.shape}")
    return array


def whole_numbers(name: str, values: ArrayLike | Sequence[int]) -> IntArray:
    """Return a one-dimensional integer array; 2.0 passes, 2.5 does not."""
    array = vector(name, values)
    refuse_where(name, array, array != np.floor(array), "it must be a whole number")
    return array.astype(np.int64)


def share(name: str, value: float) -> float:
    """Return `value` if it lies in 0..1."""
    if not 0.0 <= value <= 1.0:
        raise ArrayError(f"{name} is {value}: it must lie between 0 and 1")
    return float(value)


def open_share(name: str, value: float) -> float:
    """Return `value` if it lies strictly between 0 and 1."""
    if not 0.0 < value < 1.0:
        raise ArrayError(f"{name} is {value}: it must lie strictly between 0 and 1")
    return float(value)


def at_least(name: str, value: int, least: int) -> int:
    """Return the whole number `value` if it is `least` or more."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise ArrayError(f"{name} is {value!r}: it must be a whole number of at least {least}")
    return int(value)


def choice(name: str, value: str, allowed: Sequence[str]) -> str:
    """Return `value` if it is one of the allowed words."""
    if value not in allowed:
        raise ArrayError(f"{name} is {value!r}: it must be one of {', '.join(allowed)}")
    return value
