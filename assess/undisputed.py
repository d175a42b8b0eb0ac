"""Hard bounds and swings as they are when a disputed answer counts with its middle alone.

A width next to a middle gives away both values, wherever it stands and whatever it is multiplied by. So in
a copy no width holds a dispute. A question whose other side is open as well counts as wholly open: its own
limits hang on the dispute, and wider ones hold all the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from assess.result import (
    AimPart,
    AimResult,
    BarrierResult,
    ChallengeResult,
    ComponentResult,
    IndicatorResult,
    Range,
    Result,
)
from assess.scoring.rounding import settled

_Part: TypeAlias = IndicatorResult | BarrierResult
_Group: TypeAlias = ComponentResult | ChallengeResult
_Weighed: TypeAlias = _Part | _Group | AimPart


def is_disputed(part: _Part) -> bool:
    """Whether some answer to this question is disputed."""
    return any(reading.state == "disputed" for reading in part.readings)


def disputed_indicators(result: Result) -> frozenset[str]:
    """Return the ids of the indicators of which some answer is disputed."""
    return frozenset(i.id for c in result.components for i in c.indicators if is_disputed(i))


def undisputed(result: Result) -> Result:
    """Return the result with every width as it is without disputes, and open questions in the order of these."""
    components = _groups(result.components, "indicators")
    challenges = _groups(result.challenges, "barriers")
    update: dict[str, Any] = {"components": components, "challenges": challenges}
    indicators = {i.id: i for c in components for i in c.indicators}
    barriers = {b.id: b for c in challenges for b in c.barriers}
    update["index"] = _headed(result.index, result.components, components)
    if result.pressure is not None:
        update["pressure"] = _headed(result.pressure, result.challenges, challenges)
    update["aims"] = tuple(_aim(aim, indicators) for aim in result.aims)
    update["open_questions"] = _ordered(result.open_questions, "indicator", indicators)
    update["open_barriers"] = _ordered(result.open_barriers, "barrier", barriers)
    return result.model_copy(update=update)


def _groups(groups: Sequence[Any], name: str) -> tuple[Any, ...]:
    """Groups of questions with their widths; ``name`` is the field that holds the questions."""
    total = _weight(groups)
    return tuple(_group(group, name, group.weight / total if group.bounds is not None else 0.0) for group in groups)


def _group(group: Any, name: str, share: float) -> Any:
    old = getattr(group, name)
    inside = _weight(old)
    new = tuple(_part(part, share * part.weight / inside) if is_disputed(part) else part for part in old)
    return _headed(group, old, new).model_copy(update={name: new})


def _part(part: Any, share: float) -> Any:
    """A disputed question, which has this share of the hard bounds of the total."""
    bounds = Range(low=0, high=100) if part.points is None else Range(low=part.points, high=part.points)
    return part.model_copy(update={"bounds": bounds, "swing": share * (bounds.high - bounds.low)})


def _headed(head: Any, old: Sequence[_Weighed], new: Sequence[_Weighed]) -> Any:
    """What stands above some parts, with the mean of their hard bounds; as it is where these did not change."""
    if all(before.bounds == after.bounds for before, after in zip(old, new, strict=True)):
        return head
    return head.model_copy(update={"bounds": Range(low=_mean(new, "low"), high=_mean(new, "high"))})


def _mean(parts: Sequence[_Weighed], end: str) -> float:
    return settled(sum(part.weight * getattr(part.bounds, end) for part in parts if part.bounds) / _weight(parts))


def _weight(parts: Sequence[_Weighed]) -> float:
    """The weight of all that is applicable."""
    return sum(part.weight for part in parts if part.bounds is not None)


def _aim(aim: AimResult, indicators: Mapping[str, IndicatorResult]) -> AimResult:
    parts = tuple(
        part.model_copy(update={"bounds": indicators[part.id].bounds}) if part.kind == "indicator" else part
        for part in aim.parts
    )
    headed: AimResult = _headed(aim, aim.parts, parts)
    return headed.model_copy(update={"parts": parts})


def _ordered(rows: Sequence[Any], name: str, parts: Mapping[str, _Part]) -> tuple[Any, ...]:
    """Open questions by their swings; ties in the order of the rubric."""
    place = {key: number for number, key in enumerate(parts)}
    told = [row.model_copy(update={"swing": parts[getattr(row, name)].swing}) for row in rows]
    return tuple(sorted(told, key=lambda row: (-row.swing, place[getattr(row, name)])))
