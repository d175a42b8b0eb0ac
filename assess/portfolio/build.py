"""Put the whole portfolio report together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assess import __version__, words
from assess.days import long_day, short_day
from assess.language import N_, Translator
from assess.portfolio import charts
from assess.portfolio.ahead import Standing, standings
from assess.portfolio.budget import CommonPlan
from assess.portfolio.movers import Mover
from assess.portfolio.overview import Overview
from assess.portfolio.parts import ahead_view, clusters_view, coherence_view, movers_view, plan_view
from assess.portfolio.say import Say, tone
from assess.portfolio.view import PortfolioView, RelationshipView
from assess.report.view.handling import marking_view
from assess.report.view.model import Chart, Table
from assess.rubric.model import Rubric

MOST_ROWS = 250
SECTIONS = {
    "stages": N_("Where the relationships stand"), "scatter": N_("Readiness against challenges"),
    "components": N_("Components"), "clusters": N_("Groups with similar profiles"),
    "movers": N_("What moved within a year"), "plan": N_("Where one more step pays most"),
    "ahead": N_("What can be told apart"), "coherence": N_("Whether the indicators hang together"),
    "all": N_("All relationships"), "problems": N_("What could not be read"), "method": N_("How this was made"),
}
"""Parts of the report by id, in their order."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was computed for the report beside the overview."""

    title: str | None
    movers: Sequence[Mover]
    plan: CommonPlan | None
    problems: Sequence[str]
    bad: int
    marking: str | None


def build_view(seen: Overview, found: Findings, rubric: Rubric, tr: Translator) -> PortfolioView:
    """Say everything about a portfolio in the language of ``tr``."""
    say = Say(seen, rubric, tr)
    clusters, clusters_missing = clusters_view(say)
    standing = standings(seen.quantiles) if len(seen) > 1 and not np.isnan(seen.quantiles).any() else None
    ahead = ahead_view(say, standing, clusters) if standing else None
    plan = plan_view(say, found.plan) if found.plan and found.plan.shares else None
    movers = movers_view(say, found.movers) if found.movers else None
    dates = sorted({member.as_of for member in seen.members})
    absent = {"movers": movers is None, "ahead": ahead is None, "problems": not found.problems,
              "scatter": not len(seen)}
    return PortfolioView(
        language=tr.language,
        title=found.title or tr("Portfolio of relationships"),
        as_of_iso=dates[-1] if dates else "",
        dates=" – ".join(long_day(date, tr) for date in dict.fromkeys((*dates[:1], *dates[-1:]))) or "–",
        rubric=f"{rubric.id} {rubric.version}",
        engine=__version__,
        marking=marking_view(found.marking, tr),
        internal=tr("For internal use: no copies for partner or public are made of a portfolio."),
        label=_label(say),
        headline=_headline(say),
        findings=tuple(_findings(say, found)),
        contents=tuple((key, tr(title)) for key, title in SECTIONS.items() if not absent.get(key)),
        stages=_stages(say),
        scatter=_scatter(say) if len(seen) else None,
        scatter_finding=_scatter_finding(say),
        components=_components(say),
        component_heads=tuple(component.id for component in rubric.components),
        component_names=", ".join(f"{c.id} {tr(c.title)}" for c in rubric.components),
        clusters=clusters,
        clusters_missing=clusters_missing,
        movers=movers,
        plan=plan,
        plan_missing="" if plan else tr("There is no plan: no relationship is known well enough, or no step fits "
                                        "into the budget."),
        ahead=ahead,
        coherence=coherence_view(say),
        relationships=_rows(say, standing) if len(seen) <= MOST_ROWS else (),
        left_out=_left_out(say),
        problems=tuple(found.problems),
        method=tuple(_method(say)),
    )


def _left_out(say: Say) -> str:
    if len(say.seen) <= MOST_ROWS:
        return ""
    return say.tr.plural(
        "{count} relationship is too many for a table on paper; the workbook and the other tables hold it.",
        "{count} relationships are too many for a table on paper; the workbook and the other tables hold them all.",
        len(say.seen))


def _label(say: Say) -> str:
    seen, tr = say.seen, say.tr
    if not seen.illustrations:
        return ""
    if seen.illustrations == len(seen):
        return tr("All of this is illustration: neither side of any relationship has answered.")
    return tr.plural("{count} relationship is an illustration: neither side has answered.",
                     "{count} relationships are illustrations: neither side has answered.", seen.illustrations)


