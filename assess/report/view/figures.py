"""The figures, each with its finding as title, a text alternative, and the numbers for a table."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from assess import words
from assess.report import charts
from assess.report.charts.heat import HeatCell
from assess.report.charts.profile import ProfileRow
from assess.report.view.context import Context
from assess.report.view.model import Chart


def strip(ctx: Context) -> Chart:
    index, tr = ctx.result.index, ctx.tr
    stages = [(tr(s.title), s.from_score) for s in ctx.rubric.stages]
    title = tr("The index and its hard bounds on the scale of stages")
    text = tr("Index {points} of 100, hard bounds {low} to {high}.").format(
        points=ctx.points(), low=words.number(index.bounds.low), high=words.number(index.bounds.high)
    )
    strip = charts.stage_strip(stages, index.points, index.bounds.low, index.bounds.high, title, text, sure=ctx.enough)
    return Chart(title, strip)


def profile(ctx: Context) -> Chart:
    u = ctx.assessment.uncertainty
    likely = {c.id: (c.likely.low, c.likely.high) for c in u.components} if u else {}
    rows = [
        ProfileRow(
            ctx.component_title(c.id),
            c.points,
            c.bounds.low if c.bounds else None,
            c.bounds.high if c.bounds else None,
            c.indicative,
            likely.get(c.id),
        )
        for c in ctx.result.components
    ]
    title = profile_title(ctx)
    text = "; ".join(f"{r.title}: {words.number(r.points)}" for r in rows)
    return Chart(title, charts.profile(rows, title, text))


def profile_title(ctx: Context) -> str:
    known = [c for c in ctx.result.components if c.points is not None and not c.indicative]
    if len(known) < 2:
        return ctx.tr("Too little is known to compare the components")
    best = max(known, key=lambda c: c.points or 0)
    worst = min(known, key=lambda c: c.points or 0)
    text = ctx.tr("«{best}» stands highest, «{worst}» lowest")
    return text.format(
        best=ctx.component_title(best.id), worst=ctx.component_title(worst.id)
    )


def heat(ctx: Context) -> Chart:
    marks = {"unknown": "?", "partly_known": "?", "not_applicable": "–"}
    rows = [
        (
            ctx.component_title(c.id),
            [HeatCell(i.id, i.points, marks.get(i.state, "?")) for i in c.indicators],
        )
        for c in ctx.result.components
    ]
    open_ = sum(i.points is None and i.state != "not_applicable" for i in ctx.parts.values())
    title = ctx.tr.plural("{count} indicator is open", "{count} indicators are open", open_)
    text = ctx.tr("Each cell is an indicator with its points from 0 to 100; ? is unknown, – not applicable.")
    return Chart(title, charts.heat_map(rows, title, text))


def years(ctx: Context) -> tuple[tuple[int, int, int, int], ...]:
    counts = evidence_by_year(ctx)
    return tuple((year, n["A"], n["B"], n["C"]) for year, n in sorted(counts.items()))


def evidence_by_year(ctx: Context) -> Mapping[int, Counter[str]]:
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for key, e in ctx.result.evidence.items():
        if e.date and ctx.cited.get(key):
            counts[int(e.date[:4])][e.grade] += 1
    return counts


def timeline(ctx: Context) -> Chart | None:
    counts = evidence_by_year(ctx)
    if not counts:
        return None
    title = ctx.tr("The newest dated evidence is of {year}").format(year=max(counts))
    text = "; ".join(f"{year}: {sum(counts[year].values())}" for year in sorted(counts))
    return Chart(title, charts.timeline(counts, title, text))


def waterfall(ctx: Context) -> Chart:
    rows = [(ctx.component_title(c.id), c.contribution, c.lost) for c in ctx.result.components]
    best = max(ctx.result.components, key=lambda c: c.contribution)
    title = ctx.tr("«{best}» carries the most of the index").format(best=ctx.component_title(best.id))
    text = "; ".join(f"{name}: {words.number(points, 1, ctx.tr)}" for name, points, _ in rows)
    return Chart(title, charts.waterfall(rows, ctx.tr("Index"), title, text, mark=ctx.tr.decimal_mark))
