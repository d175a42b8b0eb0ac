"""Method rules 8 and 11: aggregation over a tree, effective weights."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from assess.index import (
    ArrayError,
    aggregate,
    code_groups,
    copeland,
    effective_weights,
    geometric_mean,
    level,
    mazziotta_pareto,
    power_mean,
    without_child,
)

NAN = float("nan")
exhaustive = settings(deadline=None, derandomize=True, max_examples=60)


def small_tree(**top):
    """A tree of five indicators.

    index ---- a (weight 3) ---- 0 (weight 1), 1 (weight 2)
          ---- b (weight 1) ---- 2, 3, 4 (weight 1 each)
    """
    return [level([0, 0, 1, 1, 1], [1, 2, 1, 1, 1]), level([0, 0], [3, 1], **top)]


def test_scores_climb_the_tree_level_by_level():
    """a = (10 + 2 * 40) / 3 = 30, b = (30 + 60 + 90) / 3 = 60, index = (3 * 30 + 60) / 4."""
    scores = aggregate([[10.0, 40.0, 30.0, 60.0, 90.0]], small_tree())
    assert_allclose(scores.levels[0], [[30.0, 60.0]])
    assert_allclose(scores.index, [37.5])


def test_each_level_uses_its_own_method():
    x = [[10.0, 40.0, 30.0, 60.0, 90.0]]
    assert_allclose(aggregate(x, small_tree(method=geometric_mean)).index, [30**0.75 * 60**0.25])
    square = partial(power_mean, power=2)
    assert_allclose(aggregate(x, small_tree(method=square)).index, [((3 * 900 + 3600) / 4) ** 0.5])


def test_a_contest_between_units_can_stand_at_any_level():
    x = [[10.0, 10.0, 0.0, 0.0, 0.0], [20.0, 20.0, 90.0, 90.0, 90.0]]
    assert_array_equal(aggregate(x, small_tree(method=copeland)).index, [-1.0, 1.0])


def test_a_missing_indicator_leaves_its_weight_to_its_siblings_only():
    scores = aggregate([[NAN, 40.0, 30.0, 60.0, 90.0]], small_tree())
    assert_allclose(scores.levels[0], [[40.0, 60.0]])
    assert_allclose(scores.index, [45.0])


def test_each_level_has_its_own_missing_data_threshold():
    x = [[NAN, NAN, 30.0, 60.0, NAN], [NAN, 40.0, 30.0, 60.0, 90.0]]
    strict_below = [level([0, 0, 1, 1, 1], threshold=0.7), level([0, 0])]
    assert_array_equal(aggregate(x, strict_below).levels[0], [[NAN, NAN], [NAN, 60.0]])
    strict_above = [level([0, 0, 1, 1, 1]), level([0, 0], threshold=1.0)]
    assert_array_equal(aggregate(x, strict_above).index, [NAN, 50.0])


def test_a_tree_of_three_levels_with_an_only_child_passes_its_score_up():
    tree = [level([0, 0, 1]), level([0, 1]), level([0, 0])]
    assert_allclose(aggregate([[1.0, 3.0, 8.0]], tree).index, [5.0])


def test_several_groups_at_the_top_have_scores_but_no_index():
    scores = aggregate([[1.0, 3.0]], [level([0, 1])])
    assert_array_equal(scores.levels[-1], [[1.0, 3.0]])
    with pytest.raises(ArrayError, match="the top level has 2 groups"):
        _ = scores.index


def test_draws_in_front_give_the_same_as_one_call_a_draw():
    rng = np.random.default_rng(5)
    x = rng.uniform(1, 100, (3, 4, 5))
    tree = small_tree(method=mazziotta_pareto)
    assert_allclose(aggregate(x, tree).index, [aggregate(draw, tree).index for draw in x])


def test_group_names_become_codes_in_order_of_appearance():
    groups = code_groups(["trust", "trust", "law", "trust"])
    assert_array_equal(groups.codes, [0, 0, 1, 0])
    assert groups.names == ("trust", "law")


def test_effective_weights_are_products_of_shares_down_the_tree():
    indicators, components = effective_weights(small_tree())
    assert_allclose(components, [0.75, 0.25])
    assert_allclose(indicators, [0.25, 0.5, 1 / 12, 1 / 12, 1 / 12])


@st.composite
def trees(draw):
    """Two levels with a group for every child, random weights."""
    groups = draw(st.integers(1, 4))
    extra = draw(st.lists(st.integers(0, groups - 1), max_size=6))
    codes = draw(st.permutations([*range(groups), *extra]))
    weight = st.floats(0.1, 10.0)
    low = draw(st.lists(weight, min_size=len(codes), max_size=len(codes)))
    high = draw(st.lists(weight, min_size=groups, max_size=groups))
    return [level(codes, low), level([0] * groups, high)]


@exhaustive
@given(trees(), st.integers(0, 2**32 - 1))
def test_effective_weights_reproduce_the_index_and_sum_to_one(tree, seed):
    x = np.random.default_rng(seed).uniform(0, 100, (4, tree[0].groups.size))
    weights = effective_weights(tree)[0]
    assert_allclose(weights.sum(), 1.0)
    assert_allclose(aggregate(x, tree).index, x @ weights)


@exhaustive
@given(trees(), st.floats(0.01, 100.0))
def test_scaling_the_weights_of_a_level_changes_no_effective_weight(tree, factor):
    scaled = [level(tree[0].groups, tree[0].weights * factor), tree[1]]
    for before, after in zip(effective_weights(tree), effective_weights(scaled), strict=True):
        assert_allclose(after, before)


@exhaustive
@given(trees(), st.integers(0, 2**32 - 1), st.data())
def test_raising_a_score_never_lowers_the_index(tree, seed, data):
    x = np.random.default_rng(seed).uniform(0, 100, (1, tree[0].groups.size))
    higher = x.copy()
    higher[0, data.draw(st.integers(0, x.shape[1] - 1))] += 10.0
    assert aggregate(higher, tree).index[0] >= aggregate(x, tree).index[0]


def test_taking_out_a_child_keeps_the_weights_of_the_others():
    low, high = without_child(small_tree(), 1)
    assert_array_equal(low.groups, [0, 1, 1, 1])
    assert_array_equal(low.weights, [1.0, 1.0, 1.0, 1.0])
    assert_array_equal(high.weights, [3.0, 1.0])


def test_taking_out_an_only_child_takes_out_its_group():
    low, high = without_child([level([0, 1, 2]), level([0, 0, 0], [5, 6, 7])], 1)
    assert_array_equal(low.groups, [0, 1])
    assert_array_equal(high.weights, [5.0, 7.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: level([0, 2]), "group 1 has no children"),
        (lambda: level([0, -1]), "groups[1] is -1: groups are numbered from 0"),
        (lambda: level([0, 0.5]), "groups[1] is 0.5: it must be a whole number"),
        (lambda: level([[0, 1]]), "groups must have shape (n,), got (1, 2)"),
        (lambda: level([]), "groups must"),
        (lambda: level([0, 0], [1, 2, 3]), "weights must have shape (2,), got (3,)"),
        (lambda: level([0, 0], [1, -2]), "weights[1] is -2.0"),
        (lambda: level([0, 1], [1, 0]), "the weight of group[1] is 0.0"),
        (lambda: level([0], threshold=-0.1), "threshold is -0.1"),
        (lambda: code_groups([]), "labels is empty"),
        (lambda: aggregate([[1.0]], []), "levels is empty"),
        (lambda: aggregate([[1.0]], [level([0, 0])]), "groups 2 children, but x has 1 indicators"),
        (
            lambda: aggregate([[1.0, 2.0]], [level([0, 1]), level([0])]),
            "levels[1] groups 1 children, but levels[0] makes 2 groups",
        ),
        (
            lambda: aggregate([[1.0, 0.0]], [level([0, 1], method=geometric_mean)]),
            "levels[0], group 1: x[0, 0] is 0.0: the geometric mean needs scores above zero",
        ),
        (lambda: effective_weights([]), "levels is empty"),
        (lambda: without_child([level([0, 0])], 2), "child is 2: the lowest level has 2"),
        (lambda: without_child([level([0])], 0), "nothing would be left"),
        (lambda: without_child([level([0, 0], [1, 0])], 0), "left in group 0 weigh nothing"),
    ],
)
def test_a_bad_tree_is_refused_with_the_place(call, message):
    with pytest.raises(ArrayError) as caught:
        call()
    assert message in str(caught.value)
