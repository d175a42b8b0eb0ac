"""Method rule 11: normalisations and directions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from assess import index
from assess.index import ArrayError

NAN = float("nan")
exhaustive = settings(deadline=None, derandomize=True, max_examples=60)
columns = st.lists(st.integers(-50, 50), min_size=3, max_size=12, unique=True).map(
    lambda values: np.array(values, dtype=float)
)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (index.minmax, [25.0, 0.0, 100.0, NAN, 25.0]),
        (lambda x: index.minmax(x, 1, 5), [2.0, 1.0, 5.0, NAN, 2.0]),
        (lambda x: index.scaled(x, 2, 12), [20.0, 0.0, 80.0, NAN, 20.0]),
        (index.rank, [2.0, 1.0, 4.0, NAN, 2.0]),
        (lambda x: index.rank(x, ties="max"), [3.0, 1.0, 4.0, NAN, 3.0]),
        (lambda x: index.rank(x, ties="average"), [2.5, 1.0, 4.0, NAN, 2.5]),
        (lambda x: index.rank(x, descending=True), [2.0, 4.0, 1.0, NAN, 2.0]),
        (index.borda, [1.0, 0.0, 3.0, NAN, 1.0]),
        (index.percentile_rank, [1 / 3, 0.0, 1.0, NAN, 1 / 3]),
        (index.distance_to_max, [0.25, 0.0, 1.0, NAN, 0.25]),
        (lambda x: index.distance_to_reference(x, 0), [1.0, 0.0, 4.0, NAN, 1.0]),
        (lambda x: index.distance_to_reference(x, 0, cap=True), [1.0, 0.0, 1.0, NAN, 1.0]),
        (lambda x: index.distance_to_target(x, 6), [0.5, 0.0, 2.0, NAN, 0.5]),
        (lambda x: index.distance_to_target(x, 6, cap=True), [0.5, 0.0, 1.0, NAN, 0.5]),
        (index.fraction_of_max, [0.4, 0.2, 1.0, NAN, 0.4]),
        (lambda x: index.goalposts(x, 4, 8), [0.0, 0.0, 100.0, NAN, 0.0]),
        (lambda x: index.goalposts(x, 4, 8, clip="low"), [0.0, 0.0, 150.0, NAN, 0.0]),
        (lambda x: index.goalposts(x, 4, 8, clip="high"), [0.0, -50.0, 100.0, NAN, 0.0]),
        (lambda x: index.goalposts(x, 4, 8, clip="none", scale=1), [0.0, -0.5, 1.5, NAN, 0.0]),
        (lambda x: index.goalposts(x, 0, 10, direction=-1), [60.0, 80.0, 0.0, NAN, 60.0]),
    ],
)
def test_each_method_gives_the_values_worked_out_by_hand(method, expected):
    assert_allclose(method([4.0, 2.0, 10.0, NAN, 4.0]), expected, atol=1e-12)


def test_zscore_divides_by_the_sample_deviation():
    """Mean 4, squared deviations 4 + 0 + 4, sample variance 8 / 2 = 4."""
    assert_allclose(index.zscore([2.0, 4.0, NAN, 6.0]), [-1.0, 0.0, NAN, 1.0])


def test_two_units_are_enough_for_every_method():
    assert_allclose(index.zscore([1.0, 3.0]), [-(0.5**0.5), 0.5**0.5])
    assert_allclose(index.percentile_rank([1.0, 3.0]), [0.0, 1.0])
    assert_allclose(index.minmax([1.0, 3.0]), [0.0, 100.0])


def test_zscore_takes_another_mean_and_deviation():
    assert_allclose(index.zscore([2.0, 4.0, 6.0], mean=10, sd=2), [8.0, 10.0, 12.0])


def test_each_indicator_is_normalised_on_its_own():
    x = [[1.0, 30.0], [2.0, 10.0], [3.0, 20.0]]
    assert_allclose(index.minmax(x), [[0.0, 100.0], [50.0, 0.0], [100.0, 50.0]])
    assert_allclose(index.rank(x), [[1.0, 3.0], [2.0, 1.0], [3.0, 2.0]])
    assert_allclose(index.goalposts(x, [0, 0], [10, 40], direction=[1, -1])[0], [10.0, 25.0])
    assert_allclose(index.distance_to_target(x, [5.0, 50.0])[1], [0.25, 0.0])


def test_orient_turns_only_the_indicators_where_lower_is_better():
    assert_array_equal(index.orient([[1.0, 2.0], [3.0, 4.0]], [1, -1]), [[1.0, -2.0], [3.0, -4.0]])
    assert_array_equal(index.orient([1.0, 2.0], -1), [-1.0, -2.0])


@exhaustive
@given(columns)
def test_turning_an_indicator_mirrors_its_minmax_score(x):
    assert_allclose(index.minmax(index.orient(x, -1)), 100.0 - index.minmax(x), atol=1e-9)


@exhaustive
@given(columns)
def test_turning_an_indicator_mirrors_its_rank(x):
    assert_array_equal(index.rank(index.orient(x, -1)), len(x) + 1 - index.rank(x))


@exhaustive
@given(columns)
def test_goalposts_for_a_turned_indicator_agree_with_direction_minus_one(x):
    turned = index.goalposts(index.orient(x, -1), -20, 5)
    assert_allclose(turned, index.goalposts(x, -5, 20, direction=-1))


@exhaustive
@given(columns, st.floats(0.1, 10.0), st.floats(-100.0, 100.0))
def test_a_change_of_unit_changes_no_minmax_score(x, factor, shift):
    assert_allclose(index.minmax(x * factor + shift), index.minmax(x), atol=1e-6)


@exhaustive
@given(columns)
def test_zscores_have_mean_zero_and_sample_deviation_one(x):
    z = index.zscore(x)
    assert_allclose([z.mean(), z.std(ddof=1)], [0.0, 1.0], atol=1e-9)


@exhaustive
@given(columns, st.randoms(use_true_random=False))
def test_the_order_of_units_changes_no_score(x, random):
    order = list(range(len(x)))
    random.shuffle(order)
    for method in (index.minmax, index.rank, index.percentile_rank, index.distance_to_max):
        assert_array_equal(method(x[order]), method(x)[order])


def test_adding_a_unit_never_moves_a_score_between_goalposts():
    short = index.goalposts([3.0, 7.0], 0, 10)
    assert_array_equal(index.goalposts([3.0, 7.0, 99.0], 0, 10)[:2], short)


flat_methods = pytest.mark.parametrize("method", [index.minmax, index.zscore, index.distance_to_max])


@flat_methods
def test_an_indicator_without_spread_is_refused_by_name(method):
    with pytest.raises(ArrayError, match=r"indicator 1 has no spread .* all 5\.0"):
        method([[1.0, 5.0], [2.0, 5.0], [3.0, NAN]])


@flat_methods
def test_an_indicator_without_spread_takes_the_value_the_caller_chooses(method):
    scores = method([[1.0, 5.0], [2.0, 5.0], [3.0, NAN]], constant=0.5)
    assert_array_equal(scores[:, 1], [0.5, 0.5, NAN])


@flat_methods
def test_an_indicator_nobody_reports_stays_missing(method):
    assert np.isnan(method([[1.0, NAN], [2.0, NAN]])[:, 1]).all()


def test_tied_units_all_have_percentile_rank_zero_but_a_lone_unit_has_none():
    assert_array_equal(index.percentile_rank([7.0, 7.0]), [0.0, 0.0])
    with pytest.raises(ArrayError, match="no spread"):
        index.percentile_rank([7.0, NAN])


def test_rounding_in_the_mean_does_not_hide_a_missing_spread():
    with pytest.raises(ArrayError, match="no spread"):
        index.zscore([0.1] * 10)


def test_the_input_array_is_left_alone():
    x = np.array([3.0, 1.0, 2.0])
    index.minmax(x)
    assert_array_equal(x, [3.0, 1.0, 2.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: index.minmax([]), "x must have shape (units,) or (units, indicators)"),
        (lambda: index.minmax([[[1.0]]]), "none of them 0, got (1, 1, 1)"),
        (lambda: index.minmax([1.0, None]), "x must hold numbers only, got object"),
        (lambda: index.minmax(["1", "2"]), "write NaN for a missing value"),
        (lambda: index.minmax([True, False]), "got bool"),
        (lambda: index.minmax([[1.0], [2.0, 3.0]]), "x must be a rectangular array"),
        (lambda: index.minmax([1.0, float("inf")]), "x[1] is inf: it must be finite"),
        (lambda: index.minmax([1.0, 2.0], 5, 5), "low is 5 and high is 5"),
        (lambda: index.zscore([1.0, 2.0], sd=0), "sd is 0: it must be positive"),
        (lambda: index.scaled([1.0], 3, 3), "high is 3.0: it must differ from low"),
        (lambda: index.rank([1.0], ties="first"), "ties is 'first': it must be one of min, max"),
        (lambda: index.orient([[1.0, 2.0]], [1, 0]), "directions[1] is 0.0: a direction is 1 or"),
        (lambda: index.orient([[1.0, 2.0]], [1]), "directions must be one number or have shape (2"),
        (lambda: index.orient([[1.0]], [NAN]), "directions[0] is nan: a missing value is not"),
        (lambda: index.distance_to_reference([1.0, 2.0], 2), "unit is 2: there are 2 units"),
        (lambda: index.distance_to_reference([1.0, NAN], 1), "the reference is nan"),
        (lambda: index.distance_to_reference([1.0, 2.0], 0), "it must lie above the lowest value"),
        (lambda: index.distance_to_target([1.0, 2.0], 0.5), "target is 0.5: it must lie above"),
        (lambda: index.fraction_of_max([0.0, -1.0]), "the maximum is 0.0"),
        (lambda: index.fraction_of_max([-2.0, -1.0]), "dividing by it would reverse the order"),
        (lambda: index.goalposts([1.0], 5, 5), "lower is 5.0: it must be below upper"),
        (lambda: index.goalposts([1.0], 0, 5, direction=2), "direction is 2.0"),
        (lambda: index.goalposts([1.0], 0, 5, clip="all"), "clip is 'all'"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(call, message):
    with pytest.raises(ArrayError) as caught:
        call()
    assert message in str(caught.value)


def test_a_negative_maximum_divides_when_asked_to():
    assert_array_equal(index.fraction_of_max([-2.0, -1.0], allow_negative=True), [2.0, 1.0])


def test_errors_are_value_errors():
    assert issubclass(ArrayError, ValueError)
