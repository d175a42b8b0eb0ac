"""Frozen models of a rubric. Every key that an author can write is a field here.

docs/rubric.md is generated from the field descriptions.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from assess.frozen import Frozen

IndicatorType = Literal["P", "S", "D"]
Slot = Literal["pair", "A", "B"]
PairRule = Literal["lower", "higher", "mean"]
Strength = Literal["none", "weak", "single", "corroborated", "official", "official_each_side"]
STRENGTHS: tuple[Strength, ...] = ("none", "weak", "single", "corroborated", "official", "official_each_side")

Text = Annotated[str, Field(min_length=1)]


class Level(Frozen):
    """One level of the scale, with the score that stands for it."""

    level: int = Field(ge=0, description="The level's number; levels are counted from 0 without gaps.")
    score: float = Field(ge=0, le=100, description="Points of this level, from 0 to 100 (method rule 1.1).")
    title: Text = Field(description="One word for the level.")
    meaning: Text = Field(description="What the level means in every indicator.")


class NoAgeing(Frozen):
    """The answer does not lose value with time."""

    kind: Literal["none"] = Field(description="Written so.")
    reason: Text = Field(description="Why this indicator ages, or does not age, in this way.")


class EventAgeing(Frozen):
    """Levels from ``from_level`` up rest on dated events and are lost one by one as these grow old."""

    kind: Literal["event"] = Field(description="Written so.")
    from_level: int = Field(alias="from", ge=1, description="The lowest level that rests on events.")
    window: int = Field(default=24, ge=1, description="Months that cost a level; a second after twice.")
    reason: Text = Field(description="Why this indicator ages in this way.")


class ElapsedAgeing(Frozen):
    """A ceiling by the months since the newest evidence."""

    kind: Literal["elapsed"] = Field(description="Written so.")
    limits: Mapping[int, int] = Field(description="Level to the greatest number of months at which it still holds.")
    reason: Text = Field(description="Why this indicator ages in this way.")


Ageing = Annotated[NoAgeing | EventAgeing | ElapsedAgeing, Field(discriminator="kind")]


class Borderline(Frozen):
    """A doubtful case and its right level."""

    case: Text = Field(description="The doubtful case.")
    level: int = Field(ge=0, description="Its right level.")
    because: Text = Field(description="Why it is this level.")


class Proof(Frozen):
    """Which documents settle an answer and which do not."""

    sufficient: tuple[Text, ...] = Field(description="Documents that settle the answer.")
    insufficient: tuple[Text, ...] = Field(description="Documents that do not.")


class Citation(Frozen):
    """An instrument of the register from which an indicator derives."""

    key: Text = Field(description="Key in instruments.yaml.")
    at: Text | None = Field(default=None, description="Article, norm letter or measure.")


class Step(Frozen):
    """What it takes to climb to a level from the one below."""

    effort: int = Field(ge=0, description="Person-months of work of both sides together.")
    by: tuple[Text, ...] = Field(description="Kinds of office that would act.")
    action: Text = Field(description="What to do, one sentence.")
    needs: Mapping[str, int] = Field(default_factory=dict, description="Indicators and the level they need first.")
    carries_to: int | None = Field(
        default=None, ge=1, description="Level that this step reaches at once, where those between come with it."
    )


class Question(Frozen):
    """What indicators and barriers have in common: a question with anchors that strangers read alike."""

    id: Text = Field(description="Its id, unique in the rubric.")
    type: IndicatorType = Field(description="P one answer for the pair, S one for each side, D one for each direction.")
    title: Text = Field(description="Two to five words.")
    question: Text = Field(description="The question, one sentence.")
    why: Text = Field(description="Why it matters.")
    guidance: Text = Field(description="How to go about answering.")
    definitions: Mapping[str, Text] = Field(default_factory=dict, description="Terms of the anchors and their meaning.")
    counting: tuple[Text, ...] = Field(default=(), description="Rules for counting and dating.")
    anchors: Mapping[int, Text] = Field(description="One observable sentence for each level.")
    borderline: tuple[Borderline, ...] = Field(default=(), description="Doubtful cases with their right level.")
    proof: Proof = Field(description="Documents that settle an answer, and documents that do not.")
    when_silent: Text = Field(description="What to answer when the record shows nothing.")
    not_applicable_when: Text = Field(description="The only reasons for «not applicable», or the word never.")
    ageing: Ageing = Field(description="How the answer loses value with time.")
    weight: float = Field(default=1, gt=0, description="Weight inside its component.")
    instruments: tuple[Citation, ...] = Field(default=(), description="Instruments it derives from.")
    pair_rule: PairRule = Field(default="lower", description="How the two sides or directions become the pair's value.")
    was: Text | None = Field(default=None, description="Its id in earlier versions, if it was renamed.")

    @property
    def may_be_not_applicable(self) -> bool:
        """Whether «not applicable» is allowed for this indicator."""
        return self.not_applicable_when != "never"

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The answers it asks for: ``pair``, or ``A`` and ``B`` (sides, or directions from A and from B)."""
        return ("pair",) if self.type == "P" else ("A", "B")


