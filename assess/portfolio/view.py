"""The values that a portfolio report says."""

from dataclasses import dataclass

from assess.report.view.model import Chart, MarkingView, Table


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group of relationships with similar profiles."""

    name: str
    count: str
    index: str
    strong: str
    weak: str
    members: str


@dataclass(frozen=True, slots=True)
class ClustersView:
    """The groups, and how they were made."""

    finding: str
    method: str
    chart: Chart
    groups: tuple[GroupView, ...]
    between: Table


@dataclass(frozen=True, slots=True)
class MoverView:
    """One relationship at two dates."""

    title: str
    dates: str
    before: str
    after: str
    change: str
    from_answers: str
    from_coverage: str
    clear: bool
    moves: str


@dataclass(frozen=True, slots=True)
class MoversView:
    """What moved within a year."""

    finding: str
    chart: Chart
    rows: tuple[MoverView, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the common plan."""

    title: str
    indicator: str
    level: str
    action: str
    effort: str
    gain: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The best use of one budget."""

    finding: str
    method: str
    steps: tuple[StepView, ...]
    total_effort: str
    total_gain: str
    kinds: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class AheadView:
    """Whether relationships can be told apart at all."""

    finding: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class CoherenceView:
    """Whether the indicators hang together."""

    finding: str
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RelationshipView:
    """One row of the table of all relationships; cells carry a tone for their shade."""

    title: str
    as_of: str
    index: str
    likely: str
    coverage: str
    stage: str
    pressure: str
    components: tuple[tuple[str, str], ...]
    standing: str


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """The whole report."""

    language: str
    title: str
    as_of_iso: str
    dates: str
    rubric: str
    engine: str
    marking: MarkingView | None
    internal: str
    label: str
    headline: str
    findings: tuple[str, ...]
    contents: tuple[tuple[str, str], ...]
    stages: Chart
    scatter: Chart | None
    scatter_finding: str
    components: Chart
    component_heads: tuple[str, ...]
    component_names: str
    clusters: ClustersView | None
    clusters_missing: str
    movers: MoversView | None
    plan: PlanView | None
    plan_missing: str
    ahead: AheadView | None
    coherence: CoherenceView
    relationships: tuple[RelationshipView, ...]
    left_out: str
    problems: tuple[str, ...]
    method: tuple[str, ...]
