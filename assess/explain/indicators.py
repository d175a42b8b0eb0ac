"""The way to the points of an indicator, and what it gives to the index."""

from decimal import Decimal

from assess import words
from assess.explain.answers import question_lines
from assess.explain.figures import index_total, number, said
from assess.explain.means import NEARER_LIMIT
from assess.report.view.context import Context
from assess.result import IndicatorResult


def indicator(ctx: Context, part: IndicatorResult) -> list[str]:
    """Tell the way to an indicator, line by line."""
    tr = ctx.tr
    lines = question_lines(ctx, part, ctx.rubric.indicators[part.id], tr("Value"))
    return [*lines, "", tr("In the index"), *(f"  {line}" for line in _share(ctx, part))]


def _share(ctx: Context, part: IndicatorResult) -> list[str]:
    """How the points enter the index, with the check that the printed figures add up."""
    tr, total = ctx.tr, index_total(ctx)
    if part.entered is None or total is None:
        return [tr("It does not enter the index: {state} (rule 4).").format(state=tr(words.STATES[part.state]))]
    here = ctx.contribution[part.id]
    lines = [tr("share {share} % × {points} points = {contribution} points of the index (rule 8)").format(
        share=number(ctx, 100 * part.share), points=number(ctx, part.entered), contribution=said(ctx, here))]
    if part.points is None:
        lines.append(tr(NEARER_LIMIT))
    lines.append(tr("{here} here + {others} from the other indicators = {total}, the index").format(
        here=said(ctx, here), others=said(ctx, sum(ctx.contribution.values(), Decimal(0)) - here),
        total=said(ctx, total)))
    lost = said(ctx, ctx.lost[part.id])
    return [*lines, tr("{lost} points of the index are missing here").format(lost=lost)]
