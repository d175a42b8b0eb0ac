"""Put the whole view together."""

from decimal import Decimal

from assess import words
from assess.assessment import Assessment
from assess.language import Translator
from assess.report.view import annex, axes, components, dates, drives, figures, handling, plan, registers, sure
from assess.report.view.context import Context
from assess.report.view.front import front
from assess.report.view.model import ReportView
from assess.rubric.model import Rubric


def build_view(assessment: Assessment, rubric: Rubric, tr: Translator, as_of: str) -> ReportView:
    """Say everything about ``assessment`` in the language of ``tr``; ``as_of`` is the localised date."""
    ctx = Context(assessment, rubric, tr)
    result = assessment.result
    views = tuple(components.component_view(ctx, c, rubric.components[n]) for n, c in enumerate(result.components))
    by_id = {i.id: i for c in views for i in c.indicators}
    scored = result.index.points is not None
    return ReportView(
        language=tr.language,
        title=words.pair_title(result, tr),
        party_a=ctx.names[0],
        party_b=ctx.names[1],
        as_of=as_of,
        as_of_iso=result.as_of,
        illustration=result.kind == "illustration",
        marking=handling.marking(ctx),
        copy=handling.copy(ctx),
        front=front(ctx),
        profile=figures.profile(ctx),
        sure=sure.sure(ctx),
        heat=figures.heat(ctx),
        timeline=dates.timeline(ctx),
        years=dates.years(ctx),
        components=views,
        contribution=sum(ctx.contribution.values(), Decimal(0)) if scored else None,
        lost=sum(ctx.lost.values(), Decimal(0)) if scored else None,
        strengths=tuple(by_id[key] for key in components.strengths(ctx)),
        gaps=tuple(by_id[key] for key in components.gaps(ctx)),
        gates=tuple(registers.gate_view(ctx, gate) for gate in result.gates),
        waterfall=figures.waterfall(ctx),
        challenges=axes.challenges(ctx),
        systems=axes.systems(ctx),
        aims=axes.aims(ctx),
        questions=registers.questions(ctx),
        evidence=tuple(registers.evidence_view(ctx, key, e) for key, e in result.evidence.items()),
        method=registers.method(ctx),
        key_dates=dates.key_dates(ctx),
        matrix=axes.matrix(ctx),
        contents=contents(ctx),
        open_groups=registers.open_groups(ctx),
        drives=drives.drives(ctx),
        roadmap=plan.roadmap(ctx),
        annex=annex.annex(ctx),
    )


def contents(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Id and heading of every section that this report has, in its order."""
    result, tr = ctx.result, ctx.tr
    sure_ = ctx.assessment.uncertainty is not None and result.index.points is not None
    rows = [
        ("profile", tr("Profile of the components"), True),
        ("strengths", tr("Strengths and gaps"), True),
        ("sure", tr("How sure are we"), sure_),
        ("drives", tr("What drives the result"), sure_ and ctx.assessment.sensitivity is not None),
        ("roadmap", tr("Roadmap"), ctx.assessment.outlook is not None),
        ("challenges", tr("Challenges against readiness"), result.pressure is not None),
        ("footprint", tr("Institutional footprint"), bool(result.systems)),
        ("aims", tr("Strategic aims"), bool(result.aims)),
        *((c.id, ctx.component_title(c.id), True) for c in result.components),
        ("questions", tr("Open questions"), True),
        ("evidence", tr("Evidence register"), True),
        ("method", tr("How the figures were made"), True),
        ("reproduce", tr("How to reproduce this report"), True),
        ("annex", tr("Methodology annex"), True),
    ]
    return tuple((key, title) for key, title, there in rows if there)
