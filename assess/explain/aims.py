"""The way to a strategic aim: the indicators and bodies that serve it, by weight."""

from assess.explain.means import SCORE, Mean, Part, mean_lines, score_lines
from assess.language import N_
from assess.report.view.context import Context
from assess.result import AimPart, AimResult

_LENS = N_("An aim adds no answer of its own and changes no other figure (rule 1.7).")


def aim(ctx: Context, part: AimResult) -> list[str]:
    """Tell the way to an aim, line by line."""
    tr, model = ctx.tr, ctx.rubric.aims[part.id]
    mean = Mean(part.id, part.points, part.bounds, [_part(ctx, one) for one in part.parts])
    lines = [f"{part.id} {tr(model.title)}", tr(model.purpose), ""]
    lines += [*mean_lines(ctx, mean, tr("What serves it"), tr("Points"), tr("Together")), ""]
    return [*lines, *score_lines(ctx, part, SCORE), tr(model.reading), tr(_LENS)]


def _part(ctx: Context, part: AimPart) -> Part:
    return Part(part.id, _title(ctx, part), part.weight, part.state, part.points, part.entered, part.share,
                part.contribution)


def _title(ctx: Context, part: AimPart) -> str:
    """The title of an indicator; of a body its short name, and that what both do there together counts."""
    tr = ctx.tr
    if part.kind == "indicator":
        return tr(ctx.rubric.indicators[part.id].title)
    return tr("{body}, together").format(body=tr(ctx.rubric.bodies[part.id].short))
