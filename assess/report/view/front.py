"""Page one: what a minister may repeat, what holds the relationship back, what to do, how sure we are."""

from collections import Counter

from assess import words
from assess.report.view.context import Context
from assess.report.view.figures import sketch, strip
from assess.report.view.likely import likely_sentences, named
from assess.report.view.model import Claim, Front, NextStep
from assess.report.view.registers import gate_links
from assess.report.view.steps import Next, first_steps, months, needed
from assess.result import IndicatorResult
from assess.rubric.model import Gate


def front(ctx: Context) -> Front:
    """Return everything that page one says."""
    result, rubric, tr = ctx.result, ctx.rubric, ctx.tr
    stage = next((s for s in rubric.stages if s.id == result.stage.stage and not ctx.likely_two), None)
    steps = next_steps(ctx)
    return Front(
        index=figure(ctx),
        enough=ctx.enough,
        answered=ctx.reserved(result.index.points, not ctx.enough),
        bounds=ctx.bounds(),
        stage=ctx.stage(),
        stage_meaning=tr(stage.meaning) if stage else "",
        stage_advice=tr(stage.advice) if stage else "",
        no_stage=_no_stage(ctx),
        coverage=words.percent(result.index.coverage),
        headline=headline(ctx),
        sure=sure(ctx),
        holding_back=holding_back(ctx),
        next_steps=steps,
        next_title=tr("Three next steps") if len(steps) == 3 else tr("Next steps"),
        strip=strip(ctx),
        holds=holds(ctx),
        sketch=sketch(ctx),
    )


def _no_stage(ctx: Context) -> str:
    """Why no single stage is named; empty where one is."""
    if ctx.likely_two:
        return ctx.tr("(no single stage: two are likely)")
    stage = ctx.result.stage
    return "" if stage.published or stage.lowest == stage.highest else ctx.tr("(no single stage: too much is open)")


def figure(ctx: Context) -> str:
    """The index, or its hard bounds where too little is known for one figure."""
    return ctx.points() if ctx.enough else ctx.bounds()


def headline(ctx: Context) -> str:
    """One sentence that a minister may repeat."""
    tr, stage = ctx.tr, ctx.result.stage
    if ctx.result.index.points is None:
        return tr("Nothing is known yet: no question has an answer.")
    if ctx.likely_two:
        text = tr("The index is {points} of 100; two stages are likely: «{first}» ({one}) and «{second}» ({two}).")
        (first, one), (second, two) = named(ctx, ctx.likely_two)
        return text.format(points=ctx.points(), first=first, one=one, second=second, two=two)
    if stage.published:
        text = tr("The relationship is at the stage «{stage}», with {points} of 100 points.")
        return text.format(stage=words.stage_phrase(stage, ctx.rubric, tr), points=ctx.points())
    bounds = ctx.bounds()
    if stage.lowest == stage.highest:
        text = tr("Whatever the open answers are, the stage is «{stage}» and the index lies within {bounds} of 100.")
        return text.format(stage=ctx.stage_titles[stage.lowest], bounds=bounds)
    low, high = ctx.stage_titles[stage.lowest], ctx.stage_titles[stage.highest]
    if ctx.enough:
        text = tr(
            "The answers give {points} of 100 points, but an open gate leaves the stage between «{low}» and «{high}»."
        )
    else:
        text = tr(
            "Too little is known for one figure: the index lies within {bounds} of 100, the stage between "
            "«{low}» and «{high}». What was answered gives {points}."
        )
    return text.format(points=ctx.points(), bounds=bounds, low=low, high=high)


def sure(ctx: Context) -> tuple[str, ...]:
    """How sure we are: likely range and stage first, then coverage, bounds and evidence."""
    tr, index = ctx.tr, ctx.result.index
    share = words.percent(index.coverage)
    lines = [
        *likely_sentences(ctx),
        tr("{share} of the weight of all applicable questions is answered.").format(share=share),
        tr("If every open question had the worst answer, the index would be {low}; with the best, {high}.").format(
            low=ctx.index_at(index.bounds.low), high=ctx.index_at(index.bounds.high)
        ),
    ]
    lines.append(_cited(ctx))
    asserted = sum(r.asserted for i in ctx.parts.values() for r in i.readings)
    if asserted and not ctx.copy:  # a copy pools the answers, so that their number would differ
        lines.append(
            tr.plural("{count} answer has no evidence and counts as asserted.",
                      "{count} answers have no evidence and count as asserted.", asserted)
        )
    return tuple(lines)


