"""The robustness range of method rule 9: spacing, weights, aggregators and pooling, one at a time and together."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.index.aggregate import geometric_mean, mazziotta_pareto
from assess.questionnaire.load import check_document
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from assess.scoring.score import score
from assess.uncertainty.items import Items, read
from assess.uncertainty.rating import Posterior
from assess.uncertainty.robustness import (
    Alone,
    Factors,
    aggregated,
    dirichlet_weights,
    factors,
    shake,
    sobol_factors,
    spaced_scores,
)
from assess.yamlio import Document

TINY = str(Path(__file__).parent / "rubrics" / "tiny")
LEVELS = {"ONE-01": 2, "ONE-03": 0, "TWO-02": 0, "TWO-03": 1, "TRE-01": 0, "TRE-02": 1, "TRE-03": 2}


@pytest.fixture(scope="module")
def tiny() -> Rubric:
    return load_rubric(TINY)


@pytest.fixture(scope="module")
def items(tiny: Rubric) -> Items:
    """LEVELS, the sides of ONE-02 and TWO-01 all at 1, and nothing unknown."""
    answers: dict[str, Any] = LEVELS | {key: {"A": 1, "B": 1} for key in ("ONE-02", "TWO-01")}
    data = {
        "rubric": "tiny 0.1",
        "relationship": {"parties": {"A": {"code": "AA", "name": "Aland"}, "B": {"code": "BB", "name": "Bland"}}},
        "as_of": "2026-11-01",
        "answered_by": {"side": "third", "role": "analyst"},
        "answers": answers,
    }
    found = read(tiny, score(tiny, [check_document(Document("t.yaml", data), tiny)[0]]))
    assert found is not None
    return found


def certain(items: Items, *problems: int) -> Posterior:
    """Draws without doubt: the answers themselves, moved by so many levels in further problems."""
    levels = np.stack([items.low[0] + moved for moved in (0, *problems)])[:, :, np.newaxis, np.newaxis]
    return Posterior(
        levels=np.broadcast_to(levels, (*levels.shape[:2], 2, 4)).astype(np.int8),
        shares=np.full((len(levels), 6, 2, 4), 1 / 6),
        accuracy=np.full((len(levels), 1, 2, 4), 0.7),
        learned=np.zeros((len(levels), 1), bool),
    )


def nominal(items: Items, points: int = 3, **moved: float) -> Factors:
    """Every factor at its middle, the aggregator arithmetic and the pooling that of the model, save ``moved``."""
    sizes = [1] * 6 + [len(items.scores) - 1, len(items.tree.components), len(items.tree.indicators)]
    names = ("answers", "unknowns", "aggregator", "pooling", "party", "leniency")
    table = np.full((sum(sizes), points), 0.5)
    for place, name in enumerate(names):
        table[place] = moved.get(name, 0.0 if name in ("aggregator", "pooling") else 0.5)
    return factors(table, sizes)


def test_rule_9_with_every_factor_at_its_middle_the_index_is_the_headline(items: Items) -> None:
    """By plain loops. Within a tenth of a point: the middle of a Gamma number is not quite its mean."""
    found = shake(items, certain(items), nominal(items), 0.0, Alone(), 1)
    tree, low = items.tree, 20.0 * items.low[0]
    points = [min(low[a], low[b]) for a, b in zip(tree.first, tree.second, strict=True)]
    components = [
        sum(w * p for w, p, c in zip(tree.weights, points, tree.component_of, strict=True) if c == number)
        / sum(w for w, c in zip(tree.weights, tree.component_of, strict=True) if c == number)
        for number in range(3)
    ]
    expected = (2 * components[0] + components[1] + components[2]) / 4
    assert found.index == pytest.approx([expected] * 3, abs=0.1)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [([0.5, 0.5, 0.5, 0.5], [0, 25, 50, 75, 100]), ([1, 0, 0, 0], [0, 50, 66.667, 83.333, 100]),
     ([0, 0, 1, 1], [0, 12.5, 25, 62.5, 100])],
)
def test_rule_9_each_step_is_stretched_and_the_ends_stay(steps: list[float], expected: list[float]) -> None:
    """Steps 1.5, .5, .5, .5 share 100 points 50, 16.67, 16.67, 16.67."""
    scores = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
    assert spaced_scores(scores, np.array(steps)[:, np.newaxis])[:, 0] == pytest.approx(expected, abs=1e-3)


def test_rule_9_shaken_weights_keep_their_means_and_have_the_deviation_of_25_percent_uniform() -> None:
    """The deviation of a uniform on .75 .. 1.25 is .25 / sqrt(3) = .1443 of the weight."""
    normal = np.random.default_rng(1).standard_normal((8, 40_000))
    weights = dirichlet_weights(np.full(8, 1 / 8), normal)
    shares = weights / weights.sum(axis=0)
    assert shares.mean(axis=1) == pytest.approx([1 / 8] * 8, rel=0.005)
    assert shares.std(axis=1) / shares.mean(axis=1) == pytest.approx([0.25 / np.sqrt(3)] * 8, rel=0.02)


def test_rule_9_unequal_weights_keep_their_proportions_on_average() -> None:
    normal = np.random.default_rng(1).standard_normal((3, 40_000))
    weights = dirichlet_weights(np.array([0.5, 0.3, 0.2]), normal)
    assert (weights / weights.sum(axis=0)).mean(axis=1) == pytest.approx([0.5, 0.3, 0.2], rel=0.005)


def test_rule_9_a_single_weight_has_nothing_to_be_shaken_against() -> None:
    assert dirichlet_weights(np.array([1.0]), np.array([[-2.0, 3.0]])).tolist() == [[1.0, 1.0]]


def test_rule_9_the_three_aggregators_by_hand() -> None:
    """25 and 75: mean 50, geometric sqrt(1875) = 43.30, Mazziotta-Pareto 50 - 625 / 50 = 37.5."""
    components = np.array([[25.0] * 3, [75.0] * 3])
    found = aggregated(components, np.ones((2, 3)), np.array([0.1, 0.5, 0.9]))
    assert found == pytest.approx([50.0, 43.3013, 37.5], abs=1e-4)


@given(
    st.lists(st.floats(0, 100), min_size=2, max_size=8),
    st.lists(st.floats(0.1, 5), min_size=8, max_size=8),
)
def test_rule_9_the_aggregators_are_those_of_the_toolbox(points: list[float], weights: list[float]) -> None:
    shares = np.array(weights[: len(points)])
    found = aggregated(np.array([points] * 2).T, np.array([shares] * 2).T, np.array([0.5, 0.9]))
    floored = np.maximum([points], 1.0)
    expected = [geometric_mean(floored, shares)[0], mazziotta_pareto([points], shares)[0]]
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_rule_9_leniency_moves_index_and_components_by_tau_times_a_normal_number(items: Items) -> None:
    """Phi^-1(.841345) = 1, so tau 2 moves everything by 2 points."""
    still, moved = (
        shake(items, certain(items), nominal(items, leniency=share), 2.0, Alone(), 1) for share in (0.5, 0.8413447)
    )
    assert moved.index - still.index == pytest.approx([2.0] * 3, abs=1e-5)
    assert moved.components - still.components == pytest.approx(np.full((3, 3), 2.0), abs=1e-5)


@pytest.mark.parametrize(
    ("pooling", "party", "moved"),
    [(0.0, 0.2, 0), (0.5, 0.2, 1), (0.5, 0.8, 2), (0.9, 0.8, 1)],
    ids=["model", "party A believed", "party B believed", "lower"],
)
def test_rule_9_pooling_believes_the_model_one_party_or_the_lower(
    items: Items, pooling: float, party: float, moved: int
) -> None:
    """Party A sits one level above the model, party B two; a level is 20 points and nothing reaches the top."""
    posterior = certain(items, 1, 2)
    base = shake(items, posterior, nominal(items), 0.0, Alone(), 1).index
    alone = Alone((1, 2), parties=True)
    found = shake(items, posterior, nominal(items, pooling=pooling, party=party), 0.0, alone, 1).index
    assert found - base == pytest.approx([20.0 * moved] * 3)


def test_rule_9_among_raters_of_one_side_the_lowest_is_no_way_to_pool(items: Items) -> None:
    """The pooling at .9 is then the linear pool, which believes the second rater."""
    posterior = certain(items, 1, 2)
    base = shake(items, posterior, nominal(items), 0.0, Alone(), 1).index
    found = shake(items, posterior, nominal(items, pooling=0.9, party=0.8), 0.0, Alone((1, 2)), 1).index
    assert found - base == pytest.approx([40.0] * 3)


def test_rule_9_the_same_seed_gives_the_same_points(items: Items) -> None:
    first, again, other = (
        shake(items, certain(items), sobol_factors(items, np.random.default_rng(seed), 64), 1.0, Alone(), 1).index
        for seed in (5, 5, 6)
    )
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_rule_9_everything_shaken_at_once_stays_on_the_scale_and_is_centred_near_the_headline(items: Items) -> None:
    settings = sobol_factors(items, np.random.default_rng(2), 1024)
    found = shake(items, certain(items), settings, 2.5, Alone(), 1)
    assert found.index.min() >= 0 and found.components.min() >= 0 and found.index.max() <= 100
    base = shake(items, certain(items), nominal(items), 0.0, Alone(), 1).components[:, 0]
    assert np.median(found.components, axis=1) == pytest.approx(base, abs=1.0)
