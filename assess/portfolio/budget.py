"""One budget for all relationships: the plan with the most gain, proven to be the best.

Relationships share nothing but the budget. So the plan is found in two floors: for one relationship and a
budget of b person-months, `assess.roadmap.most_gain` finds the best steps; over the relationships, a table of
budgets (dynamic programming) finds the best division. Most relationships never come near the plan, so the
first floor is entered lazily: each relationship starts with an upper bound that is quick to compute, and
only bounds on which the division would rest are replaced by exact gains, until it rests on exact gains
alone. A bound is never below the gain, so the plan is optimal then.

Gains are points of each relationship's own index and are added up as they are; efforts are whole
person-months.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assess._arrays import FloatArray
from assess.roadmap.model import Action, Selection
from assess.roadmap.solve import most_gain

_EPS = 1e-9


@dataclass(frozen=True, slots=True)
class Share:
    """What one relationship gets of the budget; ``steps`` are (id, gain, effort)."""

    relationship: str
    selection: Selection
    steps: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class CommonPlan:
    """The best use of one budget. ``solves`` counts exact solutions for one relationship and budget."""

    budget: int
    shares: tuple[Share, ...]
    gain: float
    effort: float
    solves: int


def bounds(actions: Sequence[Action], budget: int) -> FloatArray:
    """Return upper bounds of the gain for 0 … ``budget`` person-months, shape (budget + 1,).

    Steps are taken by gain per effort, the last one in part, and of those only that fit into the budget
    together with all that they need first.
    """
    whole = _with_needs(actions)
    order = sorted(actions, key=lambda a: -a.gain / max(a.effort, _EPS))
    gain, effort = np.array([a.gain for a in order]), np.array([a.effort for a in order])
    least = np.array([whole[a.id] for a in order])
    found = np.zeros(budget + 1)
    for months in range(budget + 1):
        fits = least <= months + _EPS
        spent = np.cumsum(effort[fits])
        taken = np.clip(1 - (spent - months) / np.maximum(effort[fits], _EPS), 0, 1)
        found[months] = float((gain[fits] * taken).sum())
    return np.maximum.accumulate(found)


def _with_needs(actions: Sequence[Action]) -> Mapping[str, float]:
    """Effort of each action together with all that it needs."""
    by_id = {a.id: a for a in actions}
    found = {}
    for action in actions:
        seen, waiting = {action.id}, [action]
        while waiting:
            for need in waiting.pop().needs:
                if need not in seen:
                    seen.add(need)
                    waiting.append(by_id[need])
        found[action.id] = sum(by_id[key].effort for key in seen)
    return found


def common_plan(
    names: Sequence[str], above: FloatArray, actions_of: Callable[[str], Sequence[Action]], budget: int
) -> CommonPlan:
    """Return the best division of ``budget`` person-months and the steps of each share.

    ``above`` holds the bounds of each name, shape (names, budget + 1); ``actions_of`` gives the steps of
    one. Of divisions with equal gain the one with less effort is taken, then the one that favours names
    that come first.
    """
    solver = _Exactly(names, above, actions_of)
    for number in np.flatnonzero(above[:, 0] > _EPS):  # steps that cost nothing
        solver.solve(int(number), 0)
    while True:
        division = _division(solver.value)
        open_ = [pair for pair in division if not solver.exact[pair]]
        if not open_:
            break
        for row, months in open_:
            solver.solve(row, months)
    given = {row for row, _ in division}
    free = [(int(row), 0) for row in np.flatnonzero(solver.value[:, 0] > _EPS) if row not in given]
    shares = tuple(solver.share(row, months) for row, months in sorted([*division, *free]))
    return CommonPlan(budget, shares, float(sum(s.selection.gain for s in shares)),
                      float(sum(s.selection.effort for s in shares)), len(solver.chosen))


class _Exactly:
    """The gains of every row and budget: bounds at first, exact where they were asked for."""

    def __init__(self, names: Sequence[str], above: FloatArray, actions_of: Callable[[str], Sequence[Action]]) -> None:
        self.names, self.actions_of = names, actions_of
        self.value, self.exact = above.copy(), np.zeros(above.shape, bool)
        self.value[:, 0], self.exact[:, 0] = 0.0, True
        self.chosen: dict[tuple[int, int], Selection] = {}
        self.known: dict[int, Sequence[Action]] = {}

    def solve(self, row: int, months: int) -> None:
        """Replace a bound by the exact gain."""
        if row not in self.known:
            self.known[row] = self.actions_of(self.names[row])
        self.chosen[row, months] = selection = most_gain(self.known[row], float(months))
        self.value[row, months], self.exact[row, months] = selection.gain, True

    def share(self, row: int, months: int) -> Share:
        """Return the share of a row whose budget was solved."""
        selection = self.chosen[row, months]
        taken = set(selection.ids)
        steps = tuple((a.id, a.gain, a.effort) for a in self.known[row] if a.id in taken)
        return Share(self.names[row], selection, steps)


def _division(value: FloatArray) -> list[tuple[int, int]]:
    """Return (row, months) of the best division of the budget, rows with nothing left out."""
    value = value - value[:, :1]  # what costs nothing is had by all
    rows = _contenders(value)
    budget = value.shape[1] - 1
    best, choices = np.zeros(budget + 1), []
    spent = np.arange(budget + 1)
    for row in rows:
        left = spent[:, np.newaxis] - spent  # (whole budget, months for this row)
        total = np.where(left >= 0, best[np.maximum(left, 0)] + value[row], -np.inf)
        top = total.max(axis=1, keepdims=True)
        months = (total >= top - _EPS).argmax(axis=1)  # the fewest months among equals
        choices.append(months)
        best = total[spent, months]
    left_over = int((best >= best[-1] - _EPS).argmax())
    found = []
    for row, months in zip(reversed(rows), reversed(choices), strict=True):
        given = int(months[left_over])
        if given:
            found.append((row, given))
            left_over -= given
    return found[::-1]


def _contenders(value: FloatArray) -> list[int]:
    """Rows that can have a share at all.

    At most ``budget`` rows get something. A row with b months that is not among the ``budget`` best at b
    can be exchanged for one of these that gets nothing, without loss.
    """
    budget = value.shape[1] - 1
    rows: set[int] = set()
    for months in range(1, budget + 1):
        order = np.argsort(-value[:, months], kind="stable")[:budget]
        rows.update(int(row) for row in order if value[row, months] > _EPS)
    return sorted(rows)
