"""From drawn levels to points of slots, indicators, components and the index, all draws at once.

Arrays have the draws on the last axis. Sums run in a fixed order, without matrix libraries.
"""

from collections.abc import Callable, Mapping

import numpy as np

from assess._arrays import FloatArray
from assess.rubric.model import PairRule
from assess.uncertainty.items import Items, Tree
from assess.uncertainty.rating import LevelArray


def slot_points(levels: LevelArray, scores: FloatArray) -> FloatArray:
    """Return points, shape (items, draws); ``scores`` has shape (levels,) or (levels, draws)."""
    if scores.ndim == 1:
        return np.asarray(scores[levels])
    draws = scores.shape[1]
    return np.asarray(scores.ravel().take(levels.astype(np.int32) * draws + np.arange(draws, dtype=np.int32)))


def at_their_word(points: FloatArray, items: Items) -> FloatArray:
    """Set the items that somebody knows to their pooled points and cut the rest at their hard bounds."""
    cut = np.clip(points, items.bounds[0][:, np.newaxis], items.bounds[1][:, np.newaxis])
    return np.where(np.isnan(items.known)[:, np.newaxis], cut, items.known[:, np.newaxis])


def indicator_points(points: FloatArray, tree: Tree) -> FloatArray:
    """Apply the pair rules (method rule 3): (items, draws) to (indicators, draws)."""
    found = points[tree.first]
    for number, rule in enumerate(tree.rules):
        first, second = tree.first[number], tree.second[number]
        if first != second:
            a, b = points[first], points[second]
            found[number] = _RULES[rule](a, b)
    return found


def _mean(a: FloatArray, b: FloatArray) -> FloatArray:
    return np.asarray((a + b) / 2)


_RULES: Mapping[PairRule, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "lower": np.minimum, "higher": np.maximum, "mean": _mean,
}


def component_points(points: FloatArray, tree: Tree, weights: FloatArray | None = None) -> FloatArray:
    """Weighted means (method rule 1.2): (indicators, draws) to (components, draws).

    ``weights``, shape (indicators, draws), need not be normalised; the rubric's if left out.
    """
    if weights is None:
        return np.asarray(np.add.reduceat(points * tree.shares[:, np.newaxis], tree.starts, axis=0))
    total = np.add.reduceat(weights, tree.starts, axis=0)
    return np.asarray(np.add.reduceat(points * weights, tree.starts, axis=0) / total)


def index_points(components: FloatArray, tree: Tree) -> FloatArray:
    """Weighted mean of the components, shape (draws,)."""
    return np.asarray((components * tree.component_shares[:, np.newaxis]).sum(axis=0))
