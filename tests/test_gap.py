"""Two parties and one relationship: the perception gap and the mutual view of method rule 7, and open questions."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.result import Range
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from assess.scoring.score import score
from assess.uncertainty.gap import holm_adjusted, limits_of_agreement, sign_flip_p
from assess.uncertainty.model import MutualView, PerceptionGap, Uncertainty
from assess.uncertainty.run import quantify
from assess.yamlio import Document

TINY = str(Path(__file__).parent / "rubrics" / "tiny")


@pytest.fixture(scope="module")
def tiny() -> Rubric:
    return load_rubric(TINY)


def questionnaire(tiny: Rubric, side: str, answers: dict[str, Any]) -> Questionnaire:
    data = {
        "rubric": "tiny 0.1",
        "relationship": {"parties": {"A": {"code": "AA", "name": "Aland"}, "B": {"code": "BB", "name": "Bland"}}},
        "as_of": "2026-11-01",
        "answered_by": {"side": side, "role": "analyst"},
        "answers": answers,
    }
    return check_document(Document("t.yaml", data), tiny)[0]


def quantified(tiny: Rubric, *sides: tuple[str, dict[str, Any]]) -> Uncertainty:
    given = [questionnaire(tiny, side, answers) for side, answers in sides]
    return quantify(tiny, given, score(tiny, given))


def gap_of(found: Uncertainty) -> PerceptionGap:
    assert found.perception_gap is not None
    return found.perception_gap


def view_of(found: Uncertainty) -> MutualView:
    assert found.mutual_view is not None
    return found.mutual_view


# --- the test of signs --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("differences", "expected"),
    [([20.0], 1.0), ([20.0, 20.0], 0.5), ([20.0, 20.0, 40.0], 0.25), ([20.0, -20.0], 1.0), ([0.0, 0.0], 1.0),
     ([10.0, 20.0, -5.0], 0.5)],
)
def test_rule_7_sign_flips_are_counted_by_hand(differences: Sequence[float], expected: float) -> None:
    """10 + 20 - 5 = 25; of the eight sums +-10 +-20 +-5 those of 25 or more either way are 35, 25, -25, -35."""
    assert sign_flip_p(np.array(differences), seed=1) == expected


@given(st.lists(st.sampled_from([-40.0, -20.0, 0.0, 20.0, 40.0, 60.0]), min_size=1, max_size=8))
def test_rule_7_the_sign_flip_p_is_the_share_of_patterns_at_least_as_far_from_zero(values: list[float]) -> None:
    patterns = product((1, -1), repeat=len(values))
    sums = [abs(sum(s * v for s, v in zip(signs, values, strict=True))) for signs in patterns]
    expected = sum(total >= abs(sum(values)) for total in sums) / len(sums)
    assert sign_flip_p(np.array(values), seed=1) == pytest.approx(expected, abs=5.1e-5)


def test_rule_7_beyond_twenty_differences_random_signs_come_close_to_the_exact_p() -> None:
    """22 differences of 1, 16 up and 6 down: P(16 or more of 22 heads, either way) = 2 * 110056 / 2^22 = .0525."""
    differences = np.array([1.0] * 16 + [-1.0] * 6)
    assert sign_flip_p(differences, seed=3) == pytest.approx(0.0525, abs=0.007)


def test_rule_7_no_difference_has_no_p() -> None:
    assert sign_flip_p(np.array([]), seed=1) is None


def test_rule_7_holm_multiplies_the_smallest_by_the_number_of_tests_and_never_falls() -> None:
    """.01 * 4, .02 * 3 = .06, .02 * 2 = .04 raised to .06, .9 * 1."""
    assert holm_adjusted([0.02, 0.01, None, 0.9, 0.02]) == [0.06, 0.04, None, 0.9, 0.06]


def test_rule_7_limits_of_agreement_are_bias_and_twice_the_scatter() -> None:
    assert limits_of_agreement(5.0, 10.0) == Range(low=-14.6, high=24.6)
    assert limits_of_agreement(5.0, None) is None


# --- the parties --------------------------------------------------------------------------------

SEEN_BY_A = {"ONE-01": 2, "TRE-01": 2, "TRE-02": 2, "TRE-03": 1}
SEEN_BY_B = {"ONE-01": 1, "TRE-01": 0, "TRE-02": 1, "TWO-03": 2}


def test_rule_7_the_gap_of_a_component_is_the_weighted_difference_over_what_both_answered(tiny: Rubric) -> None:
    """
    ONE-01 40 - 20 = 20; TRE-01 40 - 0 = 40; TRE-02 40 - 20 = 20. TRE-03 and TWO-03 were answered by one party.
    Bias (20 + 40 + 20) / 3 = 26.67, scatter sqrt((2 * 6.67^2 + 13.33^2) / 2) = 11.55; all the same sign: 2 / 2^3.
    """
    found = gap_of(quantified(tiny, ("A", SEEN_BY_A), ("B", SEEN_BY_B)))
    weights = {i.id: i.weight for i in tiny.indicators.values()}
    tre = (40 * weights["TRE-01"] + 20 * weights["TRE-02"]) / (weights["TRE-01"] + weights["TRE-02"])
    assert [(c.id, c.gap, c.indicators) for c in found.components] == [
        ("ONE", 20.0, 1), ("TWO", None, 0), ("TRE", round(tre, 2), 2)
    ]
    assert [(i.id, i.gap) for i in found.indicators] == [("ONE-01", 20.0), ("TRE-01", 40.0), ("TRE-02", 20.0)]
    assert (found.shared, found.bias, found.scatter, found.p) == (3, 26.67, 11.55, 0.25)


def test_rule_7_turning_the_parties_round_mirrors_the_gap(tiny: Rubric) -> None:
    one = gap_of(quantified(tiny, ("A", SEEN_BY_A), ("B", SEEN_BY_B)))
    two = gap_of(quantified(tiny, ("B", SEEN_BY_A), ("A", SEEN_BY_B)))
    assert [-i.gap for i in one.indicators if i.gap] == [i.gap for i in two.indicators]
    assert (one.bias, one.scatter, one.p) == (-(two.bias or 0), two.scatter, two.p)


def test_rule_7_parties_that_see_the_same_have_no_gap_and_an_interval_around_zero(tiny: Rubric) -> None:
    found = gap_of(quantified(tiny, ("A", SEEN_BY_A), ("B", dict(SEEN_BY_A, **{"TWO-03": 1}))))
    assert [i.gap for i in found.indicators] == [0.0] * 4
    assert all(i.interval is not None and i.interval.low <= 0 <= i.interval.high for i in found.indicators)
    assert (found.bias, found.scatter, found.p) == (0.0, 0.0, 1.0)


def test_rule_7_a_wide_gap_is_likely_wider_than_one_level_and_none_is_not(tiny: Rubric) -> None:
    keys = ("ONE-01", "TRE-01", "TRE-02", "TRE-03", "TWO-03")
    wide = gap_of(quantified(tiny, ("A", dict.fromkeys(keys, 2)), ("B", dict.fromkeys(keys, 0))))
    none = gap_of(quantified(tiny, ("A", dict.fromkeys(keys, 2)), ("B", dict.fromkeys(keys, 2) | {"ONE-01": 1})))
    chances = [[c.beyond_one_level or 0.0 for c in found.components] for found in (wide, none)]
    assert min(chances[0]) > 0.6
    assert max(chances[1]) < 0.25


def test_rule_7_the_mutual_view_names_side_a_side_b_pooled_and_the_lower(tiny: Rubric) -> None:
    """A: ONE 40, TWO 40; index (2 * 40 + 40) / 3. B: ONE 20, TWO 40; (2 * 20 + 40) / 3. Pooled ONE 30."""
    a, b = {"ONE-01": 2, "TWO-03": 2}, {"ONE-01": 1, "TWO-03": 2}
    view = view_of(quantified(tiny, ("A", a), ("B", b)))
    assert view.index.model_dump() == {"id": None, "side_a": 40.0, "side_b": 26.67, "pooled": 33.33, "lower": 26.67}
    assert view.components[0].model_dump() == {
        "id": "ONE", "side_a": 40.0, "side_b": 20.0, "pooled": 30.0, "lower": 20.0
    }
    assert view.components[2].model_dump() == {
        "id": "TRE", "side_a": None, "side_b": None, "pooled": None, "lower": None
    }


@pytest.mark.parametrize("sides", [("A",), ("A", "A"), ("A", "third"), ("both", "third")])
def test_rule_7_without_both_parties_there_is_no_gap_and_no_mutual_view(tiny: Rubric, sides: tuple[str, ...]) -> None:
    found = quantified(tiny, *((side, {"ONE-01": n}) for n, side in enumerate(sides)))
    assert (found.perception_gap, found.mutual_view) == (None, None)


# --- open questions -----------------------------------------------------------------------------


def test_rule_4_the_heavier_open_question_is_worth_the_square_of_its_weight(tiny: Rubric) -> None:
    """ONE-01 has twice the weight of ONE-03, and both come from the same prior: about four times the variance."""
    answers: dict[str, Any] = {"ONE-02": {"A": 1, "B": 2}, "TWO-01": {"A": 2, "B": 2}, "TWO-02": 0, "TWO-03": 1,
                               "TRE-01": 0, "TRE-02": 1, "TRE-03": 2}
    found = {row.indicator: row for row in quantified(tiny, ("third", answers)).open_questions}
    assert list(found) == ["ONE-01", "ONE-03"]
    assert found["ONE-01"].value / found["ONE-03"].value == pytest.approx(4, rel=0.1)


def test_rule_4_an_open_side_that_cannot_matter_is_worth_nothing(tiny: Rubric) -> None:
    """Side A is at 0, and the pair is as ready as its weaker side."""
    found = quantified(tiny, ("third", {"ONE-02": {"A": 0}, "ONE-01": 1}))
    worth = {row.indicator: (row.slots, row.value) for row in found.open_questions}
    assert worth["ONE-02"] == (("B",), 0.0)
    assert worth["TRE-01"][1] > 0
