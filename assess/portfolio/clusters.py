"""Groups of relationships with similar profiles: hierarchical clustering of the components' points.

Ward's method (scipy.cluster.hierarchy) over the points of all components, 0 to 100 and not rescaled, so
that a wide component counts for what it is. The number of groups, two to six, is the one with the greatest
mean silhouette (Rousseeuw 1987). From `MOST` relationships on the tree is built from a sample of that many,
every so-manieth in the order of their keys, and the others join the group whose mean is nearest.
"""

from dataclasses import dataclass

import numpy as np

from assess._arrays import FloatArray, IntArray

FEWEST, MOST = 8, 1500
_GROUPS = range(2, 7)


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """Groups, the one with the highest mean first.

    Attributes:
        rows: shape (clustered,), which relationships took part.
        group: shape (clustered,), number of the group of each, from 0.
        means: shape (groups, components).
        sampled: how many rows the tree was built from.
        silhouette: mean silhouette, -1 to 1.
    """

    rows: IntArray
    group: IntArray
    means: FloatArray
    sampled: int
    silhouette: float

    def members(self, number: int) -> IntArray:
        """Return the rows of one group."""
        return np.asarray(self.rows[self.group == number])


def clusters(points: FloatArray) -> Clusters | None:
    """Group rows of ``points``, shape (relationships, components); rows with NaN stay out.

    None where fewer than `FEWEST` rows are complete, or all are alike.
    """
    rows = np.flatnonzero(~np.isnan(points).any(axis=1))
    whole = points[rows]
    if len(rows) < FEWEST or np.ptp(whole, axis=0).max(initial=0) < 1e-9:
        return None
    chosen = np.unique(np.linspace(0, len(rows) - 1, min(MOST, len(rows))).round().astype(np.int64))
    labels, silhouette = _best(whole[chosen])
    means = np.array([whole[chosen][labels == n].mean(axis=0) for n in np.unique(labels)])
    means = means[np.argsort(-means.mean(axis=1), kind="stable")]
    group = _nearest(whole, means) if len(chosen) < len(rows) else _nearest_exact(whole, labels, means)
    return Clusters(rows, group, _means(whole, group, len(means)), len(chosen), silhouette)


def _best(sample: FloatArray) -> tuple[IntArray, float]:
    from scipy.cluster.hierarchy import fcluster, linkage  # imported late: only the report needs it
    from scipy.spatial.distance import pdist, squareform

    flat = pdist(sample)
    apart = squareform(flat)
    tree = linkage(sample, "ward")
    found = []
    for count in _GROUPS:
        labels = fcluster(tree, count, "maxclust")
        if len(np.unique(labels)) == count:
            found.append((round(_silhouette(apart, labels), 9), -count, labels))
    score, _, labels = max(found, key=lambda row: row[:2])
    return labels, score


def _silhouette(apart: FloatArray, labels: IntArray) -> float:
    """Return the mean silhouette; a row that is alone in its group counts 0."""
    names, sizes = np.unique(labels, return_counts=True)
    sums = np.stack([apart[:, labels == name].sum(axis=1) for name in names], axis=1)
    own = np.searchsorted(names, labels)
    each = np.arange(len(labels))
    inside = sums[each, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[each, own] = np.inf
    outside = means.min(axis=1)
    value = (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-12)
    return float(np.where(sizes[own] > 1, value, 0.0).mean())


def _nearest(points: FloatArray, means: FloatArray) -> IntArray:
    found: IntArray = ((points[:, np.newaxis] - means) ** 2).sum(axis=2).argmin(axis=1)
    return found


def _nearest_exact(points: FloatArray, labels: IntArray, means: FloatArray) -> IntArray:
    """Number the tree's own groups in the order of ``means``."""
    order = {name: int(_nearest(points[labels == name].mean(axis=0, keepdims=True), means)[0])
             for name in np.unique(labels)}
    return np.array([order[name] for name in labels])


def _means(points: FloatArray, group: IntArray, count: int) -> FloatArray:
    return np.array([points[group == n].mean(axis=0) for n in range(count)])
