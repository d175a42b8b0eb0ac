"""The other axes: challenges, institutional footprint and strategic aims. None of them changes the index."""

from assess import words
from assess.days import short_day
from assess.report import charts
from assess.report.charts.matrix import MatrixRow
from assess.report.charts.quadrant import Span
from assess.report.trace import body_step_sentence
from assess.report.view.components import coverage_flags, found_text, reading_view, worth_showing
from assess.report.view.context import Context
from assess.report.view.model import (
    AimView,
    BarrierView,
    BodyView,
    Cell,
    Challenges,
    ChallengeView,
    Chart,
    SystemView,
    Table,
)
from assess.result import AimResult, BarrierResult, BodyReading, BodyResult, BodyValue, ChallengeResult, SystemResult
from assess.rubric.model import Challenge

# --- challenges -----------------------------------------------------------------------------------


def challenges(ctx: Context) -> Challenges | None:
    """The challenges, or None where the rubric has none."""
    result, tr = ctx.result, ctx.tr
    if result.pressure is None:
        return None
    rows = tuple(
        _challenge(ctx, one, ctx.rubric.challenges[n]) for n, one in enumerate(result.challenges)
    )
    exposed = tuple(
        (e.barrier, tr(ctx.rubric.barriers[e.barrier].title), e.indicator, tr(ctx.rubric.indicators[e.indicator].title))
        for e in result.exposed
    )
    return Challenges(_finding(ctx), _chart(ctx), rows, exposed)


def _finding(ctx: Context) -> str:
    tr, titles = ctx.tr, {c.id: ctx.tr(c.title) for c in ctx.rubric.challenges}
    known = {titles[c.id]: c.points for c in ctx.result.challenges if c.points is not None}
    if not known:
        return tr("No barrier has been rated yet.")
    worst = words.foremost(known)
    points = words.number(known[worst[0]])
    if points == words.number(0):
        return tr("No challenge that is known stands above 0 of 100.")
    if len(worst) == 1:
        return tr("The gravest challenge is «{title}», at {points} of 100.").format(title=worst[0], points=points)
    if len(worst) == len(known):
        return tr("All challenges that are known stand at {points} of 100.").format(points=points)
    text = tr("The gravest challenges are {titles}, each at {points} of 100.")
    return text.format(titles=words.quoted(worst), points=points)


def _chart(ctx: Context) -> Chart:
    tr, index, pressure = ctx.tr, ctx.result.index, ctx.result.pressure
    assert pressure is not None
    titles = {c.id: tr(c.title) for c in ctx.rubric.challenges}
    spans = [Span(titles[c.id], c.points, c.bounds.low, c.bounds.high, c.indicative)
             for c in ctx.result.challenges if c.bounds]
    title = tr("Readiness {readiness}, pressure of the challenges {pressure}").format(
        readiness=ctx.reserved(index.points, not ctx.enough),
        pressure=ctx.reserved(pressure.points, pressure.indicative))
    ready = Span(tr("Readiness"), index.points, index.bounds.low, index.bounds.high, not ctx.enough)
    press = Span(tr("Pressure of the challenges"), pressure.points, pressure.bounds.low, pressure.bounds.high,
                 pressure.indicative)
    text = "; ".join(f"{s.title}: {words.number(s.points)}" for s in spans)
    table = Table((tr("Challenge"), tr("Severity"), tr("Hard bounds")), tuple(
        (s.title, ctx.reserved(s.points, s.indicative), ctx.range(s.low, s.high)) for s in spans))
    return Chart(title, charts.quadrant(ready, press, spans, title, text), table)


def _challenge(ctx: Context, c: ChallengeResult, challenge: Challenge) -> ChallengeView:
    return ChallengeView(
        id=c.id,
        title=ctx.tr(challenge.title),
        purpose=ctx.tr(challenge.purpose),
        points=ctx.reserved(c.points, c.indicative),
        bounds=ctx.range(c.bounds.low, c.bounds.high) if c.bounds else "–",
        coverage=words.percent(c.coverage),
        flags=coverage_flags(ctx, c.indicative, c.mostly_not_applicable),
        barriers=tuple(_barrier(ctx, b) for b in c.barriers),
    )


def _barrier(ctx: Context, b: BarrierResult) -> BarrierView:
    tr, barrier = ctx.tr, ctx.rubric.barriers[b.id]
    return BarrierView(
        id=b.id,
        title=tr(barrier.title),
        question=tr(barrier.question),
        points=words.number(b.points) if b.points is not None else tr(words.STATES[b.state]),
        bounds=ctx.range(b.bounds.low, b.bounds.high) if b.bounds else "–",
        anchor=found_text(ctx, b.points, b.readings, barrier.anchors),
        readings=tuple(reading_view(ctx, r, barrier) for r in b.readings if worth_showing(r)),
        limits=b.limits,
    )


