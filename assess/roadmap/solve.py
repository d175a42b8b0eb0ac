"""Choose actions exactly: mixed-integer programs for HiGHS, solved one aim after the other.

Where several choices are equally good in the first aim, the second decides, and so on; the last
word has the order in which the actions were given: of two plans that are equal otherwise, that one
is taken which has the first action in which they differ. So a plan depends on nothing but its inputs.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assess import _programs
from assess._arrays import ArrayError, FloatArray
from assess._programs import BLOCK, TIE, Counter, Rows, best, check_proven, in_turn, quietly
from assess.roadmap.model import (
    Action,
    Demand,
    NoPlanError,
    Obstacle,
    Schedule,
    Selection,
    check,
)


def most_gain(actions: Sequence[Action], budget: float, demands: Sequence[Demand] = ()) -> Selection:
    """Return the choice with the most gain whose effort is at most ``budget``.

    Ties go to less effort, then to fewer actions, then to the order given.

    Raises:
        ArrayError: a number or id is not usable (see `check`).
        NoPlanError: the demands cannot be met, with or within the budget.
        SolverStoppedError: the time limit passed without a proof.

    >>> most_gain([Action("a", 3, 2), Action("b", 4, 3, needs=("a",)), Action("c", 3, 3)], 5).ids
    ('a', 'b')
    """
    _check_budget(budget)
    gain, effort = _vectors(actions, demands)
    aims = (gain, -effort, -np.ones_like(gain))
    return _chosen(actions, demands, budget, aims)


def least_effort(actions: Sequence[Action], demands: Sequence[Demand], budget: float = np.inf) -> Selection:
    """Return the choice with the least effort that meets every demand.

    Ties go to more gain, then to fewer actions, then to the order given. Errors as for `most_gain`.

    >>> steps = [Action("a", 3, 2), Action("b", 4, 3, needs=("a",)), Action("c", 3, 3)]
    >>> least_effort(steps, [Demand("score", 6, {"a": 3, "b": 4, "c": 3})]).ids
    ('a', 'b')
    """
    _check_budget(budget)
    gain, effort = _vectors(actions, demands)
    aims = (-effort, gain, -np.ones_like(gain))
    return _chosen(actions, demands, budget, aims)


def phased(
    actions: Sequence[Action],
    demands: Sequence[Demand] = (),
    *,
    years: int,
    capacity: float | None = None,
) -> Schedule:
    """Choose actions and the year of each, with at most ``capacity`` person-months in every year.

    What is done comes before when it is done: with a capacity and no demand the choice has the most
    gain, with demands the least effort, ties as there. Without a capacity the greatest yearly effort
    is made as small as it can be. Then gains come as early as possible (the sum over the years of
    the gain reached by then), and last the actions given first come first.

    Raises:
        ArrayError: neither capacity nor demand, no year, or as for `most_gain`.
        NoPlanError, SolverStoppedError: as for `most_gain`.
    """
    if years < 1 or (capacity is None and not demands):
        raise ArrayError("a phased plan takes one year or more, and a capacity or a demand")
    check(actions, demands)
    what = _relaxed(actions, demands, years, capacity)
    taken = [a for a in actions if a.id in set(what.ids)]
    if capacity is not None and not _fits(taken, years, capacity):
        what = _jointly(actions, demands, years, capacity)
        taken = [a for a in actions if a.id in set(what.ids)]
    counter = Counter(what.solves)
    limit = _least_peak(taken, years, counter) if capacity is None else capacity
    timing = _timing(taken, years, limit, counter)
    return Schedule(replace(what, solves=counter.runs), timing)


def sweep(actions: Sequence[Action], budgets: Sequence[float]) -> tuple[Selection, ...]:
    """Return the best choice for each budget: the cost curve.

    The most gain settles a point of the curve; the tie rules beyond less effort are left out.
    """
    gain, effort = _vectors(actions, ())
    return tuple(_chosen(actions, (), budget, (gain, -effort), ordered=False) for budget in budgets)


def half_way(actions: Sequence[Action]) -> float:
    """Return the least effort that brings half of what all actions together would.

    >>> half_way([Action("a", 3, 2), Action("b", 4, 3, needs=("a",)), Action("c", 3, 3)])
    5.0
    """
    gain, effort = _vectors(actions, ())
    half = Demand("half", float(gain.sum()) / 2, dict(zip((a.id for a in actions), gain.tolist(), strict=True)))
    return _chosen(actions, (half,), np.inf, (-effort,), ordered=False).effort


def staying(
    actions: Sequence[Action],
    *,
    budget: float = np.inf,
    demands: Sequence[Demand] = (),
    spread: float = 0.3,
    runs: int = 50,
    seed: int = 0,
) -> dict[str, float]:
    """Return the share of runs (0 to 1) in which each action is in the plan when efforts are shaken.

    In every run each effort is multiplied by a number drawn evenly from 1 - spread to 1 + spread, and
    the plan is made anew: least effort if there are demands, else most gain. A run in which the
    budget falls short of the demands has no plan and counts for no action.
    """
    rng = np.random.default_rng(seed)
    counts = dict.fromkeys((a.id for a in actions), 0)
    for _ in range(runs):
        factors = rng.uniform(1 - spread, 1 + spread, len(actions))
        shaken = [replace(a, effort=a.effort * f) for a, f in zip(actions, factors, strict=True)]
        for key in _kept(shaken, budget, demands):
            counts[key] += 1
    return {key: count / runs for key, count in counts.items()}


def _kept(shaken: Sequence[Action], budget: float, demands: Sequence[Demand]) -> tuple[str, ...]:
    gain, effort = _vectors(shaken, demands)
    # Shaken efforts do not tie, unless some are 0; gains do.
    aims = [gain, -effort] if not demands else [-effort] if effort.all() else [-effort, gain]
    try:
        return _chosen(shaken, demands, budget, aims, ordered=False).ids
    except NoPlanError:
        return ()


def quick_wins(actions: Sequence[Action], most: int = 5) -> tuple[str, ...]:
    """Return the actions that need nothing first, by gain per effort; a list, not a plan.

    Taking them one after the other is not the best use of a budget; `most_gain` finds that.
    """
    ready = [a for a in actions if not a.needs and a.gain > 0]
    ready.sort(key=lambda a: -round(a.gain / a.effort, 9) if a.effort else -np.inf)  # noise must not break ties
    return tuple(a.id for a in ready[:most])


def obstacles(actions: Sequence[Action], demands: Sequence[Demand]) -> tuple[Obstacle, ...]:
    """Return the demands that even all actions together do not meet.

    Exact, because coefficients are not negative: no choice brings more than all actions do.
    """
    reach = {d.id: sum(d.coefficients.values()) for d in demands}
    return tuple(Obstacle(d.id, d.at_least, reach[d.id]) for d in demands if reach[d.id] < d.at_least - TIE)


# --- the choice ---------------------------------------------------------------------------------


def _check_budget(budget: float) -> None:
    if np.isnan(budget) or budget < 0:
        raise ArrayError(f"the budget is {budget}: it must not be negative")


def _vectors(actions: Sequence[Action], demands: Sequence[Demand]) -> tuple[FloatArray, FloatArray]:
    check(actions, demands)
    return np.array([a.gain for a in actions], float), np.array([a.effort for a in actions], float)


def _chosen(
    actions: Sequence[Action],
    demands: Sequence[Demand],
    budget: float,
    aims: Sequence[FloatArray],
    ordered: bool = True,
) -> Selection:
    missing = obstacles(actions, demands)
    if missing:
        raise NoPlanError(missing)
    counter = Counter()
    rows = _rows(actions, demands)
    effort = np.array([a.effort for a in actions], float)
    if np.isfinite(budget):
        rows = rows.and_(effort, high=budget)
    x = in_turn(aims, rows, len(actions) if ordered else 0, counter)
    if x is None:
        raise NoPlanError(least_effort=least_effort(actions, demands).effort)
    return _selection(actions, x, counter)


def _selection(actions: Sequence[Action], x: FloatArray, counter: Counter) -> Selection:
    taken = [a for a, chosen in zip(actions, x, strict=True) if chosen > 0.5]
    return Selection(
        tuple(a.id for a in taken), _total([a.gain for a in taken]), _total([a.effort for a in taken]), counter.runs
    )


def _total(values: Sequence[float]) -> float:
    """Sum to twelve digits, so that the order of the terms cannot show."""
    return float(np.round(np.sum(values), 12)) if len(values) else 0.0


def _rows(actions: Sequence[Action], demands: Sequence[Demand]) -> Rows:
    """Prerequisites (x_i <= x_j) and demands as rows."""
    place = {a.id: n for n, a in enumerate(actions)}
    pairs = [(place[a.id], place[need]) for a in actions for need in a.needs if need != a.id]
    table = np.zeros((len(pairs) + len(demands), len(actions)))
    for n, (i, j) in enumerate(pairs):
        table[n, i], table[n, j] = -1.0, 1.0
    low = np.zeros(len(table))
    for n, demand in enumerate(demands, len(pairs)):
        table[n, [place[key] for key in demand.coefficients]] = list(demand.coefficients.values())
        low[n] = demand.at_least
    return Rows(table, low, np.full(len(table), np.inf))


# --- years --------------------------------------------------------------------------------------
# Variable (i, t) says that action i is done by the end of year t + 1; they rise over the years.


def _relaxed(actions: Sequence[Action], demands: Sequence[Demand], years: int, capacity: float | None) -> Selection:
    """The choice if effort could flow between the years; if it fits into them, it is the best one."""
    if demands:
        return least_effort(actions, demands, np.inf if capacity is None else years * capacity)
    assert capacity is not None
    return most_gain(actions, years * capacity)


def _jointly(actions: Sequence[Action], demands: Sequence[Demand], years: int, capacity: float) -> Selection:
    """The choice with its years in one program, where the relaxed one does not fit."""
    gain, effort = _vectors(actions, demands)
    count = len(actions)
    rows = _yearly(actions, years, np.full(years, capacity), demands)
    aims = (-effort, gain, -np.ones(count)) if demands else (gain, -effort, -np.ones(count))
    rest = np.zeros(count * (years - 1))
    counter = Counter()
    x = in_turn([np.concatenate([aim, rest]) for aim in aims], rows, count, counter)
    if x is None:
        raise NoPlanError(least_effort=least_effort(actions, demands).effort)
    return _selection(actions, x[:count], counter)


def _yearly(
    actions: Sequence[Action], years: int, capacity: FloatArray, demands: Sequence[Demand] = ()
) -> Rows:
    """Rows over (last year first, then years 1, 2, ...), so that the choice itself leads the variables."""
    count = len(actions)
    base = _rows(actions, ())
    effort = np.array([a.effort for a in actions], float)
    blocks = [years - 1, *range(years - 1)]
    table, low, high = [], [], []

    def row(parts: dict[int, FloatArray]) -> FloatArray:
        return np.concatenate([parts.get(t, np.zeros(count)) for t in blocks])

    for t in range(years):
        table += [row({t: r}) for r in base.table]
        low += [0.0] * len(base.table)
        high += [np.inf] * len(base.table)
        table.append(row({t: effort} | ({t - 1: -effort} if t else {})))
        low.append(-np.inf)
        high.append(float(capacity[t]))
        if t:
            eye = np.eye(count)
            table += [row({t: unit, t - 1: -unit}) for unit in eye]
            low += [0.0] * count
            high += [np.inf] * count
    for r, at_least in zip(_rows(actions, demands).table[len(base.table):], [d.at_least for d in demands], strict=True):
        table.append(row({years - 1: r}))
        low.append(at_least)
        high.append(np.inf)
    return Rows(np.array(table).reshape(len(low), count * years), np.array(low), np.array(high))


def _fits(taken: Sequence[Action], years: int, capacity: float) -> bool:
    """Whether all of ``taken`` can be done within the yearly capacity."""
    return _all_done(taken, years, capacity, np.zeros(len(taken) * years), Counter()) is not None


def _all_done(
    taken: Sequence[Action], years: int, capacity: float, aim: FloatArray, counter: Counter
) -> FloatArray | None:
    return best(aim, _everything(taken, years, capacity), counter)


def _everything(taken: Sequence[Action], years: int, capacity: float) -> Rows:
    rows = _yearly(taken, years, np.full(years, capacity))
    everything = np.concatenate([np.ones(len(taken)), np.zeros(len(taken) * (years - 1))])
    return rows.and_(everything, low=len(taken) - 0.5)


def _least_peak(taken: Sequence[Action], years: int, counter: Counter) -> float:
    """The smallest greatest yearly effort with which ``taken`` can be done: a program with one more variable."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not taken:
        return 0.0
    rows = _everything(taken, years, 0.0)
    peak = np.where(rows.high == 0.0, -1.0, 0.0)[:, np.newaxis]
    size = rows.table.shape[1]
    total = sum(a.effort for a in taken)
    counter.runs += 1
    with quietly():
        found = milp(
            np.append(np.zeros(size), 1.0), integrality=np.append(np.ones(size), 0),
            bounds=Bounds(0, np.append(np.ones(size), max(total, 1.0))),
            constraints=LinearConstraint(np.hstack([rows.table, peak]), rows.low, rows.high),
            options={"mip_rel_gap": 0.0, "time_limit": _programs.TIME_LIMIT},
        )
    check_proven(found)
    return float(found.x[-1]) + TIE


