"""Who may see the report: its marking, and what a copy for an audience leaves out."""

from collections.abc import Mapping

from assess.assessment import Audience
from assess.audience import RULES
from assess.language import N_, Translator
from assess.marking import MEANINGS, TLP, label_of
from assess.report.view.context import Context
from assess.report.view.model import CopyView, MarkingView

AUDIENCES: Mapping[Audience, str] = {
    "internal": N_("internal"),
    "partner": N_("partner"),
    "public": N_("public"),
}


def marking(ctx: Context) -> MarkingView | None:
    """The marking for the head and foot of every page; None where there is none."""
    return marking_view(ctx.result.marking, ctx.tr)


def marking_view(text: str | None, tr: Translator) -> MarkingView | None:
    """What a page shows of a marking, with the meaning and the colour of its label of TLP."""
    if text is None:
        return None
    label = label_of(text)
    return MarkingView(text, tr(MEANINGS[label]) if label else "", TLP[label] if label else "")


def copy(ctx: Context) -> CopyView | None:
    """What this copy leaves out, and how much; None for the full report."""
    audience, tr = ctx.assessment.audience, ctx.tr
    if audience == "internal":
        return None
    rows = tuple(
        (tr(RULES[row.kind].title), str(row.count), tr(RULES[row.kind].instead)) for row in ctx.assessment.withheld
    )
    return CopyView(tr.own(AUDIENCES[audience]), _sentence(ctx), rows)


def _sentence(ctx: Context) -> str:
    count = sum(row.count for row in ctx.assessment.withheld)
    if ctx.assessment.audience == "partner":
        return ctx.tr.plural("A copy for the partner: {count} detail of the full report is withheld.",
                             "A copy for the partner: {count} details of the full report are withheld.", count)
    return ctx.tr.plural("A copy for the public: {count} detail of the full report is withheld.",
                         "A copy for the public: {count} details of the full report are withheld.", count)
