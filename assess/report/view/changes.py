"""What the report of a change over time says."""

from dataclasses import dataclass
from itertools import pairwise

from assess import words
from assess.compare.over_time import Change, Moment, Move, Trend
from assess.days import long_day, short_day
from assess.language import N_, Translator
from assess.report import charts
from assess.report.charts.slopes import Slope
from assess.report.charts.trend import Point
from assess.report.view.handling import marking_view
from assess.report.view.model import Chart, MarkingView
from assess.rubric.model import Rubric
from assess.scoring.rounding import largest_remainder

_MOST = 12
_COPIES = {"partner": N_("A copy for the partner."), "public": N_("A copy for the public.")}


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One indicator that moved the index."""

    indicator: str  # id
    title: str  # name
    before: str  # points before, or a dash
    after: str  # points after, or a dash
    from_points: str  # points of the index from a changed answer
    from_coverage: str  # points of the index from what became known or unknown


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One step from date to date."""

    title: str  # the two dates
    sentence: str  # the change in one sentence
    moves: tuple[MoveRow, ...]  # the widest moves
    rest: str  # the other moves in one line, or empty
    chart: Chart | None  # the moves as bars


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One date."""

    as_of: str  # date
    points: str  # index, or a dash
    likely: str  # likely range, or a dash
    bounds: str  # hard bounds
    coverage: str  # answered share of the weight, in per cent
    stage: str  # name of the stage, or a dash


@dataclass(frozen=True, slots=True)
class TrendView:
    """Everything that the report of a change says, in one language."""

    language: str  # code such as en or uk
    title: str  # the relationship
    rubric: str  # id and version
    as_of_iso: str  # date of the last assessment
    marking: MarkingView | None  # who may see it, or None
    copy: str  # for whom this copy is, or empty for the full comparison
    note: str  # what is compared where the rubric changed on the way, or nothing
    finding: str  # one sentence
    chart: Chart  # the index at each date
    moments: tuple[MomentRow, ...]  # the dates, oldest first
    components: tuple[tuple[str, tuple[str, ...]], ...]  # name, and points at each date
    changes: tuple[ChangeView, ...]  # steps from date to date
    slopes: Chart  # each component at the first date and at the last


def trend_view(trend: Trend, rubric: Rubric, tr: Translator, title: str = "") -> TrendView:
    """Say everything about ``trend`` in the language of ``tr``; ``title`` names the relationship in it."""
    stages = {stage.id: tr(stage.title) for stage in rubric.stages}
    return TrendView(
        language=tr.language,
        title=title or trend.title,
        rubric=trend.rubric,
        as_of_iso=trend.moments[-1].as_of,
        marking=marking_view(trend.marking, tr),
        copy=tr(_COPIES[trend.audience]) if trend.audience in _COPIES else "",
        finding=_finding(trend, tr),
        note=" ".join(filter(None, (_note(trend, tr), _little(trend, rubric, tr)))),
        chart=_chart(trend, rubric, tr),
        moments=tuple(_moment(m, stages, tr) for m in trend.moments),
        components=tuple(
            (tr(c.title), tuple(words.number(dict(m.components).get(c.id)) for m in trend.moments))
            for c in rubric.components
        ),
        changes=tuple(
            _change(c, rubric, tr) if a.points is not None and b.points is not None else _unknown(c, tr)
            for c, (a, b) in zip(trend.changes, pairwise(trend.moments), strict=True)
        ),
        slopes=_slopes(trend, rubric, tr),
    )


def _finding(trend: Trend, tr: Translator) -> str:
    first, last = trend.moments[0], trend.moments[-1]
    if first.points is None or last.points is None:
        return tr("At one of the dates nothing is known, so no change can be stated.")
    change = last.points - first.points
    days = {"first": long_day(first.as_of, tr), "last": long_day(last.as_of, tr)}
    values = days | {"points": words.number(abs(change), 1, tr)}
    if abs(change) < 0.05:
        return tr("Between {first} and {last} the index did not change.").format(**values)
    rose = tr("Between {first} and {last} the index rose by {points} points.")
    fell = tr("Between {first} and {last} the index fell by {points} points.")
    return (rose if change > 0 else fell).format(**values) + _doubt(first, last, tr)


def _note(trend: Trend, tr: Translator) -> str:
    """What is compared where the rubric changed on the way; empty where it did not."""
    if trend.shared is None:
        return ""
    text = tr("The rubric changed on the way (versions {versions}). Only what all versions ask in the same words is "
              "compared, {count}; so the figures differ from those of the reports, and no stage follows from them.")
    count = tr.plural("{count} indicator", "{count} indicators", len(trend.shared))
    return text.format(versions=", ".join(trend.versions), count=count)


def _little(trend: Trend, rubric: Rubric, tr: Translator) -> str:
    """That the index is indicative only, where too little is answered for one figure (rule 4)."""
    least = rubric.coverage.overall_minimum
    if all(m.coverage >= least for m in trend.moments):
        return ""
    text = tr("Less than {share} of the weight is answered at some date: the index is indicative only, and its change "
              "is that of what was answered.")
    return text.format(share=words.percent(least))


def _doubt(first: Moment, last: Moment, tr: Translator) -> str:
    """Whether the likely ranges tell the two dates apart."""
    if first.likely is None or last.likely is None:
        return ""
    apart = first.likely.high < last.likely.low or last.likely.high < first.likely.low
    if apart:
        return " " + tr("The likely ranges of the two dates do not overlap.")
    return " " + tr("The likely ranges of the two dates overlap: the change may be smaller than the doubt.")


def _chart(trend: Trend, rubric: Rubric, tr: Translator) -> Chart:
    points = [
        Point(m.as_of, m.points, m.likely.low if m.likely else m.low, m.likely.high if m.likely else m.high,
              short_day(m.as_of, tr))
        for m in trend.moments
    ]
    first, last = trend.moments[0], trend.moments[-1]
    title = tr("The index stood at {first} on {start} and at {last} on {end}").format(
        first=words.number(first.points), start=long_day(first.as_of, tr), last=words.number(last.points),
        end=long_day(last.as_of, tr))
    if first.points is None or last.points is None:
        title = tr("The index is known at one of the two ends at most")
    text = "; ".join(f"{short_day(m.as_of, tr)}: {words.number(m.points)}" for m in trend.moments)
    return Chart(title, charts.trend(points, [(tr(s.title), s.from_score) for s in rubric.stages], title, text))


def _slopes(trend: Trend, rubric: Rubric, tr: Translator) -> Chart:
    """Each component at the first date and at the last."""
    ends = [dict(m.components) for m in (trend.moments[0], trend.moments[-1])]
    rows = [Slope(tr(c.title), ends[0].get(c.id), ends[1].get(c.id)) for c in rubric.components]
    moved = [(r.after - r.before, r.title) for r in rows if r.before is not None and r.after is not None]
    title = tr("No component is known at both dates")
    if moved:
        widest, name = max(moved, key=lambda row: abs(row[0]))
        title = tr("«{title}» moved furthest: {change} points").format(title=name, change=words.signed(widest, tr))
        if abs(widest) < 0.05:
            title = tr("No component moved")
    text = "; ".join(f"{r.title}: {words.number(r.before)} → {words.number(r.after)}" for r in rows)
    return Chart(title, charts.slopes(rows, title, text))


def _moves_chart(rows: list[tuple[str, float]], tr: Translator) -> Chart | None:
    """The widest moves (indicator, points as printed) as bars to the left and right of no change."""
    if not rows:
        return None
    rises = sum(value > 0 for _, value in rows)
    title = tr("Of the widest moves, {rises} and {falls}").format(
        rises=tr.plural("{count} raises the index", "{count} raise the index", rises),
        falls=tr.plural("{count} lowers it", "{count} lower it", len(rows) - rises))
    text = "; ".join(f"{name}: {words.signed(value, tr)}" for name, value in rows)
    return Chart(title, charts.moves(rows, title, text, mark=tr.decimal_mark))


def _moment(m: Moment, stages: dict[str, str], tr: Translator) -> MomentRow:
    likely = f"{words.number(m.likely.low)}–{words.number(m.likely.high)}" if m.likely else "–"
    bounds = f"{words.number(m.low)}–{words.number(m.high)}"
    stage = stages[m.stage] if m.stage else "–"
    return MomentRow(short_day(m.as_of, tr), words.number(m.points), likely, bounds, words.percent(m.coverage), stage)


def _change(change: Change, rubric: Rubric, tr: Translator) -> ChangeView:
    """The widest moves by name, the others in one line, so that the printed column adds up."""
    moved = [m for m in change.moves if abs(m.from_points) + abs(m.from_coverage) > 1e-9]
    values = [m.from_points for m in moved] + [m.from_coverage for m in moved]
    printed = [float(value) for value in largest_remainder(values)]
    shown = [words.signed(value, tr) for value in printed]
    bars = [(f"{m.indicator} {tr(rubric.indicators[m.indicator].title)}", printed[n] + printed[len(moved) + n])
            for n, m in enumerate(moved[:_MOST])]
    rows = tuple(
        _row(m, rubric, tr, shown[n], shown[len(moved) + n]) for n, m in enumerate(moved[:_MOST])
    )
    text = tr("{change} points: {points} from answers that moved, {coverage} from what became known, unknown or not "
              "applicable.")
    sentence = text.format(change=words.signed(change.change, tr), points=words.signed(change.from_points, tr),
                           coverage=words.signed(change.from_coverage, tr))
    rest = sum(m.from_points + m.from_coverage for m in moved[_MOST:])
    more = tr.plural("{count} further indicator", "{count} further indicators", len(moved) - _MOST)
    return ChangeView(_between(change, tr), sentence, rows,
                      f"{more}: {words.signed(rest, tr)}" if len(moved) > _MOST else "",
                      _moves_chart(bars, tr))


def _between(change: Change, tr: Translator) -> str:
    """The two dates of a change."""
    return f"{long_day(change.before, tr)} – {long_day(change.after, tr)}"


def _unknown(change: Change, tr: Translator) -> ChangeView:
    """A step to or from a date of which nothing is known: there is no change to be split."""
    sentence = tr("At one of the two dates nothing is known, so there is no change to split.")
    return ChangeView(_between(change, tr), sentence, (), "", None)


def _row(m: Move, rubric: Rubric, tr: Translator, points: str, coverage: str) -> MoveRow:
    title = tr(rubric.indicators[m.indicator].title)
    return MoveRow(m.indicator, title, words.number(m.before), words.number(m.after), points, coverage)
