"""The robustness range: what other defensible choices would have made of the same answers (method rule 9).

Each Sobol point sets every factor at once: which draw of the rating model holds, what the unknown
items are, the weights of components and indicators, how components become the index, how far apart
the levels stand, how raters are pooled, and a leniency. Everything is array operations over points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assess._arrays import FloatArray, IntArray
from assess.uncertainty.draws import component_points, indicator_points, slot_points
from assess.uncertainty.items import Items, Tree
from assess.uncertainty.rating import LevelArray, Posterior

POINTS = 2**14
AGGREGATORS = ("arithmetic", "geometric", "mazziotta_pareto")
_FLOOR = 1.0  # lowest component score in the geometric mean
_WEIGHT_SPREAD = 0.25  # half-width of the uniform whose relative deviation the Dirichlet weights match
_STEP_SPREAD = 0.5  # each step between levels within 0.5 .. 1.5 of nominal


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """The factors, each on 0..1; points on the last axis.

    Attributes:
        answers, unknowns, aggregator, pooling, party, leniency: shape (points,).
        spacing: shape (levels - 1, points).
        component_weights: shape (components, points).
        indicator_weights: shape (indicators, points).
    """

    answers: FloatArray
    unknowns: FloatArray
    aggregator: FloatArray
    pooling: FloatArray
    party: FloatArray
    leniency: FloatArray
    spacing: FloatArray
    component_weights: FloatArray
    indicator_weights: FloatArray


@dataclass(frozen=True, slots=True)
class Alone:
    """Problems of a posterior that hear one party, or one rater, alone.

    ``parties`` tells that they are the two parties; then the lower of them is a way to pool as
    well. Among raters of one side it is not: the more raters, the lower the lowest.
    """

    problems: tuple[int, ...] = ()
    parties: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Shaken:
    """Points under every setting.

    Attributes:
        indicators: shape (indicators, points).
        components: shape (components, points).
        index: shape (points,).
        scores: shape (levels, points), what each level counts.
    """

    indicators: FloatArray
    components: FloatArray
    index: FloatArray
    scores: FloatArray


def sobol_factors(items: Items, rng: np.random.Generator, points: int = POINTS) -> Factors:
    """Return scrambled Sobol points for the factors of these items; ``points`` is a power of two."""
    from scipy.stats import qmc

    sizes = [1] * 6 + [len(items.scores) - 1, len(items.tree.components), len(items.tree.indicators)]
    sequence = qmc.Sobol(sum(sizes), scramble=True, rng=rng).random(points)
    return factors(np.ascontiguousarray(sequence.T), sizes)


def factors(table: FloatArray, sizes: Sequence[int]) -> Factors:
    """Cut a table of shape (dimensions, points) into factors of the given sizes."""
    single, wide = table[:6], np.split(table[6:], np.cumsum(sizes[6:-1]))
    return Factors(*single, *wide)


def shake(
    items: Items, posterior: Posterior, settings: Factors, tau: float, alone: Alone, seed: int
) -> Shaken:
    """Compute components and index under every setting.

    Args:
        items: what is added up.
        posterior: problem 0 is all raters together.
        settings: one setting a point.
        tau: standard deviation of the leniency in points.
        alone: the parties or raters by themselves; with fewer than two pooling is no factor.
        seed: of the unknown items' own random numbers.
    """
    from scipy.special import ndtri

    tree = items.tree
    levels = _levels(items, posterior, settings, alone, seed)
    scores = spaced_scores(items.scores, settings.spacing)
    indicators = indicator_points(slot_points(levels, scores), tree)
    weights = _shaken_within(tree, ndtri(_inside(settings.indicator_weights)))
    components = component_points(indicators, tree, weights)
    across = dirichlet_weights(tree.component_shares, ndtri(_inside(settings.component_weights)))
    shift = tau * ndtri(_inside(settings.leniency))
    low, high = items.scores[0], items.scores[-1]
    return Shaken(
        indicators=indicators,
        components=np.clip(components + shift, low, high),
        index=np.clip(aggregated(components, across, settings.aggregator) + shift, low, high),
        scores=scores,
    )


def _inside(share: FloatArray) -> FloatArray:
    """Keep Sobol points off 0 and 1, where the normal quantile is infinite."""
    return np.clip(share, 2.0**-32, 1 - 2.0**-32)


# --- levels: answers, unknowns, pooling ---------------------------------------------------------


def _levels(
    items: Items, posterior: Posterior, settings: Factors, alone: Alone, seed: int
) -> LevelArray:
    """Drawn levels under every setting, shape (items, points)."""
    draws = posterior.levels.shape[2] * posterior.levels.shape[3]
    row = _pick(settings.answers, draws)
    levels = posterior.flat_levels()[:, row]
    open_items = np.flatnonzero(~items.rated.any(axis=0))
    if len(open_items):
        levels[open_items] = _unknown_levels(items, posterior, open_items, row, _pick(settings.unknowns, draws), seed)
    return _pooled(levels, posterior, settings, alone, row) if len(alone.problems) > 1 else levels


def _pick(share: FloatArray, count: int) -> IntArray:
    return np.minimum((share * count).astype(np.int64), count - 1)


def _unknown_levels(
    items: Items, posterior: Posterior, open_items: IntArray, row: IntArray, pick: IntArray, seed: int
) -> LevelArray:
    """Draw open items from the prior of the answers' draw, by random numbers that ``unknowns`` picks.

    So the two factors can be moved one at a time, and yet an unknown follows what is known.
    """
    marks = np.random.default_rng(seed).random((len(open_items), posterior.flat_levels().shape[1]))
    patterns, pattern_of = np.unique(items.allowed[open_items], axis=0, return_inverse=True)
    found = np.zeros((len(open_items), len(row)), np.int8)
    for one, allowed in enumerate(patterns):  # many items are open within the same limits
        heights = np.add.accumulate(posterior.flat_shares() * allowed[:, np.newaxis], axis=0)
        edges = (heights[:-1] / heights[-1])[:, row]
        for number in np.flatnonzero(pattern_of == one):
            mark = marks[number, pick]
            for edge in edges:
                found[number] += mark >= edge
    return found


def _pooled(levels: LevelArray, posterior: Posterior, settings: Factors, alone: Alone, row: IntArray) -> LevelArray:
    """Pool by the rating model over all raters, by a linear opinion pool, or by the lower party.

    A linear pool of opinions is a mixture: each point believes one party whole, each as often.
    """
    views = np.stack([posterior.flat_levels(problem)[:, row] for problem in alone.problems])
    believed = _pick(settings.party, len(alone.problems))
    linear = np.take_along_axis(views, believed[np.newaxis, np.newaxis], axis=0)[0]
    how = _pick(settings.pooling, 3 if alone.parties else 2)
    return np.where(how == 0, levels, np.where(how == 1, linear, views.min(axis=0)))


# --- spacing, weights, aggregation --------------------------------------------------------------


def spaced_scores(scores: FloatArray, spacing: FloatArray) -> FloatArray:
    """Stretch each step between levels by 0.5..1.5 and bring the ends back, shape (levels, points)."""
    steps = np.diff(scores)[:, np.newaxis] * (1 - _STEP_SPREAD + 2 * _STEP_SPREAD * spacing)
    heights = np.add.accumulate(steps, axis=0)
    heights *= (scores[-1] - scores[0]) / heights[-1]
    return np.concatenate([np.full((1, spacing.shape[1]), scores[0]), scores[0] + heights])


def dirichlet_weights(shares: FloatArray, normal: FloatArray) -> FloatArray:
    """Return weights ~ Dirichlet(a0 * shares), not normalised, from standard normal numbers.

    a0 = (k - 1) / (0.25^2 / 3) - 1 gives equal weights the relative deviation of +-25 % uniform.
    Gamma numbers of these shapes (about 40) come from the normal by Wilson and Hilferty (1931),
    right to about a thousandth and forty times faster than the exact quantile.

    Args:
        shares: shape (k,), sum 1.
        normal: shape (k, points).
    """
    if len(shares) == 1:
        return np.ones_like(normal)
    shape = (((len(shares) - 1) / (_WEIGHT_SPREAD**2 / 3) - 1) * shares)[:, np.newaxis]
    return np.asarray(shape * np.maximum(1 - 1 / (9 * shape) + normal / (3 * np.sqrt(shape)), 1e-3) ** 3)


def _shaken_within(tree: Tree, normal: FloatArray) -> FloatArray:
    """Weights inside every component, shape (indicators, points)."""
    cuts = tree.starts[1:]
    groups = zip(np.split(tree.shares, cuts), np.split(normal, cuts), strict=True)
    return np.concatenate([dirichlet_weights(shares, numbers) for shares, numbers in groups])


def aggregated(components: FloatArray, weights: FloatArray, aggregator: FloatArray) -> FloatArray:
    """Return the index, a third of the points by each aggregator, shape (points,).

    Aggregators stand above components only: inside a component one absent indicator would pull
    a geometric mean to its floor, and the range would mostly show the floor.
    """
    shares = weights / weights.sum(axis=0)
    mean = (shares * components).sum(axis=0)
    geometric = np.exp((shares * np.log(np.maximum(components, _FLOOR))).sum(axis=0))
    variance = (shares * (components - mean) ** 2).sum(axis=0)
    balanced = mean - variance / np.where(mean > 0, mean, 1.0)
    return np.choose(_pick(aggregator, len(AGGREGATORS)), [mean, geometric, balanced])
