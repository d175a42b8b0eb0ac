"""How differently the two parties see the relationship (method rule 7). Every difference is A less B.

Where both parties answered, their own answers are compared: the gap itself in points, its interval
from the rating model run on each party alone, and a test that needs no model.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from assess._arrays import FloatArray
from assess.result import Range, Result
from assess.scoring.values import Known
from assess.uncertainty.draws import component_points, index_points, indicator_points, slot_points
from assess.uncertainty.items import Items
from assess.uncertainty.model import ComponentGap, Gap, MutualView, PerceptionGap, View
from assess.uncertainty.ranges import interval, rounded
from assess.uncertainty.rating import LevelArray
from assess.uncertainty.voices import Said

ENUMERATED = 20
_RESAMPLES = 9999
_TIE = 1e-9


def perception_gap(
    items: Items, said: tuple[Said, Said], levels: tuple[LevelArray, LevelArray], seed: int
) -> PerceptionGap:
    """Compare the parties' views.

    Args:
        items: what was asked.
        said: what A and what B say, by the rules of the headline.
        levels: drawn levels with A's and with B's raters alone, shape (items, draws) each.
        seed: of the resampling beyond 20 differences.
    """
    tree = items.tree
    gaps = shared_gaps(said)
    drawn = _drawn_gap(items, levels)
    place = [n for n, key in enumerate(tree.indicators) if key in gaps]
    step = float(np.diff(items.scores).mean())
    differences = np.array([gaps[tree.indicators[n]] for n in place])
    rows = [_component(items, key, n, place, gaps, drawn, step, seed) for n, key in enumerate(tree.components)]
    holm = holm_adjusted([row["p"] for row in rows])
    bias, scatter = _bias(differences)
    return PerceptionGap(
        indicators=tuple(
            Gap(id=tree.indicators[n], gap=rounded(gaps[tree.indicators[n]]), **_spread(drawn[n], step)) for n in place
        ),
        components=tuple(ComponentGap(**row, p_holm=p) for row, p in zip(rows, holm, strict=True)),
        shared=len(place),
        bias=None if bias is None else rounded(bias),
        scatter=None if scatter is None else rounded(scatter),
        limits_of_agreement=limits_of_agreement(bias, scatter),
        p=sign_flip_p(differences, seed),
    )


def shared_gaps(said: tuple[Said, Said]) -> Mapping[str, float]:
    """Return A's points less B's for every indicator of which both know the pair's value."""
    a, b = (s.indicators for s in said)
    return {
        key: left.points - right.points
        for key, left in a.items()
        if isinstance(left, Known) and isinstance(right := b[key], Known)
    }


def _drawn_gap(items: Items, levels: tuple[LevelArray, LevelArray]) -> FloatArray:
    """Difference of the parties' indicator points, shape (indicators, draws)."""
    a, b = (indicator_points(slot_points(found, items.scores), items.tree) for found in levels)
    return np.asarray(a - b)


def _component(
    items: Items, key: str, number: int, place: Sequence[int], gaps: Mapping[str, float],
    drawn: FloatArray, step: float, seed: int,
) -> dict[str, Any]:
    """The fields of one component's gap, over the indicators that both parties know."""
    tree = items.tree
    shared = [n for n in place if tree.component_of[n] == number]
    if not shared:
        return {"id": key, "gap": None, "interval": None, "beyond_one_level": None, "indicators": 0, "p": None}
    weights = tree.weights[shared] / tree.weights[shared].sum()
    differences = np.array([gaps[tree.indicators[n]] for n in shared])
    return {
        "id": key,
        "gap": rounded((weights * differences).sum()),
        **_spread((weights[:, np.newaxis] * drawn[shared]).sum(axis=0), step),
        "indicators": len(shared),
        "p": sign_flip_p(differences, seed),
    }


def _spread(drawn: FloatArray, step: float) -> dict[str, Any]:
    beyond = float((np.abs(drawn) > step + _TIE).mean())
    return {"interval": interval(drawn), "beyond_one_level": rounded(beyond, 3)}


