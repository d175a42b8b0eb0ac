"""How far the raters of one side agree, and how far the index hangs on one of them (method rule 7).

Ratings are effective levels, the figures that enter the score. A disputed answer names no level
and is left out here.
"""

from collections.abc import Sequence
from typing import get_args

import numpy as np

from assess._arrays import FloatArray, IntArray
from assess.agreement import ArrayError, krippendorff_alpha
from assess.result import Range, Result
from assess.rubric.model import Rubric
from assess.uncertainty.items import Items
from assess.uncertainty.model import (
    Agreement,
    Alpha,
    Disagreement,
    LeaveOneRaterOut,
    RaterSide,
    Verdict,
    WithoutRater,
)
from assess.uncertainty.ranges import COVERAGE, rounded
from assess.uncertainty.voices import raters_of, said_by

GOOD, TENTATIVE = 0.80, 0.667
RESAMPLES = 1000


def agreements(result: Result, items: Items, rng: np.random.Generator) -> tuple[Agreement, ...]:
    """Return the agreement within every side that has two raters or more."""
    found = []
    for side in get_args(RaterSide):
        raters = raters_of(result, side)
        if len(raters) >= 2:
            found.append(_agreement(side, raters, items, rng))
    return tuple(found)


def _agreement(side: RaterSide, raters: tuple[int, ...], items: Items, rng: np.random.Generator) -> Agreement:
    table = _table(items, raters)
    owner = _owner(items)
    component = items.tree.component_of[owner]
    return Agreement(
        side=side,
        raters=raters,
        overall=_alpha(None, table, owner, len(items.scores), rng),
        components=tuple(
            _alpha(key, table[:, component == number], owner[component == number], len(items.scores), rng)
            for number, key in enumerate(items.tree.components)
        ),
        disagreements=_disagreements(items, table, owner),
    )


def _table(items: Items, raters: Sequence[int]) -> FloatArray:
    """Levels, shape (raters, items); NaN where not rated or disputed."""
    low, high = items.low[list(raters)], items.high[list(raters)]
    return np.where((low >= 0) & (low == high), low, np.nan)


def _owner(items: Items) -> IntArray:
    """Position of each item's indicator, shape (items,)."""
    place = {key: number for number, key in enumerate(items.tree.indicators)}
    return np.array([place[key] for key, _ in items.slots])


def _alpha(
    key: str | None, table: FloatArray, owner: IntArray, levels: int, rng: np.random.Generator
) -> Alpha:
    pairable = (~np.isnan(table)).sum(axis=0) >= 2
    value = _value(table, levels)
    draws = bootstrap(coincidences(table[:, pairable], levels), owner[pairable], rng)
    usable = draws[~np.isnan(draws)]
    tail = (1 - COVERAGE) / 2
    ends = np.quantile(usable, [tail, 1 - tail]) if usable.size and value is not None else None
    return Alpha(
        id=key,
        alpha=None if value is None else rounded(value, 3),
        interval=None if ends is None else Range(low=rounded(ends[0], 3), high=rounded(ends[1], 3)),
        verdict=verdict(value),
        indicators=len(np.unique(owner[pairable])),
    )


def _value(table: FloatArray, levels: int) -> float | None:
    try:
        alpha = krippendorff_alpha(table, domain=np.arange(levels))
    except ArrayError:  # nothing was rated twice
        return None
    return None if np.isnan(alpha) else alpha


def verdict(alpha: float | None) -> Verdict:
    """Return the word for an alpha; below .667 the component is marked «raters disagree»."""
    if alpha is None:
        return "undefined"
    return "good" if alpha >= GOOD else "tentative" if alpha >= TENTATIVE else "disagree"


def coincidences(table: FloatArray, levels: int) -> FloatArray:
    """Return every item's coincidence matrix, shape (items, levels, levels).

    Source: Krippendorff (2011): each ordered pair of ratings of an item of m ratings counts 1/(m - 1).
    """
    counts = np.stack([(table == level).sum(axis=0) for level in range(levels)], axis=1).astype(np.float64)
    pairs = counts[:, :, np.newaxis] * counts[:, np.newaxis, :]
    pairs -= counts[:, :, np.newaxis] * np.eye(levels)
    return np.asarray(pairs / np.maximum(counts.sum(axis=1) - 1, 1)[:, np.newaxis, np.newaxis])


def bootstrap(pairs: FloatArray, owner: IntArray, rng: np.random.Generator, resamples: int = RESAMPLES) -> FloatArray:
    """Return alpha in every resample of indicators with replacement, shape (resamples,); NaN if undefined.

    The slots of one indicator stay together: what is read for one side is read much like the other.

    Args:
        pairs: shape (items, levels, levels), of the items that two raters rated.
        owner: shape (items,), the indicator of each.
    """
    indicators, place = np.unique(owner, return_inverse=True)
    if len(indicators) == 0:
        return np.full(resamples, np.nan)
    times = rng.multinomial(len(indicators), np.full(len(indicators), 1 / len(indicators)), resamples)
    flat = pairs.reshape(len(pairs), -1)
    total = np.einsum("ri,ic->rc", times[:, place].astype(np.float64), flat)
    return ordinal_alpha(total.reshape(resamples, *pairs.shape[1:]))


def ordinal_alpha(pairs: FloatArray) -> FloatArray:
    """Return Krippendorff's ordinal alpha of coincidence matrices (..., levels, levels); NaN if undefined.

    Source: Krippendorff (2011). The distance of two levels is the square of the ratings from one
    to the other, both ends by half.
    """
    margins = pairs.sum(axis=-1)
    middle = margins.cumsum(axis=-1) - margins / 2
    distance = (middle[..., :, np.newaxis] - middle[..., np.newaxis, :]) ** 2
    observed = (pairs * distance).sum(axis=(-1, -2))
    expected = (margins[..., :, np.newaxis] * margins[..., np.newaxis, :] * distance).sum(axis=(-1, -2))
    total = margins.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - (total - 1) * observed / expected, np.nan)


def _disagreements(items: Items, table: FloatArray, owner: IntArray) -> tuple[Disagreement, ...]:
    rows = []
    for number, key in enumerate(items.tree.indicators):
        columns = [column[~np.isnan(column)] for column in table[:, owner == number].T]
        apart = [abs(a - b) for column in columns for n, a in enumerate(column) for b in column[:n]]
        if any(apart):
            mean = rounded(sum(apart) / len(apart))
            rows.append(Disagreement(indicator=key, mean_difference=mean, widest=int(max(apart))))
    return tuple(sorted(rows, key=lambda row: -row.mean_difference))


def leave_one_rater_out(rubric: Rubric, result: Result) -> LeaveOneRaterOut | None:
    """Return the headline index without each rater in turn; None for a single rater."""
    raters = range(len(result.questionnaires))
    if len(raters) < 2:
        return None
    found = [said_by(rubric, result, [r for r in raters if r != left]).index for left in raters]
    known = [index for index in found if index is not None]
    return LeaveOneRaterOut(
        without=tuple(
            WithoutRater(rater=n, index=None if index is None else rounded(index)) for n, index in enumerate(found)
        ),
        spread=rounded(max(known) - min(known)) if known else None,
    )
