"""How the two parties see the relationship: side by side, pooled, the lower, and where they lie apart."""

from assess import words
from assess.report import charts
from assess.report.charts.dumbbell import Pair
from assess.report.view.context import Context
from assess.report.view.likely import span
from assess.report.view.model import Chart, GapRow, IndicatorGap, Perception, Table
from assess.uncertainty.model import MutualView, PerceptionGap, Uncertainty

_MOST = 8


def perception(ctx: Context, u: Uncertainty) -> Perception | None:
    """The two parties' own views side by side; None unless both answered."""
    if u.perception_gap is None or u.mutual_view is None:
        return None
    tr, gap = ctx.tr, u.perception_gap
    views = {v.id: v for v in u.mutual_view.components}
    rows = tuple(
        GapRow(
            ctx.component_title(g.id), words.number(views[g.id].side_a), words.number(views[g.id].side_b),
            words.number(views[g.id].pooled), words.number(views[g.id].lower), words.number(g.gap),
            span(ctx, g.interval) if g.interval else "–",
            words.chance(g.beyond_one_level) if g.beyond_one_level is not None else "–",
        )
        for g in gap.components
    )
    a, b = ctx.sources["A"], ctx.sources["B"]
    text = tr("{a} sees the relationship at {left}, {b} at {right}; they share {count} answered indicators.")
    whole = u.mutual_view.index
    sentence = text.format(a=a, b=b, left=words.number(whole.side_a), right=words.number(whole.side_b),
                           count=gap.shared)
    pairs = [Pair(ctx.component_title(key or ""), v.side_a, v.side_b) for key, v in views.items()]
    alternative = "; ".join(f"{p.title}: {words.number(p.a)} / {words.number(p.b)}" for p in pairs)
    title = _widest(ctx, pairs)
    table = Table((tr("Component"), a, b), tuple((p.title, words.number(p.a), words.number(p.b)) for p in pairs))
    chart = Chart(title, charts.dumbbell(pairs, (a, b), title, alternative), table)
    return Perception(sentence, chart, rows, tuple(_sentences(ctx, gap, u.mutual_view)), _indicators(ctx, gap))


def _sentences(ctx: Context, gap: PerceptionGap, view: MutualView) -> list[str]:
    """Pooled and lower view, then bias and scatter, then what the test says."""
    tr, lines = ctx.tr, []
    if view.index.lower is not None:
        text = tr("Pooled, the index is {pooled}; taken by the less favourable side it is {lower}. By its own answers "
                  "alone each side would lie within {left} and {right} in nine cases of ten.")
        lines.append(text.format(pooled=words.number(view.index.pooled), lower=words.number(view.index.lower),
                                 left=span(ctx, view.likely_a), right=span(ctx, view.likely_b)))
    if gap.bias is not None and gap.limits_of_agreement is not None:
        text = tr("On an average question {a} answers {bias} points away from {b}; on a single question the two may "
                  "differ by {low} to {high} points.")
        lines.append(text.format(a=ctx.sources["A"], b=ctx.sources["B"], bias=words.signed(gap.bias, tr),
                                 low=words.signed(gap.limits_of_agreement.low, tr),
                                 high=words.signed(gap.limits_of_agreement.high, tr)))
    if gap.p is not None:
        lines.append(_chance_alone(ctx, gap.p))
    return lines


def _chance_alone(ctx: Context, p: float) -> str:
    """What the sign-flip test says; it describes and judges nobody."""
    if p < 0.05:
        text = ctx.tr("One-sided differences like these would seldom come about by chance (p = {p}).")
    else:
        text = ctx.tr("Differences like these can come about by chance (p = {p}): neither side is plainly the milder.")
    return text.format(p=words.number(p, 3, ctx.tr))


def _indicators(ctx: Context, gap: PerceptionGap) -> tuple[IndicatorGap, ...]:
    """The questions that lie furthest apart."""
    rows = sorted((g for g in gap.indicators if g.gap), key=lambda g: -abs(g.gap or 0.0))
    return tuple(
        IndicatorGap(
            g.id, ctx.tr(ctx.rubric.indicators[g.id].title), words.signed(g.gap or 0.0, ctx.tr),
            span(ctx, g.interval) if g.interval else "–",
            words.chance(g.beyond_one_level) if g.beyond_one_level is not None else "–",
        )
        for g in rows[:_MOST]
    )


def _widest(ctx: Context, pairs: list[Pair]) -> str:
    """Where the two parties lie furthest apart."""
    both = [(abs(p.a - p.b), p.title, p.a, p.b) for p in pairs if p.a is not None and p.b is not None]
    if not both:
        return ctx.tr("How the two sides see each component")
    _, title, left, right = max(both, key=lambda row: row[0])
    text = ctx.tr("The two sides lie furthest apart on «{title}»: {left} against {right}")
    return text.format(title=title, left=words.number(left), right=words.number(right))
