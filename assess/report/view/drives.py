"""The page «what drives the result»: where the doubt comes from, and what would have to change."""

from assess import words
from assess.language import N_
from assess.report import charts
from assess.report.charts.shares import ShareRow
from assess.report.view.context import Context
from assess.report.view.model import Chart, Table
from assess.report.view.pages import Drives, Ranked
from assess.sensitivity.model import (
    AnswerTipping,
    FactorShare,
    FactorShares,
    Sensitivity,
    SpacingRange,
    WeightTipping,
    WithoutPart,
)

FACTORS = {
    "answers": N_("what raters may have misread"),
    "unknowns": N_("what nobody has answered"),
    "aggregator": N_("the way of averaging components"),
    "pooling": N_("how raters or parties are pooled"),
    "leniency": N_("a leniency common to all raters"),
    "spacing": N_("how far apart the levels stand"),
    "component_weights": N_("the weights of the components"),
    "indicator_weights": N_("the weights of the indicators"),
}
_MOST = 6
_NAMED = 8  # answers named in one sentence; the result file has them all


def drives(ctx: Context) -> Drives | None:
    """Everything that is said about it; None where it was not computed or nothing is known."""
    s = ctx.assessment.sensitivity
    if s is None or ctx.result.index.points is None:
        return None
    return Drives(
        finding=_finding(ctx, s.shares),
        sentences=tuple(_sentences(ctx, s)),
        shares=_shares(ctx, s.shares),
        tipping=(*(_answers(ctx, t) for t in s.answer_tipping), *(_weights(ctx, t) for t in s.weight_tipping)),
        left_out=_left_out(ctx, s),
        worth=_worth(ctx),
    )


# --- shares -------------------------------------------------------------------------------------


def ranked(shares: FactorShares) -> list[FactorShare]:
    """The factors, the greatest share first."""
    return sorted(shares.shares, key=lambda share: -share.shapley)


def _finding(ctx: Context, shares: tuple[FactorShares, ...]) -> str:
    tr = ctx.tr
    if not shares or shares[0].variance == 0:
        return tr("There is no doubt about the index that could be shared out.")
    first, second = ranked(shares[0])[:2]
    values = {"one": words.percent(first.shapley), "first": tr(FACTORS[first.id]),
              "two": words.percent(max(second.shapley, 0.0)), "second": tr(FACTORS[second.id])}
    if ctx.enough:
        return tr("Of the doubt about the index {one} comes from {first}, and {two} from {second}.").format(**values)
    bounds = ctx.result.index.bounds
    text = tr("The open questions come first: they alone could move the index from {low} to {high}. Of the doubt about "
              "what was answered {one} comes from {first}, and {two} from {second}.")
    return text.format(low=ctx.index_at(bounds.low), high=ctx.index_at(bounds.high), **values)


def stage_sentence(ctx: Context, shares: tuple[FactorShares, ...]) -> str:
    """What the stage that is least certain hangs on."""
    tr = ctx.tr
    title = ctx.stage_titles[shares[1].figure]
    if shares[1].variance == 0:
        return tr("Whether the stage «{stage}» is reached hangs on none of these choices.").format(stage=title)
    first = ranked(shares[1])[0]
    text = tr("Whether the stage «{stage}» is reached hangs most on {factor} ({share}).")
    return text.format(stage=title, factor=tr(FACTORS[first.id]), share=words.percent(first.shapley))


def _shares(ctx: Context, shares: tuple[FactorShares, ...]) -> Chart | None:
    if not shares or shares[0].variance == 0:
        return None
    tr, whole = ctx.tr, shares[0]
    varying = [f for f in shares if f.variance > 0]
    by_id = [{share.id: share for share in f.shares} for f in varying]
    rows = [ShareRow(tr(FACTORS[s.id]), tuple((f[s.id].shapley, f[s.id].shapley_error) for f in by_id))
            for s in ranked(whole)]
    names = [figure_name(ctx, f.figure) for f in varying]
    title = tr("What the doubt is made of") if ctx.enough else tr("What the doubt about the answers is made of")
    text = "; ".join(f"{row.title}: {words.percent(row.shares[0][0])}" for row in rows)
    table = Table((tr("Factor"), *names),
                  tuple((r.title, *(share_with_error(share, error) for share, error in r.shares)) for r in rows))
    return Chart(title, charts.shares(rows, names, title, text), table)


def figure_name(ctx: Context, figure: str) -> str:
    """The name of a figure whose variance is shared out: the index, or a stage that is reached or not."""
    if figure == "index":
        return ctx.tr("Index")
    return ctx.tr("Stage «{stage}» or above").format(stage=ctx.stage_titles[figure])


def share_with_error(share: float, error: float) -> str:
    """A share with the half-width of its interval, in per cent."""
    return f"{words.number(100 * share)} ± {words.number(100 * error)} %"


# --- other choices ------------------------------------------------------------------------------


