"""Checks and counts that all agreement coefficients share."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import (
    ArrayError,
    FloatArray,
    IntArray,
    matrix,
    refuse_where,
    vector,
)


def rating_table(ratings: ArrayLike, *, missing: bool) -> FloatArray:
    table = matrix("ratings", ratings, ("raters", "units"), missing=missing)
    if len(table) < 2:
        raise ArrayError(f"ratings have {len(table)} rater: agreement needs at least 2")
    return table


def value_domain(domain: ArrayLike | None, **ratings: FloatArray) -> FloatArray:
    """The values a rating may take, ascending; every present rating is one of them."""
    if domain is None:
        everything = np.concatenate([table.ravel() for table in ratings.values()])
        return np.unique(everything[~np.isnan(everything)])
    values = vector("domain", domain)
    if np.any(np.diff(values) <= 0.0):
        raise ArrayError(f"domain {values.tolist()} must be ascending without repeats")
    for name, table in ratings.items():
        foreign = ~np.isnan(table) & ~np.isin(table, values)
        refuse_where(name, table, foreign, f"it is not in the domain {values.tolist()}")
    return values


def count_values(table: FloatArray, values: FloatArray) -> IntArray:
    """How often each value (columns) was given to each unit (rows)."""
    return np.stack([(table == value).sum(axis=0) for value in values], axis=1)
