"""Variance shares of groups of factors: Sobol indices and Shapley effects, by SALib.

The function is anybody's: it takes factors on 0..1, shape (points, factors), and returns one figure
a point, shape (points,). A stage is asked for by a function that returns 1 where it is reached.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import ArrayError, FloatArray, at_least, vector
from assess.sensitivity.model import FactorShare, FactorShares

Figure: TypeAlias = Callable[[FloatArray], ArrayLike]

POINTS = 2**12


def factor_shares(
    figure: Figure, groups: Mapping[str, int], *, name: str, seed: int, points: int = POINTS
) -> FactorShares:
    """Split the variance of a figure among groups of independent factors.

    First-order and total indices come from Saltelli's scheme with groups, ``points`` (groups + 2)
    evaluations; Shapley effects from Goda's trajectories, in which a group moves as one player,
    ``points`` (groups + 1) evaluations. Sources: Saltelli et al. (2010); Goda (2021).

    Args:
        figure: the function, called twice with many points at once.
        groups: how many factors each group has, in the order of the function's columns.
        name: what the figure is called in the result.
        seed: whole number, 0 or more.
        points: a power of two, 2 or more.

    Raises:
        ArrayError: fewer than two groups, a group without factors, or a figure that is not finite.
    """
    _check(groups, points, seed)
    problem = _problem(groups)
    sobol, variance = _sobol(figure, problem, points, seed)
    players, errors = _shapley(figure, groups, points, seed)
    shares = tuple(
        FactorShare(id=key, first=_six(sobol["S1"][n]), first_error=_six(sobol["S1_conf"][n]),
                    total=_six(sobol["ST"][n]), total_error=_six(sobol["ST_conf"][n]),
                    shapley=_six(players[n]), shapley_error=_six(errors[n]))
        for n, key in enumerate(groups)
    )
    return FactorShares(figure=name, variance=_six(variance), shares=shares, points=points, seed=seed)


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


def _problem(groups: Mapping[str, int]) -> dict[str, Any]:
    """SALib's description: uniform factors, each with the name of its group."""
    owners = [key for key, size in groups.items() for _ in range(size)]
    names = [f"x{n}" for n in range(len(owners))]
    return {"num_vars": len(owners), "names": names, "groups": owners, "bounds": [[0.0, 1.0]] * len(owners)}


def _sobol(figure: Figure, problem: dict[str, Any], points: int, seed: int) -> tuple[Mapping[str, Any], float]:
    from SALib.analyze import sobol as analysis  # imported late: it brings pandas
    from SALib.sample import sobol as sampling

    # SALib reorders nothing, but it writes into the problem: give it copies.
    sample = sampling.sample(dict(problem), points, calc_second_order=False, seed=_generator(seed, 0))
    y = _values(figure, sample)
    if np.ptp(y) == 0:
        groups = len(set(problem["groups"]))
        return dict.fromkeys(("S1", "S1_conf", "ST", "ST_conf"), np.zeros(groups)), 0.0
    found = analysis.analyze(dict(problem), y, calc_second_order=False, seed=_generator(seed, 1))
    return found, float(y.var())


def _generator(seed: int, stream: int) -> Any:
    return np.random.default_rng([seed, stream])


def _values(figure: Figure, sample: FloatArray) -> FloatArray:
    return vector("the figure", figure(sample), size=len(sample))


def _shapley(figure: Figure, groups: Mapping[str, int], points: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Shapley effects of whole groups; both arrays have shape (groups,).

    SALib's estimator knows single factors only. It looks at the factors just to see which one
    changed in each step, so each group is shown to it as one factor with a label: 0 before its
    step, 1 after it.
    """
    from SALib.analyze import shapley as analysis

    labels = _trajectories(len(groups), points, _generator(seed, 2))
    y = _values(figure, _mixed(groups, labels, points, _generator(seed, 3)))
    if np.ptp(y) == 0:
        return np.zeros(len(groups)), np.zeros(len(groups))
    names = list(groups)
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    found = analysis.analyze(problem, labels.reshape(-1, len(names)), y)
    return np.asarray(found["shapley_normalized"]), np.asarray(found["shapley_normalized_conf"])


def _trajectories(players: int, points: int, rng: np.random.Generator) -> FloatArray:
    """Labels of shape (points, players + 1, players): in each row one more player has changed."""
    rank = rng.permuted(np.tile(np.arange(players), (points, 1)), axis=1)
    return np.asarray(rank[:, np.newaxis, :] < np.arange(players + 1)[np.newaxis, :, np.newaxis], dtype=np.float64)


def _mixed(groups: Mapping[str, int], labels: FloatArray, points: int, rng: np.random.Generator) -> FloatArray:
    """Factors of every row: those of the first sample, for the players that changed those of the second."""
    from scipy.stats import qmc

    factors = sum(groups.values())
    sample = qmc.Sobol(2 * factors, scramble=True, rng=rng).random(points)
    first, second = sample[:, np.newaxis, :factors], sample[:, np.newaxis, factors:]
    changed = np.repeat(labels, list(groups.values()), axis=2) > 0.5
    return np.asarray(np.where(changed, second, first).reshape(-1, factors))
