"""Method rule 11: aggregation functions and outranking."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from assess import index
from assess.index import ArrayError

NAN = float("nan")
exhaustive = settings(deadline=None, derandomize=True, max_examples=60)
ROWWISE = {
    "arithmetic": index.arithmetic_mean,
    "geometric": index.geometric_mean,
    "harmonic": index.harmonic_mean,
    "power": partial(index.power_mean, power=0.5),
    "mazziotta_pareto": index.mazziotta_pareto,
}
every_mean = pytest.mark.parametrize("method", ROWWISE.values(), ids=ROWWISE.keys())
every_method = pytest.mark.parametrize("method", [*ROWWISE.values(), index.copeland], ids=[*ROWWISE.keys(), "copeland"])


@st.composite
def tables(draw):
    """Positive scores (units, indicators) with gaps, and positive weights."""
    units, k = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    score = st.one_of(st.integers(1, 100).map(float), st.just(NAN))
    x = draw(st.lists(st.lists(score, min_size=k, max_size=k), min_size=units, max_size=units))
    weights = draw(st.lists(st.integers(1, 9).map(float), min_size=k, max_size=k))
    return np.array(x), np.array(weights)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (index.arithmetic_mean, (2 + 2 * 8) / 3),
        (index.geometric_mean, (2 * 8 * 8) ** (1 / 3)),
        (index.harmonic_mean, 3 / (1 / 2 + 2 / 8)),
        (partial(index.power_mean, power=2), ((4 + 2 * 64) / 3) ** 0.5),
        (partial(index.power_mean, power=-3), ((2**-3 + 2 * 8**-3) / 3) ** (-1 / 3)),
        (index.mazziotta_pareto, 6 - 8 / 6),
        (partial(index.mazziotta_pareto, penalty="up"), 6 + 8 / 6),
    ],
)
def test_weighted_methods_give_the_value_worked_out_by_hand(method, expected):
    """Scores 2 and 8 with weights 1 and 2: mean 6, population variance (16 + 2 * 4) / 3 = 8."""
    assert_allclose(method([[2.0, 8.0]], [1, 2]), [expected])


@pytest.mark.parametrize(
    ("power", "method"),
    [(1, index.arithmetic_mean), (0, index.geometric_mean), (-1, index.harmonic_mean)],
)
def test_the_power_mean_passes_through_the_three_classical_means(power, method):
    x, weights = [[3.0, 5.0, 11.0], [1.0, NAN, 7.0]], [1, 2, 3]
    assert_allclose(index.power_mean(x, weights, power=power), method(x, weights))


def test_a_very_large_power_gives_the_highest_score_and_a_very_small_one_the_lowest():
    x = [[20.0, 90.0, 40.0]]
    assert_allclose(index.power_mean(x, power=5000), [90.0], rtol=1e-3)
    assert_allclose(index.power_mean(x, power=-5000), [20.0], rtol=1e-3)


def test_zero_scores_are_allowed_where_the_mean_is_defined():
    x = [[0.0, 0.0], [0.0, 8.0]]
    assert_allclose(index.power_mean(x, power=2), [0.0, 32**0.5])
    assert_allclose(index.power_mean(x, power=0.5), [0.0, 2.0])
    assert_allclose(index.mazziotta_pareto(x), [0.0, 0.0])


@every_method
@exhaustive
@given(tables(), st.floats(0.01, 1000.0))
def test_scaling_all_weights_changes_nothing(method, table, factor):
    x, weights = table
    assert_allclose(method(x, weights * factor), method(x, weights))


@every_method
@exhaustive
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_indicators_and_units_changes_nothing(method, table, random):
    x, weights = table
    rows, columns = list(range(x.shape[0])), list(range(x.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = method(x[rows][:, columns], weights[columns])
    assert_allclose(shuffled, method(x, weights)[rows])


@every_mean
@exhaustive
@given(tables())
def test_a_missing_value_counts_as_if_the_indicator_were_not_there(method, table):
    x, weights = table
    for unit, score in zip(x, method(x, weights), strict=True):
        here = ~np.isnan(unit)
        expected = method(unit[np.newaxis, here], weights[here])[0] if here.any() else NAN
        assert_allclose(score, expected)


@every_mean
@exhaustive
@given(tables())
def test_equal_scores_aggregate_to_that_score(method, table):
    x, weights = table
    assert_allclose(method(np.full_like(x, 37.0), weights), np.full(len(x), 37.0))


@exhaustive
@given(tables())
def test_the_means_keep_their_order(table):
    x, weights = table
    assume(not np.isnan(x).all(axis=1).any())
    low, middle, high = (m(x, weights) for m in (index.harmonic_mean, index.geometric_mean, index.arithmetic_mean))
    assert np.all(low <= middle + 1e-9)
    assert np.all(middle <= high + 1e-9)


@every_mean
@exhaustive
@given(tables())
def test_draws_in_front_give_the_same_as_one_call_a_draw(method, table):
    x, weights = table
    stacked = method(np.stack([x, x + 1.0]), np.stack([weights, weights[::-1]])[:, np.newaxis])
    assert_allclose(stacked, [method(x, weights), method(x + 1.0, weights[::-1])])


@every_method
def test_a_unit_below_the_data_threshold_gets_no_score(method):
    x = [[1.0, 3.0, 1.0], [2.0, NAN, NAN], [3.0, NAN, 1.0]]
    scores = method(x, threshold=2 / 3)
    assert_array_equal(np.isnan(scores), [False, True, False])


def test_the_threshold_counts_indicators_and_does_not_weigh_them():
    x = [[50.0, NAN]]
    assert_array_equal(index.arithmetic_mean(x, [99, 1], threshold=0.6), [NAN])
    assert_array_equal(index.arithmetic_mean(x, [1, 99], threshold=0.5), [50.0])


def test_documented_example_of_a_data_threshold_is_reproduced():
    """COINr's vignette on aggregation: 1.666667, missing, 2."""
    x = [[1.0, 3.0, 1.0], [2.0, NAN, NAN], [3.0, NAN, 1.0]]
    assert_allclose(index.arithmetic_mean(x, [1, 1, 1], threshold=2 / 3), [5 / 3, NAN, 2.0])