class Indicator(Question):
    """One indicator of a component."""

    essential: bool = Field(default=False, description="Whether gates and the unknown share look at it.")
    steps: Mapping[int, Step] = Field(default_factory=dict, description="Effort and actors of each level.")

    @model_validator(mode="after")
    def _steps_carry_upwards(self) -> "Indicator":
        for level, step in self.steps.items():
            if step.carries_to is not None and not level <= step.carries_to <= max(self.anchors):
                raise ValueError(f"the step to level {level} carries to a level from {level} to {max(self.anchors)}")
        return self


class Component(Frozen):
    """One of the components of the dialogue."""

    id: Text = Field(description="Its id, and the name of its file.")
    title: Text = Field(description="Two to five words.")
    purpose: Text = Field(description="What it is about.")
    weight: float = Field(default=1, gt=0, description="Weight inside the index.")
    indicators: tuple[Indicator, ...] = Field(min_length=1, description="Id to indicator.")


class Barrier(Question):
    """One barrier of a challenge; its levels are severities."""

    limits: tuple[Text, ...] = Field(default=(), description="Indicators that this barrier limits.")
    pair_rule: PairRule = Field(
        default="higher", description="How the two sides or directions become the pair's value."
    )


class Challenge(Frozen):
    """One of the challenges that stand around the dialogue; its own axis, never subtracted."""

    id: Text = Field(description="Its id, unique in the rubric.")
    title: Text = Field(description="Two to five words.")
    purpose: Text = Field(description="What it is about.")
    weight: float = Field(default=1, gt=0, description="Weight inside the pressure.")
    barriers: tuple[Barrier, ...] = Field(description="Id to barrier.")


class ExposureRules(Frozen):
    """When a heavy barrier stands before an enabler that cannot bear it."""

    severity_at_least: float = Field(default=75, ge=0, le=100, description="Points from which a barrier is heavy.")
    readiness_below: float = Field(default=50, ge=0, le=100, description="Points under which an indicator is low.")
    reason: Text = Field(
        default="Conventions of the program, used where the rubric states none.", description="Why these thresholds."
    )


class Status(Frozen):
    """What one side is or does in a body."""

    title: Text = Field(description="One word for the status.")
    points: int | None = Field(ge=0, description="Position on the scale; null leaves the side out of the count.")
    meaning: Text = Field(description="When the status holds.")


class PairStatus(Frozen):
    """What the two sides do together in a body; its key is its level."""

    title: Text = Field(description="Two or three words for the level.")
    meaning: Text = Field(description="When the level holds.")


class System(Frozen):
    """A family of bodies, such as those of the United Nations."""

    title: Text = Field(description="Its name.")
    purpose: Text = Field(description="What its bodies have in common.")


class SilentDefault(Frozen):
    """What to answer for a body when the record shows nothing."""

    status: Text = Field(description="A status of the rubric, or the word unknown.")
    reason: Text = Field(description="Why silence means this.")


class Body(Frozen):
    """One international body in which the sides may meet."""

    id: Text = Field(description="Its id, unique in the rubric.")
    system: Text = Field(description="Key of the system it belongs to.")
    title: Text = Field(description="Its full name.")
    short: Text = Field(description="Its short name.")
    also_called: tuple[Text, ...] = Field(default=(), description="Other names under which people look for it.")
    instrument: Text | None = Field(default=None, description="Key in instruments.yaml.")
    closed: Text | None = Field(default=None, description="Day or year of its end, if it has ended.")
    successor: Text | None = Field(default=None, description="Body that took over from it.")
    cap: int | None = Field(default=None, ge=0, description="Highest status points and pair level that still count.")
    cap_reason: Text | None = Field(default=None, description="Why there is a cap; goes with it.")
    role: Text = Field(description="What it does in cyberspace.")
    counts_as_active: Text = Field(description="Which acts make a side active in it.")
    pair_example: Text = Field(description="What the highest pair level looks like here.")
    who_is_eligible: Text = Field(description="Who has a way in.")
    default_when_silent: SilentDefault = Field(description="What to answer when the record shows nothing.")
    ageing: Ageing = Field(description="How a status or pair level loses value with time.")
    was: Text | None = Field(default=None, description="Its id in earlier versions, if it was renamed.")

    @model_validator(mode="after")
    def _cap_has_a_reason(self) -> "Body":
        if (self.cap is None) != (self.cap_reason is None):
            raise ValueError("cap and cap_reason go together")
        return self


