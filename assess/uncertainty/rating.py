"""The rating model: what the true levels may be, given what several raters read (method rule 5).

An item is one slot of one indicator. Its true level t has the prior P(t = l) = pi_l with
pi ~ Dirichlet(1/L), one pi for the whole questionnaire: with another for every component of eight
indicators or more, ranges held the truth less often. Rater r of accuracy p reads y = t with
probability p; the rest falls off by a factor of four with each further level. Accuracies have a
flat prior on a grid. Gibbs sampling alternates levels, accuracies and shares pi; all chains of all
problems move in one array operation.

The accuracy of a rater who shares no item with another cannot be learned: any pattern of answers
can be an exact rater's or a poor one's. Then each chain assumes another accuracy of the grid and
keeps it, so that the draws hold every accuracy equally often, whatever the answers are. For a given
accuracy several mixes of levels may fit; `assess.uncertainty.splits` lets chains walk between them.

The grid begins two steps below the poorest rater whom the ranges shall still cover (.45), since a
flat prior that ends there thinks too well of him; see docs/coverage.txt.

Items that nobody rated are drawn from pi and teach it nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assess._arrays import BoolArray, FloatArray, IntArray
from assess.uncertainty.splits import Dice, Splits

GRID = (0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95)
ASSUMED = 0.60  # the mean of the grid
STEP = 0.10
SHIFTS = (-2, -1, 0, 1)  # asserted and low confidence .. high confidence
FALL_OFF = 0.25
PRIOR_WEIGHT = 1.0  # of pi, in answers: Dirichlet(1/L)
CHAINS, WARM_UP, KEPT = len(GRID), 150, 500

LevelArray = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """What was read, for one or more problems of the same size.

    Attributes:
        low, high: shape (problems, raters, items), the reading lies in low..high; low is -1 where
            the rater did not rate the item. A plain answer has low = high. A disputed answer is
            known to lie between its ends and no more: its likelihood is P(low <= y <= high | t, p).
        shift: same shape, steps of the accuracy grid for this rating, -2..1.
        allowed: shape (items, levels), what an unrated item may be; (problems, items, levels) where
            that differs between problems.
    """

    low: IntArray
    high: IntArray
    shift: IntArray
    allowed: BoolArray

    @property
    def rated(self) -> BoolArray:
        """Shape (problems, raters, items)."""
        return np.asarray(self.low >= 0)

    @property
    def learnable(self) -> BoolArray:
        """Shape (problems, raters): whether the rater shares a rated item with another rater."""
        rated = self.rated
        shared = rated & (rated.sum(axis=1, keepdims=True) >= 2)
        return np.asarray(shared.any(axis=2))


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Draws; the last two axes are always chains and kept sweeps.

    Attributes:
        levels: shape (problems, items, chains, kept).
        shares: shape (problems, levels, chains, kept), pi.
        accuracy: shape (problems, raters, chains, kept); constant along a chain where it was assumed.
        learned: shape (problems, raters).
    """

    levels: LevelArray
    shares: FloatArray
    accuracy: FloatArray
    learned: BoolArray

    def flat_levels(self, problem: int = 0) -> LevelArray:
        """Return the levels of one problem, shape (items, draws)."""
        levels = self.levels[problem]
        return np.asarray(levels.reshape(len(levels), -1))

    def flat_shares(self, problem: int = 0) -> FloatArray:
        """Return pi of one problem, shape (levels, draws)."""
        shares = self.shares[problem]
        return np.asarray(shares.reshape(len(shares), -1))


def reading_probabilities(accuracy: float, levels: int) -> FloatArray:
    """Return P(y | t, p), shape (true level, read level); rows sum to 1 (method rule 5).

    >>> reading_probabilities(0.7, 3).round(3).tolist()
    [[0.7, 0.24, 0.06], [0.15, 0.7, 0.15], [0.06, 0.24, 0.7]]
    """
    distance = np.abs(np.subtract.outer(np.arange(levels), np.arange(levels)))
    wrong = np.where(distance == 0, 0.0, FALL_OFF ** (distance - 1.0))
    rows = (1.0 - accuracy) * wrong / wrong.sum(axis=1, keepdims=True)
    return np.asarray(np.where(distance == 0, accuracy, rows))