@every_method
def test_a_unit_without_data_or_weight_gets_no_score(method):
    x = [[NAN, NAN], [NAN, 4.0], [2.0, 4.0]]
    assert_array_equal(np.isnan(method(x, [1, 0])), [True, True, False])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: index.arithmetic_mean([1.0, 2.0]), "got (2,); write a single unit as [[...]]"),
        (lambda: index.arithmetic_mean([[1.0, 2.0]], [1]), "weights must have shape (2,)"),
        (lambda: index.arithmetic_mean([[1.0, 2.0]], 1), "weights must have shape (2,)"),
        (lambda: index.arithmetic_mean([[1.0, 2.0]], [[1, 1]] * 2), "got (2, 2)"),
        (lambda: index.arithmetic_mean([[1.0, 2.0]], [1, -1]), "weights[1] is -1.0: a weight must"),
        (lambda: index.arithmetic_mean([[1.0, 2.0]], [1, NAN]), "weights[1] is nan"),
        (lambda: index.arithmetic_mean([[1.0, 2.0]], [0, 0]), "weights sum to zero"),
        (lambda: index.arithmetic_mean([[1.0]], threshold=1.5), "threshold is 1.5: it must lie"),
        (lambda: index.arithmetic_mean([[1.0]], threshold=NAN), "threshold is nan"),
        (lambda: index.geometric_mean([[1.0], [0.0]]), "x[1, 0] is 0.0: the geometric mean needs"),
        (lambda: index.harmonic_mean([[1.0, -2.0]]), "x[0, 1] is -2.0: the harmonic mean needs"),
        (lambda: index.power_mean([[0.0]], power=-1), "a mean of power -1 is not defined there"),
        (lambda: index.power_mean([[-1.0]], power=2), "x[0, 0] is -1.0"),
        (lambda: index.power_mean([[1.0]], power=NAN), "power is nan: it must be finite"),
        (lambda: index.mazziotta_pareto([[-1.0]]), "needs scores of zero or more"),
        (lambda: index.mazziotta_pareto([[1.0]], penalty="x"), "penalty is 'x'"),
        (lambda: index.copeland([[1.0], [2.0]], [[1.0], [1.0]]), "differ between units"),
        (lambda: index.dominance([[1.0]]), "2 units or more"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(call, message):
    with pytest.raises(ArrayError) as caught:
        call()
    assert message in str(caught.value)


# --- outranking ----------------------------------------------------------------------------

FOUR = [[1.0, 3.0, 2.0], [2.0, 2.0, 3.0], [3.0, 1.0, 1.0], [4.0, 5.0, 4.0]]


def test_outranking_shares_are_those_counted_by_hand():
    """Unit 3 leads everywhere; unit 1 leads 0 on the first and third indicator; and so on."""
    table = index.outranking_matrix(FOUR)
    thirds = [[0, 1, 2, 0], [2, 0, 2, 0], [1, 1, 0, 0], [3, 3, 3, 0]]
    assert_allclose(table, np.array(thirds) / 3)


def test_a_tie_gives_half_the_weight_to_each_side():
    table = index.outranking_matrix([[1.0, 7.0], [1.0, 5.0]], [3, 1])
    assert_allclose(table, [[0.0, 0.625], [0.375, 0.0]])


def test_a_pair_is_compared_only_on_what_both_have():
    table = index.outranking_matrix([[1.0, NAN, 5.0], [2.0, 9.0, 1.0], [NAN, NAN, NAN]], [3, 9, 1])
    assert_allclose(table, [[0.0, 0.25, NAN], [0.75, 0.0, NAN], [NAN, NAN, 0.0]])


@exhaustive
@given(tables())
def test_the_two_entries_of_a_pair_sum_to_one(table):
    shares = index.outranking_matrix(*table)
    pairs = (shares + shares.T)[~np.eye(len(shares), dtype=bool)]
    assert_allclose(pairs[~np.isnan(pairs)], 1.0)


def test_copeland_counts_contests_won_less_contests_lost():
    assert_array_equal(index.copeland(FOUR), [-1.0, 1.0, -3.0, 3.0])


def test_copeland_per_rival_lies_between_minus_one_and_one():
    assert_allclose(index.copeland(FOUR, per_rival=True), [-1 / 3, 1 / 3, -1.0, 1.0])


def test_a_contest_at_exactly_half_the_weight_is_a_draw_despite_rounding():
    """Ten weights of 0.1 do not sum to 1 in binary; five against five is still a draw."""
    x = np.array([[1.0] * 5 + [0.0] * 5, [0.0] * 5 + [1.0] * 5])
    assert_array_equal(index.copeland(x, [0.1] * 10), [0.0, 0.0])


def test_a_unit_below_the_threshold_takes_part_in_no_contest():
    x = [[1.0, 1.0], [2.0, 2.0], [9.0, NAN]]
    assert_array_equal(index.copeland(x, threshold=0.6), [-1.0, 1.0, NAN])
    assert_array_equal(index.copeland(x, threshold=0.6, per_rival=True), [-1.0, 1.0, NAN])


def test_copeland_over_draws_agrees_with_one_call_a_draw():
    x = np.array([FOUR, FOUR[::-1]])
    assert_array_equal(index.copeland(x), [index.copeland(FOUR), index.copeland(FOUR[::-1])])


def test_dominance_counts_the_pairs_ahead_on_every_indicator():
    assert index.dominance(FOUR) == index.Dominance(pairs=3, share=0.5)
    assert index.dominance([[1.0], [2.0]]) == index.Dominance(pairs=1, share=1.0)
