"""The larger parts of a portfolio report: groups, movers, the common plan, what can be told apart, coherence."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from assess._arrays import FloatArray
from assess.days import short_day
from assess.index import NotEstimable, cronbach_alpha, principal_components
from assess.portfolio import charts
from assess.portfolio.ahead import CLEAR, Standing, chance, matrix
from assess.portfolio.budget import CommonPlan
from assess.portfolio.clusters import FEWEST, Clusters, clusters
from assess.portfolio.movers import Mover
from assess.portfolio.say import Say, tone
from assess.portfolio.view import (
    AheadView,
    ClustersView,
    CoherenceView,
    GroupView,
    MoversView,
    MoverView,
    PlanView,
    StepView,
)
from assess.report.charts.heat import HeatCell, heat_map
from assess.report.view.model import Chart, Table
from assess.rubric.model import Step

MOST_MOVERS, MOST_ARROWS, MOST_STEPS, MOST_SQUARE = 30, 16, 40, 14


# --- groups -------------------------------------------------------------------------------------


def clusters_view(say: Say) -> tuple[ClustersView | None, str]:
    """Return the groups, or why there are none."""
    seen, tr = say.seen, say.tr
    points = np.where(seen.published[:, np.newaxis], seen.components, np.nan)
    found = clusters(points)
    if found is None:
        text = tr("There are no groups: it takes {fewest} relationships with every component known.")
        return None, text.format(fewest=FEWEST)
    names = [tr("Group {number}").format(number=n + 1) for n in range(len(found.means))]
    return ClustersView(
        finding=_groups_finding(say, found),
        method=_groups_method(say, found),
        chart=_groups_chart(say, found, names),
        groups=tuple(_group(say, found, n, name) for n, name in enumerate(names)),
        between=_between(say, found, names),
    ), ""


def _groups_finding(say: Say, found: Clusters) -> str:
    text = say.tr("{count} relationships fall into {groups} groups with similar profiles.").format(
        count=len(found.rows), groups=len(found.means))
    if found.silhouette < 0.25:
        text += " " + say.tr("The groups run into each other; take them as a way of reading, not as camps.")
    return text


def _groups_method(say: Say, found: Clusters) -> str:
    tr = say.tr
    text = tr("Ward's hierarchical clustering of the points of all components, not rescaled; the number of groups (two "
              "to six) is the one with the greatest mean silhouette, here {silhouette}.")
    text = text.format(silhouette=say.points(found.silhouette, 2))
    if found.sampled < len(found.rows):
        text += " " + tr("The tree was built from every so-manieth relationship, {count} in all; the others joined the "
                         "group whose mean is nearest.").format(count=found.sampled)
    return text


def _groups_chart(say: Say, found: Clusters, names: Sequence[str]) -> Chart:
    tr = say.tr
    rows = [
        (f"{name} ({len(found.members(n))})",
         [HeatCell(c.id, float(v), "") for c, v in zip(say.rubric.components, found.means[n], strict=True)])
        for n, name in enumerate(names)
    ]
    title = tr("Mean points of each component in each group")
    text = "; ".join(f"{name}: {', '.join(f'{c.id} {c.points:.0f}' for c in cells)}" for name, cells in rows)
    data = Table((tr("Group"), *(c.id for c in say.rubric.components)),
                 tuple((name, *(say.points(c.points or 0.0) for c in cells)) for name, cells in rows))
    return Chart(title, heat_map(rows, title, text), data)


def _group(say: Say, found: Clusters, number: int, name: str) -> GroupView:
    rows = found.members(number)
    index = say.seen.index[rows]
    middle = f"{say.points(float(np.median(index)))} ({say.points(index.min())}–{say.points(index.max())})"
    mean = found.means[number]
    return GroupView(name, str(len(rows)), middle, say.best(mean), say.best(mean, lowest=True),
                     say.listed([say.codes[n] for n in rows], 60))


def _between(say: Say, found: Clusters, names: Sequence[str]) -> Table:
    """The chance that a relationship of one group is ahead of one of another, both drawn by chance."""
    quantiles = say.seen.quantiles
    pools = [quantiles[found.members(n)].ravel() for n in range(len(names))]
    rows = []
    for m, name in enumerate(names):
        cells = ["–" if m == n or np.isnan(pools[m]).any() or np.isnan(pools[n]).any()
                 else f"{100 * chance(pools[m], pools[n]):.0f} %" for n in range(len(names))]
        rows.append((name, *cells))
    return Table((say.tr("ahead of"), *names), tuple(rows))


# --- movers -------------------------------------------------------------------------------------


def movers_view(say: Say, found: Sequence[Mover]) -> MoversView:
    """Say what moved within a year, the widest first."""
    tr = say.tr
    clear = [m for m in found if m.clear]
    up = sum(m.change > 0 for m in clear)
    finding = tr.plural("{count} relationship was assessed about a year before as well.",
                        "{count} relationships were assessed about a year before as well.", len(found)) + " "
    if clear:
        finding += tr("In {count} the likely ranges of the two dates do not overlap ({up} up, {down} down); all other "
                      "changes may be smaller than the doubt.").format(count=len(clear), up=up, down=len(clear) - up)
    else:
        finding += tr("In none the likely ranges of the two dates are apart: every change may be smaller than the "
                      "doubt.")
    shown = found[:MOST_ARROWS]
    title = tr("From a year before (ring) to the newest date (tip); bold where the likely ranges are apart")
    arrows = [charts.Arrow(say.codes[say.row[m.newest.relationship]], m.before, m.after, m.clear) for m in shown]
    text = "; ".join(f"{a.title}: {a.before:.0f} > {a.after:.0f}" for a in arrows)
    rest = len(found) - MOST_MOVERS
    return MoversView(
        finding, Chart(title, charts.arrows(arrows, title, text)),
        tuple(_mover(say, m) for m in found[:MOST_MOVERS]),
        tr.plural("{count} smaller change is left out here.", "{count} smaller changes are left out here.", rest)
        if rest > 0 else "",
    )


def _mover(say: Say, m: Mover) -> MoverView:
    moves = ", ".join(f"{key} {say.signed(points, 1)}" for key, points in m.moves)
    return MoverView(
        title=say.titles[say.row[m.newest.relationship]],
        dates=" – ".join(short_day(member.as_of, say.tr) for member in (m.earlier, m.newest)),
        before=say.points(m.before), after=say.points(m.after), change=say.signed(m.change, 1),
        from_answers=say.signed(m.from_answers, 1), from_coverage=say.signed(m.from_coverage, 1),
        clear=m.clear, moves=moves,
    )


# --- plan ---------------------------------------------------------------------------------------


def plan_view(say: Say, plan: CommonPlan) -> PlanView:
    """Say what one budget brings most with."""
    tr = say.tr
    steps = [(share.relationship, key) for share in plan.shares for key in share.selection.ids]
    finding = tr("With {budget} person-months the best plan takes {steps} steps in {count} relationships and brings "
                 "{gain} points in all, counted over their indices.")
    method = tr("Chosen exactly by integer programming for each relationship and a table of budgets over all of them: "
                "no other division of this budget brings more. Gains are points of each relationship's own index "
                "within what is known of it; efforts are those of the rubric, of both sides together.")
    return PlanView(
        finding=finding.format(budget=plan.budget, steps=len(steps), count=len(plan.shares),
                               gain=say.points(plan.gain, 1)),
        method=method,
        steps=tuple(_steps(say, plan))[:MOST_STEPS],
        total_effort=f"{plan.effort:g}",
        total_gain=say.points(plan.gain, 1),
        kinds=_kinds(say, plan),
    )


def _steps(say: Say, plan: CommonPlan) -> list[StepView]:
    found = []
    for share in plan.shares:
        for key, gain, effort in share.steps:
            indicator, level = key.rsplit("@", 1)
            step = step_to(say, indicator, int(level))
            found.append(StepView(
                title=say.titles[say.row[share.relationship]], indicator=indicator, level=level,
                action=say.tr(step.action), effort=f"{effort:g}", gain=say.points(gain, 1),
            ))
    return found


def step_to(say: Say, indicator: str, level: int) -> Step:
    """Return the step of the rubric that reaches this level."""
    steps = say.rubric.indicators[indicator].steps
    return next(step for number, step in steps.items() if max(number, step.carries_to or 0) == level)


def _kinds(say: Say, plan: CommonPlan) -> tuple[tuple[str, str, str, str, str], ...]:
    """The same steps by indicator: what is worth doing as one programme for many relationships."""
    rows: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for share in plan.shares:
        for key, gain, effort in share.steps:
            rows[key.rsplit("@", 1)[0]].append((gain, effort))
    order = sorted(rows, key=lambda key: (-len(rows[key]), -sum(g for g, _ in rows[key]), key))
    return tuple(
        (key, say.tr(say.rubric.indicators[key].title), str(len(rows[key])),
         f"{sum(e for _, e in rows[key]):g}", say.points(sum(g for g, _ in rows[key]), 1))
        for key in order[:12]
    )


# --- what can be told apart ---------------------------------------------------------------------


def ahead_view(say: Say, standing: Standing, groups: ClustersView | None) -> AheadView:
    """Say how many pairs can be told apart, and show the chances where there are few relationships."""
    tr, count = say.tr, len(say.seen)
    pairs = count * (count - 1) / 2
    share = float(standing.ahead.sum()) / pairs
    finding = tr("Of {pairs} pairs of relationships, one is clearly ahead of the other in {share}; in the others the "
                 "chance is below {clear} either way, and no order should be read into their figures.")
    text = finding.format(pairs=f"{pairs:.0f}", share=f"{100 * share:.0f} %", clear=f"{100 * CLEAR:.0f} %")
    if count > MOST_SQUARE:
        return AheadView(text, (), ())
    order = say.by_name
    chances = matrix(say.seen.quantiles[order])
    rows = tuple(
        (say.titles[order[m]],
         tuple(("–", "x") if m == n else (f"{100 * chances[m, n]:.0f} %", tone(100 * chances[m, n]))
               for n in range(count)))
        for m in range(count)
    )
    return AheadView(text, tuple(say.codes[n] for n in order), rows)


# --- coherence ----------------------------------------------------------------------------------


def coherence_view(say: Say) -> CoherenceView:
    """Cronbach's alpha of each component and the first principal component; not estimable below 20."""
    tr = say.tr
    ids = list(say.rubric.indicators)
    rows = []
    for component, title in zip(say.rubric.components, say.components, strict=True):
        columns = say.seen.indicators[:, [ids.index(i.id) for i in component.indicators]]
        rows.append((title, *_alpha(say, columns)))
    first = principal_components(say.seen.components) if len(say.rubric.components) > 1 else NotEstimable(0, "")
    if isinstance(first, NotEstimable):
        finding = tr("How the components hang together is not estimable: {count} relationships with all of them known, "
                     "20 are needed.").format(count=first.n)
    else:
        finding = tr("The first principal component of the components carries {share} of their variance (N = {count}): "
                     "the higher, the more they rise and fall together.").format(
            share=f"{100 * float(first.explained[0]):.0f} %", count=first.n)
    return CoherenceView(finding, tuple(rows))


def _alpha(say: Say, columns: FloatArray) -> tuple[str, str, str]:
    """Alpha, the number it rests on, and the count of indicators, in words."""
    if columns.shape[1] < 2:
        return say.tr("not estimable"), str(len(columns)), str(columns.shape[1])
    found = cronbach_alpha(columns)
    if isinstance(found, NotEstimable):
        return say.tr("not estimable"), str(found.n), str(columns.shape[1])
    return say.points(found.alpha, 2), str(found.n), str(found.indicators)

