"""How sure it is that one relationship is ahead of another: chances instead of bare ranks.

The draws of two relationships are taken as independent. Each is known by its quantiles; the chance that A
is ahead of B is the share of pairs of their quantiles in which A's is the higher, ties counted half.
"""

from dataclasses import dataclass

import numpy as np

from assess._arrays import FloatArray, IntArray

CLEAR = 0.9
_STEP = 0.5  # points of a grid on which many relationships are compared
_BLOCK = 512


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Of how many others each relationship is clearly ahead, clearly behind, or not to be told apart.

    All of shape (relationships,); a chance of at least .9 is clear.
    """

    ahead: IntArray
    behind: IntArray
    level: IntArray


def chance(a: FloatArray, b: FloatArray) -> float:
    """Return the chance (0 to 1) that A is ahead of B; ``a`` and ``b`` are their quantiles.

    >>> import numpy as np
    >>> chance(np.array([1.0, 2.0]), np.array([0.0, 2.0]))
    0.625
    """
    ordered = np.sort(b)
    below = np.searchsorted(ordered, a, side="left") + np.searchsorted(ordered, a, side="right")
    return float(below.mean() / (2 * len(b)))


def matrix(quantiles: FloatArray) -> FloatArray:
    """Return the chances of every row against every other, shape (rows, rows); one half on the diagonal."""
    return np.array([[0.5 if m == n else chance(a, b) for n, b in enumerate(quantiles)]
                     for m, a in enumerate(quantiles)]).reshape(len(quantiles), len(quantiles))


def standings(quantiles: FloatArray) -> Standing:
    """Compare every row with every other, on a grid of half points; memory grows with the rows alone."""
    edges = np.arange(0.0, 100.0 + 2 * _STEP, _STEP)
    place = np.clip((quantiles / _STEP).astype(np.int64), 0, len(edges) - 1)
    share = np.zeros((len(quantiles), len(edges)), np.float32)
    np.add.at(share, (np.arange(len(quantiles))[:, np.newaxis], place), 1 / quantiles.shape[1])
    below = np.cumsum(share, axis=1) - share / 2  # half of what falls into the same cell counts as below
    ahead, behind = (np.zeros(len(quantiles), np.int64) for _ in range(2))
    for start in range(0, len(quantiles), _BLOCK):
        block = slice(start, start + _BLOCK)
        chances = np.round(share[block] @ below.T, 3)
        rows = np.arange(len(chances))
        chances[rows, start + rows] = 0.5
        ahead[block] = (chances >= CLEAR).sum(axis=1)
        behind[block] = (chances <= round(1 - CLEAR, 3)).sum(axis=1)
    return Standing(ahead, behind, len(quantiles) - 1 - ahead - behind)
