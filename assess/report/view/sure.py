"""The page «how sure are we»: the three ranges, stages, raters, the two parties."""

from assess import words
from assess.language import N_
from assess.report.view.context import Context
from assess.report.view.likely import likely_sentences, span, stage_chances
from assess.report.view.model import AgreementView, RangeRow, Sure
from assess.report.view.perception import perception
from assess.uncertainty.model import Agreement, Alpha, FigureRange, Uncertainty

_VERDICTS = {
    "good": N_("good: the raters read the rubric alike"),
    "tentative": N_("tentative: conclusions should be drawn with care"),
    "disagree": N_("raters disagree"),
    "undefined": N_("undefined: too few answers are shared, or they do not vary"),
}


def sure(ctx: Context) -> Sure | None:
    """Everything that is said about uncertainty; None where it was not computed."""
    u = ctx.assessment.uncertainty
    if u is None or u.index is None or ctx.result.index.points is None:
        return None
    without = u.leave_one_rater_out.without if u.leave_one_rater_out else ()
    return Sure(
        sentences=(*likely_sentences(ctx), *_sentences(ctx, u)),
        rows=_rows(ctx, u),
        chances=_chances(ctx, u),
        agreement=tuple(_agreement(ctx, a) for a in u.agreement),
        without_rater=tuple((str(w.rater + 1), words.number(w.index)) for w in without),
        perception=perception(ctx, u),
        technical=_technical(ctx, u),
    )


def _chances(ctx: Context, u: Uncertainty) -> tuple[tuple[str, str], ...]:
    """The chances of the stages, unless too little is known to say them (rule 6)."""
    if u.stages is None or u.stages.said == "span":
        return ()
    return tuple((ctx.stage_titles[stage], said) for stage, said in stage_chances(u.stages).items())


def _sentences(ctx: Context, u: Uncertainty) -> list[str]:
    tr = ctx.tr
    assert u.index is not None
    lines = [
        tr("With other weights, another way of averaging and other steps between the levels as well, the index lies "
           "within {range} (robustness range).").format(range=span(ctx, u.index.robustness)),
        _accuracy(ctx, u),
        _leniency(ctx, u),
    ]
    return lines


def _accuracy(ctx: Context, u: Uncertainty) -> str:
    if not u.accuracy:  # a copy withholds it where there are several raters
        return ctx.tr("How far the raters agree, and how often each hits the true level, is withheld in this copy.")
    learned = [a.mean for a in u.accuracy if a.learned]
    if not learned:
        assumed = words.percent(u.accuracy[0].mean)
        one = ctx.tr("There is one rater: that {share} of the answers hit the true level was assumed, not measured.")
        apart = ctx.tr("The raters share too few questions: that {share} of the answers hit the true level was "
                       "assumed, not measured.")
        return (one if len(ctx.result.questionnaires) == 1 else apart).format(share=assumed)
    text = ctx.tr("How often raters hit the true level was learned from how they agree: {low} to {high}.")
    return text.format(low=words.percent(min(learned)), high=words.percent(max(learned)))


def _leniency(ctx: Context, u: Uncertainty) -> str:
    share = words.percent(u.leniency.verified_share)
    if u.leniency.tau == 0:
        text = ctx.tr("{share} of the answered weight rests on verified evidence of grade A or B, so no leniency "
                      "common to all raters is allowed for.")
        return text.format(share=share)
    text = ctx.tr("Only {share} of the answered weight rests on verified evidence of grade A or B, so a leniency "
                  "common to all raters, of about {tau} points either way, is allowed for.")
    return text.format(share=share, tau=words.number(u.leniency.tau, 1, ctx.tr))


def _rows(ctx: Context, u: Uncertainty) -> tuple[RangeRow, ...]:
    by_id = {c.id: c for c in u.components}
    rows = [
        _row(ctx, ctx.component_title(c.id), ctx.reserved(c.points, c.indicative), by_id[c.id],
             ctx.range(c.bounds.low, c.bounds.high))
        for c in ctx.result.components if c.bounds is not None and c.id in by_id
    ]
    assert u.index is not None
    bounds = ctx.result.index.bounds
    index = _row(ctx, ctx.tr("Index"), ctx.reserved(ctx.result.index.points, not ctx.enough), u.index,
                 ctx.range(bounds.low, bounds.high))
    return (*rows, index)


def _row(ctx: Context, title: str, points: str, figure: FigureRange, bounds: str) -> RangeRow:
    return RangeRow(title, points, span(ctx, figure.likely), span(ctx, figure.robustness), bounds)


# --- raters and parties -----------------------------------------------------------------------------


def _agreement(ctx: Context, a: Agreement) -> AgreementView:
    weak = [c for c in a.components if c.verdict == "disagree" and c.id]
    word = ctx.tr(_VERDICTS[a.overall.verdict])
    if weak:
        titles = ", ".join(ctx.component_title(c.id or "") for c in weak)
        word += ". " + ctx.tr("Raters disagree in: {titles}").format(titles=titles)
    rows = tuple(
        (d.indicator, ctx.tr(ctx.rubric.indicators[d.indicator].title), words.number(d.mean_difference, 1, ctx.tr))
        for d in a.disagreements[:8]
    )
    return AgreementView(ctx.sources[a.side], _alpha(a.overall), _interval(a.overall), word, rows)


def _alpha(alpha: Alpha) -> str:
    return "–" if alpha.alpha is None else f"{alpha.alpha:.2f}"


def _interval(alpha: Alpha) -> str:
    return "" if alpha.interval is None else f"{alpha.interval.low:.2f} – {alpha.interval.high:.2f}"


def _technical(ctx: Context, u: Uncertainty) -> str:
    text = ctx.tr(
        "Computed from {draws} draws in {chains} chains (greatest split R-hat {rhat}) and {points} Sobol points; "
        "seed {seed}, from the hashes of rubric and answers; {libraries}."
    )
    libraries = ", ".join(f"{x.name} {x.version}" for x in u.libraries)
    r_hat = f"{u.r_hat:.3f}".replace(".", ctx.tr.decimal_mark)
    return text.format(draws=u.draws, chains=u.chains, rhat=r_hat, points=u.points, seed=u.seed, libraries=libraries)
