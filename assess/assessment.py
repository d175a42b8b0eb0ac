"""Everything that is computed about one relationship at one date, in one frozen tree.

``result`` holds what follows from the answers by counting; the other parts say how sure that is
and what could be done. Each part may be absent: then the report says nothing about it.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

from pydantic import Field, ValidationError

from assess.frozen import Frozen
from assess.language import N_, Phrase
from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.model import Questionnaire
from assess.reasons import reason
from assess.result import SCHEMA_VERSION, Result
from assess.roadmap.outlook import Outlook, PlanWish
from assess.rubric.model import Rubric
from assess.scoring.score import score
from assess.sensitivity.model import FactorShares, Sensitivity
from assess.uncertainty.model import Uncertainty
from assess.yamlio import dotted

if TYPE_CHECKING:
    from assess.uncertainty.run import Study

_LINE = re.compile(r"line ([0-9]+) column ([0-9]+)")
Audience = Literal["internal", "partner", "public"]
WithheldKind = Literal[
    "questionnaires", "notes", "roles", "confidence", "disputed", "disputed_figures", "source_sides", "sources",
    "raters", "sides", "views",
]


class Withheld(Frozen):
    """One kind of thing that a copy leaves out, and how many of it."""

    kind: WithheldKind
    count: int


class Assessment(Frozen):
    """The whole of what one run computes."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    audience: Audience = Field(default="internal", description="For whom this copy is.")
    withheld: tuple[Withheld, ...] = Field(default=(), description="What this copy leaves out for its audience.")
    result: Result
    uncertainty: Uncertainty | None = None
    sensitivity: Sensitivity | None = Field(default=None, description="What the result hangs on.")
    outlook: Outlook | None = Field(default=None, description="What could be done next.")

    def to_json(self) -> str:
        """Return everything as JSON, two spaces of indentation, with a line break at the end."""
        return self.model_dump_json(indent=2, by_alias=True) + "\n"

    @classmethod
    def from_json(cls, text: str, name: str = "result.json") -> "Assessment":
        """Read an assessment back.

        Raises:
            InputError: Q203, this is not an assessment of this schema version.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise InputError([_damaged(error, name)]) from error


def _damaged(error: ValidationError, name: str) -> Problem:
    """Say where a result is damaged, and how."""
    item = error.errors(include_url=False)[0]
    at = _LINE.search(item["msg"]) if item["type"] == "json_invalid" else None
    why = Phrase(N_("it is damaged at {where}: {reason}"), where=dotted(item["loc"]), reason=reason(item))
    if item["type"] == "json_invalid":
        why = Phrase(N_("this is no JSON that can be read"))
    place = Place(name, int(at[1]), int(at[2])) if at else Place(name)
    return Problem("Q203", place, {"value": name, "reason": why})


def assess(
    rubric: Rubric, questionnaires: Sequence[Questionnaire], *, ranges: bool = True, drives: bool = True,
    wish: PlanWish | None = None,
) -> Assessment:
    """Compute everything about one assessment.

    ``ranges`` false leaves out all that takes numpy; ``drives`` false leaves out what the result
    hangs on and the roadmap, which ``wish`` asks for. Pure and deterministic: the order of the
    questionnaires changes nothing.

    Raises:
        InputError: M601, the target of the roadmap is no stage of the rubric.
    """
    result = score(rubric, questionnaires)
    if not ranges:
        return Assessment(result=result)
    from assess.uncertainty.run import nothing, quantified, study  # imported late: numpy is slow to load

    found = study(rubric, result)
    if found is None:
        return Assessment(result=result, uncertainty=nothing(result))
    sure = quantified(found)
    if not drives:
        return Assessment(result=result, uncertainty=sure)
    return Assessment(result=result, uncertainty=sure, **_drives(found, sure, wish))


class _Drives(TypedDict):
    sensitivity: Sensitivity
    outlook: Outlook


def _drives(study: "Study", sure: Uncertainty, wish: PlanWish | None) -> _Drives:
    """What the result hangs on, and what could be done next."""
    from assess.roadmap.outlook import outlook
    from assess.roadmap.plan import Drawn
    from assess.sensitivity import analyse

    drawn = Drawn(study.drawn, study.draws.lean)
    return {
        "sensitivity": analyse(study.rubric, study.result, _shares(study, sure)),
        "outlook": outlook(study.rubric, study.result, wish, drawn),
    }


def _shares(study: "Study", sure: Uncertainty) -> tuple[FactorShares, ...]:
    """Shares of the doubt about the index, and about the stage that is least certain to be reached."""
    from assess.sensitivity import shares_of
    from assess.uncertainty.factors import figures_of, varying

    groups = varying(study)
    if len(groups) < 2 or sure.stages is None:
        return ()
    at_least = [sum(c.probability for c in sure.stages.chances[n:]) for n in range(1, len(study.rubric.stages))]
    stage = 1 + min(range(len(at_least)), key=lambda n: abs(at_least[n] - 0.5))
    names = ("index", study.rubric.stages[stage].id)
    return shares_of(figures_of(study, stage), groups, names=names, seed=study.seed)