def _cited(ctx: Context) -> str:
    """How much evidence the answers cite, and of which grades."""
    tr, grades = ctx.tr, Counter(e.grade for key, e in ctx.result.evidence.items() if ctx.cited.get(key))
    if not grades:
        return tr("The answers cite no evidence.")
    text = tr.plural(
        "The answers cite {count} piece of evidence: {{a}} of grade A, {{b}} of grade B, {{c}} of grade C.",
        "The answers cite {count} pieces of evidence: {{a}} of grade A, {{b}} of grade B, {{c}} of grade C.",
        sum(grades.values()))
    return text.format(a=grades["A"], b=grades["B"], c=grades["C"])


def holding_back(ctx: Context) -> tuple[str, ...]:
    """The sentences of :func:`holds`."""
    return tuple(claim.text for claim in holds(ctx))


def holds(ctx: Context) -> tuple[Claim, ...]:
    """What holds the relationship back: gates first, then the components that lose the most points."""
    claims = [claim for gate in ctx.rubric.gates if (claim := _held_by(ctx, gate))]
    weakest = sorted((c for c in ctx.result.components if ctx.sums(c.id)[1]), key=lambda c: -c.lost)
    for component in weakest[: max(0, 3 - len(claims))]:
        text = ctx.tr("{title} loses {lost} points of the index.").format(
            title=ctx.component_title(component.id), lost=words.number(float(ctx.sums(component.id)[1]), 1, ctx.tr))
        claims.append(Claim(text, (component.id,)))
    return tuple(claims[:4])


def _held_by(ctx: Context, gate: Gate) -> Claim | None:
    """What a gate that does not hold, or is not known to, keeps the stage from."""
    state = next(g.state for g in ctx.result.gates if g.id == gate.id)
    if state == "failed":
        text = ctx.tr("Gate «{gate}» does not hold and caps the stage at «{cap}»: {reason}")
    elif state == "undetermined" and gate.id in ctx.result.stage.binding:
        text = ctx.tr("Gate «{gate}» is undetermined and caps the stage at «{cap}» until it is answered: {reason}")
    else:
        return None
    said = text.format(gate=ctx.tr(gate.title), cap=ctx.stage_titles[gate.cap], reason=ctx.tr(gate.reason))
    return Claim(said, gate_links(ctx, gate.id) or (gate.id,))


def next_steps(ctx: Context) -> tuple[NextStep, ...]:
    """Three steps: what a gate waits to know first, then the first of the roadmap and its quick wins."""
    gated = {g.when.indicator for g in ctx.rubric.gates if g.id in unmet(ctx) and g.when.indicator}
    asked = [_found_out(ctx, i) for i in ctx.parts.values() if i.id in gated and i.state in ("unknown", "partly_known")]
    return (*asked, *(_taken(ctx, step, step.indicator in gated) for step in first_steps(ctx)))[:3]


def unmet(ctx: Context) -> set[str]:
    return {g.id for g in ctx.result.gates if g.state in ("failed", "undetermined")}


def _found_out(ctx: Context, part: IndicatorResult) -> NextStep:
    tr, indicator = ctx.tr, ctx.rubric.indicators[part.id]
    action = tr("Find out: {question}").format(question=tr(indicator.question))
    return NextStep(part.id, tr(indicator.title), action, tr("A gate waits for this answer."), "")


def _taken(ctx: Context, step: Next, gated: bool) -> NextStep:
    """A step with what waits for it and what it brings, as the roadmap says it."""
    tr, gain, why = ctx.tr, words.number(step.gain, 1, ctx.tr), []
    if gated:
        why.append(tr("A gate waits for it."))
    if gain != words.number(0.0, 1, tr):
        why.append(tr("Worth {gain} points of the index.").format(gain=gain))
    elif not gated and needed(ctx, step.id):
        why.append(tr("Other steps wait for it."))
    title = tr(ctx.rubric.indicators[step.indicator].title)
    return NextStep(step.indicator, title, tr(step.action), " ".join(why), months(ctx, step.effort))
