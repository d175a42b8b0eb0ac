"""Strategic aims: lenses through which a reader sees the indicators and bodies that serve an aim.

An aim adds no answer of its own and changes no other figure. Its score is the weighted mean of
the pair's points in its indicators and bodies, over what is known, with coverage and hard bounds
as for a component (rule 4).
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from assess.result import AimPart, AimResult
from assess.rubric.model import Aim, Rubric
from assess.scoring.headline import headline
from assess.scoring.question import points_of, range_of, state_of
from assess.scoring.shown import shown
from assess.scoring.values import Value

_Kind: TypeAlias = Literal["indicator", "body"]
_Member: TypeAlias = tuple[_Kind, str, float, Value]
"""Kind, id, weight, value."""


def score_aims(
    rubric: Rubric, indicators: Mapping[str, Value], bodies: Mapping[str, Value]
) -> tuple[AimResult, ...]:
    """Return every aim of the rubric, in its order.

    ``indicators`` holds the pair's value of every indicator, ``bodies`` what the two sides do
    together in every body; both are 0 to 100 points.
    """
    return tuple(_aim(rubric, aim, _members(aim, indicators, bodies)) for aim in rubric.aims.values())


def _members(aim: Aim, indicators: Mapping[str, Value], bodies: Mapping[str, Value]) -> list[_Member]:
    found: list[_Member] = [("indicator", key, weight, indicators[key]) for key, weight in aim.indicators.items()]
    return found + [("body", key, weight, bodies[key]) for key, weight in aim.bodies.items()]


def _aim(rubric: Rubric, aim: Aim, members: Sequence[_Member]) -> AimResult:
    head = headline([(key, weight, value) for _, key, weight, value in members])  # no two ids of a rubric are the same
    entered = head.entered if head else {}
    total = sum(weight for _, key, weight, _ in members if key in entered)
    return AimResult(
        id=aim.id,
        **shown(head, rubric),
        parts=tuple(_part(*member, entered.get(member[1]), total) for member in members),
    )


def _part(kind: _Kind, key: str, weight: float, value: Value, entered: float | None, total: float) -> AimPart:
    share = weight / total if entered is not None else 0.0
    return AimPart(
        kind=kind,
        id=key,
        weight=weight,
        state=state_of(value),
        points=points_of(value),
        bounds=range_of(value),
        entered=entered,
        share=share,
        contribution=share * (entered or 0.0),
    )
