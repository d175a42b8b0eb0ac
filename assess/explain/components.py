"""The way to the score of a component: its indicators by weight."""

from assess.explain.figures import percent, plain, points_or_state, said, state_of_mean, table
from assess.explain.means import SCORE, score_lines
from assess.report.view.context import Context
from assess.result import ComponentResult, IndicatorResult


def component(ctx: Context, part: ComponentResult) -> list[str]:
    """Tell the way to a component, line by line."""
    tr = ctx.tr
    head = (tr("Id"), tr("Indicator"), tr("Weight"), tr("Points"), tr("Share"), tr("Contribution"))
    total = ("", tr("Together"), "", points_or_state(ctx, part.points, state_of_mean(part.bounds)),
             percent(ctx, part.share), said(ctx, ctx.sums(part.id)[0]))
    lines = table([head, *(_row(ctx, i) for i in part.indicators), total])
    return [f"{part.id} {ctx.component_title(part.id)}", "", *lines, "", *score_lines(ctx, part, SCORE)]


def _row(ctx: Context, part: IndicatorResult) -> tuple[str, ...]:
    return (part.id, ctx.tr(ctx.rubric.indicators[part.id].title), plain(ctx, part.weight),
            points_or_state(ctx, part.points, part.state), percent(ctx, part.share),
            said(ctx, ctx.contribution[part.id]))
