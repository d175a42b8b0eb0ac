"""What every weighted mean has in common: its score with bounds and coverage."""

from assess import words
from assess.explain.figures import value
from assess.language import N_
from assess.report.view.context import Context
from assess.result import ComponentResult

SCORE = N_("Score: {value} (rule 4)")


def score_lines(ctx: Context, mean: ComponentResult, score: str) -> list[str]:
    """The score of a mean with its hard bounds, what of it is answered, and reservations about it.

    ``score`` is the sentence that says the score, with the field ``value``.
    """
    tr = ctx.tr
    lines = [tr(score).format(value=value(ctx, mean.points, mean.bounds))]
    if mean.coverage is not None:
        lines.append(tr("Answered: {share} of the weight that applies").format(share=words.percent(mean.coverage)))
    if mean.indicative:
        lines.append(tr("Indicative only: less than {share} of its weight is answered.").format(
            share=words.percent(ctx.rubric.coverage.component_minimum)))
    return lines
