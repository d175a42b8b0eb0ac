"""Sensitivity and tipping points (method rule 9), by hand on the rubric in tests/rubrics/tiny and by brute force.

    index 65, stage middle
    ├── ONE (weight 2, share .50)  80   ONE-01 (weight 2), ONE-02 (each side), ONE-03 at level 4
    ├── TWO (weight 1, share .25)  60   TWO-01 (each direction), TWO-02, TWO-03 at level 3
    └── TRE (weight 1, share .25)  40   TRE-01, TRE-02, TRE-03 (weight 2) at level 2
"""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TINY, questionnaire, scored

from assess._arrays import ArrayError, FloatArray
from assess.result import Result
from assess.scoring.again import judge_again, values_of
from assess.scoring.score import score
from assess.scoring.values import Known, NotApplicable, Open, Value, combine
from assess.sensitivity import (
    alternatives,
    analyse,
    answer_tipping,
    factor_shares,
    least_weight_change,
    leave_one_out,
    shares_of,
    spacing_range,
    weight_tipping,
)
from assess.sensitivity.model import Alternative, AnswerTipping, FactorShares, WeightTipping
from assess.sensitivity.shares import evaluate
from assess.sensitivity.vary import values_under

SLOTS = {"ONE-02": ("A", "B"), "TWO-01": ("A", "B")}
IDS = tuple(TINY.indicators)


def at(level: int) -> dict[str, Any]:
    return {"level": level, "evidence": ["a-both"]}


def answers(levels: dict[str, int]) -> dict[str, Any]:
    """Answers with official evidence; the two sides stand alike."""
    return {key: {slot: at(n) for slot in SLOTS[key]} if key in SLOTS else at(n) for key, n in levels.items()}


LEVELS = {key: {"ONE": 4, "TWO": 3, "TRE": 2}[key[:3]] for key in IDS}


@pytest.fixture(scope="module")
def result() -> Result:
    return scored(answers=answers(LEVELS))


# --- one thing at a time ------------------------------------------------------------------------


def test_rule_9_without_a_component_the_others_make_the_index(result: Result) -> None:
    """Without TRE: (2 * 80 + 60) / 3 = 73.33, which is the next stage; without ONE: 50."""
    rows = {row.id: (row.index, row.change, row.stage, row.stage_changes) for row in leave_one_out(TINY, result)}
    assert rows["TRE"] == (73.333333, 8.333333, "high", True)
    assert rows["ONE"] == (50, -15, "middle", False)
    assert rows["ONE-01"] == (65, 0, "middle", False)


def test_rule_9_leaving_out_names_indicators_first_then_components(result: Result) -> None:
    assert [row.id for row in leave_one_out(TINY, result)] == [*IDS, "ONE", "TWO", "TRE"]


def alternative(result: Result, **wanted: str) -> Alternative:
    choices = {"aggregator": "arithmetic", "weights": "rubric", "spacing": "rubric", "pooling": "mean"} | wanted
    (found,) = [
        row for row in alternatives(TINY, result) if all(getattr(row, key) == value for key, value in choices.items())
    ]
    return found


@pytest.mark.parametrize(
    ("choice", "index", "stage"),
    [
        ({}, 65, "middle"),
        ({"aggregator": "minimum"}, 40, "middle"),
        ({"aggregator": "mazziotta_pareto"}, 65 - 275 / 65, "middle"),
        ({"aggregator": "geometric"}, 80**0.5 * 60**0.25 * 40**0.25, "middle"),
        ({"weights": "equal_components"}, 60, "middle"),
        ({"weights": "equal_indicators"}, 60, "middle"),
        ({"spacing": "early"}, 77.5, "high"),
        ({"spacing": "late"}, 52.5, "middle"),
    ],
)
def test_rule_9_every_choice_by_hand(result: Result, choice: dict[str, str], index: float, stage: str) -> None:
    """Steps of «early»: 30, 25, 20, 15, 10; levels 2, 3, 4 stand at 55, 75, 90."""
    found = alternative(result, **choice)
    assert found.index == pytest.approx(index, abs=1e-6)
    assert found.stage == stage


def test_rule_9_with_two_raters_the_lowest_is_a_way_to_pool() -> None:
    """TRE-03 at 2 and at 4: 60 pooled, 40 at the lowest; its share is 1/8."""
    raters = [questionnaire(answers=answers(LEVELS | {"TRE-03": n}), answered_by={"side": "A", "role": f"role {n}"})
              for n in (2, 4)]
    result = score(TINY, raters)
    assert (alternative(result).index, alternative(result, pooling="lowest").index) == (67.5, 65)


