"""From a key to the text that tells the way to its figure."""

from collections.abc import Callable, Mapping
from typing import Any

from assess.assessment import Assessment
from assess.explain.aims import aim
from assess.explain.challenges import barrier, challenge, pressure
from assess.explain.components import component
from assess.explain.footprint import body, system
from assess.explain.index import index
from assess.explain.indicators import indicator
from assess.explain.parts import part_of
from assess.explain.stages import gate, stage
from assess.frozen import Frozen
from assess.language import Translator
from assess.printable import printable_lines
from assess.report.view.context import Context
from assess.result import (
    AimResult,
    BarrierResult,
    BodyResult,
    ChallengeResult,
    ComponentResult,
    GateResult,
    Index,
    IndicatorResult,
    Pressure,
    Result,
    StageResult,
    SystemResult,
)
from assess.rubric.model import Rubric

_TELLERS: Mapping[type[Frozen], Callable[[Context, Any], list[str]]] = {
    Index: index,
    StageResult: stage,
    ComponentResult: component,
    IndicatorResult: indicator,
    GateResult: gate,
    Pressure: pressure,
    ChallengeResult: challenge,
    BarrierResult: barrier,
    SystemResult: system,
    BodyResult: body,
    AimResult: aim,
}


def explain(result: Result, rubric: Rubric, key: str, tr: Translator) -> str:
    """Return the way to the figure ``key`` as text, a line break at its end.

    Raises:
        InputError: Q232, there is nothing of this name.
    """
    part = part_of(result, key)
    ctx = Context(Assessment(result=result), rubric, tr)
    return printable_lines(_TELLERS[type(part)](ctx, part))
