"""Method rule 11: coherence statistics, which need about 20 units."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from assess.index import (
    ArrayError,
    Correlations,
    CronbachAlpha,
    NotEstimable,
    PrincipalComponents,
    correlations,
    cronbach_alpha,
    group_correlations,
    principal_components,
)

NAN = float("nan")
exhaustive = settings(deadline=None, derandomize=True, max_examples=30)


def sample(units=40, indicators=4, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(units, 1)) + rng.normal(size=(units, indicators))


def with_gaps():
    x = sample()
    x[[0, 3, 7], [0, 1, 2]] = NAN
    return x


STATISTICS = pytest.mark.parametrize("statistic", [cronbach_alpha, principal_components, correlations])


@STATISTICS
def test_nineteen_units_are_not_enough_and_the_answer_says_so(statistic):
    result = statistic(sample(units=19))
    assert result == NotEstimable(19, "20 units are needed")
    assert str(result) == "not estimable, N = 19 (20 units are needed)"


@STATISTICS
def test_twenty_units_are_enough(statistic):
    assert not isinstance(statistic(sample(units=20)), NotEstimable)


@STATISTICS
def test_one_indicator_alone_is_refused(statistic):
    with pytest.raises(ArrayError, match="x must have two indicators or more"):
        statistic(np.arange(30.0)[:, np.newaxis])


def test_alpha_agrees_with_variances_added_up_by_hand():
    """Two indicators: alpha = 2 (1 - sum of variances / variance of the sum)."""
    x = sample(indicators=2)
    by_hand = 2 * (1 - x.var(axis=0, ddof=1).sum() / x.sum(axis=1).var(ddof=1))
    result = cronbach_alpha(x)
    assert isinstance(result, CronbachAlpha)
    assert result.alpha == pytest.approx(by_hand)
    assert (result.n, result.indicators) == (40, 2)


@pytest.mark.parametrize("missing", ["pairwise", "complete"])
def test_alpha_with_gaps_agrees_with_an_independent_implementation(missing):
    result = cronbach_alpha(with_gaps(), missing=missing)
    policy = {"pairwise": "pairwise", "complete": "listwise"}[missing]
    reference = pingouin.cronbach_alpha(pd.DataFrame(with_gaps()), nan_policy=policy)[0]
    assert isinstance(result, CronbachAlpha)
    assert result.alpha == pytest.approx(float(reference), rel=1e-9)


def test_the_units_counted_for_alpha_are_those_of_the_poorest_pair():
    x = with_gaps()
    pairwise, complete = cronbach_alpha(x), cronbach_alpha(x, missing="complete")
    assert isinstance(pairwise, CronbachAlpha)
    assert isinstance(complete, CronbachAlpha)
    assert (pairwise.n, complete.n) == (38, 37)


def test_alpha_of_copies_of_one_indicator_is_one():
    result = cronbach_alpha(np.repeat(sample(indicators=1), 3, axis=1))
    assert isinstance(result, CronbachAlpha)
    assert result.alpha == pytest.approx(1.0)


def test_alpha_of_indicators_that_never_vary_is_not_estimable():
    assert cronbach_alpha(np.ones((25, 3))) == NotEstimable(25, "the total does not vary")


def test_two_indicators_with_correlation_r_have_eigenvalues_one_plus_and_minus_r():
    x = sample(indicators=2)
    r = np.corrcoef(x, rowvar=False)[0, 1]
    result = principal_components(x)
    assert isinstance(result, PrincipalComponents)
    assert_allclose(result.eigenvalues, [1 + r, 1 - r])
    assert_allclose(result.explained, [(1 + r) / 2, (1 - r) / 2])
    assert_allclose(np.abs(result.loadings), 0.5**0.5)


@exhaustive
@given(st.integers(0, 10_000), st.booleans())
def test_components_rebuild_the_matrix_they_came_from(seed, standardise):
    x = sample(seed=seed)
    result = principal_components(x, standardise=standardise)
    assert isinstance(result, PrincipalComponents)
    table = np.corrcoef(x, rowvar=False) if standardise else np.cov(x, rowvar=False)
    v = result.loadings
    assert_allclose(v @ np.diag(result.eigenvalues) @ v.T, table, atol=1e-9)
    assert np.all(np.diff(result.eigenvalues) <= 0)
    assert result.cumulative[-1] == pytest.approx(1.0)


def test_the_strongest_loading_of_a_component_is_positive():
    result = principal_components(-sample())
    assert isinstance(result, PrincipalComponents)
    columns = result.loadings.T
    assert all(column[np.abs(column).argmax()] > 0 for column in columns)


def test_components_use_complete_units_only():
    result = principal_components(with_gaps())
    assert isinstance(result, PrincipalComponents)
    assert result.n == 37


def test_components_of_an_indicator_that_never_varies_are_not_estimable():
    x = sample()
    x[:, 2] = 5.0
    assert principal_components(x) == NotEstimable(40, "indicator 2 does not vary")
    assert isinstance(principal_components(x, standardise=False), PrincipalComponents)


@pytest.mark.parametrize("kind", ["pearson", "spearman"])
def test_correlations_with_gaps_agree_with_an_independent_implementation(kind):
    x = np.round(with_gaps(), 1)
    result = correlations(x, kind=kind)
    assert isinstance(result, Correlations)
    assert_allclose(result.values, pd.DataFrame(x).corr(method=kind), atol=1e-12)
    assert result.counts[0, 1] == 38
    assert result.counts[3, 3] == 40


def test_spearman_sees_only_order():
    x = sample(indicators=2)
    plain, stretched = correlations(x, kind="spearman"), correlations(np.exp(x), kind="spearman")
    assert isinstance(plain, Correlations)
    assert isinstance(stretched, Correlations)
    assert_array_equal(plain.values, stretched.values)


def test_turning_an_indicator_turns_the_sign_of_its_correlations():
    x = sample(indicators=2)
    turned = x * [1, -1]
    before, after = correlations(x), correlations(turned)
    assert isinstance(before, Correlations)
    assert isinstance(after, Correlations)
    assert after.values[0, 1] == pytest.approx(-before.values[0, 1])


def test_a_pair_that_shares_too_few_units_has_no_correlation():
    x = sample()
    x[:21, 0] = NAN
    result = correlations(x)
    assert isinstance(result, Correlations)
    assert np.isnan(result.values[0]).all()
    x[20, 0] = 1.0  # the twentieth
    enough = correlations(x)
    assert isinstance(enough, Correlations)
    assert not np.isnan(enough.values).any()
    assert not np.isnan(result.values[1:, 1:]).any()


def test_an_indicator_that_never_varies_has_no_correlation():
    """Forty-three times 0.1 have a mean that is not quite 0.1 in binary."""
    x = sample(units=43)
    x[:, 0] = 0.1
    for kind in ("pearson", "spearman"):
        result = correlations(x, kind=kind)
        assert isinstance(result, Correlations)
        assert np.isnan(result.values[0, 1:]).all()


def test_correlations_within_groups_are_blocks_of_the_whole_table():
    x = sample(indicators=5)
    whole = correlations(x)
    first, second, third = group_correlations(x, [0, 1, 0, 1, 2])
    assert isinstance(whole, Correlations)
    assert isinstance(first, Correlations)
    assert isinstance(second, Correlations)
    assert_array_equal(first.values, whole.values[np.ix_([0, 2], [0, 2])])
    assert_array_equal(second.values, whole.values[np.ix_([1, 3], [1, 3])])
    assert third == NotEstimable(40, "a correlation needs two indicators")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cronbach_alpha([1.0, 2.0]), "x must have shape (units, indicators)"),
        (lambda: cronbach_alpha(sample(), missing="drop"), "missing is 'drop'"),
        (lambda: correlations(sample(), kind="kendall"), "kind is 'kendall'"),
        (lambda: group_correlations(sample(), [0, 1]), "groups must have shape (4,), got (2,)"),
        (lambda: group_correlations(sample(), [0, 0, 0, -1]), "groups[3] is -1"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(call, message):
    with pytest.raises(ArrayError) as caught:
        call()
    assert message in str(caught.value)