def test_rule_9_limits_of_an_open_answer_count_as_far_as_their_evidence_carries() -> None:
    """TRE-03 within 4 and 5 without evidence: the lower limit is capped at 2."""
    result = scored(answers=answers(LEVELS) | {"TRE-03": {"between": [4, 5]}})
    assert values_of(result)["TRE-03"] == Open(40, 100)
    assert values_under(TINY, result) == values_of(result)


@settings(max_examples=25, deadline=None)
@given(st.fixed_dictionaries({key: st.integers(0, 5) for key in IDS}), st.sampled_from(IDS))
def test_rule_9_the_rubrics_own_choices_give_the_values_of_the_result(levels: dict[str, int], unknown: str) -> None:
    given_answers = answers(levels)
    given_answers[unknown] = "unknown" if unknown not in SLOTS else {"A": "unknown", "B": at(levels[unknown])}
    result = scored(answers=given_answers)
    assert values_under(TINY, result) == values_of(result)


# --- tipping points -----------------------------------------------------------------------------


def test_rule_9_the_least_change_of_weights_by_hand(result: Result) -> None:
    """Up 5 points: from TRE (40) to ONE (80) at 40 points a unit, 0.125. Down to 40: everything on TRE."""
    up, down = weight_tipping(TINY, result)
    assert up == WeightTipping.model_validate({
        "direction": "up", "stage": "high", "threshold": 70, "moved": 0.125,
        "weights": ({"id": "ONE", "before": 0.5, "after": 0.625}, {"id": "TRE", "before": 0.25, "after": 0.125}),
    })
    assert (down.direction, down.stage, down.moved) == ("down", "low", 0.75)


def test_rule_9_a_gate_that_no_weights_move_is_named() -> None:
    result = scored(answers=answers(LEVELS | {"ONE-01": 1}))
    (up,) = weight_tipping(TINY, result)
    assert (up.moved, up.held_by, up.weights) == (None, ("G-ONE",), ())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 10)), min_size=2, max_size=6), st.integers(0, 10))
def test_rule_9_weights_move_from_the_worst_to_the_best(parts: list[tuple[int, int]], threshold: int) -> None:
    """By hand the nearest weights take from the lowest value upwards and give all to the highest."""
    weights, values = np.array(parts, float).T
    shares = weights / weights.sum()
    found = least_weight_change(weights, values, threshold, "up")
    if values.max() < threshold:
        assert found is None
        return
    missing, moved = max(threshold - shares @ values, 0), 0.0
    for n in np.argsort(values):
        per_unit = values.max() - values[n]
        step = min(shares[n], missing / per_unit) if per_unit else 0.0
        missing, moved = missing - step * per_unit, moved + step
    assert found is not None
    assert np.abs(found - shares).sum() / 2 == pytest.approx(moved, abs=1e-7)


@pytest.mark.parametrize(("weights", "said"), [([1, -1], "weights[1] is -1.0: a weight must not be negative"),
                                               ([0, 0], "weights are all 0")])
def test_weights_that_are_none_are_refused(weights: list[float], said: str) -> None:
    with pytest.raises(ArrayError) as caught:
        least_weight_change(weights, [1, 2], 1, "up")
    assert str(caught.value) == said


def test_rule_9_one_answer_lifts_the_stage_by_hand(result: Result) -> None:
    """ONE-01 from 4 to 5 is worth 20 / 2 / 2 = 5 points, just what is missing. Downwards all one-level changes
    together are worth 20 points, and 25 are needed."""
    up, down = answer_tipping(TINY, result)
    assert up == AnswerTipping.model_validate({
        "direction": "up", "possible": True, "stage": "high", "index": 70,
        "changes": ({"indicator": "ONE-01", "slot": "pair", "before": 4, "after": 5},),
    })
    assert (down.possible, down.changes, down.stage) == (False, (), "middle")


def test_rule_9_a_gate_that_gives_way_is_a_tipping_point() -> None:
    """At level 2 throughout ONE-01 carries the gate G-ONE and stands at 40, on the edge of the stage."""
    down = answer_tipping(TINY, scored(answers=answers(dict.fromkeys(IDS, 2))))[1]
    assert ([c.indicator for c in down.changes], down.stage, down.index) == (["ONE-01"], "low", 35)


def flipped(result: Result, moved: tuple[tuple[str, str], ...], step: int) -> bool:
    """Whether the stage flips when these slots move by one level, as far as there are levels."""
    values: dict[str, Value] = values_of(result)
    for component in result.components:
        for indicator in component.indicators:
            slots: list[Value] = []
            for slot in indicator.slots:
                assert slot.points is not None
                points = slot.points + 20 * step * ((indicator.id, slot.slot) in moved)
                points = min(max(points, 0), 100)
                slots.append(Known(points, points, points))
            values[indicator.id] = combine(slots, "lower")
    before = judge_again(TINY, values_of(result)).reached(TINY)
    after = judge_again(TINY, values).reached(TINY)
    assert before is not None and after is not None
    return (after - before) * step > 0


