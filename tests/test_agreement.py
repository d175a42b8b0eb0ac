"""Method rule 7: agreement between raters, against published examples and hand-worked values."""

from __future__ import annotations

import warnings
from itertools import permutations

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from assess.agreement import (
    ArrayError,
    bootstrap_alpha,
    cohen_kappa,
    fleiss_kappa,
    intraclass_correlation,
    intraclass_correlations,
    krippendorff_alpha,
    rating_counts,
)

NAN = float("nan")
exhaustive = settings(deadline=None, derandomize=True, max_examples=40)

# Krippendorff (2011), the four observers and twelve units used for all four metrics.
FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]
# Shrout and Fleiss (1979), six targets rated by four judges; one row a judge.
FOUR_JUDGES = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
SINGLE_AND_MEAN = ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]


def rating_tables(levels=5, raters=(2, 4), units=(3, 8)):
    def of_shape(shape):
        row = st.lists(st.integers(0, levels - 1), min_size=shape[1], max_size=shape[1])
        return st.lists(row, min_size=shape[0], max_size=shape[0]).map(np.array)

    return st.tuples(st.integers(*raters), st.integers(*units)).flatmap(of_shape)


# --- Krippendorff --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "published"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_of_the_published_example_has_the_published_value(metric, published):
    assert krippendorff_alpha(FOUR_CODERS, metric=metric) == pytest.approx(published, abs=5e-4)
    with_domain = krippendorff_alpha(FOUR_CODERS, metric=metric, domain=[1, 2, 3, 4, 5])
    assert with_domain == pytest.approx(published, abs=5e-4)


@exhaustive
@given(rating_tables())
def test_interval_alpha_is_one_less_the_ratio_of_squared_differences(ratings):
    """Complete data: within units and over all pairs of different ratings."""
    assume(np.ptp(ratings) > 0)
    raters = len(ratings)
    within = sum((a - b) ** 2 for unit in ratings.T for a, b in permutations(unit, 2))
    overall = sum((a - b) ** 2 for a, b in permutations(ratings.ravel(), 2))
    n = ratings.size
    expected = 1 - (within / (n * (raters - 1))) / (overall / (n * (n - 1)))
    assert krippendorff_alpha(ratings, metric="interval") == pytest.approx(expected)


