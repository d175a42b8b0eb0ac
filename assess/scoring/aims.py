"""Strategic aims: lenses through which a reader sees the indicators and bodies that serve an aim.

An aim adds no answer of its own and changes no other figure. Its score is the weighted mean of
the pair's points in its indicators and bodies, over what is known, with coverage and hard bounds
as for a component (rule 4).
"""

from collections.abc import Mapping
from typing import Literal

from assess.result import AimPart, AimResult, Range
from assess.rubric.model import Aim, Rubric
from assess.scoring.headline import headline
from assess.scoring.question import points_of, range_of, state_of
from assess.scoring.values import Value

_Key = tuple[Literal["indicator", "body"], str]


def score_aims(
    rubric: Rubric, indicators: Mapping[str, Value], bodies: Mapping[str, Value]
) -> tuple[AimResult, ...]:
    """Return every aim of the rubric, in its order.

    ``indicators`` holds the pair's value of every indicator, ``bodies`` what the two sides do
    together in every body; both are 0 to 100 points.
    """
    values: dict[_Key, Value] = {("indicator", key): value for key, value in indicators.items()}
    values |= {("body", key): value for key, value in bodies.items()}
    return tuple(_aim(rubric, aim, values) for aim in rubric.aims.values())


def _aim(rubric: Rubric, aim: Aim, values: Mapping[_Key, Value]) -> AimResult:
    weights: dict[_Key, float] = {("indicator", key): weight for key, weight in aim.indicators.items()}
    weights |= {("body", key): weight for key, weight in aim.bodies.items()}
    head = headline([("/".join(key), weight, values[key]) for key, weight in weights.items()])
    entered = head.entered if head else {}
    total = sum(weight for key, weight in weights.items() if "/".join(key) in entered)
    return AimResult(
        id=aim.id,
        points=head.points if head else None,
        bounds=Range(low=head.low, high=head.high) if head else None,
        coverage=head.coverage if head else None,
        not_applicable_share=head.not_applicable_share if head else 1.0,
        indicative=head is not None and head.coverage < rubric.coverage.component_minimum,
        parts=tuple(
            _part(key, weight, values[key], entered.get("/".join(key)), total) for key, weight in weights.items()
        ),
    )


def _part(key: _Key, weight: float, value: Value, entered: float | None, total: float) -> AimPart:
    share = weight / total if entered is not None else 0.0
    return AimPart(
        kind=key[0],
        id=key[1],
        weight=weight,
        state=state_of(value),
        points=points_of(value),
        bounds=range_of(value),
        entered=entered,
        share=share,
        contribution=share * (entered or 0.0),
    )
