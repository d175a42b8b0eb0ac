"""Method rule 11: leave-one-out and rank ranges under noise."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from assess.index import (
    ArrayError,
    aggregate,
    arithmetic_mean,
    copeland,
    geometric_mean,
    leave_one_out,
    level,
    rank_ranges,
    robustness,
)

NAN = float("nan")
X = np.array([[90.0, 10.0, 40.0], [50.0, 50.0, 60.0], [20.0, 70.0, 90.0]])
TREE = [level([0, 0, 1]), level([0, 0], [2, 1])]


def test_leaving_an_indicator_out_gives_the_index_of_the_rest():
    """Nominal: (2 * 50 + 40) / 3, and so on; without the first: (2 * 10 + 40) / 3 = 20."""
    result = leave_one_out(X, TREE)
    assert_allclose(result.nominal, [140 / 3, 160 / 3, 60.0])
    assert_allclose(result.scores[0], [20.0, 220 / 3, 50.0])
    assert_allclose(result.score_change, result.scores - result.nominal[:, None])


def test_leaving_an_only_child_out_leaves_its_group_out():
    assert_allclose(leave_one_out(X, TREE).scores[:, 2], [50.0, 50.0, 45.0])


def test_leaving_a_component_out_works_on_the_level_above():
    assert_allclose(leave_one_out(X, TREE, at=1).scores, np.array([[40, 50], [60, 50], [90, 45]]))


def test_places_gained_compare_ranks_with_ties_sharing_the_better_one():
    result = leave_one_out(X, TREE)
    assert_array_equal(result.ranks, [3.0, 2.0, 1.0])
    assert_array_equal(result.ranks_without[:, 2], [1.0, 1.0, 3.0])
    assert_array_equal(result.places_gained[:, 2], [2.0, 1.0, -2.0])
    assert_allclose(result.mean_shift[2], 5 / 3)


def test_an_indicator_equal_to_the_index_of_all_units_shifts_nobody():
    x = np.array([[10.0, 10.0], [20.0, 20.0], [30.0, 30.0]])
    result = leave_one_out(x, [level([0, 0])])
    assert_array_equal(result.score_change, np.zeros((3, 2)))
    assert_array_equal(result.mean_shift, [0.0, 0.0])


def test_a_unit_left_without_data_has_no_rank_and_no_share_in_the_mean_shift():
    x = np.array([[10.0, NAN], [20.0, 5.0], [30.0, 1.0]])
    result = leave_one_out(x, [level([0, 0])])
    assert_array_equal(result.ranks_without[:, 0], [NAN, 1.0, 2.0])
    assert_array_equal(result.mean_shift[0], 1.0)


def test_no_noise_gives_the_nominal_rank_in_every_draw():
    ranges = rank_ranges(X, TREE, seed=1, draws=50)
    for ranks in (ranges.low, ranges.median, ranges.high):
        assert_array_equal(ranks, ranges.nominal)


def test_identical_units_share_their_rank_whatever_the_weights():
    x = np.vstack([X, X[0]])
    ranges = rank_ranges(x, TREE, seed=1, weight_noise=0.5, draws=200)
    assert_array_equal(ranges.low[[0]], ranges.low[[3]])
    assert_array_equal(ranges.high[[0]], ranges.high[[3]])


def test_a_unit_that_leads_everywhere_is_first_whatever_the_weights():
    x = np.vstack([X, [99.0, 99.0, 99.0]])
    ranges = rank_ranges(x, TREE, seed=4, weight_noise=0.9, draws=300)
    assert (ranges.low[3], ranges.high[3]) == (1.0, 1.0)


def test_the_same_seed_gives_the_same_ranges_and_another_seed_others():
    def high(seed):
        ranges = rank_ranges(WIDE, [level([0] * 6)], seed=seed, value_noise=9.0, draws=200)
        return ranges.high.tolist() + ranges.low.tolist()

    assert high(7) == high(7)
    assert high(7) != high(8)


WIDE = np.random.default_rng(0).uniform(0, 100, (30, 6))


def test_the_size_of_a_chunk_changes_nothing(monkeypatch):
    def run():
        return rank_ranges(WIDE, [level([0] * 6)], seed=3, value_noise=5, weight_noise=0.2, draws=60)

    whole = run()
    monkeypatch.setattr(robustness, "_CHUNK", 7 * 30 * 30)
    parts = run()
    assert_array_equal(whole.median, parts.median)
    assert_array_equal(whole.low, parts.low)
    assert_array_equal(whole.high, parts.high)


def test_more_noise_widens_the_ranges():
    def width(noise):
        ranges = rank_ranges(WIDE, [level([0] * 6)], seed=3, value_noise=noise, draws=300)
        return float((ranges.high - ranges.low).mean())

    assert 0.0 < width(1.0) < width(5.0) < width(25.0)


def test_the_range_is_the_central_one_that_holds_the_coverage(monkeypatch):
    """A unit that ranks 1, 2, ..., 100 in a hundred draws: 90 % lie in 5..95, one half in 25..75."""
    ranks = np.arange(1.0, 101.0)[:, np.newaxis]
    monkeypatch.setattr(robustness, "_simulate", lambda *_: iter([ranks[:40], ranks[40:]]))
    nine_tenths = rank_ranges(X, TREE, seed=1)
    half = rank_ranges(X, TREE, seed=1, coverage=0.5)
    assert (nine_tenths.low, nine_tenths.median, nine_tenths.high) == (5.0, 50.0, 95.0)
    assert (half.low, half.high) == (25.0, 75.0)


def test_weights_at_every_level_are_shaken_over_the_whole_width_and_no_further():
    seen = {}

    def spying(name):
        def method(x, weights=None, *, threshold=0.0):
            seen.setdefault(name, []).append(np.ravel(weights))
            return arithmetic_mean(x, weights, threshold=threshold)

        return method

    tree = [level([0, 0, 0], [4, 4, 4], spying("low")), level([0], [4], spying("high"))]
    rank_ranges(X, tree, seed=1, weight_noise=0.25, draws=400)
    for name in ("low", "high"):
        weights = np.concatenate(seen[name])
        assert 3.0 <= weights.min() < 3.05
        assert 4.95 < weights.max() <= 5.0
        assert abs(weights.mean() - 4.0) < 0.1


def test_value_noise_has_the_deviation_given():
    drawn = []

    def spy(x, weights=None, *, threshold=0.0):
        drawn.append(np.array(x))
        return arithmetic_mean(x, weights, threshold=threshold)

    rank_ranges(X, [level([0, 0, 0], method=spy)], seed=1, value_noise=[1, 5, 0], draws=4000)
    shaken = drawn[1] - X
    assert len(shaken) == 4000
    assert_allclose(shaken.std(axis=(0, 1)), [1.0, 5.0, 0.0], rtol=0.03)
    assert_allclose(shaken.mean(axis=(0, 1)), 0.0, atol=0.2)


def test_two_equal_units_under_equal_noise_are_each_first_about_half_of_the_time():
    x = np.array([[50.0, 50.0], [50.0, 50.0]])
    ranges = rank_ranges(x, [level([0, 0])], seed=2, value_noise=3.0, draws=400, coverage=0.8)
    assert_array_equal(ranges.low, [1.0, 1.0])
    assert_array_equal(ranges.high, [2.0, 2.0])


def test_value_noise_can_differ_between_indicators():
    x = np.array([[50.0, 10.0], [50.0, 20.0]])
    ranges = rank_ranges(x, [level([0, 0])], seed=2, value_noise=[0.0, 0.001], draws=100)
    assert_array_equal(ranges.high, [2.0, 1.0])


def test_limits_keep_noisy_scores_inside_the_scale():
    tree = [level([0, 0, 0], method=geometric_mean)]
    with pytest.raises(ArrayError, match="geometric mean needs scores above zero"):
        rank_ranges(X, tree, seed=1, value_noise=50.0, draws=50)
    ranges = rank_ranges(X, tree, seed=1, value_noise=50.0, limits=(1, 100), draws=50)
    assert np.all(ranges.low <= ranges.high)


def test_a_unit_without_data_has_no_rank_in_any_draw():
    x = np.vstack([X, [NAN, NAN, NAN]])
    ranges = rank_ranges(x, TREE, seed=1, value_noise=5.0, draws=40)
    assert np.isnan([ranges.nominal[3], ranges.low[3], ranges.high[3]]).all()
    assert not np.isnan(ranges.high[:3]).any()


def test_contests_between_units_can_be_simulated_too():
    tree = [level([0, 0, 0], method=copeland)]
    ranges = rank_ranges(X, tree, seed=1, weight_noise=0.1, draws=30)
    assert_array_equal(ranges.nominal, robustness.standing(aggregate(X, tree).index))


def test_scores_that_differ_by_rounding_noise_share_a_rank():
    for unit in (1e-9, 1.0, 1e9):
        scores = unit * np.array([0.3, 0.1 + 0.2, 0.2, 0.2 - 1e-9])
        assert_array_equal(robustness.standing(scores), [1.0, 1.0, 3.0, 4.0])
    assert_array_equal(robustness.standing(np.array([0.0, 0.0, -0.0])), [1.0, 1.0, 1.0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seed": -1}, "seed is -1: it must be a whole number of at least 0"),
        ({"seed": 1.5}, "seed is 1.5"),
        ({"seed": 1, "draws": 0}, "draws is 0: it must be a whole number of at least 1"),
        ({"seed": 1, "coverage": 1.0}, "coverage is 1.0: it must lie strictly between 0 and 1"),
        ({"seed": 1, "weight_noise": 1.0}, "weight_noise is 1.0"),
        ({"seed": 1, "value_noise": -1.0}, "value_noise is -1.0: a deviation must not be negative"),
        ({"seed": 1, "value_noise": [1.0, 2.0]}, "value_noise must be one number or have shape (3"),
        ({"seed": 1, "limits": (5, 5)}, "limits are 5 and 5"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(arguments, message):
    with pytest.raises(ArrayError) as caught:
        rank_ranges(X, TREE, **arguments)
    assert message in str(caught.value)


def test_leaving_out_from_a_level_that_is_not_there_is_refused():
    with pytest.raises(ArrayError, match="at is 2: the tree has 2 levels"):
        leave_one_out(X, TREE, at=2)


def test_leaving_out_the_only_indicator_is_refused():
    with pytest.raises(ArrayError, match="nothing would be left"):
        leave_one_out([[1.0], [2.0]], [level([0])])


def test_draws_in_front_are_refused_where_units_are_compared():
    with pytest.raises(ArrayError, match=r"x must have shape \(units, indicators\), got \(1, 3, 3\)"):
        leave_one_out(X[np.newaxis], TREE)
