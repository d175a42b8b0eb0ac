"""What a roadmap is chosen from, and what comes out. Plain values: no questionnaire is needed.

Gains are points of the index (0 to 100), efforts person-months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assess._arrays import ArrayError


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done, wholly or not at all.

    ``needs`` are ids of actions that must be done too, before it or at the same time; actions that
    need each other are a package.
    """

    id: str
    gain: float
    effort: float
    needs: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """What a plan must bring: the coefficients of the actions taken sum to ``at_least``.

    A score threshold has gains as coefficients; a gate that asks for one action has the coefficient
    1 there and ``at_least`` 1. Coefficients are not negative, so that doing more never harms.
    """

    id: str
    at_least: float
    coefficients: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Selection:
    """The actions taken, in the order in which they were given; ``solves`` counts runs of the solver."""

    ids: tuple[str, ...]
    gain: float
    effort: float
    solves: int = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """A selection with the year of each action, counted from 1."""

    selection: Selection
    years: Mapping[str, int]

    def year(self, number: int) -> tuple[str, ...]:
        """Return the actions of one year."""
        return tuple(key for key in self.selection.ids if self.years[key] == number)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A demand that all actions together do not meet: ``reachable`` stays below ``at_least``."""

    demand: str
    at_least: float
    reachable: float


class NoPlanError(Exception):
    """No choice of actions meets the demands.

    Attributes:
        obstacles: the demands out of reach even with every action; empty if effort alone is short.
        least_effort: the least effort that meets the demands, where a budget is what falls short.
    """

    def __init__(self, obstacles: Sequence[Obstacle] = (), least_effort: float | None = None) -> None:
        """Carry what stands in the way."""
        self.obstacles = tuple(obstacles)
        self.least_effort = least_effort
        named = ", ".join(f"{o.demand}: {o.reachable:g} of {o.at_least:g}" for o in self.obstacles)
        super().__init__(named or f"the budget is short: the least effort is {least_effort}")


def check(actions: Sequence[Action], demands: Sequence[Demand] = ()) -> None:
    """Refuse what no plan can be made of.

    Raises:
        ArrayError: an id occurs twice or names nothing, or a number is negative or not finite.
    """
    ids = [action.id for action in actions]
    if len(set(ids)) < len(ids):
        raise ArrayError(f"the action {next(key for key in ids if ids.count(key) > 1)} is given twice")
    for action in actions:
        _check_names(f"{action.id} needs", action.needs, ids)
        _check_number(f"the gain of {action.id}", action.gain)
        _check_number(f"the effort of {action.id}", action.effort)
    for demand in demands:
        _check_names(f"the demand {demand.id} names", demand.coefficients, ids)
        for key, coefficient in demand.coefficients.items():
            _check_number(f"the coefficient of {key} in {demand.id}", coefficient)


def _check_names(what: str, names: Sequence[str] | Mapping[str, float], ids: Sequence[str]) -> None:
    known = set(ids)
    for name in names:
        if name not in known:
            raise ArrayError(f"{what} {name}, which is no action")


def _check_number(what: str, value: float) -> None:
    if not np.isfinite(value) or value < 0:
        raise ArrayError(f"{what} is {value}: it must be finite and not negative")
