"""How the gates stand, and the way to the stage."""

from assess import words
from assess.explain.figures import index_total, number, plain, said, value
from assess.report.view.context import Context
from assess.result import GateResult, StageResult
from assess.rubric.model import Gate


def stage_line(ctx: Context) -> str:
    """The stage, or the span of stages, in one line."""
    return ctx.tr("Stage by score and gates") + f": {words.stage_phrase(ctx.result.stage, ctx.rubric, ctx.tr)}"


def gate_line(ctx: Context, gate: GateResult) -> str:
    """How a gate stands, in one line."""
    tr = ctx.tr
    text = f"{gate.id} {tr(_model(ctx, gate).title)}: {tr(words.GATE_STATES[gate.state])}"
    if gate.state in ("failed", "undetermined"):
        text += ", " + tr("caps the stage at «{cap}»").format(cap=ctx.stage_titles[gate.cap])
    return text


def gate(ctx: Context, part: GateResult) -> list[str]:
    """Tell what a gate asks for and what stands against it, line by line."""
    tr, model = ctx.tr, _model(ctx, part)
    asked, found = _condition(ctx, part, model)
    held = part.id in ctx.result.stage.binding
    effect = tr("It holds the stage down (rule 6).") if held else tr("It does not change the stage (rule 6).")
    return [
        gate_line(ctx, part),
        "  " + tr("It asks for") + f": {asked}",
        "  " + tr("The answers give") + f": {found}",
        "  " + tr("Reason") + f": {tr(model.reason)}",
        f"  {effect}",
    ]


def _model(ctx: Context, gate: GateResult) -> Gate:
    return next(g for g in ctx.rubric.gates if g.id == gate.id)


def _condition(ctx: Context, gate: GateResult, model: Gate) -> tuple[str, str]:
    """What the gate asks for, and what stands against it."""
    tr, when = ctx.tr, model.when
    if when.unknown_share is not None:
        about = tr("essential indicators") if when.unknown_share == "essential" else tr("all indicators")
        asked = tr("at most {share} of the weight of {about} unknown").format(
            share=words.percent(gate.threshold), about=about)
        return asked, words.percent(gate.value)
    if when.indicator is not None:
        part = ctx.parts[when.indicator]
        asked = tr("at least level {level} of {key}, {points} points").format(
            level=f"{gate.threshold:g}", key=when.indicator, points=number(ctx, ctx.rubric.points(gate.threshold)))
        return asked, value(ctx, part.points, part.bounds)
    component = next(c for c in ctx.result.components if c.id == when.component)
    asked = tr("at least {points} points of {key}").format(points=plain(ctx, gate.threshold), key=when.component)
    return asked, value(ctx, component.points, component.bounds)


def stage(ctx: Context, part: StageResult) -> list[str]:
    """Tell the way to the stage, line by line."""
    tr, titles, total = ctx.tr, ctx.stage_titles, index_total(ctx)
    band = "  " + tr("from {points} {stage}")
    bands = [band.format(points=plain(ctx, s.from_score), stage=tr(s.title)) for s in ctx.rubric.stages]
    lines = [stage_line(ctx), "", tr("Stages by index"), *bands, ""]
    if part.by_score is not None and total is not None:
        lines.append(tr("By the index of {points} alone: {stage}").format(
            points=said(ctx, total), stage=titles[part.by_score]))
    lines += [gate_line(ctx, gate) for gate in ctx.result.gates]
    if part.binding:
        lines.append(tr("Held down by: {gates} (rule 6)").format(gates=", ".join(part.binding)))
    if not part.published:
        lines.append(tr("No single stage is published: {reason} (rules 4 and 6).").format(reason=_why_open(ctx)))
    return [*lines, tr("At the worst and the best that the unknowns allow: {low}, {high}").format(
        low=titles[part.lowest], high=titles[part.highest])]


def _why_open(ctx: Context) -> str:
    """Why no single stage is published."""
    coverage = ctx.result.index.coverage
    if coverage < ctx.rubric.coverage.overall_minimum:
        return ctx.tr("only {share} of the weight is answered").format(share=words.percent(coverage))
    return ctx.tr("a gate that is undetermined would change it")