def _timing(taken: Sequence[Action], years: int, capacity: float, counter: Counter) -> dict[str, int]:
    """The year of every action, gains as early as possible, then the order given."""
    if not taken:
        return {}
    count = len(taken)
    gain = np.array([a.gain for a in taken], float)
    early = np.concatenate([np.zeros(count), np.tile(gain, years - 1)])
    rows = _everything(taken, years, capacity)
    x = in_turn([early], rows, 0, counter)
    assert x is not None, "the choice fits into the years"
    rows = rows.and_(early, low=float(early @ x) - TIE)
    for aim in _earlier(count, years):
        x = best(aim, rows, counter)
        assert x is not None
        rows = rows.and_(aim, low=float(aim @ x) - 0.5)
    done = x.reshape(years, count)
    return {a.id: int(years - done[:, n].sum()) + 1 for n, a in enumerate(taken)}


def _earlier(count: int, years: int) -> list[FloatArray]:
    """Aims that move the actions given first into the first years, block by block."""
    aims = []
    size = max(1, BLOCK // max(1, (years - 1).bit_length() + 1))
    for start in range(0, count if years > 1 else 0, size):
        table = np.zeros((years, count))
        stop = min(start + size, count)
        table[1:, start:stop] = float(years) ** np.arange(stop - start - 1, -1, -1)
        aims.append(table.ravel())
    return aims
