"""The frozen result tree: every number with the trace that explains it, to and from JSON.

The tree knows no language: reasons are codes with parameters, and words are made when shown.
Fields for the likely and the robustness range are absent until these ranges exist.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from assess.frozen import Frozen
from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.model import Confidence, Evidence, Rater, Relationship, Slot
from assess.rubric.model import IndicatorType, Strength

SCHEMA_VERSION: Literal["1.0"] = "1.0"

State = Literal["answered", "disputed", "unknown", "partly_known", "not_applicable"]
StepKind = Literal["answered", "capped", "aged", "ceiling"]
GateState = Literal["passed", "failed", "undetermined", "not_applicable"]


class Range(Frozen):
    """Two ends in points, 0 to 100."""

    low: float
    high: float


class Step(Frozen):
    """One step on the way from the answered to the effective level (method rules 2.2 and 2.3)."""

    kind: StepKind
    before: float | None = None
    after: float
    rule: str
    strength: Strength | None = None
    months: int | None = Field(default=None, description="Age of the newest evidence that carries the level.")
    window: int | None = None
    evidence: tuple[str, ...] = ()


class Reading(Frozen):
    """What one rater's answer for one slot came to."""

    rater: int
    slot: Slot
    state: State
    answered: tuple[int, ...] = Field(default=(), description="One level; two if disputed or known within limits.")
    effective: tuple[float, ...] = Field(default=(), description="The same after caps and ageing.")
    strength: Strength | None = None
    asserted: bool = False
    confidence: Confidence | None = None
    steps: tuple[Step, ...] = ()
    evidence: tuple[str, ...] = ()
    reason: str | None = None
    note: str | None = None
    review: bool = False


class SlotValue(Frozen):
    """The value of one side, one direction, or the pair, over all raters."""

    slot: Slot
    state: State
    points: float | None = None
    bounds: Range | None = None


class IndicatorResult(Frozen):
    """One indicator with its way from answers to points."""

    id: str
    type: IndicatorType
    weight: float
    essential: bool
    state: State
    points: float | None = Field(description="0 to 100, or null if not known or not applicable.")
    bounds: Range | None = Field(description="Hard bounds; null if not applicable.")
    entered: float | None = Field(default=None, description="Points with which it stands in the headline.")
    share: float = Field(default=0, description="Its weight in the index, 0 to 1, over what entered.")
    contribution: float = Field(default=0, description="Points of the index that come from it.")
    lost: float = Field(default=0, description="Points of the index that are missing here.")
    swing: float = Field(default=0, description="How far its unknowns could move the index, in points.")
    slots: tuple[SlotValue, ...]
    readings: tuple[Reading, ...]

    @property
    def gap(self) -> float | None:
        """Points of side A (or direction from A) minus those of B; null unless both are known."""
        by_slot = {value.slot: value.points for value in self.slots}
        a, b = by_slot.get("A"), by_slot.get("B")
        return None if a is None or b is None else a - b


class ComponentResult(Frozen):
    """One component."""

    id: str
    weight: float
    points: float | None
    bounds: Range | None
    coverage: float | None = Field(description="Answered weight over applicable weight, 0 to 1.")
    not_applicable_share: float
    indicative: bool = Field(description="Coverage is below the rubric's minimum.")
    mostly_not_applicable: bool
    entered: float | None = None
    share: float = 0
    contribution: float = 0
    lost: float = 0
    indicators: tuple[IndicatorResult, ...]


class GateResult(Frozen):
    """One gate and how it stands."""

    id: str
    state: GateState
    cap: str
    value: float | None = Field(default=None, description="What was compared: a level, points, or a share.")
    threshold: float


class StageResult(Frozen):
    """The stage, or the span of stages when no single one is published."""

    published: bool
    stage: str | None
    by_score: str | None = Field(description="The stage that the index alone would give.")
    binding: tuple[str, ...] = Field(default=(), description="Gates that hold the stage down.")
    lowest: str = Field(description="Stage at the worst hard bound.")
    highest: str = Field(description="Stage at the best hard bound.")


class Index(Frozen):
    """The headline."""

    points: float | None
    bounds: Range
    coverage: float
    essential_unknown_share: float


class OpenQuestion(Frozen):
    """A slot that nobody has answered, by how far it could move the index."""

    indicator: str
    slot: Slot
    swing: float


class RubricRef(Frozen):
    """Which instrument was used."""

    id: str
    version: str
    hash: str


class QuestionnaireRef(Frozen):
    """Which answers were used: who gave them, and a fingerprint of the content."""

    answered_by: Rater
    fingerprint: str


class Result(Frozen):
    """Everything that a report says, and how it was made."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    engine: str
    rubric: RubricRef
    relationship: Relationship
    as_of: str
    kind: Literal["assessment", "illustration"]
    questionnaires: tuple[QuestionnaireRef, ...]
    index: Index
    stage: StageResult
    gates: tuple[GateResult, ...]
    components: tuple[ComponentResult, ...]
    open_questions: tuple[OpenQuestion, ...]
    evidence: Mapping[str, Evidence]

    def to_json(self) -> str:
        """Return the result as JSON, two spaces of indentation, with a line break at the end."""
        return self.model_dump_json(indent=2, by_alias=True) + "\n"

    @classmethod
    def from_json(cls, text: str, name: str = "result.json") -> "Result":
        """Read a result back.

        Raises:
            InputError: this is not a result of this schema version.
        """
        try:
            return cls.model_validate_json(text)
        except ValueError as error:
            reason = str(error).splitlines()[0]
            raise InputError([Problem("Q203", Place(name), {"value": name, "reason": reason})]) from error
