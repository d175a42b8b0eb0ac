"""Variance shares of groups of factors: Sobol indices and Shapley effects.

The function is anybody's: it takes factors on 0..1, shape (points, factors), and returns one figure
a point, shape (points,), or several, shape (points, figures). A stage is asked for by a figure that
is 1 where it is reached.

The estimators are those of SALib, to which the tests hold them; SALib itself would load two plotting
and table libraries, which takes longer than all the draws.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import ArrayError, FloatArray, IntArray, at_least
from assess.sensitivity.model import FactorShare, FactorShares

Figure: TypeAlias = Callable[[FloatArray], ArrayLike]

POINTS = 2**12
RESAMPLES = 100
_Z = 1.959964  # of a 95 % interval


def factor_shares(
    figure: Figure, groups: Mapping[str, int], *, name: str, seed: int, points: int = POINTS
) -> FactorShares:
    """Split the variance of one figure among groups of independent factors; see `shares_of`.

    Args:
        figure: the function, which returns shape (points,).
        groups: how many factors each group has, in the order of the function's columns.
        name: what the figure is called in the result.
        seed: whole number, 0 or more.
        points: a power of two, 2 or more.

    Raises:
        ArrayError: fewer than two groups, a group without factors, or a figure that is not finite.
    """
    return shares_of(figure, groups, names=(name,), seed=seed, points=points)[0]


def shares_of(
    figures: Figure, groups: Mapping[str, int], *, names: Sequence[str], seed: int, points: int = POINTS
) -> tuple[FactorShares, ...]:
    """Split the variance of several figures that one function returns together.

    First-order and total indices come from Saltelli's scheme with groups; Shapley effects from
    Goda's trajectories between the same two samples, in which a group moves as one player. Both
    take ``points`` times twice the number of groups of evaluations. Sources: Saltelli et al. (2010),
    estimators b and f of table 2, figures centred and scaled; Goda (2021), algorithm 1.

    Args:
        figures: the function, which returns shape (points, figures).
        groups: how many factors each group has, in the order of the function's columns.
        names: of the figures.
        seed: whole number, 0 or more.
        points: a power of two, 2 or more.

    Raises:
        ArrayError: fewer than two groups, a group without factors, or a figure that is not finite.
    """
    _check(groups, points, seed)
    runs = evaluate(figures, groups, len(names), seed, points)
    picks = np.random.default_rng([seed, 1]).multinomial(points, np.full(points, 1 / points), RESAMPLES)
    found = []
    for number, name in enumerate(names):
        one = runs.of(number)
        variance = float(one.saltelli.var())
        first, total = _sobol(one, picks.astype(np.float64)) if variance > 0 else (None, None)
        players = _shapley(one) if variance > 0 else None
        shares = tuple(_share(key, n, first, total, players) for n, key in enumerate(groups))
        found.append(FactorShares(figure=name, variance=_six(variance), shares=shares, points=points, seed=seed))
    return tuple(found)


_Estimates: TypeAlias = tuple[FloatArray, FloatArray]
"""Estimates and the half-widths of their 95 % intervals, shape (groups,) each."""


def _share(
    key: str, n: int, first: _Estimates | None, total: _Estimates | None, players: _Estimates | None
) -> FactorShare:
    cells = [(0.0, 0.0) if x is None else (_six(x[0][n]), _six(x[1][n])) for x in (first, total, players)]
    return FactorShare(id=key, first=cells[0][0], first_error=cells[0][1], total=cells[1][0],
                       total_error=cells[1][1], shapley=cells[2][0], shapley_error=cells[2][1])


def _six(value: float) -> float:
    return round(float(value), 6) + 0.0


def _check(groups: Mapping[str, int], points: int, seed: int) -> None:
    if len(groups) < 2:
        raise ArrayError("a variance is split among two groups or more")
    for key, size in groups.items():
        at_least(f"the number of factors of {key}", size, 1)
    at_least("seed", seed, 0)
    if points < 2 or points & (points - 1):
        raise ArrayError(f"points is {points}: it must be a power of two, 2 or more")


# --- evaluations --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """What the function returned; the last axis is figures until one is chosen.

    Attributes:
        saltelli: shape (groups + 2, points): the first sample, the first with one group from the
            second for each group, the second sample.
        paths: shape (groups + 1, points): from the first sample to the second, one group a step.
        order: shape (points, groups), the group that changes in each step.
    """

    saltelli: FloatArray
    paths: FloatArray
    order: IntArray

    def of(self, number: int) -> "Runs":
        """Return the runs of one figure."""
        return Runs(self.saltelli[..., number], self.paths[..., number], self.order)


def evaluate(figures: Figure, groups: Mapping[str, int], count: int, seed: int, points: int) -> Runs:
    """Run the function for both estimators.

    A path's first step changes one group alone, and its ends are the samples themselves: these
    points are in Saltelli's scheme already and are not run again.
    """
    from scipy.stats import qmc  # imported late: scipy.stats is slow to load

    d, factors = len(groups), sum(groups.values())
    sample = qmc.Sobol(2 * factors, scramble=True, rng=np.random.default_rng([seed, 0])).random(points)
    first, second = sample[:, :factors], sample[:, factors:]
    owner = np.repeat(np.arange(d), list(groups.values()))
    single = [first, *(np.where(owner == n, second, first) for n in range(d)), second]
    saltelli = np.stack([_values(figures, rows, count) for rows in single])
    order = np.random.default_rng([seed, 2]).permuted(np.tile(np.arange(d), (points, 1)), axis=1)
    rank = order.argsort(axis=1)[:, owner]
    inner = [_values(figures, np.where(rank < step, second, first), count) for step in range(2, d)]
    start = saltelli[1 + order[:, 0], np.arange(points)]
    return Runs(saltelli, np.stack([saltelli[0], start, *inner, saltelli[-1]]), order)


def _values(figures: Figure, rows: FloatArray, count: int) -> FloatArray:
    values = np.asarray(figures(rows), dtype=np.float64).reshape(len(rows), -1)
    if values.shape[1] != count:
        raise ArrayError(f"the function returned {values.shape[1]} figures a point instead of {count}")
    if not np.isfinite(values).all():
        raise ArrayError("the figure is not finite at some points")
    return values


# --- estimators ---------------------------------------------------------------------------------


def _sobol(runs: Runs, picks: FloatArray) -> tuple[_Estimates, _Estimates]:
    """First-order and total indices; intervals from resampled points, shape (resamples, points) of counts."""
    y = (runs.saltelli - runs.saltelli.mean()) / runs.saltelli.std()
    a, mixed, b = y[0], y[1:-1], y[-1]
    every = np.ones((1, len(a)))
    tables = (b * (mixed - a), (mixed - a) ** 2 / 2)
    return tuple(  # type: ignore[return-value] # two of them
        (_ratios(table, a, b, every)[0], _Z * _ratios(table, a, b, picks).std(axis=0, ddof=1)) for table in tables
    )


def _ratios(table: FloatArray, a: FloatArray, b: FloatArray, picks: FloatArray) -> FloatArray:
    """Mean of each row of ``table`` over the variance of both samples, in every resample: (resamples, groups)."""
    size = picks.sum(axis=1)
    means = np.einsum("rp,gp->rg", picks, table) / size[:, np.newaxis]
    mean = np.einsum("rp,p->r", picks, a + b) / (2 * size)
    square = np.einsum("rp,p->r", picks, a**2 + b**2) / (2 * size)
    variance = (square - mean**2)[:, np.newaxis]
    return np.asarray(np.divide(means, variance, out=np.zeros_like(means), where=variance > 1e-15))


def _shapley(runs: Runs) -> _Estimates:
    """Shapley effects as shares of their sum; the interval is that of a ratio of two means (Cochran 1977)."""
    before, after = runs.paths[:-1].T, runs.paths[1:].T
    steps = (runs.paths[0][:, np.newaxis] - (before + after) / 2) * (before - after)
    own = np.empty_like(steps)
    np.put_along_axis(own, runs.order, steps, axis=1)
    total = own.sum(axis=1)
    if total.mean() == 0:
        return np.zeros(own.shape[1]), np.zeros(own.shape[1])
    shares = own.mean(axis=0) / total.mean()
    spread = (own - own.mean(axis=0)) - shares * (total - total.mean())[:, np.newaxis]
    variance = (spread**2).sum(axis=0) / (len(own) - 1) / len(own) / total.mean() ** 2
    return shares, _Z * np.sqrt(variance)
