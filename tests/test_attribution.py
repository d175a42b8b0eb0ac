"""Method rule 8: contributions and change over time that add up exactly."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from assess.attribution import (
    MAX_PLAYERS,
    ArrayError,
    bennet,
    lmdi_additive,
    lmdi_multiplicative,
    owen,
    shapley,
)

NAN = float("nan")
exhaustive = settings(deadline=None, derandomize=True, max_examples=50)


def table_game(worths):
    """The game whose worth of a coalition is looked up by its bits."""
    return lambda mask: worths[int(sum(2**i for i in np.flatnonzero(mask)))]


@st.composite
def games(draw, most=4):
    players = draw(st.integers(1, most))
    worth = st.integers(-50, 50).map(float)
    return players, draw(st.lists(worth, min_size=2**players, max_size=2**players))


@st.composite
def games_with_blocks(draw):
    players, worths = draw(games())
    labels = draw(st.lists(st.integers(0, 2), min_size=players, max_size=players))
    blocks = [[i for i in range(players) if labels[i] == g] for g in range(3)]
    return players, worths, [block for block in blocks if block]


def mean_over_orders(game, players, orders):
    """Definition by brute force: what each player adds on arrival, averaged over orders."""
    values = np.zeros(players)
    for order in orders:
        mask = np.zeros(players, dtype=bool)
        for player in order:
            before = game(mask)
            mask[player] = True
            values[player] += game(mask) - before
    return values / len(orders)


# --- Shapley -------------------------------------------------------------------------------


def test_one_left_glove_among_two_right_ones_is_worth_two_thirds():
    def pairs(mask):
        return float(mask[0] and (mask[1] or mask[2]))

    assert_allclose(shapley(pairs, 3).values, [2 / 3, 1 / 6, 1 / 6])


def test_the_airport_game_shares_each_stretch_of_runway():
    """Costs 10, 20, 40: the first stretch is shared by three, the second by two."""
    costs = np.array([10.0, 20.0, 40.0])
    result = shapley(lambda mask: float(np.max(costs[mask], initial=0.0)), 3)
    assert_allclose(result.values, [10 / 3, 10 / 3 + 5, 10 / 3 + 5 + 20])


@exhaustive
@given(games())
def test_shapley_values_are_means_over_all_orders_of_arrival(game):
    players, worths = game
    orders = list(permutations(range(players)))
    expected = mean_over_orders(table_game(worths), players, orders)
    assert_allclose(shapley(table_game(worths), players).values, expected, atol=1e-9)


@exhaustive
@given(games())
def test_shapley_values_sum_to_the_worth_of_all_less_that_of_none(game):
    players, worths = game
    result = shapley(table_game(worths), players)
    assert (result.baseline, result.total) == (worths[0], worths[-1])
    assert result.values.sum() == pytest.approx(worths[-1] - worths[0])


@exhaustive
@given(games(most=3))
def test_a_player_who_adds_nothing_gets_nothing(game):
    players, worths = game
    result = shapley(table_game(worths * 2), players + 1)
    assert result.values[-1] == pytest.approx(0.0)
    assert_allclose(result.values[:-1], shapley(table_game(worths), players).values, atol=1e-9)


@exhaustive
@given(st.lists(st.integers(-20, 20), min_size=6, max_size=6))
def test_players_who_can_stand_in_for_each_other_get_the_same(by_number):
    result = shapley(lambda mask: float(by_number[int(mask.sum())]), 5)
    assert_allclose(result.values, (by_number[5] - by_number[0]) / 5, atol=1e-9)


@exhaustive
@given(games(most=3), st.integers(-3, 3))
def test_shapley_values_of_a_combined_game_are_combined_values(game, factor):
    players, worths = game
    other = np.arange(2.0**players) ** 2
    both = shapley(table_game(np.array(worths) + factor * other), players).values
    parts = [shapley(table_game(w), players).values for w in (worths, other)]
    assert_allclose(both, parts[0] + factor * parts[1], atol=1e-8)


def test_an_additive_game_pays_each_player_his_own_worth():
    own = np.arange(1.0, 11.0)
    assert_allclose(shapley(lambda masks: masks @ own, 10, vectorised=True).values, own)


def test_a_vectorised_game_gives_the_same_and_is_called_once():
    calls = []

    def game(masks):
        calls.append(masks.shape)
        return np.sqrt(masks @ np.arange(1.0, 5.0))

    one_by_one = shapley(lambda mask: float(np.sqrt(mask @ np.arange(1.0, 5.0))), 4)
    assert_allclose(shapley(game, 4, vectorised=True).values, one_by_one.values)
    assert calls == [(16, 4)]


def test_sixteen_players_are_possible():
    result = shapley(lambda masks: masks.sum(axis=1) ** 2.0, MAX_PLAYERS, vectorised=True)
    assert_allclose(result.values, 16.0)


# --- Owen ----------------------------------------------------------------------------------


def test_owen_values_of_a_majority_vote_with_a_bloc_give_all_to_the_bloc():
    """Three votes, two needed; players 1 and 2 vote together, so 0 never decides."""
    result = owen(lambda mask: float(mask.sum() >= 2), [[0], [1, 2]])
    assert_allclose(result.values, [0.0, 0.5, 0.5])


@exhaustive
@given(games_with_blocks())
def test_owen_values_are_means_over_the_orders_that_keep_coalitions_together(case):
    players, worths, blocks = case

    def together(order):
        return all(
            max(places) - min(places) == len(block) - 1
            for block in blocks
            for places in [[order.index(i) for i in block]]
        )

    orders = [order for order in permutations(range(players)) if together(order)]
    expected = mean_over_orders(table_game(worths), players, orders)
    assert_allclose(owen(table_game(worths), blocks).values, expected, atol=1e-9)


@exhaustive
@given(games())
def test_owen_values_with_trivial_coalitions_are_shapley_values(game):
    players, worths = game
    expected = shapley(table_game(worths), players).values
    apart = owen(table_game(worths), [[i] for i in range(players)])
    together = owen(table_game(worths), [list(range(players))])
    assert_allclose(apart.values, expected, atol=1e-9)
    assert_allclose(together.values, expected, atol=1e-9)


@exhaustive
@given(games_with_blocks())
def test_members_share_what_their_coalition_gets_in_the_game_between_coalitions(case):
    players, worths, blocks = case

    def between(mask):
        members = np.zeros(players, dtype=bool)
        for k in np.flatnonzero(mask):
            members[blocks[k]] = True
        return table_game(worths)(members)

    result = owen(table_game(worths), blocks)
    expected = shapley(between, len(blocks)).values
    assert_allclose([result.values[block].sum() for block in blocks], expected, atol=1e-9)
    assert result.values.sum() == pytest.approx(result.total - result.baseline)


def test_forty_players_in_eight_coalitions_are_possible():
    own = np.arange(40.0)
    blocks = [list(range(5 * k, 5 * k + 5)) for k in range(8)]
    assert_allclose(owen(lambda masks: masks @ own, blocks, vectorised=True).values, own)


# --- Bennet --------------------------------------------------------------------------------

items = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        *[st.lists(st.floats(0, 10), min_size=n, max_size=n)] * 2,
        *[st.lists(st.floats(-1000, 1000), min_size=n, max_size=n)] * 2,
    )
)


def test_the_change_of_one_item_is_split_at_the_midpoints():
    """From 2 * 10 to 4 * 16: values 3 * 6 = 18, weights 13 * 2 = 26, together 44."""
    result = bennet([2], [10], [4], [16])
    assert (result.from_values[0], result.from_weights[0], result.change) == (18.0, 26.0, 44.0)


@exhaustive
@given(items)
def test_bennet_effects_sum_exactly_to_the_change_of_the_weighted_sum(case):
    w0, w1, x0, x1 = map(np.array, case)
    result = bennet(w0, x0, w1, x1)
    change = (w1 * x1).sum() - (w0 * x0).sum()
    assert result.change == pytest.approx(change, abs=1e-7)
    assert (result.from_values + result.from_weights).sum() == pytest.approx(change, abs=1e-7)


@exhaustive
@given(items)
def test_going_back_in_time_turns_every_bennet_effect_round(case):
    w0, w1, x0, x1 = case
    there, back = bennet(w0, x0, w1, x1), bennet(w1, x1, w0, x0)
    assert_array_equal(back.from_values, -there.from_values)
    assert_array_equal(back.from_weights, -there.from_weights)


@exhaustive
@given(items)
def test_unchanged_weights_have_no_effect_and_neither_have_unchanged_values(case):
    w0, w1, x0, x1 = case
    assert not bennet(w0, x0, w0, x1).from_weights.any()
    assert not bennet(w0, x0, w1, x0).from_values.any()


# --- LMDI ----------------------------------------------------------------------------------

FACTORS = [2.0, 3.0, 5.0], [4.0, 3.0, 10.0]

positive = st.floats(0.01, 100.0)
nonnegative = st.one_of(positive, st.just(0.0))


def sector_tables(value):
    def of_shape(shape):
        row = st.lists(value, min_size=shape[1], max_size=shape[1])
        one = st.lists(row, min_size=shape[0], max_size=shape[0]).map(np.array)
        return st.tuples(one, one)

    return st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(of_shape)


def test_two_doublings_share_a_fourfold_product_equally():
    """From 30 to 120: the doubled factors get 45 each, or a factor of 2 each."""
    assert_allclose(lmdi_additive(*FACTORS).effects, [45.0, 0.0, 45.0])
    assert_allclose(lmdi_multiplicative(*FACTORS).effects, [2.0, 1.0, 2.0])


def test_sectors_are_weighted_by_their_logarithmic_means():
    """Sector A doubles from 10, B halves from 8 by the other factor."""
    before, after = [[2.0, 4.0], [5.0, 2.0]], [[4.0, 4.0], [5.0, 1.0]]
    additive = lmdi_additive(before, after)
    assert_allclose(additive.effects, [10.0, -4.0])
    mean = (24 - 18) / np.log(24 / 18)
    assert_allclose(lmdi_multiplicative(before, after).effects, [np.exp(10 / mean), np.exp(-4 / mean)])


@exhaustive
@given(sector_tables(nonnegative))
def test_additive_effects_sum_to_the_difference_with_or_without_zeros(case):
    before, after = case
    result = lmdi_additive(before, after)
    change = after.prod(axis=0).sum() - before.prod(axis=0).sum()
    scale = max(result.before, result.after, 1.0)
    assert abs(result.effects.sum() - change) <= 1e-9 * scale


@exhaustive
@given(sector_tables(positive))
def test_multiplicative_effects_multiply_to_the_ratio(case):
    before, after = case
    result = lmdi_multiplicative(before, after)
    ratio = after.prod(axis=0).sum() / before.prod(axis=0).sum()
    assert result.effects.prod() == pytest.approx(ratio)


@exhaustive
@given(sector_tables(nonnegative))
def test_going_back_in_time_turns_every_additive_effect_round(case):
    before, after = case
    there, back = lmdi_additive(before, after), lmdi_additive(after, before)
    scale = max(there.before, there.after, 1.0)
    assert_allclose(back.effects, -there.effects, atol=1e-9 * scale)


@exhaustive
@given(sector_tables(positive))
def test_a_factor_that_stays_has_no_effect(case):
    before, after = case
    after = after.copy()
    after[0] = before[0]
    assert lmdi_additive(before, after).effects[0] == 0.0
    assert lmdi_multiplicative(before, after).effects[0] == 1.0


def test_a_factor_that_starts_from_zero_gets_the_whole_change():
    assert_allclose(lmdi_additive([0.0, 5.0], [2.0, 7.0]).effects, [14.0, 0.0])
    assert_allclose(lmdi_additive([2.0, 7.0], [0.0, 5.0]).effects, [-14.0, 0.0])


def test_factors_that_start_from_zero_together_share_the_change():
    assert_allclose(lmdi_additive([0.0, 0.0, 5.0], [2.0, 3.0, 7.0]).effects, [21.0, 21.0, 0.0])


def test_a_product_that_is_zero_before_and_after_changes_nothing():
    assert_allclose(lmdi_additive([0.0, 5.0], [3.0, 0.0]).effects, [0.0, 0.0])


def test_the_zero_rule_is_the_limit_of_ever_smaller_numbers():
    exact = lmdi_additive([0.0, 5.0], [2.0, 7.0]).effects
    errors = [np.abs(lmdi_additive([tiny, 5.0], [2.0, 7.0]).effects - exact).max() for tiny in (1e-10, 1e-100, 1e-300)]
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 0.02


def test_a_zero_in_one_sector_leaves_the_ratio_exact():
    result = lmdi_multiplicative([[0.0, 4.0], [5.0, 2.0]], [[4.0, 4.0], [5.0, 1.0]])
    assert result.effects.prod() == pytest.approx(24 / 8)


def test_a_tiny_growth_is_split_without_cancellation():
    result = lmdi_additive([1.0, 1.0], [1.0 + 1e-12, 1.0])
    assert result.effects[0] == pytest.approx(1e-12, rel=1e-3)


# --- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shapley(sum, 0), "players is 0: it must be a whole number of at least 1"),
        (lambda: shapley(sum, 17), "players is 17: exact values need 2^players coalitions"),
        (lambda: shapley(lambda _: NAN, 1), "the game's worth of players [] is nan"),
        (
            lambda: shapley(lambda mask: np.inf if mask[1] else 0.0, 2),
            "the game's worth of players [1] is inf",
        ),
        (
            lambda: shapley(lambda masks: masks, 2, vectorised=True),
            "game must give one number a coalition, shape (4,), got (4, 2)",
        ),
        (lambda: owen(sum, []), "coalitions must not be empty"),
        (lambda: owen(sum, [[0], []]), "coalitions must not be empty"),
        (lambda: owen(sum, [[0, 1], [1]]), "name the players [0, 1, 1]: each of 0..2 must appear"),
        (lambda: owen(sum, [[0, 2]]), "name the players [0, 2]: each of 0..1 must appear"),
        (lambda: owen(sum, [list(range(21))]), "coalition 0 needs 2^21 sets of players"),
        (lambda: bennet([1, 2], [1], [1, 2], [1, 2]), "values_before must have shape (2,), got (1"),
        (lambda: bennet([1], [1], [-1], [1]), "weights_after[0] is -1.0: a weight must not be neg"),
        (lambda: bennet([1], [NAN], [1], [1]), "values_before[0] is nan: a missing value is not"),
        (lambda: bennet([[1]], [1], [1], [1]), "weights_before must have shape (n,), got (1, 1)"),
        (lambda: lmdi_additive([1, 2], [1]), "before has shape (2,), after (1,)"),
        (
            lambda: lmdi_additive([1, -2], [1, 2]),
            "before[1] is -2.0: a factor must not be negative",
        ),
        (lambda: lmdi_additive([1, 2], [1, NAN]), "after[1] is nan"),
        (lambda: lmdi_additive([[[1.0]]], [[[1.0]]]), "before must have shape (factors,) or"),
        (lambda: lmdi_additive([1e-200, 1e-200], [1, 1]), "underflows to 0: rescale the factors"),
        (lambda: lmdi_multiplicative([0, 1], [1, 1]), "the total before is 0: a ratio cannot be"),
        (lambda: lmdi_multiplicative([1, 1], [1, 0]), "the total after is 0"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(call, message):
    with pytest.raises(ArrayError) as caught:
        call()
    assert message in str(caught.value)
