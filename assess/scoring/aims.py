"""Strategic aims: lenses through which a reader sees the indicators and bodies that serve an aim.

An aim adds no answer of its own and changes no other figure. Its score is the weighted mean of
the pair's points in its indicators and bodies, over what is known, with coverage and hard bounds
as for a component (rule 4).
"""

from collections.abc import Mapping

from assess.result import AimPart, AimResult, Range
from assess.rubric.model import Aim, Rubric
from assess.scoring.headline import Headline, headline
from assess.scoring.question import points_of, range_of, state_of
from assess.scoring.values import Value

_Key = tuple[str, str]


def score_aims(
    rubric: Rubric, indicators: Mapping[str, Value], bodies: Mapping[str, Value]
) -> tuple[AimResult, ...]:
    """Return every aim of the rubric, in its order.

    ``indicators`` holds the pair's value of every indicator, ``bodies`` what the two sides do
    together in every body; both are 0 to 100 points.
    """
    values = {("indicator", key): value for key, value in indicators.items()}
    values |= {("body", key): value for key, value in bodies.items()}
    return tuple(_aim(rubric, aim, values) for aim in rubric.aims.values())


def _aim(rubric: Rubric, aim: Aim, values: Mapping[_Key, Value]) -> AimResult:
    weights = {("indicator", key): weight for key, weight in aim.indicators.items()}
    weights |= {("body", key): weight for key, weight in aim.bodies.items()}
    head = headline([("/".join(key), weight, values[key]) for key, weight in weights.items()])
    return AimResult(
        id=aim.id,
        points=head.points if head else None,
        bounds=Range(low=head.low, high=head.high) if head else None,
        coverage=head.coverage if head else None,
        not_applicable_share=head.not_applicable_share if head else 1.0,
        indicative=head is not None and head.coverage < rubric.coverage.component_minimum,
        parts=tuple(_part(key, weights, values[key], head) for key in weights),
    )


def _part(key: _Key, weights: Mapping[_Key, float], value: Value, head: Headline | None) -> AimPart:
    entered = head.entered if head else {}
    own = entered.get("/".join(key))
    total = sum(weight for k, weight in weights.items() if "/".join(k) in entered)
    share = weights[key] / total if own is not None else 0.0
    return AimPart.model_validate(
        {
            "kind": key[0], "id": key[1], "weight": weights[key], "state": state_of(value),
            "points": points_of(value), "bounds": range_of(value),
            "entered": own, "share": share, "contribution": share * (own or 0.0),
        }
    )
