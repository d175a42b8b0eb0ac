"""A step that lets chains walk between mixes of levels that fit the readings equally well (method rule 5).

Where no accuracy is learned, a poor rater who reads everything alike leaves several mixes open: all items
one level below what was read, or all above, or any of both. Drawing level by level, a chain would need some
hundred sweeps from one to the other. So each sweep also proposes to split the part of two levels anew, with
the levels of the items integrated out.
"""

from typing import Any, Protocol

import numpy as np

from assess._arrays import BoolArray, FloatArray, IntArray


class Dice(Protocol):
    """What sampling asks of random numbers; numpy's generator has it, and so may one stream for each problem.

    The first axis of every size is that of the problems.
    """

    def random(self, size: Any) -> Any:
        """Numbers drawn evenly from 0 to 1, of shape ``size``."""

    def standard_gamma(self, shape: Any) -> Any:
        """Gamma numbers of these shape parameters and scale 1."""

    def integers(self, low: int, high: int, size: Any) -> Any:
        """Whole numbers from ``low`` to below ``high``."""


class Splits:
    """Metropolis steps on the shares pi of those problems whose likelihoods stay as they are.

    Args:
        still: numbers of these problems.
        likelihood: shape (problems, chains, levels, items), P(readings of the item | level).
        readings: shape (problems, anything, items); items with equal columns are equally likely.
        rated: shape (problems, items); only these items teach pi anything.
    """

    def __init__(self, still: IntArray, likelihood: FloatArray, readings: IntArray, rated: BoolArray) -> None:
        self.still = still
        kinds = [_kinds(readings[n][:, rated[n]]) for n in still]
        most = max((len(count) for _, count in kinds), default=0)
        self._count = np.zeros((len(still), 1, most))
        self._likelihood = np.ones((len(still), *likelihood.shape[1:3], most))
        for row, (n, (first, count)) in enumerate(zip(still, kinds, strict=True)):
            self._count[row, 0, : len(count)] = count
            self._likelihood[row, ..., : len(count)] = likelihood[n][..., rated[n]][..., first]

    def move(self, shares: FloatArray, prior: float, dice: Dice) -> None:
        """Move ``shares``, shape (problems, chains, levels), in place; ``prior`` is the Dirichlet's parameter.

        The first of the two levels is picked with chance pi and the second evenly. They keep their sum, so the
        way back is as likely; the new split comes from its prior, Beta(prior, prior). What is left of the
        Metropolis ratio is that of P(readings | pi).
        """
        problems, chains, levels = shares.shape
        marks = dice.random((problems, chains, 2))
        steps = dice.integers(1, levels, (problems, chains))
        gamma = dice.standard_gamma(np.full((problems, chains, 2), prior))
        split = gamma[..., 0] / gamma.sum(axis=-1)
        new = _split(shares, _first(shares, marks[..., 0]), steps, split)
        old, new = shares[self.still], new[self.still]
        gain = ((self._log_chance(new) - self._log_chance(old)) * self._count).sum(axis=-1)
        taken = np.log(marks[self.still, :, 1]) < gain
        shares[self.still] = np.where(taken[..., np.newaxis], new, old)

    def _log_chance(self, shares: FloatArray) -> FloatArray:
        """Log of P(readings | pi) of each kind of item, shape (problems, chains, kinds)."""
        return np.asarray(np.log(np.matmul(shares[:, :, np.newaxis], self._likelihood)[:, :, 0]))


def _first(shares: FloatArray, marks: FloatArray) -> IntArray:
    """Pick a level with the chances ``shares``."""
    heights = shares.cumsum(axis=-1)[..., :-1]
    return np.asarray((heights <= marks[..., np.newaxis]).sum(axis=-1))


def _split(shares: FloatArray, first: IntArray, steps: IntArray, split: FloatArray) -> FloatArray:
    """Return shares in which the level ``first`` has the part ``split`` of its sum with the one ``steps`` above."""
    levels = shares.shape[-1]
    new = shares.reshape(-1, levels).copy()
    row, one, two = np.arange(len(new)), first.ravel(), ((first + steps) % levels).ravel()
    both = new[row, one] + new[row, two]
    new[row, one], new[row, two] = both * split.ravel(), both * (1 - split.ravel())
    return new.reshape(shares.shape)


def _kinds(readings: IntArray) -> tuple[IntArray, IntArray]:
    """Return where each kind of item stands first, and how many there are; for columns of ``readings``."""
    _, first, count = np.unique(readings, axis=1, return_index=True, return_counts=True)
    return first, count