def fewest(result: Result, step: int) -> int | None:
    slots = [(i.id, s.slot) for c in result.components for i in c.indicators for s in i.slots]
    for size in range(1, 5):
        if any(flipped(result, chosen, step) for chosen in combinations(slots, size)):
            return size
    return None


@settings(max_examples=12, deadline=None)
@given(st.fixed_dictionaries({key: st.integers(1, 5) for key in IDS}))
def test_rule_9_no_smaller_set_of_answers_flips_the_stage(levels: dict[str, int]) -> None:
    result = scored(answers=answers(levels))
    for tipping in answer_tipping(TINY, result):
        step = 1 if tipping.direction == "up" else -1
        smallest = fewest(result, step)
        moved = tuple((c.indicator, c.slot) for c in tipping.changes)
        if smallest is None:
            assert not tipping.possible or len(moved) > 4
        else:
            assert (tipping.possible, len(moved), flipped(result, moved, step)) == (True, smallest, True)


def test_an_unknown_answer_never_tips() -> None:
    result = scored(answers=answers({k: n for k, n in LEVELS.items() if k != "ONE-01"}))
    assert "ONE-01" not in [c.indicator for tipping in answer_tipping(TINY, result) for c in tipping.changes]


# --- level spacing ------------------------------------------------------------------------------


def test_rule_9_the_range_of_level_spacing_by_hand(result: Result) -> None:
    """Steps are worth 1, 1, .75, .5, 0 points each and lie between 10 and 30 of 100 in all.

    Highest: 30, 30, 20, 10, 10 gives 60 + 15 + 5 = 80; lowest: 10, 10, 20, 30, 30 gives 20 + 15 + 15 = 50.
    """
    found = spacing_range(TINY, result)
    assert found is not None
    assert (found.index.low, found.index.high) == (50, 80)
    assert found.lowest_scores[3:] == (40, 70, 100)
    assert (found.lowest_stage, found.highest_stage) == ("middle", "high")


@settings(max_examples=25, deadline=None)
@given(st.fixed_dictionaries({key: st.integers(0, 5) for key in IDS}),
       st.lists(st.floats(0.5, 1.5), min_size=5, max_size=5))
def test_rule_9_no_spacing_within_the_limits_leaves_the_range(levels: dict[str, int], factors: list[float]) -> None:
    result = scored(answers=answers(levels))
    found = spacing_range(TINY, result)
    steps = 20 * np.array(factors)
    if found is None or not np.all((steps * 100 / steps.sum() >= 10) & (steps * 100 / steps.sum() <= 30)):
        return
    scores = np.concatenate([[0], np.cumsum(steps * 100 / steps.sum())])
    index = sum(i.share * scores[round((i.points or 0) / 20)] for c in result.components for i in c.indicators)
    assert found.index.low - 1e-6 <= index <= found.index.high + 1e-6


# --- variance shares ----------------------------------------------------------------------------


def ishigami(u: FloatArray) -> FloatArray:
    x = np.pi * (2 * u - 1)
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


@pytest.fixture(scope="module")
def single() -> FactorShares:
    return factor_shares(ishigami, {"x1": 1, "x2": 1, "x3": 1}, name="Ishigami", seed=1, points=2**14)


def test_rule_9_sobol_indices_of_the_ishigami_function(single: FactorShares) -> None:
    """Published: first .3139, .4424, 0; total .5576, .4424, .2437; variance 13.8446 (Ishigami and Homma 1990)."""
    assert [s.first for s in single.shares] == pytest.approx([0.3139, 0.4424, 0], abs=0.02)
    assert [s.total for s in single.shares] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert single.variance == pytest.approx(13.8446, rel=0.02)


def test_rule_9_shapley_shares_split_what_two_factors_do_together(single: FactorShares) -> None:
    """x1 and x3 share the .2437 that they only do together: .3139 + .1219 and .1219."""
    shapley = [s.shapley for s in single.shares]
    assert shapley == pytest.approx([0.4357, 0.4424, 0.1219], abs=0.02)
    assert sum(shapley) == pytest.approx(1, abs=1e-5)


