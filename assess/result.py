"""The frozen result tree: every number with the trace that explains it, to and from JSON.

The tree knows no language: reasons are codes with parameters, and words are made when shown.
Fields for the likely and the robustness range are absent until these ranges exist.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from assess.frozen import Frozen
from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.model import BodySlot, Confidence, Evidence, Grade, PartialDate, Relationship
from assess.rubric.model import IndicatorType, Slot, Strength

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


class BodyStep(Frozen):
    """One step on the way from the answered to the effective status, in points of the status or pair level."""

    kind: Literal["answered", "closed", "aged", "ceiling"]
    before: int | None = None
    after: int
    rule: str
    months: int | None = Field(default=None, description="Age of the newest evidence that carries it.")
    window: int | None = None
    evidence: tuple[str, ...] = ()


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


class BarrierResult(Frozen):
    """One barrier with its way from answers to severity; 0 is no barrier, 100 the gravest."""

    id: str
    type: IndicatorType
    weight: float
    state: State
    points: float | None = Field(description="Severity, 0 to 100, or null if not known or not applicable.")
    bounds: Range | None
    entered: float | None = Field(default=None, description="Severity with which it stands in the pressure.")
    share: float = Field(default=0, description="Its weight in the pressure, 0 to 1, over what entered.")
    contribution: float = Field(default=0, description="Points of the pressure that come from it.")
    swing: float = Field(default=0, description="How far its unknowns could move the pressure, in points.")
    slots: tuple[SlotValue, ...]
    readings: tuple[Reading, ...]
    limits: tuple[str, ...] = Field(description="Indicators that it limits.")


class ChallengeResult(Frozen):
    """One challenge: the weighted mean of its barriers' severities."""

    id: str
    weight: float
    points: float | None
    bounds: Range | None
    coverage: float | None
    not_applicable_share: float
    indicative: bool
    mostly_not_applicable: bool
    entered: float | None = None
    share: float = 0
    contribution: float = 0
    barriers: tuple[BarrierResult, ...]


class Pressure(Frozen):
    """The weighted mean over the challenges. Shown against readiness, never subtracted from it."""

    points: float | None
    bounds: Range
    coverage: float
    indicative: bool


class Exposure(Frozen):
    """A heavy barrier before an enabler that is low or not known."""

    barrier: str
    indicator: str
    reason: Literal["low", "unknown"]
    severity: float = Field(description="Severity that is certain, in points.")
    readiness: float | None = Field(description="Points of the indicator; null if not known.")


class OpenBarrier(Frozen):
    """A slot of a barrier that nobody has answered, by how far it could move the pressure."""

    barrier: str
    slot: Slot
    swing: float


class BodyReading(Frozen):
    """What one rater's answer for one slot of a body came to."""

    rater: int
    slot: BodySlot
    state: State
    answered: str | None = Field(default=None, description="The status given; the level for both together.")
    effective: str | None = Field(default=None, description="The same after the body's cap and ageing.")
    strength: Strength | None = Field(default=None, description="Strength of the evidence; no status is capped by it.")
    asserted: bool = False
    steps: tuple[BodyStep, ...] = ()
    evidence: tuple[str, ...] = ()
    reason: str | None = None
    note: str | None = None
    review: bool = False


class BodyValue(Frozen):
    """Side A, side B, or both together in one body, over all raters."""

    slot: BodySlot
    state: State
    points: float | None = Field(default=None, description="0 to 100, or null if not known or not applicable.")
    bounds: Range | None = None
    entered: float | None = Field(default=None, description="Points with which it stands in the footprint.")
    share: float = Field(default=0, description="Its weight in its system's footprint, 0 to 1.")
    contribution: float = Field(default=0, description="Points of its system's footprint that come from it.")


class BodyResult(Frozen):
    """One body."""

    id: str
    system: str
    slots: tuple[BodyValue, ...]
    readings: tuple[BodyReading, ...]


class Footprint(Frozen):
    """How present a side, or the pair, is in the bodies of one system."""

    slot: BodySlot
    points: float | None
    bounds: Range | None = Field(description="Hard bounds; null if no body of the system is applicable.")
    coverage: float | None
    not_applicable_share: float
    indicative: bool


class SystemResult(Frozen):
    """The footprint in one system: of side A, of side B, and of both together."""

    id: str
    footprints: tuple[Footprint, ...]


class AimPart(Frozen):
    """One indicator or body that serves an aim."""

    kind: Literal["indicator", "body"]
    id: str
    weight: float
    state: State
    points: float | None
    bounds: Range | None
    entered: float | None = None
    share: float = Field(default=0, description="Its weight in the aim, 0 to 1, over what entered.")
    contribution: float = Field(default=0, description="Points of the aim that come from it.")


class AimResult(Frozen):
    """One strategic aim: the weighted mean of the indicators and bodies that serve it."""

    id: str
    points: float | None
    bounds: Range | None
    coverage: float | None
    not_applicable_share: float
    indicative: bool
    parts: tuple[AimPart, ...]


class RubricRef(Frozen):
    """Which instrument was used."""

    id: str
    version: str
    hash: str


class RaterRef(Frozen):
    """Who answered; what a copy withholds is null."""

    side: Literal["A", "B", "both", "third"] | None
    role: str | None


class QuestionnaireRef(Frozen):
    """Which answers were used: who gave them, and a fingerprint of the content."""

    answered_by: RaterRef
    fingerprint: str


class Source(Frozen):
    """One piece of evidence as the result cites it; what a copy withholds is null."""

    title: str | None
    date: PartialDate | None = None
    url: str | None = None
    where: str | None = None
    publisher: str | None = None
    grade: Grade
    source: Literal["A", "B", "both", "third"] | None
    counter: bool = False
    verified: bool = True
    note: str | None = None

    @classmethod
    def of(cls, evidence: Evidence) -> "Source":
        """Return everything that the questionnaire says of a source."""
        return cls(**evidence.__dict__)  # the fields are the same, which a test holds


class Result(Frozen):
    """Everything that a report says, and how it was made."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    engine: str
    rubric: RubricRef
    relationship: Relationship
    as_of: str
    kind: Literal["assessment", "illustration"]
    marking: str | None = Field(default=None, description="Who may see it: a label of TLP 2.0, or a national text.")
    questionnaires: tuple[QuestionnaireRef, ...]
    index: Index
    stage: StageResult
    gates: tuple[GateResult, ...]
    components: tuple[ComponentResult, ...]
    open_questions: tuple[OpenQuestion, ...]
    challenges: tuple[ChallengeResult, ...] = ()
    pressure: Pressure | None = Field(default=None, description="Null if the rubric has no challenges.")
    exposed: tuple[Exposure, ...] = ()
    open_barriers: tuple[OpenBarrier, ...] = ()
    systems: tuple[SystemResult, ...] = Field(default=(), description="The institutional footprint.")
    bodies: tuple[BodyResult, ...] = ()
    aims: tuple[AimResult, ...] = ()
    evidence: Mapping[str, Source]

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