Weight = Annotated[float, Field(gt=0)]


class Aim(Frozen):
    """A strategic aim: a lens that reads the indicators and bodies which serve it."""

    id: Text = Field(description="Its id, unique in the rubric.")
    title: Text = Field(description="Two to five words.")
    purpose: Text = Field(description="What the aim is about.")
    indicators: Mapping[str, Weight] = Field(default_factory=dict, description="Indicators that serve it, by weight.")
    bodies: Mapping[str, Weight] = Field(default_factory=dict, description="Bodies that serve it, by weight.")
    reading: Text = Field(description="What a high score means.")

    @model_validator(mode="after")
    def _has_parts(self) -> "Aim":
        if not self.indicators and not self.bodies:
            raise ValueError("an aim names at least one indicator or body")
        return self


class EvidenceCaps(Frozen):
    """The highest level that evidence of each strength carries (method rule 2.2)."""

    none: int = Field(description="Nothing is cited.")
    weak: int = Field(description="Grade C only.")
    single: int = Field(description="One source of grade B.")
    corroborated: int = Field(description="Two independent sources of grade B.")
    official: Mapping[IndicatorType, int] = Field(description="One cap for each of P, S and D.")
    official_each_side: int = Field(description="Grade A of the side or sides concerned.")

    @model_validator(mode="after")
    def _every_type_has_a_cap(self) -> "EvidenceCaps":
        if len(self.official) < len(get_args(IndicatorType)):
            raise ValueError("official has one cap for each of P, S and D")
        return self

    def cap(self, strength: Strength, indicator_type: IndicatorType) -> int:
        """Return the highest level that ``strength`` carries for an indicator of this type."""
        if strength == "official":
            return self.official[indicator_type]
        return int(getattr(self, strength))


class EvidenceRules(Frozen):
    """Grades and what they carry."""

    grades: Mapping[Literal["A", "B", "C"], Text] = Field(description="What each grade is.")
    caps: EvidenceCaps = Field(description="The highest level that each strength carries.")
    reason: Text = Field(description="Why these caps.")


class CoverageRules(Frozen):
    """Shares of answered weight below which less is said."""

    component_minimum: float = Field(ge=0, le=1, description="Below it a component is indicative.")
    overall_minimum: float = Field(ge=0, le=1, description="Below it no single stage is published.")
    not_applicable_flag: float = Field(ge=0, le=1, description="Above this share of N/A weight a component is flagged.")
    reason: Text = Field(description="Why these shares.")


class Stage(Frozen):
    """A band of readiness."""

    id: Text = Field(description="Its id, unique in the rubric.")
    title: Text = Field(description="One word for the stage.")
    from_score: float = Field(alias="from", ge=0, le=100, description="Lowest index of this stage.")
    meaning: Text = Field(description="What the stage means.")
    advice: Text = Field(description="What to do at this stage.")


class Condition(Frozen):
    """What a gate asks: a level of an indicator, a score of a component, or a share of unknowns."""

    indicator: Text | None = Field(default=None, description="Indicator whose level is looked at.")
    component: Text | None = Field(default=None, description="Component whose points are looked at.")
    unknown_share: Literal["overall", "essential"] | None = Field(
        default=None, description="Which unknowns are looked at."
    )
    at_least: float | None = Field(default=None, description="Level of the indicator, or points of the component.")
    at_most: float | None = Field(default=None, ge=0, le=1, description="Greatest share of unknown weight.")

    @model_validator(mode="after")
    def _asks_one_thing(self) -> "Condition":
        asked = [name for name in ("indicator", "component", "unknown_share") if getattr(self, name) is not None]
        limit = "at_most" if asked == ["unknown_share"] else "at_least"
        other = {"at_most": self.at_least, "at_least": self.at_most}[limit]
        if len(asked) != 1 or getattr(self, limit) is None or other is not None:
            raise ValueError("a gate asks {indicator, at_least}, {component, at_least} or {unknown_share, at_most}")
        return self


class Gate(Frozen):
    """A condition that caps the stage where it does not hold (method rule 6)."""

    id: Text = Field(description="Its id, unique in the rubric.")
    title: Text = Field(description="Two to six words.")
    when: Condition = Field(description="The condition.")
    cap: Text = Field(description="The highest stage while the condition does not hold.")
    reason: Text = Field(description="Why the stage needs it.")