# --- institutional footprint ------------------------------------------------------------------------


def systems(ctx: Context) -> tuple[SystemView, ...]:
    """The institutional footprint, a table a system."""
    return tuple(_system(ctx, s) for s in ctx.result.systems)


def matrix(ctx: Context) -> Chart | None:
    """All bodies at a glance, by system and party; None where the rubric has no bodies."""
    tr, bodies = ctx.tr, ctx.result.bodies
    if not bodies:
        return None
    panels = [(tr(ctx.rubric.systems[s.id].title), [_matrix_row(ctx, b) for b in bodies if b.system == s.id])
              for s in ctx.result.systems]
    together = sum(v.points is not None and v.points >= 50 for b in bodies for v in b.slots if v.slot == "together")
    title = tr("The two are known to work together in {count} of {total} bodies").format(
        count=together, total=len(bodies))
    heads = (*ctx.names, tr("Together"))
    marks = {words.mark(None, state): tr(words.STATES[state]) for state in ("not_applicable", "unknown")}
    rows = tuple((tr(ctx.rubric.bodies[b.id].short), *(marks.get(m, m) for m in (
        words.mark(v.points, v.state) for v in b.slots))) for b in bodies)
    short = (*(p.code for p in (ctx.result.relationship.parties.A, ctx.result.relationship.parties.B)), tr("both"))
    return Chart(title, charts.matrix(panels, (short[0], short[1], short[2]), title, title),
                 Table((tr("Body"), *heads), rows))


def _matrix_row(ctx: Context, b: BodyResult) -> MatrixRow:
    tones = {v.slot: -1 if v.state == "not_applicable" else None if v.points is None else round(v.points / 25)
             for v in b.slots}
    return MatrixRow(ctx.tr(ctx.rubric.bodies[b.id].short), (tones["A"], tones["B"], tones["together"]))


def _system(ctx: Context, s: SystemResult) -> SystemView:
    totals = tuple(
        (words.number(f.points), ctx.range(f.bounds.low, f.bounds.high) if f.bounds else "–",
         words.percent(f.coverage)) for f in s.footprints
    )
    bodies = tuple(_body(ctx, b) for b in ctx.result.bodies if b.system == s.id)
    return SystemView(ctx.tr(ctx.rubric.systems[s.id].title), bodies, totals)


def _body(ctx: Context, b: BodyResult) -> BodyView:
    body = ctx.rubric.bodies[b.id]
    cells = {value.slot: _cell(ctx, value, [r for r in b.readings if r.slot == value.slot]) for value in b.slots}
    closed = ctx.tr("closed {date}").format(date=short_day(body.closed, ctx.tr)) if body.closed else ""
    return BodyView(b.id, ctx.tr(body.short), ctx.tr(body.title), closed, cells["A"], cells["B"], cells["together"])


def _cell(ctx: Context, value: BodyValue, readings: list[BodyReading]) -> Cell:
    evidence = tuple(sorted({e for r in readings for e in r.evidence}))
    said = (body_step_sentence(s, ctx.tr) for r in readings for s in r.steps if s.kind != "answered")
    steps = tuple(dict.fromkeys(said))  # several raters often come to the same
    tone = None if value.points is None else round(value.points / 25)
    return Cell(_cell_text(ctx, value, readings), tone, steps, evidence)


def _cell_text(ctx: Context, value: BodyValue, readings: list[BodyReading]) -> str:
    """The effective status in words where the raters agree, else the points."""
    given = {r.effective for r in readings if r.effective is not None}
    if len(given) != 1:
        return words.number(value.points) if value.points is not None else ctx.tr(words.STATES[value.state])
    name = given.pop()
    if value.slot == "together":
        return ctx.tr(ctx.rubric.pair_statuses[int(name)].title)
    return ctx.tr(ctx.rubric.statuses[name].title)


# --- strategic aims -----------------------------------------------------------------------------------


def aims(ctx: Context) -> tuple[AimView, ...]:
    """The strategic aims with what serves them."""
    return tuple(_aim(ctx, a) for a in ctx.result.aims)


def _aim(ctx: Context, a: AimResult) -> AimView:
    aim, tr = ctx.rubric.aims[a.id], ctx.tr
    return AimView(
        id=a.id,
        title=tr(aim.title),
        purpose=tr(aim.purpose),
        points=ctx.reserved(a.points, a.indicative),
        bounds=ctx.range(a.bounds.low, a.bounds.high) if a.bounds else "–",
        coverage=words.percent(a.coverage),
        parts=tuple((p.kind, p.id, words.number(p.points)) for p in a.parts),
        reading=tr(aim.reading),
    )
