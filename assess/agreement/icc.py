"""Intraclass correlations: how far measurements by several raters can be relied on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import ArrayError, FloatArray, choice, open_share
from assess.agreement._ratings import rating_table

__all__ = ["Form", "IntraclassCorrelation", "intraclass_correlation", "intraclass_correlations"]

Form = Literal["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """One form of the intraclass correlation, with its F test and interval.

    Attributes:
        form: such as "ICC(2,1)".
        value: the coefficient, at most 1; NaN if the ratings do not vary, or raters contradict
            each other so much that no positive variance is left to divide by.
        f: F statistic of the hypothesis that the true value is 0; infinite without residual.
        df1: degrees of freedom of the numerator.
        df2: degrees of freedom of the denominator.
        p: probability of so large an F if the hypothesis holds.
        low: lower end of the interval.
        high: upper end of the interval.
        coverage: nominal coverage, 0..1.
    """

    form: Form
    value: float
    f: float
    df1: int
    df2: int
    p: float
    low: float
    high: float
    coverage: float


def intraclass_correlation(ratings: ArrayLike, form: Form, *, coverage: float = 0.95) -> IntraclassCorrelation:
    """One of the six intraclass correlations of Shrout and Fleiss (1979).

    First figure: 1 each unit has its own raters; 2 the raters are a sample of possible raters
    (absolute agreement); 3 these raters are the only ones of interest (consistency). Second
    figure: 1 reliability of a single rating, k of the mean over the raters.

    Args:
        ratings: shape (raters, units), complete, two of each at least.
        form: "ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)" or "ICC(3,k)".
        coverage: of the F-based interval, strictly between 0 and 1.

    Raises:
        ArrayError: a rating is missing, there are too few raters or units, or the form or the
            coverage is not valid.

    >>> table = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
    >>> round(intraclass_correlation(table, "ICC(2,1)").value, 2)
    0.29
    """
    choice("form", form, get_args(Form))
    squares = _mean_squares(ratings)
    return _icc(squares, form, open_share("coverage", coverage))


def intraclass_correlations(ratings: ArrayLike, *, coverage: float = 0.95) -> tuple[IntraclassCorrelation, ...]:
    """All six forms, single ratings first; arguments as for `intraclass_correlation`."""
    squares = _mean_squares(ratings)
    coverage = open_share("coverage", coverage)
    return tuple(_icc(squares, form, coverage) for form in get_args(Form))


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    """Two-way analysis of variance of n units by k raters."""

    n: int
    k: int
    between: float
    within: float
    raters: float
    error: float

    def residual(self, form: Form) -> float:
        return self.within if form.startswith("ICC(1") else self.error

    def degrees(self, form: Form) -> tuple[int, int]:
        own_raters = form.startswith("ICC(1")
        rest = self.n if own_raters else self.n - 1
        return self.n - 1, rest * (self.k - 1)

    def f_ratio(self, form: Form) -> float:
        residual = self.residual(form)
        if residual > 0.0:
            return self.between / residual
        return float("inf") if self.between > 0.0 else float("nan")

    @property
    def still(self) -> bool:
        return self.between == 0.0 and self.within == 0.0


def _mean_squares(ratings: ArrayLike) -> _MeanSquares:
    table = rating_table(ratings, missing=False)
    k, n = table.shape
    if n < 2:
        raise ArrayError(f"ratings have {n} unit: an intraclass correlation needs at least 2")
    centred = table - table.mean()
    units, raters = centred.mean(axis=0), centred.mean(axis=1)
    inner = ((centred - units) ** 2).sum()
    rest = ((centred - units - raters[:, np.newaxis]) ** 2).sum()
    return _MeanSquares(
        n,
        k,
        between=_clean(k * (units**2).sum() / (n - 1), centred),
        within=_clean(inner / (n * (k - 1)), centred),
        raters=_clean(n * (raters**2).sum() / (k - 1), centred),
        error=_clean(rest / ((n - 1) * (k - 1)), centred),
    )


def _clean(mean_square: float, centred: FloatArray) -> float:
    """The mean square, with rounding noise set to 0."""
    return float(mean_square) if mean_square > 1e-24 * float((centred**2).sum()) else 0.0


def _icc(squares: _MeanSquares, form: Form, coverage: float) -> IntraclassCorrelation:
    df1, df2 = squares.degrees(form)
    if squares.still:
        nan = float("nan")
        return IntraclassCorrelation(form, nan, nan, df1, df2, nan, nan, nan, coverage)
    from scipy.stats import f as f_law  # type: ignore[import-untyped, unused-ignore]

    ratio = squares.f_ratio(form)
    tail = (1.0 + coverage) / 2.0
    down, up = _freedom(squares, form)
    low = _coefficient(squares, form, down=float(f_law.ppf(tail, df1, down)))
    high = _coefficient(squares, form, up=float(f_law.ppf(tail, up, df1)))
    value, p = _coefficient(squares, form), float(f_law.sf(ratio, df1, df2))
    return IntraclassCorrelation(form, value, ratio, df1, df2, p, low, high, coverage)


def _coefficient(squares: _MeanSquares, form: Form, *, down: float = 1.0, up: float = 1.0) -> float:
    """The coefficient, or an end of its interval with an F quantile in place of 1.

    A quantile multiplies the residual for the lower end (`down`), the units' mean square for the
    upper one (`up`).
    """
    n, k = squares.n, squares.k
    units, residual = up * squares.between, down * squares.residual(form)
    above, below = units - residual, units + (k - 1) * residual
    if form.startswith("ICC(2"):
        below += (k / n) * (down * squares.raters - residual)
    if form.endswith("k)"):
        above, below = k * above, below + (k - 1) * above
    return _over_variance(above, below)


def _freedom(squares: _MeanSquares, form: Form) -> tuple[float, float]:
    """Degrees of freedom of the residual in the lower and in the upper end of the interval."""
    if not form.startswith("ICC(2"):
        df2 = float(squares.degrees(form)[1])
        return df2, df2
    v = _satterthwaite(squares, _coefficient(squares, "ICC(2,1)"))
    return v, v


def _satterthwaite(squares: _MeanSquares, icc: float) -> float:
    """Approximate degrees of freedom of Fleiss and Shrout (1978).

    They are at least raters - 1 for a coefficient of 0 or more; below that they are kept at 1 or
    more, so that the interval holds the coefficient.
    """
    n, k = squares.n, squares.k
    raters = k * icc * squares.raters
    error = (n * (1.0 + (k - 1) * icc) - k * icc) * squares.error
    below = (n - 1) * raters**2 + error**2
    degrees = (n - 1) * (k - 1) * (raters + error) ** 2 / below if below > 0.0 else 1.0
    return max(degrees, 1.0)


def _over_variance(above: float, variance: float) -> float:
    return above / variance if variance > 0.0 else float("nan")