def _sentences(ctx: Context, s: Sensitivity) -> list[str]:
    lines = [stage_sentence(ctx, s.shares)] if len(s.shares) > 1 else []
    lines += [_alternatives(ctx, s)] if len(s.alternatives) > 1 else []
    lines += [_spacing(ctx, s.spacing)] if s.spacing else []
    return lines


def _alternatives(ctx: Context, s: Sensitivity) -> str:
    own, *others = s.alternatives
    same = sum(a.stage == own.stage for a in others)
    text = _combinations(ctx, s)
    every = [a.index for a in s.alternatives]
    return text.format(same=same, count=len(others), stage=ctx.stage_titles[own.stage],
                       low=words.number(min(every)), high=words.number(max(every)))


def _combinations(ctx: Context, s: Sensitivity) -> str:
    """What is told of the choices that vary; a copy may withhold some of them."""
    if any(a.pooling == "lowest" for a in s.alternatives):
        return ctx.tr("In {same} of {count} other combinations of averaging, weights, level steps and pooling the "
                      "stage by score and gates stays «{stage}»; the index runs from {low} to {high}.")
    if any(a.spacing != "rubric" for a in s.alternatives):
        return ctx.tr("In {same} of {count} other combinations of averaging, weights and level steps the stage by "
                      "score and gates stays «{stage}»; the index runs from {low} to {high}.")
    return ctx.tr("In {same} of {count} other combinations of averaging and weights the stage by score and gates stays "
                  "«{stage}»; the index runs from {low} to {high}.")


def _spacing(ctx: Context, spacing: SpacingRange) -> str:
    text = ctx.tr("If each step between two levels were half to one and a half times as long, the index would lie "
                  "within {range}.")
    return text.format(range=ctx.range(spacing.index.low, spacing.index.high))


# --- tipping points -----------------------------------------------------------------------------


def _answers(ctx: Context, t: AnswerTipping) -> str:
    tr, up = ctx.tr, t.direction == "up"
    if not t.possible:
        return tr("No set of answers one level higher lifts the stage.") if up else (
            tr("No set of answers one level lower brings the stage down."))
    shown = [f"{c.indicator} {_moved(ctx, _level(ctx, c.before), _level(ctx, c.after))}" for c in t.changes[:_NAMED]]
    changed = ", ".join(shown) + (" …" if len(t.changes) > _NAMED else "")
    one = tr.plural("{count} answer one level higher", "{count} answers one level higher", len(t.changes)) if up else (
        tr.plural("{count} answer one level lower", "{count} answers one level lower", len(t.changes)))
    text = tr("{answers} would make the stage «{stage}»: {changes}.")
    return text.format(answers=one, stage=ctx.stage_titles[t.stage], changes=changed)


def _moved(ctx: Context, before: str, after: str) -> str:
    return ctx.tr("{before} to {after}").format(before=before, after=after)


def _level(ctx: Context, level: float) -> str:
    return f"{round(level, 1):g}".replace(".", ctx.tr.decimal_mark)


def _weights(ctx: Context, t: WeightTipping) -> str:
    tr, stage = ctx.tr, ctx.stage_titles[t.stage]
    if t.held_by:
        text = tr("No weights of the components lift the stage to «{stage}»: {gates} would still cap it.")
        titles = {g.id: tr(g.title) for g in ctx.rubric.gates}
        return text.format(stage=stage, gates=", ".join(f"«{titles[key]}»" for key in t.held_by))
    if t.moved is None:
        return tr("No weights of the components make the stage «{stage}».").format(stage=stage)
    moved = ", ".join(
        f"{ctx.component_title(w.id)} {_moved(ctx, words.percent(w.before), words.percent(w.after))}"
        for w in t.weights)
    text = tr("The stage would be «{stage}» if {share} of the weight moved between components: {changes}.")
    return text.format(stage=stage, share=words.percent(t.moved), changes=moved)


# --- single parts -------------------------------------------------------------------------------


def _left_out(ctx: Context, s: Sensitivity) -> tuple[Ranked, ...]:
    """The indicators without which the index would move most."""
    rows = [p for p in s.left_out if p.kind == "indicator" and p.change is not None and abs(p.change) >= 0.05]
    rows.sort(key=lambda p: -abs(p.change or 0.0))
    return tuple(_without(ctx, p) for p in rows[:_MOST])


def _without(ctx: Context, p: WithoutPart) -> Ranked:
    note = ""
    if p.stage_changes and p.stage is not None:
        note = ctx.tr("the stage would be «{stage}»").format(stage=ctx.stage_titles[p.stage])
    return Ranked(p.id, ctx.tr(ctx.rubric.indicators[p.id].title), words.signed(p.change or 0.0, ctx.tr), note)


def _worth(ctx: Context) -> tuple[Ranked, ...]:
    """The open questions whose answer would tell most about the index."""
    sure = ctx.assessment.uncertainty
    rows = [q for q in sure.open_questions if q.value >= 0.0005] if sure else []
    return tuple(
        Ranked(q.indicator, ctx.tr(ctx.rubric.indicators[q.indicator].title),
               f"{words.number(100 * q.value, 1, ctx.tr)} %", "")
        for q in rows[:_MOST]
    )
