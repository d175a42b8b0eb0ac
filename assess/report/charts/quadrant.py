"""Readiness against challenges: one point with its hard bounds in both directions, and one row a challenge."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import ACCENT, INK, MAIN, MUTED, PALE, RULE, element, picture, text

WIDTH, HEIGHT = 520, 190
SIDE, LEFT, TOP = 150, 40, 10
BAR_LEFT, BAR_RIGHT, ROW = 356, 492, 34


@dataclass(frozen=True, slots=True)
class Span:
    """A value with its hard bounds, all 0 to 100."""

    title: str
    points: float | None
    low: float
    high: float
    indicative: bool = False


def quadrant(
    readiness: Span, pressure: Span, challenges: Sequence[Span], title: str, description: str
) -> Markup:
    """Draw readiness from left to right and pressure from bottom to top, the challenges beside it."""
    parts = [*_frame(readiness.title, pressure.title), *_cross(readiness, pressure)]
    for number, challenge in enumerate(challenges):
        parts += _row(challenge, TOP + 16 + ROW * number)
    return picture(WIDTH, HEIGHT, title, description, parts)


def _x(points: float) -> float:
    return LEFT + SIDE * points / 100


def _y(points: float) -> float:
    return TOP + SIDE * (1 - points / 100)


def _frame(across: str, up: str) -> list[Markup]:
    half = SIDE / 2
    line = {"stroke": RULE, "stroke_width": 0.8}
    turned = {"transform": f"rotate(-90 {LEFT - 24} {TOP + half})"}
    return [
        element("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, fill="none", stroke=MUTED, stroke_width=0.8),
        element("line", x1=LEFT + half, x2=LEFT + half, y1=TOP, y2=TOP + SIDE, **line),
        element("line", x1=LEFT, x2=LEFT + SIDE, y1=TOP + half, y2=TOP + half, **line),
        text(LEFT + half, TOP + SIDE + 22, across, font_size=8.5, text_anchor="middle"),
        text(LEFT - 24, TOP + half, up, font_size=8.5, text_anchor="middle", **turned),
        *(text(_x(v), TOP + SIDE + 10, str(v), font_size=7, fill=MUTED, text_anchor="middle") for v in (0, 50, 100)),
        *(text(LEFT - 5, _y(v) + 3, str(v), font_size=7, fill=MUTED, text_anchor="end") for v in (0, 50, 100)),
    ]


def _cross(readiness: Span, pressure: Span) -> list[Markup]:
    """The box of all that is possible, and the point where the answers stand."""
    box = element(
        "rect", x=_x(readiness.low), y=_y(pressure.high), width=max(1.0, _x(readiness.high) - _x(readiness.low)),
        height=max(1.0, _y(pressure.low) - _y(pressure.high)), fill=PALE, stroke=MUTED, stroke_width=0.5,
        stroke_dasharray="3 2",
    )
    if readiness.points is None or pressure.points is None:
        return [box]
    hollow = readiness.indicative or pressure.indicative
    look = {"fill": "#ffffff" if hollow else ACCENT, "stroke": ACCENT, "stroke_width": 2}
    return [box, element("circle", cx=_x(readiness.points), cy=_y(pressure.points), r=4.5, **look)]


def _row(span: Span, y: float) -> list[Markup]:
    def x(points: float) -> float:
        return BAR_LEFT + (BAR_RIGHT - BAR_LEFT) * points / 100

    shown = "–" if span.points is None else f"({span.points:.0f})" if span.indicative else f"{span.points:.0f}"
    parts = [
        text(216, y + 3, span.title, font_size=8.5),
        element("line", x1=x(0), x2=x(100), y1=y + 14, y2=y + 14, stroke=RULE, stroke_width=0.8),
        element("rect", x=x(span.low), y=y + 10, width=max(1.5, x(span.high) - x(span.low)), height=8, fill=PALE,
                stroke=MUTED, stroke_width=0.5),
        text(WIDTH, y + 17, shown, font_size=9.5, font_weight=700, fill=INK, text_anchor="end"),
    ]
    if span.points is not None:
        fill = "#ffffff" if span.indicative else MAIN
        parts.append(element("circle", cx=x(span.points), cy=y + 14, r=4.5, fill=fill, stroke=MAIN, stroke_width=2))
    return parts