def _headline(say: Say) -> str:
    seen, tr = say.seen, say.tr
    known = seen.index[seen.published]
    text = tr.plural("{count} relationship was assessed.", "{count} relationships were assessed.", len(seen))
    if not len(known):
        return text + " " + tr("None of them is known well enough for one figure.")
    middle = tr("Of the {count} that are known well enough for one figure, half stand at {middle} of 100 or higher, "
                "and the middle half between {low} and {high}.")
    low, half, high = np.quantile(known, [0.25, 0.5, 0.75])
    return f"{text} " + middle.format(count=len(known), middle=say.points(half), low=say.points(low),
                                      high=say.points(high))


def _averages(say: Say, means: Sequence[float]) -> str:
    """The strongest and the weakest components by their mean."""
    if max(means) - min(means) < 1e-6:
        return say.tr("On average all components stand alike, at {points}.").format(points=say.points(means[0]))
    text = say.tr("On average the strongest components are {strong}; the weakest are {weak}.")
    return text.format(strong=say.best(means), weak=say.best(means, lowest=True))


def _findings(say: Say, found: Findings) -> list[str]:
    """What a reader should take away, one sentence each."""
    seen, tr = say.seen, say.tr
    lines = []
    means = [float(np.nanmean(c)) if not np.isnan(c).all() else np.nan for c in seen.components.T]
    if not np.isnan(means).any():
        lines.append(_averages(say, means))
    hidden = len(seen) - int(seen.published.sum())
    if hidden:
        lines.append(tr.plural(
            "{count} relationship is known too little for one figure; answers are its next step.",
            "{count} relationships are known too little for one figure; answers are their next step.", hidden))
    if found.bad:
        lines.append(tr.plural("{count} file could not be read and is not in here.",
                               "{count} files could not be read and are not in here.", found.bad))
    lines.append(tr("No country is ranked, and no relationship has a place in a list: where two are compared, the "
                    "chance is stated that one is ahead of the other."))
    return lines


# --- charts -------------------------------------------------------------------------------------


def _stages(say: Say) -> Chart:
    seen, tr = say.seen, say.tr
    place = {stage.id: n for n, stage in enumerate(say.rubric.stages)}
    rows = []
    for key, name in say.stages.items():
        sure = sum(stage == key for stage in seen.stages)
        could = sum(
            stage == key or (not stage and place[low] <= place[key] <= place[high])
            for stage, low, high in zip(seen.stages, seen.lowest, seen.highest, strict=True)
        )
        rows.append((name, sure, could))
    most = max(rows, key=lambda row: row[1], default=("", 0, 0))
    title = tr("Most relationships of which the stage is certain stand at «{stage}»: {count}").format(
        stage=most[0], count=most[1]) if most[1] else tr("No stage is certain for any relationship")
    text = "; ".join(f"{name}: {sure} / {could}" for name, sure, could in rows)
    data = Table((tr("Stage"), tr("stand there"), tr("could stand there")),
                 tuple((name, str(sure), str(could)) for name, sure, could in rows))
    return Chart(title, charts.stage_bars(rows, (tr("stand there"), tr("could stand there")), title, text), data)


def _scatter(say: Say) -> Chart:
    seen, tr = say.seen, say.tr
    known = np.flatnonzero(~np.isnan(seen.index) & ~np.isnan(seen.pressure))
    enough = seen.published & (seen.pressure_coverage >= say.rubric.coverage.overall_minimum)
    dots = [charts.Dot(say.codes[n], seen.index[n], seen.pressure[n], not enough[n]) for n in known]
    title = tr("Readiness from left to right, the weight of challenges from bottom to top")
    text = "; ".join(f"{d.name}: {d.x:.0f}, {d.y:.0f}" for d in dots[:40])
    picture = charts.scatter(dots, tr("Readiness"), tr("Weight of challenges"), title, text)
    return Chart(title, picture)


def _scatter_finding(say: Say) -> str:
    """Count the corner where much stands against little."""
    seen, tr = say.seen, say.tr
    corner = np.flatnonzero((seen.index < 50) & (seen.pressure >= 50) & seen.published)
    if not len(corner):
        return tr("No relationship that is known well enough combines grave challenges with low readiness.")
    text = tr.plural("{count} relationship combines grave challenges (50 or more) with low readiness (below 50): ",
                     "{count} relationships combine grave challenges (50 or more) with low readiness (below 50): ",
                     len(corner))
    return text + say.listed([say.codes[n] for n in corner], 16) + "."


