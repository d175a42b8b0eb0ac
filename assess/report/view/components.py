"""Components and indicators, from question to number, and what stands out among them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from assess import words
from assess.report import charts
from assess.report.charts.profile import ProfileRow
from assess.report.trace import step_sentence
from assess.report.view.context import Context
from assess.report.view.model import ComponentView, IndicatorView, ReadingView
from assess.report.view.steps import months, next_of, waiting
from assess.result import ComponentResult, IndicatorResult, Reading, SlotValue
from assess.rubric.model import Component, Indicator, Question

_MOST = 5


def next_level(ctx: Context, indicator: Indicator) -> tuple[str, str, str]:
    """The sentence of the next level, what reaches it or what that waits for, and its effort; else nothing."""
    tr, step, held = ctx.tr, next_of(ctx, indicator.id), waiting(ctx, indicator.id)
    if step is not None:
        level, action, effort = step
        return tr(indicator.anchors[level]), tr(action), months(ctx, effort)
    if held is None:
        return "", "", ""
    level, missing = held
    return tr(indicator.anchors[level]), tr("Its step waits for {missing}.").format(missing=", ".join(missing)), ""


def component_view(ctx: Context, c: ComponentResult, component: Component) -> ComponentView:
    tr = ctx.tr
    indicators = tuple(indicator_view(ctx, i, component.indicators[n]) for n, i in enumerate(c.indicators))
    return ComponentView(
        id=c.id,
        title=tr(component.title),
        purpose=tr(component.purpose),
        points=ctx.reserved(c.points, c.indicative),
        bounds=ctx.range(c.bounds.low, c.bounds.high) if c.bounds else "–",
        coverage=words.percent(c.coverage),
        word=tr(words.stage_of(c.points, ctx.rubric).title) if c.points is not None else "–",
        finding=finding(ctx, c, component),
        flags=coverage_flags(ctx, c.indicative, c.mostly_not_applicable) if c.bounds else (),
        contribution=sum((i.contribution for i in indicators), Decimal(0)),
        lost=sum((i.lost for i in indicators), Decimal(0)),
        indicators=indicators,
        bar=bar(ctx, c),
    )


def bar(ctx: Context, c: ComponentResult) -> Markup:
    """Score, likely range and hard bounds of a component as a bar without axis."""
    if c.bounds is None:
        return Markup("")
    sure = ctx.assessment.uncertainty
    likely = next(((x.likely.low, x.likely.high) for x in sure.components if x.id == c.id), None) if sure else None
    title = f"{ctx.component_title(c.id)}: {ctx.reserved(c.points, c.indicative)}"
    text = ctx.tr("hard bounds") + " " + ctx.range(c.bounds.low, c.bounds.high)
    return charts.bar(ProfileRow("", c.points, c.bounds.low, c.bounds.high, c.indicative, likely), title, text)


def finding(ctx: Context, c: ComponentResult, component: Component) -> str:
    tr = ctx.tr
    if c.bounds is None:
        return tr("Nothing in this component applies to the relationship.")
    known = [i for i in c.indicators if i.points is not None]
    applicable = sum(i.state != "not_applicable" for i in c.indicators)
    text = _answered(ctx, len(known), applicable)
    if not known:
        return text
    best, worst = max(known, key=lambda i: i.points or 0), min(known, key=lambda i: i.points or 0)
    titles = {i.id: tr(i.title) for i in component.indicators}
    if best.points == worst.points:
        alike = tr("All stand at {points} points.") if len(known) > 1 else tr("It stands at {points} points.")
        return text + " " + alike.format(points=words.number(best.points))
    return text + " " + tr("Highest: «{best}» ({high}). Lowest: «{worst}» ({low}).").format(
        best=titles[best.id], high=words.number(best.points), worst=titles[worst.id], low=words.number(worst.points)
    )


def _answered(ctx: Context, known: int, applicable: int) -> str:
    """How many of the questions that apply have an answer."""
    tr = ctx.tr
    if applicable == 1:
        one, none = tr("The only applicable question is answered."), tr("The only applicable question has no answer.")
        return one if known else none
    if not known:
        return tr("None of the {total} applicable questions has an answer.").format(total=applicable)
    text = tr.plural("{count} of {{total}} applicable questions is answered.",
                     "{count} of {{total}} applicable questions are answered.", known)
    return text.format(total=applicable)


def coverage_flags(ctx: Context, indicative: bool, mostly_not_applicable: bool) -> tuple[str, ...]:
    """Reservations about a component or challenge."""
    tr, flags = ctx.tr, []
    if indicative:
        flags.append(tr("Indicative only: less than {share} of its weight is answered.").format(
            share=words.percent(ctx.rubric.coverage.component_minimum)))
    if mostly_not_applicable:
        flags.append(tr("More than half of its weight does not apply."))
    return tuple(flags)


def indicator_view(ctx: Context, part: IndicatorResult, indicator: Indicator) -> IndicatorView:
    tr = ctx.tr
    level, action, effort = next_level(ctx, indicator)
    return IndicatorView(
        id=part.id,
        title=tr(indicator.title),
        question=tr(indicator.question),
        kind=tr(words.TYPES[indicator.type]),
        essential=indicator.essential,
        weight=f"{indicator.weight:g}",
        state=tr(words.STATES[part.state]),
        points=words.number(part.points),
        bounds=ctx.range(part.bounds.low, part.bounds.high) if part.bounds else "–",
        anchor=found_text(ctx, part.points, part.readings, indicator.anchors),
        slots=tuple((slot_name(ctx, s, indicator), slot_points(ctx, s)) for s in part.slots if s.slot != "pair"),
        readings=tuple(reading_view(ctx, r, indicator) for r in part.readings if worth_showing(r)),
        next_level=level,
        next_action=action,
        next_effort=effort,
        contribution=ctx.contribution[part.id],
        lost=ctx.lost[part.id],
        asserted=any(r.asserted for r in part.readings),
        tone=None if part.points is None else round(part.points / 25),
        mark=words.mark(part.points, part.state),
        sides_known=any(s.slot != "pair" and s.points is not None for s in part.slots),
    )


def worth_showing(reading: Reading) -> bool:
    return reading.state != "unknown" or bool(reading.reason or reading.note)


def found_text(
    ctx: Context, points: float | None, readings: Sequence[Reading], anchors: Mapping[int, str]
) -> str:
    """What was found, in the words of the level that was answered; empty where the points are those of no answer.

    A level that an answer only counts as was claimed by nobody, and its anchor may be untrue.
    """
    level = next((x.level for x in ctx.rubric.levels if x.score == points), None)
    answered = sorted(r.answered[0] for r in readings if r.effective == (level,) and len(r.answered) == 1)
    if level is None or not answered:
        return ""
    if level in answered:
        return ctx.tr(anchors[level])
    text = ctx.tr("{anchor} This counts as level {level} only; the answer says why.")
    return text.format(anchor=ctx.tr(anchors[answered[0]]), level=level)


def slot_name(ctx: Context, slot: SlotValue, indicator: Indicator) -> str:
    return ctx.who(slot.slot, indicator.type)


def slot_points(ctx: Context, slot: SlotValue) -> str:
    return words.number(slot.points) if slot.points is not None else ctx.tr(words.STATES[slot.state])


def reading_view(ctx: Context, r: Reading, indicator: Question) -> ReadingView:
    tr = ctx.tr
    who = ctx.who(r.slot, indicator.type)
    if len(ctx.result.questionnaires) > 1 and not ctx.copy:
        who += ", " + tr("rater {number}").format(number=r.rater + 1)
    answered = " – ".join(str(level) for level in r.answered) or tr(words.STATES[r.state])
    if r.answered and r.state in ("disputed", "partly_known"):
        answered += f" ({tr(words.STATES[r.state])})"
    changes = [s for s in r.steps if s.kind != "answered"]
    return ReadingView(
        who=who,
        answered=answered,
        steps=tuple(step_sentence(s, tr) for s in changes),
        strength=tr(words.STRENGTHS[r.strength]) if r.strength else "",
        evidence=r.evidence,
        note=" ".join(part for part in (r.reason, r.note) if part),
    )


def strengths(ctx: Context) -> list[str]:
    """The highest indicators that evidence carries."""
    good = [i for i in ctx.parts.values() if i.points is not None and i.points >= 50
            and not any(r.asserted for r in i.readings)]
    return [i.id for i in sorted(good, key=lambda i: (-(i.points or 0), -i.share))[:_MOST]]


def gaps(ctx: Context) -> list[str]:
    known = [i for i in ctx.parts.values() if i.points is not None and i.points < 75]
    return [i.id for i in sorted(known, key=lambda i: (-i.lost, i.id))[:_MOST]]
