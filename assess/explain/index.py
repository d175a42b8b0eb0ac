"""The way to the index: the components by weight, and how the gates stand."""

from assess import words
from assess.days import long_day
from assess.explain.figures import index_total, percent, plain, points_or_state, said, state_of_mean, table, value
from assess.explain.stages import gate_line, stage_line
from assess.report.view.context import Context
from assess.result import ComponentResult, Index


def index(ctx: Context, part: Index) -> list[str]:
    """Tell the way to the index, line by line."""
    tr, result = ctx.tr, ctx.result
    lines = [f"{words.pair_title(result, tr)}, {long_day(result.as_of, tr)}", "", *_components(ctx), ""]
    lines.append(tr("Index: {value} (rules 1.2, 4, 8)").format(value=value(ctx, part.points, part.bounds)))
    lines.append(tr("Answered: {share} of the weight that applies").format(share=words.percent(part.coverage)))
    if not ctx.enough:
        lines.append(tr("Below {share} only the range is published (rule 4).").format(
            share=words.percent(ctx.rubric.coverage.overall_minimum)))
    return [*lines, "", tr("Gates"), *(f"  {gate_line(ctx, g)}" for g in result.gates), "", stage_line(ctx)]


def _components(ctx: Context) -> list[str]:
    """The table of the components, with the index below."""
    tr, total = ctx.tr, index_total(ctx)
    head = (tr("Id"), tr("Component"), tr("Weight"), tr("Points"), tr("Share"), tr("Contribution"))
    foot = ("", tr("Index"), "", "", "", "–" if total is None else said(ctx, total))
    return table([head, *(_row(ctx, c) for c in ctx.result.components), foot])


def _row(ctx: Context, part: ComponentResult) -> tuple[str, ...]:
    return (part.id, ctx.component_title(part.id), plain(ctx, part.weight),
            points_or_state(ctx, part.points, state_of_mean(part.bounds)), percent(ctx, part.share),
            said(ctx, ctx.sums(part.id)[0]))