def _bias(differences: FloatArray) -> tuple[float | None, float | None]:
    """Mean, and standard deviation with n - 1."""
    if not len(differences):
        return None, None
    return float(differences.mean()), float(differences.std(ddof=1)) if len(differences) > 1 else None


def limits_of_agreement(bias: float | None, scatter: float | None) -> Range | None:
    """Return bias -+ 1.96 scatter: where 95 % of differences lie. Source: Bland and Altman (1986)."""
    if bias is None or scatter is None:
        return None
    return Range(low=rounded(bias - 1.96 * scatter), high=rounded(bias + 1.96 * scatter))


def sign_flip_p(differences: FloatArray, seed: int) -> float | None:
    """Return the two-sided p of a mean difference under random signs, to four decimals; None if there are none.

    Zeros have no sign and do not matter. Up to 20 others every pattern of signs is counted; beyond
    that 9999 random ones are drawn.

    >>> sign_flip_p(np.array([25.0, 25.0, 50.0, 0.0]), seed=1)
    0.25
    """
    if not len(differences):
        return None
    moved = differences[np.abs(differences) > _TIE]
    if len(moved) <= ENUMERATED:
        sums = _signed_sums(moved)
        return rounded(float((np.abs(sums) >= abs(moved.sum()) - _TIE).mean()), 4)
    return _resampled_p(moved, seed)


def _signed_sums(values: FloatArray) -> FloatArray:
    """Sums under every pattern of signs, shape (2 ** n,)."""
    sums = np.zeros(1)
    for value in values:
        sums = np.concatenate([sums + value, sums - value])
    return sums


def _resampled_p(values: FloatArray, seed: int) -> float:
    from scipy.stats import permutation_test

    test = permutation_test(
        (values, np.zeros_like(values)), _mean_difference, permutation_type="samples", vectorized=True,
        n_resamples=_RESAMPLES, rng=np.random.default_rng(seed),
    )
    return rounded(float(test.pvalue), 4)


def _mean_difference(a: FloatArray, b: FloatArray, axis: int) -> FloatArray:
    return np.asarray((a - b).mean(axis=axis))


def holm_adjusted(p_values: Sequence[float | None]) -> list[float | None]:
    """Return Holm's (1979) step-down correction; None stays None and does not count.

    >>> holm_adjusted([0.01, 0.04, None, 0.03])
    [0.03, 0.06, None, 0.06]
    """
    order = sorted((p, n) for n, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for rank, (p, n) in enumerate(order):
        highest = max(highest, min(1.0, p * (len(order) - rank)))
        adjusted[n] = rounded(highest, 4)
    return adjusted


# --- mutual view --------------------------------------------------------------------------------


def mutual_view(
    result: Result, items: Items, said: tuple[Said, Said], levels: tuple[LevelArray, LevelArray]
) -> MutualView:
    """Return index and components as side A, as side B, pooled, and the lower of the two sides."""
    a, b = said
    components = tuple(
        _view(c.id, _points(a, c.id), _points(b, c.id), c.points) for c in result.components if c.bounds is not None
    )
    likely = [interval(_index(items, found)) for found in levels]
    return MutualView(
        index=_view(None, a.index, b.index, result.index.points),
        components=components,
        likely_a=likely[0],
        likely_b=likely[1],
    )


def _points(said: Said, component: str) -> float | None:
    head = said.components[component]
    return head.points if head else None


def _view(key: str | None, a: float | None, b: float | None, pooled: float | None) -> View:
    lower = None if a is None or b is None else min(a, b)
    a, b, pooled, lower = (None if x is None else rounded(x) for x in (a, b, pooled, lower))
    return View(id=key, side_a=a, side_b=b, pooled=pooled, lower=lower)


def _index(items: Items, levels: LevelArray) -> FloatArray:
    points = indicator_points(slot_points(levels, items.scores), items.tree)
    return index_points(component_points(points, items.tree), items.tree)