def _components(say: Say) -> Chart:
    seen, tr = say.seen, say.tr
    minimum = say.rubric.coverage.component_minimum
    rows = []
    for n, title in enumerate(say.components):
        column = seen.components[:, n][seen.component_coverage[:, n] >= minimum]
        column = column[~np.isnan(column)]
        spread = tuple(float(v) for v in np.quantile(column, [0.1, 0.25, 0.5, 0.75, 0.9])) if len(column) else None
        rows.append(charts.Spread(title, spread))  # type: ignore[arg-type]
    middles = {row.title: row.quantiles[2] for row in rows if row.quantiles}
    title = _lowest(say, middles)
    text = "; ".join(f"{name}: {value:.0f}" for name, value in middles.items())
    head = (tr("Component"), tr("lowest tenth"), tr("lower quarter"), tr("middle"), tr("upper quarter"),
            tr("highest tenth"))
    data = Table(head, tuple((row.title, *(say.points(v) for v in row.quantiles)) for row in rows if row.quantiles))
    return Chart(title, charts.spreads(rows, title, text), data)


def _lowest(say: Say, middles: Mapping[str, float]) -> str:
    """In which components the middle relationship stands lowest."""
    tr = say.tr
    if not middles:
        return tr("No component is known well enough anywhere")
    lowest = words.foremost(middles, lowest=True)
    if len(lowest) == 1:
        return tr("{title} is the component in which the middle relationship stands lowest").format(title=lowest[0])
    if len(lowest) == len(middles):
        text = tr("The middle relationship stands alike in every component: {points}")
        return text.format(points=say.points(middles[lowest[0]]))
    text = tr("{titles} are the components in which the middle relationship stands lowest")
    return text.format(titles=say.listed(lowest, 3))


# --- the table of all ---------------------------------------------------------------------------


def _rows(say: Say, standing: Standing | None) -> tuple[RelationshipView, ...]:
    return tuple(_row(say, n, standing) for n in say.by_name)


def _row(say: Say, n: int, standing: Standing | None) -> RelationshipView:
    seen = say.seen
    minimum = say.rubric.coverage.component_minimum
    shown = say.points(seen.index[n])
    cells = []
    for value, coverage in zip(seen.components[n], seen.component_coverage[n], strict=True):
        indicative = bool(coverage < minimum) and not np.isnan(value)
        cells.append((f"({say.points(value)})" if indicative else say.points(value), tone(value)))
    drawn = not np.isnan(seen.likely_low[n])
    return RelationshipView(
        title=say.titles[n],
        as_of=short_day(seen.members[n].as_of, say.tr),
        index=shown if seen.published[n] or shown == "–" else f"({shown})",
        likely=f"{say.points(seen.likely_low[n])}–{say.points(seen.likely_high[n])}" if drawn else "–",
        coverage=words.percent(float(seen.coverage[n])),
        stage=say.stage(n),
        pressure=say.points(seen.pressure[n]),
        components=tuple(cells),
        standing=f"{standing.ahead[n]} / {standing.behind[n]}" if standing else "–",
    )


def _method(say: Say) -> list[str]:
    """How every part was made, for a reader who wants to check."""
    tr, seen = say.tr, say.seen
    return [
        tr("Every relationship was scored by itself with the rubric {rubric}, exactly as «assess score» does; nothing "
           "in the portfolio changes another's figures. Of several dates the newest counts.").format(
            rubric=f"{say.rubric.id} {say.rubric.version}"),
        tr("A figure is published where at least {share} of the weight is answered; others stand in brackets and take "
           "part neither in groups nor in the plan.").format(share=words.percent(say.rubric.coverage.overall_minimum)),
        tr("Likely ranges (90 %) come from the rating model of the method, drawn for all relationships at once with "
           "chains shorter than those of a single report."),
        tr("The chance that one relationship is ahead of another is the share of pairs of draws in which its index is "
           "the higher; the draws of two relationships are taken as independent. From {clear} on it is called "
           "clear.").format(clear="90 %"),
        tr("{count} figures are held here for one relationship; all of them stand in the tables beside this "
           "report.").format(count=seen.indicators.shape[1]),
    ]