def stepped(accuracy: float, shift: int, levels: int) -> float:
    """Return the accuracy moved by ``shift`` grid steps; inside the grid, and no worse than a guess."""
    return min(max(accuracy + STEP * shift, GRID[0], 1 / levels), GRID[-1])


def sample(
    ratings: Ratings,
    rng: Dice,
    *,
    chains: int = CHAINS,
    warm_up: int = WARM_UP,
    kept: int = KEPT,
) -> Posterior:
    """Draw from the posterior by Gibbs sampling.

    The same ratings and the same state of ``rng`` give the same draws. ``chains`` is a multiple of
    the size of the grid, unless every rater can be learned.
    """
    sampler = _Sampler(ratings, rng, chains)
    levels = np.empty((kept, *sampler.levels.shape), np.int8)
    shares = np.empty((kept, *sampler.shares.shape))
    accuracy = np.empty((kept, *sampler.accuracy.shape), np.int8)
    for sweep in range(-warm_up, kept):
        sampler.sweep()
        if sweep >= 0:
            levels[sweep], shares[sweep], accuracy[sweep] = sampler.levels, sampler.shares, sampler.accuracy
    return Posterior(
        levels=np.ascontiguousarray(levels.transpose(1, 3, 2, 0)),
        shares=np.ascontiguousarray(shares.transpose(1, 3, 2, 0)),
        accuracy=np.array(GRID)[accuracy.transpose(1, 3, 2, 0)],
        learned=ratings.learnable,
    )


