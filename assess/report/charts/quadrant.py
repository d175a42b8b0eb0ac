"""Readiness against challenges: one point with its hard bounds in both directions, and one row a challenge."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import (
    ACCENT,
    INK,
    MAIN,
    MUTED,
    PALE,
    PAPER,
    RULE,
    box,
    element,
    fitted,
    label,
    line,
    picture,
    text,
    whole,
)

WIDTH = 520
SIDE, LEFT, TOP = 150, 38, 8
LABEL, BAR_LEFT, BAR_RIGHT = 222, 366, 486


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
    height = TOP + SIDE + 28
    row = SIDE / max(1, len(challenges))
    for value in (0, 50, 100):
        parts.append(line(_bar(value), TOP, _bar(value), TOP + SIDE))
        parts.append(text(_bar(value), TOP + SIDE + 10, str(value), font_size=7, fill=MUTED, text_anchor="middle"))
    for number, challenge in enumerate(challenges):
        parts += _row(challenge, TOP + row * (number + 0.5))
    return picture(WIDTH, height, title, description, parts)


def _x(points: float) -> float:
    return LEFT + SIDE * points / 100


def _y(points: float) -> float:
    return TOP + SIDE * (1 - points / 100)


def _bar(points: float) -> float:
    return BAR_LEFT + (BAR_RIGHT - BAR_LEFT) * points / 100


def _frame(across: str, up: str) -> list[Markup]:
    half = SIDE / 2
    turned = {"transform": f"rotate(-90 {LEFT - 26} {TOP + half})"}
    return [
        box(LEFT, TOP, SIDE, SIDE, fill="none", stroke=MUTED, stroke_width=0.8),
        line(LEFT + half, TOP, LEFT + half, TOP + SIDE),
        line(LEFT, TOP + half, LEFT + SIDE, TOP + half),
        text(LEFT + half, TOP + SIDE + 22, across, font_size=8.5, text_anchor="middle"),
        text(LEFT - 26, TOP + half, fitted(up, SIDE, 8.5), font_size=8.5, text_anchor="middle", **turned),
        *(text(_x(v), TOP + SIDE + 10, str(v), font_size=7, fill=MUTED, text_anchor="middle") for v in (0, 50, 100)),
        *(text(LEFT - 5, _y(v) + 3, str(v), font_size=7, fill=MUTED, text_anchor="end") for v in (0, 50, 100)),
    ]


def _cross(readiness: Span, pressure: Span) -> list[Markup]:
    """The box of all that is possible, and the point where the answers stand."""
    possible = box(
        _x(readiness.low), _y(pressure.high), max(1.0, _x(readiness.high) - _x(readiness.low)),
        max(1.0, _y(pressure.low) - _y(pressure.high)), fill=PALE, stroke=MUTED, stroke_width=0.5,
        stroke_dasharray="3 2",
    )
    if readiness.points is None or pressure.points is None:
        return [possible]
    hollow = readiness.indicative or pressure.indicative
    look = {"fill": PAPER if hollow else ACCENT, "stroke": ACCENT, "stroke_width": 2}
    return [possible, element("circle", cx=_x(readiness.points), cy=_y(pressure.points), r=5, **look)]


def _row(span: Span, y: float) -> list[Markup]:
    shown = "–" if span.points is None else f"({whole(span.points)})" if span.indicative else whole(span.points)
    parts = [
        *label(LABEL, y, span.title, BAR_LEFT - LABEL - 10, 8.5),
        line(_bar(0), y, _bar(100), y, stroke=RULE),
        box(_bar(span.low), y - 4, max(1.5, _bar(span.high) - _bar(span.low)), 8, fill=PALE, stroke=MUTED,
            stroke_width=0.5),
        text(WIDTH, y + 3.5, shown, font_size=9.5, font_weight=700, fill=INK, text_anchor="end"),
    ]
    if span.points is not None:
        fill, stroke = (PAPER, ACCENT) if span.indicative else (MAIN, MAIN)
        parts.append(element("circle", cx=_bar(span.points), cy=y, r=4.5, fill=fill, stroke=stroke, stroke_width=1.8))
    return parts