def test_rule_9_a_group_moves_as_one() -> None:
    """x2 alone and x1 with x3: nothing is left between the groups, so all three kinds of share agree."""

    def reordered(u: FloatArray) -> FloatArray:
        return ishigami(u[:, [1, 0, 2]])

    found = factor_shares(reordered, {"middle": 1, "ends": 2}, name="Ishigami", seed=2)
    for share, expected in zip(found.shares, (0.4424, 0.5576), strict=True):
        assert (share.first, share.total, share.shapley) == pytest.approx((expected,) * 3, abs=0.02)


def test_rule_9_the_same_seed_gives_the_same_shares(single: FactorShares) -> None:
    again = factor_shares(ishigami, {"x1": 1, "x2": 1, "x3": 1}, name="Ishigami", seed=1, points=2**14)
    assert again == single


def test_rule_9_sobol_indices_and_shapley_effects_are_those_of_salib() -> None:
    """The same evaluations given to SALib; its bootstrap draws other resamples, so its intervals are only near."""
    from SALib.analyze import shapley, sobol

    groups = {"x1": 1, "x2": 1, "x3": 1}
    found = factor_shares(ishigami, groups, name="Ishigami", seed=5).shares
    runs = evaluate(ishigami, groups, 1, 5, 2**12).of(0)
    problem = {"num_vars": 3, "names": list(groups), "bounds": [[0, 1]] * 3}
    theirs = sobol.analyze(problem, runs.saltelli.T.ravel(), calc_second_order=False, seed=1)
    assert [s.first for s in found] == pytest.approx(list(theirs["S1"]), abs=1e-6)
    assert [s.total for s in found] == pytest.approx(list(theirs["ST"]), abs=1e-6)
    assert [s.first_error for s in found] == pytest.approx(list(theirs["S1_conf"]), rel=0.4)
    labels = (runs.order.argsort(axis=1)[:, np.newaxis] < np.arange(4)[np.newaxis, :, np.newaxis]).astype(float)
    theirs = shapley.analyze(problem, labels.reshape(-1, 3), runs.paths.T.ravel())
    assert [s.shapley for s in found] == pytest.approx(list(theirs["shapley_normalized"]), abs=1e-6)
    assert [s.shapley_error for s in found] == pytest.approx(list(theirs["shapley_normalized_conf"]), abs=1e-6)


def test_rule_9_several_figures_share_their_evaluations_and_not_their_shares() -> None:
    found = shares_of(lambda u: np.stack([u[:, 0], u[:, 1]], axis=1), {"a": 1, "b": 1}, names=("first", "second"),
                      seed=0, points=64)
    assert [f.figure for f in found] == ["first", "second"]
    assert [[round(s.total, 1) for s in f.shares] for f in found] == [[1, 0], [0, 1]]
    with pytest.raises(ArrayError) as caught:
        shares_of(lambda u: u[:, 0], {"a": 1, "b": 1}, names=("first", "second"), seed=0, points=64)
    assert str(caught.value) == "the function returned 1 figures a point instead of 2"


def test_rule_9_where_nothing_varies_nobody_has_a_share() -> None:
    found = factor_shares(lambda u: np.ones(len(u)), {"a": 1, "b": 2}, name="constant", seed=0, points=64)
    assert found.variance == 0
    assert {(s.first, s.total, s.shapley) for s in found.shares} == {(0, 0, 0)}


@pytest.mark.parametrize(
    ("groups", "points", "said"),
    [
        ({"a": 1}, 64, "a variance is split among two groups or more"),
        ({"a": 1, "b": 0}, 64, "the number of factors of b is 0: it must be a whole number of at least 1"),
        ({"a": 1, "b": 1}, 100, "points is 100: it must be a power of two, 2 or more"),
    ],
)
def test_groups_that_cannot_be_split_are_refused(groups: dict[str, int], points: int, said: str) -> None:
    with pytest.raises(ArrayError) as caught:
        factor_shares(lambda u: u.sum(axis=1), groups, name="sum", seed=0, points=points)
    assert str(caught.value) == said


# --- all of it ----------------------------------------------------------------------------------


def test_a_result_of_which_nothing_is_known_has_no_sensitivity() -> None:
    found = analyse(TINY, scored(answers={}))
    assert (found.alternatives, found.weight_tipping, found.answer_tipping, found.spacing) == ((), (), (), None)


def test_a_component_that_is_not_applicable_is_in_nothing() -> None:
    result = scored(answers=answers(LEVELS) | {"TRE-02": {"not_applicable": "it is excluded"}})
    assert isinstance(values_of(result)["TRE-02"], NotApplicable)
    assert "TRE-02" not in [row.id for row in analyse(TINY, result).left_out]


def test_what_an_averaging_puts_below_the_lowest_stage_is_in_it() -> None:
    """The Mazziotta-Pareto penalty can take an index of nearly 0 below 0."""
    assert TINY.stage_index(-0.5) == 0
