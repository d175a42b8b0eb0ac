"""The values that a page says; docs/report.md lists them for people who write templates."""

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from assess.report.view.basics import Chart, Table
from assess.report.view.pages import Annex, Drives, PlanView

__all__ = ["Chart", "Table"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and the parts of the report that it rests on (their ids, to link to)."""

    text: str  # the sentence
    links: tuple[str, ...]  # ids on the page, such as TRU-02 or GATE-TRUST


@dataclass(frozen=True, slots=True)
class KeyDate:
    """One of the dated pieces of evidence that most answers rest on, with its number in the timeline."""

    number: int  # as in the timeline, from 1
    date: str  # day, month or year, as written
    title: str  # what the source is
    evidence: str  # id of the evidence
    grade: str  # A, B or C
    cited_by: tuple[str, ...]  # ids of what cites it


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One row of the evidence register."""

    id: str  # id; its row on the page is ev-ID
    title: str  # what the source is
    date: str  # day, month or year; a dash without one
    grade: str  # A official, B press quoting officials, C the rest
    source: str  # whose record it is, in words
    url: str  # web address (https or http), or empty
    where: str  # file number or archive, or empty
    publisher: str  # who published it, or empty
    counter: bool  # speaks against a higher level
    verified: bool  # the source itself was read
    note: str  # remark of the rater, or empty
    cited_by: tuple[str, ...]  # ids of indicators, barriers and bodies


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One rater's answer and what it came to."""

    who: str  # whom the answer is about, and which rater where there are several
    answered: str  # level or levels as answered, or the state in words
    steps: tuple[str, ...]  # what lowered it, a sentence each
    strength: str  # strength of the evidence in words, or empty
    evidence: tuple[str, ...]  # ids of the evidence
    note: str  # reason and remark, or empty


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator as the report shows it."""

    id: str  # id, also of its place on the page
    title: str  # name
    question: str  # the question as raters read it
    kind: str  # who is asked, in words
    essential: bool  # the rubric calls it essential
    weight: str  # weight within its component
    state: str  # answered, unknown and so on, in words
    points: str  # 0 to 100, or a dash
    bounds: str  # hard bounds in points
    anchor: str  # what was found, in the words of the level answered, or empty
    slots: tuple[tuple[str, str], ...]  # side or direction, and its points
    readings: tuple[ReadingView, ...]  # answers that say something
    next_level: str  # sentence of the next level, or empty
    next_action: str  # what would reach it or what that waits for, or empty
    next_effort: str  # effort in words, or empty
    contribution: Decimal  # points of the index from it; the column adds up
    lost: Decimal  # points of the index missing here; the column adds up
    asserted: bool  # an answer cites no evidence
    tone: int | None = None  # shade 0 (none) to 4 (full), or None
    mark: str = ""  # points in whole numbers, ? or a dash, for a chip
    sides_known: bool = False  # a side or direction has points to show


@dataclass(frozen=True, slots=True)
class ComponentView:
    """One component as the report shows it."""

    id: str  # id, also of its place on the page
    title: str  # name
    purpose: str  # what it is about
    points: str  # 0 to 100; in brackets where indicative
    bounds: str  # hard bounds in points
    coverage: str  # answered share of the weight, in per cent
    word: str  # the stage that the points alone would give, or empty
    finding: str  # one or two sentences from the figures
    flags: tuple[str, ...]  # reservations, a sentence each
    contribution: Decimal  # points of the index from it
    lost: Decimal  # points of the index missing here
    indicators: tuple[IndicatorView, ...]  # its indicators, in the order of the rubric
    bar: Markup  # the range and points as a small picture


@dataclass(frozen=True, slots=True)
class GateView:
    """One gate as the report shows it."""

    id: str  # id
    title: str  # name
    asks: str  # what it asks for
    state: str  # holds, does not hold, or undetermined, in words
    cap: str  # stage at which it holds the relationship
    reason: str  # why there is this gate
    binding: bool  # it lowers the stage now
    links: tuple[str, ...] = ()  # ids that it looks at


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do, and what it would bring."""

    indicator: str  # id of the indicator
    title: str  # name of the indicator
    action: str  # what to do
    why: str  # what it would bring
    effort: str  # effort in words, or empty


@dataclass(frozen=True, slots=True)
class Question:
    """One open question."""

    indicator: str  # id of the indicator
    title: str  # name of the indicator
    about: str  # pair, side or direction, in words
    question: str  # the question as raters read it
    swing: str  # how far the answer could move the index, in points


@dataclass(frozen=True, slots=True)
class Front:
    """What page one says."""

    index: str  # points, or hard bounds where too little is known
    enough: bool  # enough is answered for one figure
    answered: str  # points of what was answered, in brackets where too little is known
    bounds: str  # hard bounds in points
    stage: str  # stage, or the span of stages
    stage_meaning: str  # what the stage means, or empty
    stage_advice: str  # what to do at this stage, or empty
    no_stage: str  # why no single stage is named; empty where one is
    coverage: str  # answered share of the weight, in per cent
    headline: str  # one sentence to repeat
    sure: tuple[str, ...]  # how sure we are, a sentence each
    holding_back: tuple[str, ...]  # what holds the relationship back, a sentence each
    next_steps: tuple[NextStep, ...]  # three things to do, or fewer
    next_title: str  # what stands above them
    strip: Chart  # index, ranges and stages on one scale
    holds: tuple[Claim, ...]  # what holds the relationship back, with links
    sketch: Chart  # the components at a glance


@dataclass(frozen=True, slots=True)
class BarrierView:
    """One barrier of a challenge."""

    id: str  # id, also of its place on the page
    title: str  # name
    question: str  # the question as raters read it
    points: str  # severity 0 to 100, or the state in words
    bounds: str  # hard bounds in points
    anchor: str  # what was found, in the words of the level answered, or empty
    readings: tuple[ReadingView, ...]  # answers that say something
    limits: tuple[str, ...]  # ids of indicators that it limits


@dataclass(frozen=True, slots=True)
class ChallengeView:
    """One challenge with its barriers."""

    id: str  # id, also of its place on the page
    title: str  # name
    purpose: str  # what it is about
    points: str  # severity 0 to 100; in brackets where indicative
    bounds: str  # hard bounds in points
    coverage: str  # answered share of the weight, in per cent
    flags: tuple[str, ...]  # reservations, a sentence each
    barriers: tuple[BarrierView, ...]  # its barriers


@dataclass(frozen=True, slots=True)
class Challenges:
    """The challenges against readiness."""

    finding: str  # one sentence
    chart: Chart  # readiness against challenges
    challenges: tuple[ChallengeView, ...]  # in the order of the rubric
    # id and name of a barrier, id and name of the indicator that it meets
    exposed: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side, or the two together, are in a body; ``tone`` is 0 to 4, or None where nothing is known."""

    text: str  # status or points in words
    tone: int | None  # shade 0 to 4, or None
    steps: tuple[str, ...]  # what lowered it, a sentence each
    evidence: tuple[str, ...]  # ids of the evidence


@dataclass(frozen=True, slots=True)
class BodyView:
    """One body."""

    id: str  # id, also of its place on the page
    short: str  # short name
    title: str  # full name
    closed: str  # since when it is closed, or empty
    a: Cell  # side A there
    b: Cell  # side B there
    together: Cell  # the two together there


@dataclass(frozen=True, slots=True)
class SystemView:
    """The bodies of one system; ``totals`` are points and hard bounds of A, B and together."""

    title: str  # name
    bodies: tuple[BodyView, ...]  # its bodies
    totals: tuple[tuple[str, str, str], ...]  # points, hard bounds and coverage of A, of B and of both together


@dataclass(frozen=True, slots=True)
class AimView:
    """One strategic aim."""

    id: str  # id
    title: str  # name
    purpose: str  # what it is about
    points: str  # 0 to 100; in brackets where indicative
    bounds: str  # hard bounds in points
    coverage: str  # known share of the weight, in per cent
    parts: tuple[tuple[str, str, str], ...]  # kind, id and points of what serves it
    reading: str  # how to read the figure


@dataclass(frozen=True, slots=True)
class RangeRow:
    """The ranges of the index or of one component, as text."""

    title: str  # index or name of the component
    points: str  # 0 to 100
    likely: str  # likely range, 90 %
    robustness: str  # robustness range, 90 %
    bounds: str  # hard bounds


@dataclass(frozen=True, slots=True)
class AgreementView:
    """Agreement among the raters of one side."""

    title: str  # the side whose raters are compared
    alpha: str  # Krippendorff's alpha, or a dash
    interval: str  # its 90 % interval, or empty
    word: str  # what it means
    disagreements: tuple[tuple[str, str, str], ...]  # id, name and difference in levels


@dataclass(frozen=True, slots=True)
class GapRow:
    """How differently the two parties see one component, or the whole."""

    title: str  # name of the component
    side_a: str  # points by the answers of A
    side_b: str  # points by the answers of B
    pooled: str  # points by all answers
    lower: str  # points of the less favourable side
    gap: str  # A less B, in points
    interval: str  # its 90 % interval, or a dash
    beyond: str  # chance that it is wider than a level


@dataclass(frozen=True, slots=True)
class IndicatorGap:
    """How differently the two parties see one indicator."""

    id: str  # id of the indicator
    title: str  # its name
    gap: str  # A less B, in points
    interval: str  # its 90 % interval, or a dash
    beyond: str  # chance that it is wider than a level


@dataclass(frozen=True, slots=True)
class Perception:
    """The two parties' own views side by side."""

    sentence: str  # one sentence
    chart: Chart  # the two views side by side
    rows: tuple[GapRow, ...]  # one row a component
    sentences: tuple[str, ...]  # pooled and lower view, bias and scatter, what the test says
    indicators: tuple[IndicatorGap, ...]  # the questions that lie furthest apart


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure the figures are."""

    sentences: tuple[str, ...]  # a sentence each
    rows: tuple[RangeRow, ...]  # the three ranges of each component and of the index
    chances: tuple[tuple[str, str], ...]  # stage and its chance; empty where too little is known
    agreement: tuple[AgreementView, ...]  # one entry a side with several raters
    without_rater: tuple[tuple[str, str], ...]  # number of the rater, and the index without him
    perception: Perception | None  # the two views, or None unless both sides answered
    technical: str  # how it was computed


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the rubric with its points."""

    level: int  # number from 0
    points: str  # points of the level
    title: str  # name
    meaning: str  # what it means


@dataclass(frozen=True, slots=True)
class Band:
    """One stage of the rubric with the points it starts at."""

    title: str  # name
    starts: str  # points at which it starts
    meaning: str  # what it means


@dataclass(frozen=True, slots=True)
class Method:
    """How the figures were made, and from what."""

    raters: tuple[str, ...]  # office and side of each rater
    fingerprints: tuple[str, ...]  # SHA-256 of each questionnaire, in the same order
    rubric: str  # id and version
    rubric_title: str  # name of the rubric
    rubric_hash: str  # SHA-256 of the rubric
    engine: str  # version of the program
    schema_version: str  # version of the result file
    levels: tuple[Level, ...]  # levels of the rubric
    stages: tuple[Band, ...]  # stages of the rubric
    grades: tuple[tuple[str, str], ...]  # grade of evidence and its meaning
    reasons: tuple[tuple[str, str], ...]  # choice of the rubric and its reason
    not_applicable: tuple[tuple[str, str, str], ...]  # id, whom it is about, and the reason


@dataclass(frozen=True, slots=True)
class MarkingView:
    """Who may see the report: the marking as written, what its label means, and the label's colour on black."""

    text: str  # the marking as written
    meaning: str  # what the label of TLP means, or empty
    colour: str  # colour of the label on black, or empty


@dataclass(frozen=True, slots=True)
class CopyView:
    """What a copy for an audience leaves out: a sentence, and a row for each kind (what, how many, instead)."""

    audience: str  # for whom the copy is
    sentence: str  # how much is withheld
    rows: tuple[tuple[str, str, str], ...]  # what is withheld, how many, and what stands in its stead


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that a report says, in one language."""

    language: str  # code such as en or uk
    title: str  # the relationship, as named in the questionnaire or by its parties
    party_a: str  # name of side A
    party_b: str  # name of side B
    as_of: str  # date of the assessment, in words
    as_of_iso: str  # the same as 2026-11-23
    illustration: bool  # made from the public record; nobody answered
    marking: MarkingView | None  # who may see it, or None
    copy: CopyView | None  # what this copy leaves out, or None for the full report
    front: Front  # page one
    profile: Chart  # the components with their ranges
    sure: Sure | None  # how sure the figures are, or None where it was not computed
    heat: Chart  # every indicator as a cell
    timeline: Chart | None  # dated evidence, or None where none has a date
    years: tuple[tuple[int, int, int, int], ...]  # year, and pieces of grade A, B and C
    components: tuple[ComponentView, ...]  # in the order of the rubric
    contribution: Decimal | None  # points of the index, the sum of the column; None where nothing is known
    lost: Decimal | None  # what is missing to 100; None where nothing is known
    strengths: tuple[IndicatorView, ...]  # highest indicators that evidence carries
    gaps: tuple[IndicatorView, ...]  # indicators that lose the most
    gates: tuple[GateView, ...]  # every gate
    waterfall: Chart  # what each component brings and lacks
    challenges: Challenges | None  # challenges, or None where the rubric has none
    systems: tuple[SystemView, ...]  # institutional footprint, a system each
    aims: tuple[AimView, ...]  # strategic aims
    questions: tuple[Question, ...]  # open questions, the most telling first
    evidence: tuple[EvidenceView, ...]  # the register
    method: Method  # how the figures were made
    key_dates: tuple[KeyDate, ...]  # dated evidence that most answers rest on
    matrix: Chart | None  # the footprint as a picture, or None
    contents: tuple[tuple[str, str], ...]  # id and title of each part of the page
    open_groups: tuple[Question, ...]  # open questions; sides that move the index alike share a row
    drives: Drives | None  # what drives the result, or None where it was not computed
    roadmap: PlanView | None  # the roadmap, or None where it was not computed
    annex: Annex  # the methodology annex
