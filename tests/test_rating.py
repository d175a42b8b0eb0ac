"""The rating model of method rule 5, against posteriors worked out by enumeration."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from assess._arrays import FloatArray, IntArray
from assess.uncertainty import rating
from assess.uncertainty.rating import Ratings, reading_probabilities, sample, stepped


def ratings(low: Any, high: Any = None, *, levels: int, shift: Any = None, allowed: Any = None) -> Ratings:
    """One problem, one prior; rows are raters."""
    lower = np.array([low])
    return Ratings(
        low=lower,
        high=lower if high is None else np.array([high]),
        shift=np.zeros_like(lower) if shift is None else np.array([shift]),
        allowed=np.ones((lower.shape[2], levels), bool) if allowed is None else np.array(allowed),
    )


def exact(given: Ratings, levels: int) -> tuple[FloatArray, FloatArray]:
    """Return P(t_i = l | everything), (items, levels), and every rater's mean accuracy, by enumeration."""
    low, high, shift = given.low[0], given.high[0], given.shift[0]
    assumed = [
        [rating.GRID if learn else (rating.GRID[(chain + r) % 8],) for r, learn in enumerate(given.learnable[0])]
        for chain in range(1 if given.learnable.all() else 8)
    ]
    found = [exact_with(low, high, shift, options, levels) for options in assumed]
    return np.mean([one for one, _ in found], axis=0), np.mean([two for _, two in found], axis=0)


def exact_with(
    low: IntArray, high: IntArray, shift: IntArray, options: Any, levels: int
) -> tuple[FloatArray, FloatArray]:
    weight_of_levels = np.zeros((low.shape[1], levels))
    accuracy = np.zeros(len(low))
    total = 0.0
    for truth in product(range(levels), repeat=low.shape[1]):
        prior = polya(np.bincount(truth, minlength=levels))
        for chosen in product(*options):
            rows = [
                reading_probabilities(stepped(p, shift[r, i], levels), levels)[truth[i], low[r, i] : high[r, i] + 1]
                for r, p in enumerate(chosen) for i in range(low.shape[1])
            ]
            weight = prior * np.prod([row.sum() for row in rows])
            total += weight
            accuracy += weight * np.array(chosen)
            weight_of_levels[np.arange(low.shape[1]), truth] += weight
    return weight_of_levels / total, accuracy / total


def polya(counts: IntArray) -> float:
    """Return the chance of a sequence with these counts when its shares are Dirichlet."""
    weight, start, done = 1.0, rating.PRIOR_WEIGHT / len(counts), 0
    for count in counts:
        for already in range(count):
            weight *= (start + already) / (rating.PRIOR_WEIGHT + done)
            done += 1
    return weight


def frequencies(given: Ratings, levels: int, *, seed: int = 1) -> FloatArray:
    drawn = sample(given, np.random.default_rng(seed), kept=4000).flat_levels()
    return np.stack([(drawn == level).mean(axis=1) for level in range(levels)], axis=1)


def test_rule_5_a_reading_is_right_with_chance_p_and_falls_off_by_four() -> None:
    """From t = 0 of three levels the rest, .3, is shared 4 to 1: .24 and .06."""
    assert reading_probabilities(0.7, 3).tolist() == [
        pytest.approx([0.70, 0.24, 0.06]), pytest.approx([0.15, 0.70, 0.15]), pytest.approx([0.06, 0.24, 0.70]),
    ]


@pytest.mark.parametrize(
    ("accuracy", "shift", "levels", "expected"),
    [(0.75, 0, 5, 0.75), (0.75, 1, 5, 0.85), (0.35, -2, 5, 0.25), (0.95, 1, 5, 0.95), (0.35, 0, 2, 0.5)],
)
def test_rule_5_confidence_moves_the_accuracy_inside_the_grid_and_never_below_a_guess(
    accuracy: float, shift: int, levels: int, expected: float
) -> None:
    assert stepped(accuracy, shift, levels) == pytest.approx(expected)


def test_rule_5_one_rater_one_indicator_two_levels_gives_the_mean_of_the_assumed_accuracies() -> None:
    """Both levels are as likely before, so P(t = y) is the accuracy; .5 thrice, then .55 to .95: mean .65625."""
    given = ratings([[1]], levels=2)
    assert exact(given, 2)[0][0].tolist() == pytest.approx([0.34375, 0.65625])
    assert frequencies(given, 2)[0].tolist() == pytest.approx([0.34375, 0.65625], abs=0.015)


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        (ratings([[0, 0]], levels=2), 2),
        (ratings([[0, 0, 2]], levels=3), 3),
        (ratings([[0, 0], [0, 1]], levels=2), 2),
        (ratings([[0, 2, 1], [0, 1, 1]], levels=3), 3),
        (ratings([[0, 1]], [[2, 1]], levels=4), 4),
        (ratings([[3, 1]], levels=4, shift=[[1, -2]]), 4),
    ],
    ids=["shared prior", "three levels", "two raters", "two raters, three levels", "disputed", "confidence"],
)
def test_rule_5_the_draws_follow_the_posterior_found_by_enumeration(given: Ratings, levels: int) -> None:
    assert frequencies(given, levels) == pytest.approx(exact(given, levels)[0], abs=0.02)


