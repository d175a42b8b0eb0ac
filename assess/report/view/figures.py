"""The figures, each with its finding as title, a text alternative, and the numbers as a table."""

from assess import words
from assess.report import charts
from assess.report.charts.heat import HeatCell
from assess.report.charts.profile import ProfileRow
from assess.report.charts.stages import Mark
from assess.report.view.context import Context
from assess.report.view.model import Chart, Table

_MOST = 3


def strip(ctx: Context) -> Chart:
    """The index on the scale of stages, with the ranges around it."""
    index, tr, sure = ctx.result.index, ctx.tr, ctx.assessment.uncertainty
    bounds = Mark(index.bounds.low, index.bounds.high, tr("hard bounds"))
    likely = [Mark(sure.index.likely.low, sure.index.likely.high, tr("likely"), solid=True)] if (
        sure and sure.index and index.points is not None) else []
    stages = [(tr(s.title), s.from_score) for s in ctx.rubric.stages]
    title = strip_title(ctx)
    ranges = (*likely, bounds)
    text = "; ".join([tr("Index") + f": {ctx.points()}", *(f"{m.name}: {ctx.range(m.low, m.high)}" for m in ranges)])
    rows = tuple((m.name, words.number(m.low), words.number(m.high)) for m in ranges)
    table = Table((tr("Range"), tr("From"), tr("To")), rows)
    return Chart(title, charts.stage_strip(stages, index.points, ranges, title, text, sure=ctx.enough), table)


def strip_title(ctx: Context) -> str:
    """What the strip shows, in a sentence."""
    index, tr = ctx.result.index, ctx.tr
    values = {"points": ctx.points(), "low": ctx.index_at(index.bounds.low), "high": ctx.index_at(index.bounds.high)}
    if index.points is None:
        return tr("Nothing is answered: the whole scale is open")
    values["stage"] = tr(words.stage_of(index.points, ctx.rubric).title)
    if ctx.enough:
        return tr("The index of {points} lies in the band «{stage}»").format(**values)
    return tr("What is open leaves room from {low} to {high}").format(**values)


def profile(ctx: Context) -> Chart:
    """Score and ranges of the components."""
    rows, title, tr = profile_rows(ctx), profile_title(ctx), ctx.tr
    stages = [(tr(s.title), s.from_score) for s in ctx.rubric.stages]
    return Chart(title, charts.profile(rows, title, profile_text(rows), stages), _profile_table(ctx, rows))


def sketch(ctx: Context) -> Chart:
    """The same, small, for page one."""
    rows, title = profile_rows(ctx), profile_title(ctx)
    stages = [("", s.from_score) for s in ctx.rubric.stages]
    return Chart(title, charts.profile(rows, title, profile_text(rows), stages, small=True), _profile_table(ctx, rows))


def profile_rows(ctx: Context) -> list[ProfileRow]:
    """The components as the chart draws them."""
    sure = ctx.assessment.uncertainty
    likely = {c.id: (c.likely.low, c.likely.high) for c in sure.components} if sure else {}
    return [
        ProfileRow(ctx.component_title(c.id), c.points, c.bounds.low if c.bounds else None,
                   c.bounds.high if c.bounds else None, c.indicative, likely.get(c.id))
        for c in ctx.result.components
    ]


def profile_text(rows: list[ProfileRow]) -> str:
    """The profile in words."""
    return "; ".join(f"{r.title}: {words.number(r.points)}" for r in rows)


def _profile_table(ctx: Context, rows: list[ProfileRow]) -> Table:
    tr = ctx.tr
    head = (tr("Component"), tr("Points"), tr("Likely, 90 %"), tr("Hard bounds"))
    return Table(head, tuple(
        (r.title, ctx.reserved(r.points, r.indicative), ctx.range(*r.likely) if r.likely else "–",
         ctx.range(r.low, r.high) if r.low is not None and r.high is not None else "–") for r in rows
    ))


def profile_title(ctx: Context) -> str:
    """Which components stand highest and which lowest, where two or more are known."""
    tr = ctx.tr
    known = {ctx.component_title(c.id): c.points for c in ctx.result.components
             if c.points is not None and not c.indicative}
    if len(known) < 2:
        return tr("Too little is known to compare the components")
    best, worst = words.foremost(known), words.foremost(known, lowest=True)
    if best == worst:
        text = tr("The components that are known well enough all stand at {points}")
        return text.format(points=words.number(known[best[0]]))
    if len(best) == len(worst) == 1:
        return tr("«{best}» stands highest, «{worst}» lowest").format(best=best[0], worst=worst[0])
    return tr("Highest: {best}; lowest: {worst}").format(best=_several(ctx, best), worst=_several(ctx, worst))


def _several(ctx: Context, titles: list[str]) -> str:
    """A few components by name, more by number."""
    more = ctx.tr.plural("{count} component", "{count} components", len(titles))
    return words.quoted(titles) if len(titles) <= _MOST else more


def heat(ctx: Context) -> Chart:
    """Every indicator as a cell."""
    rows = [
        (ctx.component_title(c.id), [HeatCell(i.id, i.points, words.mark(i.points, i.state)) for i in c.indicators])
        for c in ctx.result.components
    ]
    open_ = sum(i.points is None and i.state != "not_applicable" for i in ctx.parts.values())
    title = ctx.tr.plural("{count} indicator is open", "{count} indicators are open", open_)
    text = ctx.tr("Each cell is an indicator with its points from 0 to 100; ? is unknown, – not applicable.")
    table = Table(
        (ctx.tr("Indicator"), ctx.tr("Points")),
        tuple((f"{i.id} {ctx.tr(ctx.rubric.indicators[i.id].title)}", words.mark(i.points, i.state))
              for i in ctx.parts.values()),
    )
    return Chart(title, charts.heat_map(rows, title, text), table)


def waterfall(ctx: Context) -> Chart:
    """What each component brings to the index."""
    tr = ctx.tr
    sums = {c.id: ctx.sums(c.id) for c in ctx.result.components}
    rows = [(ctx.component_title(key), float(points), float(lost)) for key, (points, lost) in sums.items()]
    title = _most_of_the_index(ctx)
    text = "; ".join(f"{name}: {words.number(points, 1, tr)}" for name, points, _ in rows)
    heads = (tr("Contributes"), tr("Loses"))
    table = Table((tr("Component"), *heads), tuple(
        (name, words.number(points, 1, tr), words.number(lost, 1, tr)) for name, points, lost in rows))
    return Chart(title, charts.waterfall(rows, tr("Index"), title, text, heads, mark=tr.decimal_mark), table)


def _most_of_the_index(ctx: Context) -> str:
    """Which components carry the most of the index, if any does."""
    tr, brought = ctx.tr, {ctx.component_title(c.id): c.contribution for c in ctx.result.components}
    best = words.foremost(brought)
    if not any(ctx.contribution.values()):
        return tr("No component contributes to the index")
    if len(best) == 1:
        return tr("«{best}» carries the most of the index").format(best=best[0])
    if len(best) == len(brought):
        return tr("All components contribute alike to the index")
    return tr("{titles} carry the most of the index, each alike").format(titles=_several(ctx, best))