class _Sampler:
    """The state of all chains; arrays start with the axes (problems, chains).

    Only problems in which some accuracy can be learned (``busy``) draw accuracies and look their
    likelihoods up again; in the others both stay as they were.
    """

    def __init__(self, ratings: Ratings, rng: Dice, chains: int) -> None:
        self.rng = rng
        problems, raters, items = ratings.low.shape
        self.n_levels = ratings.allowed.shape[-1]
        self.learn = ratings.learnable[:, np.newaxis]
        self.busy = np.flatnonzero(ratings.learnable.any(axis=1))
        self._lay_out(_likelihood(ratings), ratings, chains)
        assumed = (np.arange(chains)[:, np.newaxis] + np.arange(raters)) % len(GRID)
        # From a poor start a chain can settle on levels that are all one off, and single steps do not lead back.
        start = rng.integers(len(GRID) // 2, len(GRID), size=(problems, chains, raters))
        self.accuracy = np.where(self.learn, start, assumed)
        self.shares = np.full((problems, chains, self.n_levels), 1 / self.n_levels)
        self.levels: IntArray = np.zeros((problems, chains, items), np.int64)
        self.likelihood = self._item_likelihood(np.arange(problems))
        readings = np.concatenate([ratings.low, ratings.high, ratings.shift], axis=1)
        still = np.flatnonzero(~ratings.learnable.any(axis=1))
        self.splits = Splits(still, self.likelihood, readings, np.asarray(ratings.rated.any(axis=1)))

    def _lay_out(self, likelihood: FloatArray, ratings: Ratings, chains: int) -> None:
        """Lay the likelihood out so that each lookup of a sweep reads contiguous rows."""
        problems, raters, options, levels, items = likelihood.shape
        self.by_accuracy = likelihood.reshape(problems * raters * options, levels * items)
        self.row = (np.arange(problems)[:, np.newaxis] * raters + np.arange(raters))[:, np.newaxis] * options
        turned = np.log(likelihood[self.busy]).transpose(0, 4, 3, 2, 1)
        self.by_level = turned.reshape(len(self.busy) * items * levels, options * raters)
        self.cell = (np.arange(len(self.busy))[:, np.newaxis] * items + np.arange(items))[:, np.newaxis] * levels
        rated = np.asarray(ratings.rated.any(axis=1))
        self.allowed = np.where(rated[:, np.newaxis], 1.0, ratings.allowed.swapaxes(-1, -2))[:, np.newaxis]
        self.counted = np.repeat(rated[:, np.newaxis].astype(np.float64), chains, axis=1).ravel()
        chain = np.arange(problems * chains).reshape(problems, chains, 1)
        self.count_cell = chain * levels

    def sweep(self) -> None:
        """Draw levels, then accuracies, then shares, each given the rest."""
        if len(self.splits.still):
            self.splits.move(self.shares, PRIOR_WEIGHT / self.n_levels, self.rng)
        self.levels = _pick(self.likelihood * self.shares[..., np.newaxis], self.rng)
        if len(self.busy):
            drawn = self._draw_accuracy()
            self.accuracy[self.busy] = np.where(self.learn[self.busy], drawn, self.accuracy[self.busy])
            self.likelihood[self.busy] = self._item_likelihood(self.busy)
        gamma = self.rng.standard_gamma(self._counts() + PRIOR_WEIGHT / self.n_levels)
        self.shares = gamma / gamma.sum(axis=-1, keepdims=True)

    def _item_likelihood(self, problems: IntArray) -> FloatArray:
        """Likelihood of every level given the accuracies, shape (problems, chains, levels, items)."""
        rows = self.by_accuracy[self.row[problems] + self.accuracy[problems]]
        product = np.multiply.reduce(rows, axis=2).reshape(*rows.shape[:2], self.n_levels, -1)
        return np.asarray(product * self.allowed[problems])

    def _draw_accuracy(self) -> IntArray:
        log_likelihood = np.add.reduce(self.by_level[self.cell + self.levels[self.busy]], axis=2)
        table = log_likelihood.reshape(*log_likelihood.shape[:2], len(GRID), -1)
        return _pick(np.exp(table - table.max(axis=2, keepdims=True)), self.rng)

    def _counts(self) -> FloatArray:
        """How many rated items stand at each level, shape (problems, chains, levels)."""
        shape = (*self.levels.shape[:2], self.n_levels)
        flat = np.bincount((self.count_cell + self.levels).ravel(), self.counted, np.prod(shape))
        return np.asarray(flat.reshape(shape), np.float64)


def _pick(weights: FloatArray, rng: Dice) -> IntArray:
    """Draw an index along the last axis but one, with probability in proportion to ``weights``."""
    heights = [weights[..., 0, :]]
    for number in range(1, weights.shape[-2]):  # few and long: faster than one call along a short axis
        heights.append(heights[-1] + weights[..., number, :])
    marks = rng.random(heights[-1].shape) * heights[-1]
    picked: IntArray = np.zeros(marks.shape, np.int64)
    for height in heights[:-1]:
        picked += marks >= height
    return picked


def _likelihood(ratings: Ratings) -> FloatArray:
    """Return P(reading | t, accuracy), shape (problems, raters, grid, levels, items)."""
    cells = _interval_probabilities(ratings.allowed.shape[-1])
    low, high = np.maximum(ratings.low, 0), np.maximum(ratings.high, 0)
    found = cells[:, ratings.shift - SHIFTS[0], :, low, high]  # (problems, raters, items, options, levels)
    found = np.where(ratings.rated[..., np.newaxis, np.newaxis], found, 1.0)
    return np.ascontiguousarray(found.transpose(0, 1, 3, 4, 2))


def _interval_probabilities(levels: int) -> FloatArray:
    """Return P(low <= y <= high | t, p), axes (grid, shift, t, low, high)."""
    exact = np.array([[reading_probabilities(stepped(p, s, levels), levels) for s in SHIFTS] for p in GRID])
    up_to = np.concatenate([np.zeros((*exact.shape[:-1], 1)), exact.cumsum(axis=-1)], axis=-1)
    return np.asarray(up_to[..., np.newaxis, 1:] - up_to[..., :-1, np.newaxis])
