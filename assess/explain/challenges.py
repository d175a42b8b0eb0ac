"""The ways to the severity of a barrier, of a challenge, and to the pressure over all challenges."""

from assess.explain.answers import question_lines
from assess.explain.figures import plain, state_of_mean, value
from assess.explain.means import Mean, Part, mean_lines, score_lines, share_lines
from assess.language import N_
from assess.report.view.context import Context
from assess.result import BarrierResult, ChallengeResult, Pressure

_SEVERITY = N_("Severity: {value} (rule 4)")
_PRESSURE = N_("Pressure: {value} (rule 4)")
_BESIDE = N_("It stands beside the index and is never subtracted from it (rule 1.7).")
_EXPOSED = {"low": N_("low behind a grave barrier"), "unknown": N_("perhaps low behind a grave barrier")}


def barrier(ctx: Context, part: BarrierResult) -> list[str]:
    """Tell the way to a barrier, line by line."""
    tr = ctx.tr
    above = next(c for c in ctx.result.challenges if any(b.id == part.id for b in c.barriers))
    lines = question_lines(ctx, part, ctx.rubric.barriers[part.id], tr("Severity"))
    lines += ["", tr("In the challenge {key}, «{title}»").format(key=above.id, title=_title(ctx, above.id))]
    lines += [f"  {line}" for line in share_lines(ctx, _challenge_mean(ctx, above), part.id)]
    return lines + _limits(ctx, part)


def _limits(ctx: Context, part: BarrierResult) -> list[str]:
    """The indicators that a barrier limits, and which of them are exposed to it."""
    if not part.limits:
        return []
    rules = ctx.rubric.exposure
    reasons = {e.indicator: _EXPOSED[e.reason] for e in ctx.result.exposed if e.barrier == part.id}
    lines = ["", ctx.tr("Limits"), *(f"  {_limited(ctx, key, reasons.get(key))}" for key in part.limits)]
    if reasons:
        lines.append("  " + ctx.tr("A barrier is grave from {severity} points; an indicator is low below {readiness}.")
                     .format(severity=plain(ctx, rules.severity_at_least), readiness=plain(ctx, rules.readiness_below)))
    return lines


def _limited(ctx: Context, key: str, exposed: str | None) -> str:
    part = ctx.parts[key]
    text = f"{key} {ctx.tr(ctx.rubric.indicators[key].title)}: {value(ctx, part.points, part.bounds)}"
    return text if exposed is None else f"{text}, {ctx.tr(exposed)}"


def challenge(ctx: Context, part: ChallengeResult) -> list[str]:
    """Tell the way to a challenge, line by line."""
    tr = ctx.tr
    lines = [f"{part.id} {_title(ctx, part.id)}", ""]
    lines += mean_lines(ctx, _challenge_mean(ctx, part), tr("Barrier"), tr("Severity"), tr("Together"))
    lines += ["", *score_lines(ctx, part, _SEVERITY)]
    assert ctx.result.pressure is not None
    inside = share_lines(ctx, _pressure_mean(ctx, ctx.result.pressure), part.id)
    return [*lines, "", tr("In the pressure of the challenges"), *(f"  {line}" for line in inside), f"  {tr(_BESIDE)}"]


def pressure(ctx: Context, part: Pressure) -> list[str]:
    """Tell the way to the pressure, line by line."""
    tr = ctx.tr
    lines = [tr("Pressure of the challenges"), ""]
    lines += mean_lines(ctx, _pressure_mean(ctx, part), tr("Challenge"), tr("Severity"), tr("Together"))
    return [*lines, "", *score_lines(ctx, part, _PRESSURE), tr(_BESIDE)]


def _title(ctx: Context, key: str) -> str:
    return ctx.tr(next(c.title for c in ctx.rubric.challenges if c.id == key))


def _challenge_mean(ctx: Context, c: ChallengeResult) -> Mean:
    """A challenge over its barriers: their shares in the pressure, measured by that of the challenge.

    A challenge of which nothing is known may enter the pressure all the same, but has no score to share.
    """
    known = c.points is not None
    measure = 1 / c.share if known else 0.0
    return Mean(ctx.tr("the challenge {key}").format(key=c.id), c.points, c.bounds, [
        Part(b.id, ctx.tr(ctx.rubric.barriers[b.id].title), b.weight, b.state, b.points,
             b.entered if known else None, measure * b.share, measure * b.contribution)
        for b in c.barriers
    ])


def _pressure_mean(ctx: Context, p: Pressure) -> Mean:
    return Mean(ctx.tr("the pressure"), p.points, p.bounds, [
        Part(c.id, _title(ctx, c.id), c.weight, state_of_mean(c.bounds), c.points, c.entered, c.share, c.contribution)
        for c in ctx.result.challenges
    ])
