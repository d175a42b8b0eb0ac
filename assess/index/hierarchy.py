"""Aggregate over a tree: indicators into components, components into an index, and so on.

A tree is a list of `Level`s from the bottom up. The children of `levels[0]` are the columns of
`x`; its groups are the children of `levels[1]`; and so on to the top. Each level has its own
method, weights and missing-data threshold. A branch that skips a level is written as a group
with one child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from assess._arrays import (
    ArrayError,
    FloatArray,
    IntArray,
    refuse_where,
    share,
    vector,
    whole_numbers,
)
from assess.index._rows import checked_values
from assess.index.aggregate import Aggregator, arithmetic_mean

__all__ = [
    "Groups",
    "Level",
    "LevelScores",
    "aggregate",
    "code_groups",
    "effective_weights",
    "level",
    "without_child",
]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Group names turned into codes.

    Attributes:
        codes: shape (children,), the position in `names` of each child's group.
        names: each group once, in order of first appearance.
    """

    codes: IntArray
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One step of aggregation; build it with `level`, which checks it.

    Attributes:
        groups: shape (children,), the group 0..g-1 of each child.
        weights: shape (children,), relative within each group.
        method: how the children of a group are combined.
        threshold: least share of present children, 0..1, below which a group's score is NaN.
    """

    groups: IntArray
    weights: FloatArray
    method: Aggregator = arithmetic_mean
    threshold: float = 0.0

    @property
    def size(self) -> int:
        """Number of groups."""
        return int(self.groups.max()) + 1


@dataclass(frozen=True, slots=True, eq=False)
class LevelScores:
    """The scores at every level.

    Attributes:
        levels: one array a level, shape (units, groups), bottom up; NaN where data lack.
    """

    levels: tuple[FloatArray, ...]

    @property
    def index(self) -> FloatArray:
        """Scores of the single group at the top, shape (units,)."""
        top = self.levels[-1]
        if top.shape[-1] != 1:
            raise ArrayError(f"the top level has {top.shape[-1]} groups: an index needs exactly 1")
        return top[..., 0]


def code_groups(labels: Sequence[str]) -> Groups:
    """Turn the name of each child's group into codes for `level`.

    >>> code_groups(["b", "b", "a"])
    Groups(codes=array([0, 0, 1]), names=('b', 'a'))
    """
    if not labels:
        raise ArrayError("labels is empty: name the group of each child")
    names = tuple(dict.fromkeys(labels))
    place = {name: i for i, name in enumerate(names)}
    return Groups(np.array([place[label] for label in labels], dtype=np.int64), names)


def level(
    groups: ArrayLike,
    weights: ArrayLike | None = None,
    method: Aggregator = arithmetic_mean,
    threshold: float = 0.0,
) -> Level:
    """Describe one step of aggregation.

    Args:
        groups: shape (children,), codes 0..g-1, each used at least once.
        weights: shape (children,), none negative; equal if left out.
        method: a function such as `arithmetic_mean`, `copeland` or a `functools.partial`.
        threshold: least share of present children, 0..1.

    Raises:
        ArrayError: a shape does not fit, a code is unused, a weight is negative, the weights of
            a group sum to zero, or the threshold is outside 0..1.
    """
    codes = _checked_codes(groups)
    w = np.ones(codes.size) if weights is None else vector("weights", weights, size=codes.size)
    refuse_where("weights", w, w < 0.0, "a weight must not be negative")
    totals = np.bincount(codes, weights=w)
    refuse_where("the weight of group", totals, totals == 0.0, "its children must weigh something")
    return Level(codes, w, method, share("threshold", threshold))


def _checked_codes(groups: ArrayLike) -> IntArray:
    codes = whole_numbers("groups", groups)
    refuse_where("groups", codes, codes < 0, "groups are numbered from 0")
    unused = np.bincount(codes) == 0
    if np.any(unused):
        raise ArrayError(f"group {int(np.argmax(unused))} has no children: number groups 0..g-1")
    return codes


def aggregate(x: ArrayLike, levels: Sequence[Level]) -> LevelScores:
    """Carry the scores of `x` up the tree.

    Args:
        x: indicator scores, shape (units, indicators), NaN = missing; draw axes may lead.
        levels: from the bottom up.

    Raises:
        ArrayError: the levels do not fit each other or `x`, or a method refuses its data; the
            text then names the level and the group.

    >>> tree = [level([0, 0, 1]), level([0, 0], weights=[3, 1])]
    >>> aggregate([[10.0, 30.0, 60.0]], tree).index
    array([30.])
    """
    scores = checked_values(x)
    check_chain(levels, scores.shape[-1])
    result = []
    for position, step in enumerate(levels):
        scores = _one_level(scores, step, position)
        result.append(scores)
    return LevelScores(tuple(result))


def check_chain(levels: Sequence[Level], columns: int) -> None:
    """Refuse levels that do not fit on top of each other or on the columns of `x`."""
    if not levels:
        raise ArrayError("levels is empty: a tree needs at least one level")
    below, what = columns, "x has {} indicators"
    for position, step in enumerate(levels):
        if step.groups.size != below:
            raise ArrayError(f"levels[{position}] groups {step.groups.size} children, but {what.format(below)}")
        below, what = step.size, f"levels[{position}] makes {{}} groups"


def _one_level(scores: FloatArray, step: Level, position: int) -> FloatArray:
    columns = []
    for group in range(step.size):
        try:
            columns.append(_one_group(scores, step, group))
        except ArrayError as error:
            raise ArrayError(f"levels[{position}], group {group}: {error}") from error
    return np.stack(columns, axis=-1)


def _one_group(scores: FloatArray, step: Level, group: int) -> FloatArray:
    children = step.groups == group
    return step.method(scores[..., children], step.weights[..., children], threshold=step.threshold)


def effective_weights(levels: Sequence[Level]) -> tuple[FloatArray, ...]:
    """Weight of every child, at every level, in the group at the top that it belongs to.

    The product of the weights down the tree, each renormalised within its group, so the entries
    of a level sum to 1 for each top group. They say what a point of an indicator is worth in the
    index only where every method above it is an arithmetic mean and no data are missing.

    Returns:
        One array a level, shape (children,), bottom up: the first is for the indicators.

    Raises:
        ArrayError: the levels do not fit each other.

    >>> effective_weights([level([0, 0, 1]), level([0, 0], weights=[3, 1])])[0]
    array([0.375, 0.375, 0.25 ])
    """
    check_chain(levels, levels[0].groups.size if levels else 0)
    above = np.ones(levels[-1].size)
    result = []
    for step in reversed(levels):
        totals = np.bincount(step.groups, weights=step.weights)
        above = step.weights / totals[step.groups] * above[step.groups]
        result.append(above)
    return tuple(reversed(result))


def without_child(levels: Sequence[Level], child: int) -> tuple[Level, ...]:
    """The tree without one child of its lowest level; groups left empty go too.

    Raises:
        ArrayError: there is no such child, nothing would be left, or a group's remaining
            children weigh nothing.
    """
    check_chain(levels, levels[0].groups.size if levels else 0)
    if not 0 <= child < levels[0].groups.size:
        raise ArrayError(f"child is {child}: the lowest level has {levels[0].groups.size}, from 0")
    rest, gone = list(levels), child
    for position, step in enumerate(levels):
        rest[position], emptied = _pruned(step, gone)
        if emptied is None:
            return tuple(rest)
        gone = emptied
    raise ArrayError(f"child {child} is the only one of its top group: nothing would be left")


def _pruned(step: Level, child: int) -> tuple[Level, int | None]:
    """The level without a child, and the group that this leaves empty, if it does."""
    group = int(step.groups[child])
    groups, weights = np.delete(step.groups, child), np.delete(step.weights, child)
    if np.any(groups == group):
        return _still_weighing(replace(step, groups=groups, weights=weights), group), None
    return replace(step, groups=groups - (groups > group), weights=weights), group


def _still_weighing(step: Level, group: int) -> Level:
    if step.weights[step.groups == group].sum() == 0.0:
        raise ArrayError(f"the children left in group {group} weigh nothing")
    return step
