"""The values that a page says; docs/report.md lists them for people who write templates."""

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart as text; the first cell of each row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure with its finding as title, its text alternative (in the SVG), and the table that says the same."""

    title: str
    svg: Markup
    data: Table | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and the parts of the report that it rests on (their ids, to link to)."""

    text: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyDate:
    """One of the dated pieces of evidence that most answers rest on, with its number in the timeline."""

    number: int
    date: str
    title: str
    evidence: str
    grade: str
    cited_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One row of the evidence register."""

    id: str
    title: str
    date: str
    grade: str
    source: str
    url: str
    where: str
    publisher: str
    counter: bool
    verified: bool
    note: str
    cited_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One rater's answer and what it came to."""

    who: str
    answered: str
    steps: tuple[str, ...]
    strength: str
    evidence: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator as the report shows it."""

    id: str
    title: str
    question: str
    kind: str
    essential: bool
    weight: str
    state: str
    points: str
    bounds: str
    anchor: str
    slots: tuple[tuple[str, str], ...]
    readings: tuple[ReadingView, ...]
    next_level: str
    next_action: str
    next_effort: str
    contribution: Decimal
    lost: Decimal
    asserted: bool
    tone: int | None = None
    mark: str = ""
    sides_known: bool = False


@dataclass(frozen=True, slots=True)
class ComponentView:
    """One component as the report shows it."""

    id: str
    title: str
    purpose: str
    points: str
    bounds: str
    coverage: str
    word: str
    finding: str
    flags: tuple[str, ...]
    contribution: Decimal
    lost: Decimal
    indicators: tuple[IndicatorView, ...]
    bar: Markup


@dataclass(frozen=True, slots=True)
class GateView:
    """One gate as the report shows it."""

    id: str
    title: str
    asks: str
    state: str
    cap: str
    reason: str
    binding: bool
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do, and what it would bring."""

    indicator: str
    title: str
    action: str
    why: str
    effort: str


@dataclass(frozen=True, slots=True)
class Question:
    """One open question."""

    indicator: str
    title: str
    about: str
    question: str
    swing: str


@dataclass(frozen=True, slots=True)
class Front:
    """What page one says."""

    index: str
    enough: bool
    answered: str
    bounds: str
    stage: str
    stage_meaning: str
    stage_advice: str
    one_stage: bool
    coverage: str
    headline: str
    sure: tuple[str, ...]
    holding_back: tuple[str, ...]
    next_steps: tuple[NextStep, ...]
    strip: Chart
    holds: tuple[Claim, ...]
    sketch: Chart


@dataclass(frozen=True, slots=True)
class BarrierView:
    """One barrier of a challenge."""

    id: str
    title: str
    question: str
    points: str
    bounds: str
    anchor: str
    readings: tuple[ReadingView, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChallengeView:
    """One challenge with its barriers."""

    id: str
    title: str
    purpose: str
    points: str
    bounds: str
    coverage: str
    flags: tuple[str, ...]
    barriers: tuple[BarrierView, ...]


@dataclass(frozen=True, slots=True)
class Challenges:
    """The challenges against readiness."""

    finding: str
    chart: Chart
    challenges: tuple[ChallengeView, ...]
    exposed: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side, or the two together, are in a body; ``tone`` is 0 to 4, or None where nothing is known."""

    text: str
    tone: int | None
    steps: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyView:
    """One body."""

    id: str
    short: str
    title: str
    closed: str
    a: Cell
    b: Cell
    together: Cell


@dataclass(frozen=True, slots=True)
class SystemView:
    """The bodies of one system; ``totals`` are points and hard bounds of A, B and together."""

    title: str
    bodies: tuple[BodyView, ...]
    totals: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class AimView:
    """One strategic aim."""

    id: str
    title: str
    purpose: str
    points: str
    bounds: str
    coverage: str
    parts: tuple[tuple[str, str, str], ...]
    reading: str


@dataclass(frozen=True, slots=True)
class RangeRow:
    """The ranges of the index or of one component, as text."""

    title: str
    points: str
    likely: str
    robustness: str
    bounds: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """Agreement among the raters of one side."""

    title: str
    alpha: str
    interval: str
    word: str
    disagreements: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """How differently the two parties see one component, or the whole."""

    title: str
    side_a: str
    side_b: str
    pooled: str
    gap: str
    interval: str
    beyond: str


@dataclass(frozen=True, slots=True)
class Perception:
    """The two parties' own views side by side."""

    sentence: str
    chart: Chart
    rows: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure the figures are."""

    sentences: tuple[str, ...]
    rows: tuple[RangeRow, ...]
    chances: tuple[tuple[str, str], ...]
    agreement: tuple[AgreementView, ...]
    without_rater: tuple[tuple[str, str], ...]
    perception: Perception | None
    technical: str


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the rubric with its points."""

    level: int
    points: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Band:
    """One stage of the rubric with the points it starts at."""

    title: str
    starts: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Method:
    """How the figures were made, and from what."""

    raters: tuple[str, ...]
    fingerprints: tuple[str, ...]
    rubric: str
    rubric_title: str
    rubric_hash: str
    engine: str
    schema_version: str
    levels: tuple[Level, ...]
    stages: tuple[Band, ...]
    grades: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    not_applicable: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that a report says, in one language."""

    language: str
    title: str
    party_a: str
    party_b: str
    as_of: str
    as_of_iso: str
    illustration: bool
    front: Front
    profile: Chart
    sure: Sure | None
    heat: Chart
    timeline: Chart | None
    years: tuple[tuple[int, int, int, int], ...]
    components: tuple[ComponentView, ...]
    contribution: Decimal | None
    lost: Decimal | None
    strengths: tuple[IndicatorView, ...]
    gaps: tuple[IndicatorView, ...]
    gates: tuple[GateView, ...]
    waterfall: Chart
    challenges: Challenges | None
    systems: tuple[SystemView, ...]
    aims: tuple[AimView, ...]
    questions: tuple[Question, ...]
    evidence: tuple[EvidenceView, ...]
    method: Method
    key_dates: tuple[KeyDate, ...]
    matrix: Chart | None
    contents: tuple[tuple[str, str], ...]
    open_groups: tuple[Question, ...]
