"""The trend: the index at each date with its likely range, on the bands of the stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from assess.report.charts.svg import ACCENT, INK, LEVELS, MUTED, RULE, element, picture, text

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 520, 210, 30, 430, 14, 184


@dataclass(frozen=True, slots=True)
class Point:
    """The index at one date; ``low`` and ``high`` are the ends of its range."""

    as_of: str
    points: float | None
    low: float
    high: float


def trend(points: Sequence[Point], stages: Sequence[tuple[str, float]], title: str, description: str) -> Markup:
    """Draw ``points`` in order of date over ``stages`` (name, lowest points)."""
    days = [date.fromisoformat(p.as_of).toordinal() for p in points]
    span = max(1, days[-1] - days[0])
    across = [LEFT + 24 + (RIGHT - LEFT - 48) * (day - days[0]) / span for day in days]
    ends = [start for _, start in stages[1:]] + [100.0]
    parts = [m for i, (name, start) in enumerate(stages) for m in _band(i, name, start, ends[i])]
    known = [(x, _y(p.points)) for x, p in zip(across, points, strict=True) if p.points is not None]
    parts.append(element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in known), fill="none", stroke=INK,
                         stroke_width=1.4))
    for x, point in zip(across, points, strict=True):
        parts += _point(x, point)
    return picture(WIDTH, HEIGHT, title, description, parts)


def _y(points: float) -> float:
    return BASE - (BASE - TOP) * points / 100


def _band(number: int, name: str, start: float, end: float) -> list[Markup]:
    fill, _ = LEVELS[min(number, 2)]
    return [
        element("rect", x=LEFT, y=_y(end), width=RIGHT - LEFT, height=_y(start) - _y(end), fill=fill,
                stroke="#ffffff", opacity=0.55),
        text(RIGHT + 6, (_y(start) + _y(end)) / 2 + 3, name, font_size=8, fill=MUTED),
        text(LEFT - 4, _y(start) + 3, f"{start:.0f}", font_size=7, fill=MUTED, text_anchor="end"),
    ]


def _point(x: float, point: Point) -> list[Markup]:
    line = {"stroke": INK, "stroke_width": 1}
    parts = [
        element("line", x1=x, x2=x, y1=_y(point.low), y2=_y(point.high), **line),
        element("line", x1=x - 4, x2=x + 4, y1=_y(point.low), y2=_y(point.low), **line),
        element("line", x1=x - 4, x2=x + 4, y1=_y(point.high), y2=_y(point.high), **line),
        element("line", x1=x, x2=x, y1=BASE, y2=BASE + 4, stroke=RULE),
        text(x, BASE + 14, point.as_of, font_size=8, fill=MUTED, text_anchor="middle"),
    ]
    if point.points is not None:
        parts.append(element("circle", cx=x, cy=_y(point.points), r=4, fill=ACCENT))
        parts.append(text(x + 7, _y(point.points) - 5, f"{point.points:.0f}", font_size=10, font_weight=700))
    return parts