def test_rule_5_two_raters_who_agree_are_learned_to_be_accurate() -> None:
    given = ratings([[0, 2, 1], [0, 2, 1]], levels=3)
    drawn = sample(given, np.random.default_rng(1), kept=4000)
    assert drawn.learned.tolist() == [[True, True]]
    assert drawn.accuracy[0].mean(axis=(1, 2)) == pytest.approx(exact(given, 3)[1], abs=0.01)


def test_rule_5_the_accuracy_of_raters_who_share_no_item_is_assumed() -> None:
    given = ratings([[0, -1], [-1, 1]], levels=2)
    drawn = sample(given, np.random.default_rng(1), kept=10)
    assert drawn.learned.tolist() == [[False, False]]
    assert sorted(drawn.accuracy[0, 0, :, 3]) == sorted(drawn.accuracy[0, 1, :, 3]) == list(rating.GRID)
    assert np.all(drawn.accuracy == drawn.accuracy[..., :1])


def test_rule_5_an_unknown_is_drawn_within_its_limits_and_teaches_the_prior_nothing() -> None:
    """Given y = 0 once, P(pi_0 > pi_1) favours 0; an unknown confined to level 1 must not change that."""
    alone = frequencies(ratings([[0]], levels=2), 2)[0]
    beside = frequencies(ratings([[0, -1, -1]], levels=2, allowed=[[1, 1], [0, 1], [0, 1]]), 2)
    assert beside[1:].tolist() == [[0.0, 1.0], [0.0, 1.0]]
    assert beside[0] == pytest.approx(alone, abs=0.02)


def test_rule_5_an_unknown_without_limits_follows_the_prior_that_the_answers_teach() -> None:
    """E(pi_0 | y = 0): the level was 0 with .65625; a prior worth w answers then has (w / 2 + .65625) / (w + 1)."""
    expected = (rating.PRIOR_WEIGHT / 2 + 0.65625) / (rating.PRIOR_WEIGHT + 1)
    found = frequencies(ratings([[0, -1]], levels=2), 2)
    assert found[1, 0] == pytest.approx(expected, abs=0.02)


def test_rule_5_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    given = ratings([[0, 3, 2, 1], [0, 3, 1, 1]], levels=4)
    first, again, other = (sample(given, np.random.default_rng(seed), kept=50) for seed in (7, 7, 8))
    assert np.array_equal(first.levels, again.levels) and np.array_equal(first.shares, again.shares)
    assert not np.array_equal(first.levels, other.levels)


@pytest.mark.parametrize("seed", range(3))
def test_rule_5_chains_of_a_poor_rater_who_reads_all_alike_walk_between_all_below_and_all_above(seed: int) -> None:
    """At a third right, 1 of 0..2 is read most likely where the level is 0 or 2, by symmetry as often; so half."""
    given = ratings([[1] * 300], levels=3)
    poorest = sample(given, np.random.default_rng(seed)).levels[0, :, 0]
    below, above = (poorest == 0).mean(axis=0), (poorest == 2).mean(axis=0)
    assert (below + above).min() > 0.9
    assert (below > above).mean() == pytest.approx(0.5, abs=0.15)


def test_rule_5_problems_side_by_side_move_as_each_alone() -> None:
    """Kinds of items are counted for each problem; what another problem was read must not matter."""
    one, two = ratings([[0, 0, 2, 1, 1]], levels=3), ratings([[1, 1, 1, 1, -1]], levels=3)
    both = Ratings(*(np.concatenate([getattr(one, name), getattr(two, name)]) for name in ("low", "high", "shift")),
                   one.allowed)
    drawn = sample(both, np.random.default_rng(3), kept=4000)
    for number, given in enumerate((one, ratings([[1, 1, 1, 1]], levels=3))):
        expected = exact(given, 3)[0]
        found = np.array([(drawn.flat_levels(number) == level).mean(axis=1) for level in range(3)]).T
        assert found[: len(expected)] == pytest.approx(expected, abs=0.02)