class Instrument(Frozen):
    """One entry of the register of norms, treaties and bodies."""

    title: Text = Field(description="Its full name.")
    identifier: Text | None = Field(default=None, description="Its official number.")
    system: Text = Field(description="The organisation or process it comes from.")
    kind: Text = Field(description="What sort of text or body it is.")
    date: Text | None = Field(default=None, description="Day, month or year of its adoption.")
    summary: Text = Field(description="What it says that matters here.")
    status: Literal["verified", "secondary", "unverified"] = Field(description="How far its text was verified.")
    source: tuple[Text, ...] = Field(default=(), description="Where it was read.")
    succeeded_by: Text | None = Field(default=None, description="What replaced it.")
    note: Text | None = Field(default=None, description="Anything else.")
    parts: Mapping[str, Text] = Field(default_factory=dict, description="Its articles, norms or measures by key.")
    unverified_parts: tuple[Text, ...] = Field(default=(), description="Keys of parts that were not read.")


class Rubric(Frozen):
    """A whole instrument."""

    id: Text = Field(description="Its id, and the name of its folder.")
    version: Text = Field(description="Three numbers; answers name it.")
    released: Text = Field(description="Day of its release.")
    title: Text = Field(description="Its full name.")
    licence: Text = Field(description="Licence of its texts.")
    purpose: Text = Field(description="What it measures.")
    levels: tuple[Level, ...] = Field(min_length=2, description="From level 0 up.")
    level_scores_reason: Text = Field(description="Why the levels have these points.")
    component_weights_reason: Text = Field(description="Why the components have these weights.")
    evidence: EvidenceRules = Field(description="Grades and what they carry.")
    coverage: CoverageRules = Field(description="Shares of answered weight below which less is said.")
    stages: tuple[Stage, ...] = Field(min_length=1, description="From the lowest, which starts at 0, up.")
    stages_reason: Text = Field(description="Why these thresholds.")
    gates: tuple[Gate, ...] = Field(description="Conditions that cap the stage.")
    components: tuple[Component, ...] = Field(min_length=1, description="Names of files in the folder components.")
    challenges: tuple[Challenge, ...] = Field(default=(), description="Id to challenge.")
    exposure: ExposureRules = Field(
        default_factory=ExposureRules, description="When a heavy barrier stands before a low indicator."
    )
    statuses: Mapping[str, Status] = Field(default_factory=dict, description="Word to status.")
    pair_statuses: Mapping[int, PairStatus] = Field(
        default_factory=dict, description="Level to what the two sides do together."
    )
    systems: Mapping[str, System] = Field(default_factory=dict, description="Key to system.")
    bodies: Mapping[str, Body] = Field(default_factory=dict, description="Id to body.")
    aims: Mapping[str, Aim] = Field(default_factory=dict, description="Id to aim.")
    instruments: Mapping[str, Instrument] = Field(default_factory=dict, description="Key to instrument.")
    hash: str = Field(default="", description="SHA-256 of the rubric's content, filled when it is loaded.")
    source: str = Field(default="", exclude=True, repr=False, description="The content as JSON, filled likewise.")

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator by id, in the rubric's order."""
        return {i.id: i for component in self.components for i in component.indicators}

    @cached_property
    def barriers(self) -> Mapping[str, Barrier]:
        """Every barrier by id, in the rubric's order."""
        return {b.id: b for challenge in self.challenges for b in challenge.barriers}

    @cached_property
    def component_of(self) -> Mapping[str, str]:
        """The component id of every indicator id."""
        return {i.id: component.id for component in self.components for i in component.indicators}

    @cached_property
    def top_status(self) -> int:
        """The points of the highest status."""
        return max((s.points for s in self.statuses.values() if s.points is not None), default=0)

    @cached_property
    def top_pair_status(self) -> int:
        """The highest level of what the sides do together in a body."""
        return max(self.pair_statuses, default=0)

    @cached_property
    def top_level(self) -> int:
        """The number of the highest level."""
        return len(self.levels) - 1

    def points(self, level: float) -> float:
        """Return the points of ``level``, between two levels by straight line (0 to 100)."""
        lower = int(level)
        if lower >= self.top_level:
            return self.levels[-1].score
        here, above = self.levels[lower].score, self.levels[lower + 1].score
        return here + (above - here) * (level - lower)

    def stage_index(self, score: float) -> int:
        """Return the position of the stage whose band holds ``score``, from 0; the first also holds what lies below."""
        return max((i for i, stage in enumerate(self.stages) if stage.from_score <= score), default=0)

    def stage_position(self, stage_id: str) -> int:
        """Return the position of the stage with this id, counted from 0."""
        return next(i for i, stage in enumerate(self.stages) if stage.id == stage_id)
