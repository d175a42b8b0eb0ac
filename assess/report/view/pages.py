"""What three later parts say: what drives the result, the roadmap, and the methodology annex."""

from dataclasses import dataclass

from assess.report.view.basics import Chart, Table


@dataclass(frozen=True, slots=True)
class Ranked:
    """One indicator with the figure by which it is ranked."""

    id: str  # id of the indicator
    title: str  # its name
    figure: str  # the figure by which it is ranked
    note: str  # what else there is to say, or nothing


@dataclass(frozen=True, slots=True)
class Drives:
    """What the doubt about the result is made of, and what would have to change for it to change."""

    finding: str  # where most of the doubt comes from
    sentences: tuple[str, ...]  # what the stage hangs on, other choices, other level steps
    shares: Chart | None  # shares of the doubt, or None where nothing varies
    tipping: tuple[str, ...]  # what would change the stage, a sentence each
    left_out: tuple[Ranked, ...]  # indicators without which the index moves most
    worth: tuple[Ranked, ...]  # open questions that would tell most


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the roadmap."""

    number: int  # counted from 1
    id: str  # such as TRU-02@3
    indicator: str  # id of the indicator
    title: str  # its name
    levels: str  # from which level to which
    action: str  # what is done
    who: str  # offices that would act
    needs: tuple[str, ...]  # numbers of the steps it needs
    proof: tuple[str, ...]  # documents that settle the new level
    effort: str  # person-months of both sides
    gain: str  # points of the index
    stays: str  # share of plans in which it stays
    year: int | None  # counted from 1, or None without years


@dataclass(frozen=True, slots=True)
class PlanView:
    """The roadmap."""

    finding: str  # the aim and what it takes
    sentences: tuple[str, ...]  # where the plan leads and how sure that is
    hindrances: tuple[str, ...]  # what keeps the stage out of reach
    timeline: Chart | None  # the steps as bars, or None
    steps: tuple[StepRow, ...]  # in the order in which they are taken
    quick_wins: tuple[Ranked, ...]  # single steps that need nothing
    curve: Chart | None  # what more effort would bring, or None
    find_out: tuple[Ranked, ...]  # what is to be found out first
    blocked: tuple[tuple[str, tuple[str, ...]], ...]  # steps that wait, each with the indicators they wait for


@dataclass(frozen=True, slots=True)
class Tenth:
    """One of the ten steps of the OECD and JRC handbook, and where it is taken."""

    title: str  # name of the step
    where: str  # how it is taken here
    link: str  # id of the place in the report
    done: bool  # whether it is taken


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """One indicator as the rubric has it."""

    id: str  # id of the indicator
    title: str  # its name
    weight: str  # in its component
    effective: str  # its share of the index
    gate: str  # id of the gate that looks at it, or nothing
    anchors: tuple[tuple[int, str], ...]  # level and its text


@dataclass(frozen=True, slots=True)
class Annex:
    """The methodology annex."""

    intro: str  # which rubric, by its fingerprint
    facts: tuple[tuple[str, str], ...]  # what went in: name and text
    assumptions: tuple[str, ...]  # what is taken for granted
    not_identified: tuple[str, ...]  # what these data cannot tell
    ten_steps: tuple[Tenth, ...]  # of the handbook by OECD and JRC
    gates: Table  # every gate and what was compared
    contributions: Table | None  # of every indicator, or None where nothing is known
    sum_check: str  # whether they add up
    alternatives: Table | None  # index and stage under other choices, or None
    left_out: Table | None  # the index without each component, or None
    roadmap: tuple[tuple[str, str], ...]  # how the roadmap was computed: name and text
    instrument: tuple[tuple[str, tuple[InstrumentRow, ...]], ...]  # every indicator by component