@exhaustive
@given(rating_tables(), st.randoms(use_true_random=False))
def test_the_order_of_raters_and_units_changes_no_alpha(ratings, random):
    assume(np.ptp(ratings) > 0)
    rows, columns = list(range(len(ratings))), list(range(ratings.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = krippendorff_alpha(ratings[rows][:, columns])
    assert shuffled == pytest.approx(krippendorff_alpha(ratings))


def test_alpha_ignores_units_that_a_single_rater_rated():
    alone = [*np.full((3, 1), NAN), [4.0]]
    longer = np.hstack([FOUR_CODERS, alone])
    assert krippendorff_alpha(longer) == pytest.approx(krippendorff_alpha(FOUR_CODERS))


def test_alpha_of_perfect_agreement_is_one_but_of_no_variation_undefined():
    assert krippendorff_alpha([[1, 2, 3], [1, 2, 3]], domain=[0, 1, 2, 3, 4]) == 1.0
    assert np.isnan(krippendorff_alpha([[3, 3, 3], [3, 3, 3]]))
    assert np.isnan(krippendorff_alpha([[3, 3, 3], [3, 3, 3]], domain=[0, 1, 2, 3, 4]))


def test_alpha_whose_only_variation_is_in_unpaired_ratings_is_undefined():
    assert np.isnan(krippendorff_alpha([[3, 3, 1], [3, 3, NAN]]))


def test_the_bootstrap_is_repeatable_and_contains_the_estimate():
    first = bootstrap_alpha(FOUR_CODERS, seed=11, resamples=300)
    assert first == bootstrap_alpha(FOUR_CODERS, seed=11, resamples=300)
    assert first != bootstrap_alpha(FOUR_CODERS, seed=12, resamples=300)
    assert first.alpha == pytest.approx(0.815, abs=5e-4)
    assert first.low < first.alpha < first.high <= 1.0


def test_the_bootstrap_interval_narrows_with_more_units():
    few = bootstrap_alpha(FOUR_CODERS, seed=1, resamples=300)
    many = bootstrap_alpha(np.tile(FOUR_CODERS, 8), seed=1, resamples=300)
    assert many.high - many.low < 0.6 * (few.high - few.low)


def test_the_bootstrap_interval_is_the_central_one_of_the_defined_resamples(monkeypatch):
    """Alphas 0.00, 0.01, ..., 1.00 and one undefined: the middle 90 % end at 0.05 and 0.95."""
    values = iter([*np.linspace(0.0, 1.0, 101), NAN, 0.5])
    monkeypatch.setattr("assess.agreement.alpha._alpha", lambda *_: next(values))
    result = bootstrap_alpha(FOUR_CODERS, seed=1, resamples=102, coverage=0.9)
    assert (result.low, result.high) == (pytest.approx(0.05), pytest.approx(0.95))
    assert (result.alpha, result.usable, result.resamples) == (0.5, 101, 102)


def test_one_resample_is_enough_to_ask_for():
    assert bootstrap_alpha(FOUR_CODERS, seed=0, resamples=1).resamples == 1


def test_the_bootstrap_of_perfect_agreement_is_a_point():
    result = bootstrap_alpha([[1, 2, 3, 4], [1, 2, 3, 4]], seed=1, resamples=100)
    assert (result.alpha, result.low, result.high) == (1.0, 1.0, 1.0)


def test_the_bootstrap_counts_the_resamples_in_which_alpha_is_defined():
    """With two units of which one varies, half of the resamples have a single value or more."""
    result = bootstrap_alpha([[1, 2], [1, 2]], seed=3, resamples=400)
    assert 150 < result.usable < 250
    nothing = bootstrap_alpha([[1, 1], [1, 1]], seed=3, resamples=10)
    assert nothing.usable == 0
    assert np.isnan([nothing.alpha, nothing.low, nothing.high]).all()


# --- kappas --------------------------------------------------------------------------------


def test_kappa_of_the_grant_proposals_is_two_fifths():
    """The usual textbook table: both yes 20, only first 5, only second 10, both no 15."""
    first = [1] * 25 + [0] * 25
    second = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    result = cohen_kappa(first, second)
    assert result.kappa == pytest.approx(0.4)
    assert (result.observed, result.expected, result.units) == (0.7, pytest.approx(0.5), 50)


@pytest.mark.parametrize(("weights", "expected"), [("none", 7 / 11), ("linear", 5 / 7), ("quadratic", 4 / 5)])
def test_weighted_kappas_of_four_units_are_those_worked_out_by_hand(weights, expected):
    """Margins (2, 1, 1) and (1, 2, 1) quarters; one disagreement of one step.

    Disagreement observed and expected: 4 and 11 sixteenths (none), 2 and 7 (linear),
    1 and 5 (quadratic).
    """
    result = cohen_kappa([0, 0, 1, 2], [0, 1, 1, 2], weights=weights, domain=[0, 1, 2])
    assert result.kappa == pytest.approx(expected)


def test_weighted_agreement_counts_a_step_as_a_share_of_the_longest_way():
    result = cohen_kappa([0, 0, 1, 2], [0, 1, 1, 2], weights="linear", domain=[0, 1, 2])
    assert (result.observed, result.expected) == (0.875, 0.5625)


def test_a_domain_of_a_single_level_leaves_kappa_undefined():
    assert np.isnan(cohen_kappa([2, 2], [2, 2], weights="linear", domain=[2]).kappa)


def test_a_level_nobody_chose_still_lengthens_the_way_across_it():
    first, second = [0, 1, 3, 3], [0, 1, 1, 3]
    short = cohen_kappa(first, second, weights="linear", domain=[0, 1, 3])
    long = cohen_kappa(first, second, weights="linear", domain=[0, 1, 2, 3])
    assert (short.kappa, long.kappa) == (pytest.approx(5 / 7), pytest.approx(7 / 11))


@exhaustive
@given(rating_tables(raters=(2, 2)))
def test_quadratic_kappa_equals_the_concordance_of_lin(ratings):
    """2 cov / (var + var + squared difference of means), with population moments."""
    first, second = ratings
    spread = first.var() + second.var() + (first.mean() - second.mean()) ** 2
    assume(spread > 0)
    concordance = 2 * np.cov(first, second, ddof=0)[0, 1] / spread
    result = cohen_kappa(first, second, weights="quadratic", domain=range(5))
    assert result.kappa == pytest.approx(concordance)


@exhaustive
@given(rating_tables(raters=(2, 2)), st.sampled_from(["none", "linear", "quadratic"]))
def test_kappa_does_not_ask_who_is_first(ratings, weights):
    there = cohen_kappa(*ratings, weights=weights, domain=range(5)).kappa
    back = cohen_kappa(*ratings[::-1], weights=weights, domain=range(5)).kappa
    assert there == pytest.approx(back, nan_ok=True)


def test_kappa_of_two_raters_who_never_vary_is_undefined():
    assert np.isnan(cohen_kappa([2, 2], [2, 2]).kappa)
    assert cohen_kappa([2, 2], [2, 2]).observed == 1.0


# Fleiss (1971), thirty patients by five diagnoses, six psychiatrists each.
FLEISS_1971 = [
    "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006",
    "10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203",
    "00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006",
]  # fmt: skip
# Ten subjects by five categories, fourteen raters each: the example of the encyclopaedias.
FOURTEEN_RATERS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def test_fleiss_kappa_of_the_thirty_patients_is_the_published_one():
    result = fleiss_kappa([[int(count) for count in row] for row in FLEISS_1971])
    assert result.kappa == pytest.approx(0.430, abs=5e-4)
    assert result.units == 30


def test_fleiss_kappa_of_fourteen_raters_is_the_well_known_one():
    result = fleiss_kappa(FOURTEEN_RATERS)
    assert result.kappa == pytest.approx(0.210, abs=5e-4)
    assert result.observed == pytest.approx(0.378, abs=5e-4)
    assert result.expected == pytest.approx(0.213, abs=5e-4)


def test_fleiss_kappa_is_one_for_agreement_and_undefined_without_variation():
    assert fleiss_kappa([[3, 0], [0, 3]]).kappa == 1.0
    assert np.isnan(fleiss_kappa([[3, 0], [3, 0]]).kappa)


def test_fleiss_kappa_of_two_raters_at_odds_is_minus_one():
    assert fleiss_kappa([[1, 1], [1, 1]]).kappa == pytest.approx(-1.0)


def test_ratings_are_counted_by_unit_and_level_and_gaps_are_skipped():
    counts = rating_counts([[0, 2, NAN], [0, 1, 2]], domain=[0, 1, 2])
    assert_array_equal(counts, [[2, 0, 0], [0, 1, 1], [0, 0, 1]])


# --- intraclass correlation ----------------------------------------------------------------


def test_the_six_forms_have_the_values_of_the_published_table():
    results = intraclass_correlations(FOUR_JUDGES)
    assert [r.form for r in results] == SINGLE_AND_MEAN
    assert [round(r.value, 2) for r in results] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_the_intervals_of_the_published_table_agree_with_an_independent_implementation():
    expected = reference_intervals(np.array(FOUR_JUDGES))
    found = [(r.low, r.high) for r in intraclass_correlations(FOUR_JUDGES)]
    assert_allclose(found, expected, atol=0.0051)


@pytest.mark.parametrize("seed", range(4))
def test_values_tests_and_intervals_agree_with_an_independent_implementation(seed):
    rng = np.random.default_rng(seed)
    ratings = rng.normal(size=(3, 12)) + rng.normal(size=12) + rng.normal(size=(3, 1))
    table = reference(ratings)
    found = intraclass_correlations(ratings)
    assert_allclose([r.value for r in found], table["ICC"], rtol=1e-6)
    assert_allclose([r.f for r in found], table["F"], rtol=1e-6)
    assert_allclose([(r.df1, r.df2) for r in found], table[["df1", "df2"]])
    assert_allclose([r.p for r in found], table["pval"], rtol=1e-6)
    assert_allclose([(r.low, r.high) for r in found], reference_intervals(ratings), atol=0.0051)


def reference(ratings):
    rows = [(u, r, ratings[r, u]) for r in range(len(ratings)) for u in range(ratings.shape[1])]
    frame = pd.DataFrame(rows, columns=["unit", "rater", "score"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the reference itself
        return pingouin.intraclass_corr(frame, "unit", "rater", "score")


def reference_intervals(ratings):
    return np.stack(reference(ratings)["CI95"].to_numpy())


@pytest.mark.parametrize("form", SINGLE_AND_MEAN)
def test_a_wider_coverage_gives_a_wider_interval_around_the_same_value(form):
    narrow = intraclass_correlation(FOUR_JUDGES, form, coverage=0.5)
    wide = intraclass_correlation(FOUR_JUDGES, form, coverage=0.99)
    assert wide.low < narrow.low < narrow.value < narrow.high < wide.high
    assert wide.value == narrow.value


@exhaustive
@given(rating_tables(), st.floats(0.1, 10.0), st.floats(-50.0, 50.0))
def test_a_change_of_scale_changes_no_intraclass_correlation(ratings, factor, shift):
    before = [r.value for r in intraclass_correlations(ratings)]
    after = [r.value for r in intraclass_correlations(ratings * factor + shift)]
    assert_allclose(after, before, rtol=1e-6, atol=1e-6)


@exhaustive
@given(rating_tables())
def test_an_interval_holds_its_value_and_no_value_exceeds_one(ratings):
    for result in intraclass_correlations(ratings):
        if not np.isnan(result.value):
            assert result.value <= 1.0
        if not np.isnan([result.value, result.low, result.high]).any():
            assert result.low - 1e-9 <= result.value <= result.high + 1e-9


def test_a_rater_who_is_always_one_higher_is_consistent_but_does_not_agree():
    ratings = [[1, 2, 3], [2, 3, 4]]
    assert intraclass_correlation(ratings, "ICC(3,1)").value == 1.0
    assert intraclass_correlation(ratings, "ICC(2,1)").value == pytest.approx(2 / 3)


def test_two_units_and_two_raters_are_enough():
    """Units differ by 4, raters by 1: mean squares 16, 1, 0; ICC(2,1) = 16 / (16 + 1)."""
    result = intraclass_correlation([[1, 5], [2, 6]], "ICC(2,1)")
    assert result.value == pytest.approx(16 / 17)
    assert intraclass_correlation([[1, 5], [2, 6]], "ICC(1,1)").value == pytest.approx(15.5 / 16.5)


def test_perfect_agreement_is_one_with_a_point_interval():
    for result in intraclass_correlations([[1, 2, 3], [1, 2, 3]]):
        assert (result.value, result.low, result.high, result.p) == (1.0, 1.0, 1.0, 0.0)


def test_ratings_that_never_vary_have_no_intraclass_correlation():
    for result in intraclass_correlations([[0.1] * 3] * 3):
        assert np.isnan([result.value, result.low, result.high]).all()


def test_raters_in_flat_contradiction_have_no_reliability_of_the_mean():
    assert np.isnan(intraclass_correlation([[1, 2, 3], [3, 2, 1]], "ICC(2,k)").value)
    assert intraclass_correlation([[1, 2, 3], [3, 2, 1]], "ICC(3,1)").value == -1.0


# --- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: krippendorff_alpha([1, 2]), "ratings must have shape (raters, units)"),
        (lambda: krippendorff_alpha([[1, 2]]), "ratings have 1 rater: agreement needs at least 2"),
        (lambda: krippendorff_alpha([[1, NAN], [NAN, 2]]), "no unit was rated by two raters"),
        (lambda: krippendorff_alpha([[1, 9], [1, 2]], domain=[1, 2]), "ratings[0, 1] is 9.0"),
        (lambda: krippendorff_alpha([[1, 2]] * 2, domain=[2, 1]), "must be ascending"),
        (lambda: krippendorff_alpha([[1, 2]] * 2, domain=[1, NAN]), "domain[1] is nan"),
        (
            lambda: krippendorff_alpha([[1, -2]] * 2, metric="ratio"),
            "a ratio scale has no negative",
        ),
        (lambda: krippendorff_alpha([[1, 2]] * 2, metric="circular"), "metric is 'circular'"),
        (lambda: bootstrap_alpha([[1, 2]] * 2, seed=-1), "seed is -1"),
        (lambda: bootstrap_alpha([[1, 2]] * 2, seed=1, resamples=0), "resamples is 0"),
        (lambda: bootstrap_alpha([[1, 2]] * 2, seed=1, coverage=0), "coverage is 0"),
        (lambda: cohen_kappa([1, 2], [1, 2, 3]), "second must have shape (2,), got (3,)"),
        (lambda: cohen_kappa([1, NAN], [1, 2]), "first[1] is nan: a missing value is not allowed"),
        (lambda: cohen_kappa([1], [1], weights="linear"), "weighted kappa needs domain="),
        (lambda: cohen_kappa([1], [1], weights="cubic"), "weights is 'cubic'"),
        (lambda: cohen_kappa([1], [5], domain=[1, 2]), "second[0] is 5.0: it is not in the domain"),
        (lambda: fleiss_kappa([[2, 1], [1, 1]]), "unit 0 has 3 raters but unit 1 has 2"),
        (lambda: fleiss_kappa([[1, 0]]), "units have 1 raters: agreement needs at least two"),
        (lambda: fleiss_kappa([[3, -1]]), "counts[0, 1] is -1.0"),
        (lambda: fleiss_kappa([[1.5, 1.5]]), "counts[0, 0] is 1.5: a count must be a whole number"),
        (lambda: rating_counts([[7]], domain=[1]), "ratings[0, 0] is 7.0"),
        (lambda: intraclass_correlation([[1, NAN]] * 2, "ICC(1,1)"), "ratings[0, 1] is nan"),
        (lambda: intraclass_correlation([[1], [2]], "ICC(1,1)"), "ratings have 1 unit"),
        (lambda: intraclass_correlation([[1, 2]], "ICC(1,1)"), "ratings have 1 rater"),
        (lambda: intraclass_correlation([[1, 2]] * 2, "ICC(4,1)"), "form is 'ICC(4,1)'"),
        (lambda: intraclass_correlations([[1, 2]] * 2, coverage=95), "coverage is 95"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(call, message):
    with pytest.raises(ArrayError) as caught:
        call()
    assert message in str(caught.value)
