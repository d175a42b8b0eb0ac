"""The trend: the index at each date with its likely range, on the bands of the stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from assess.report.charts.svg import (
    ACCENT,
    INK,
    MUTED,
    PALE,
    PAPER,
    RULE,
    SOFT,
    box,
    element,
    fitted,
    line,
    picture,
    text,
    whole,
)

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 520, 220, 30, 424, 14, 192


@dataclass(frozen=True, slots=True)
class Point:
    """The index at one date; ``low`` and ``high`` are the ends of its range, ``day`` the date in words."""

    as_of: str
    points: float | None
    low: float
    high: float
    day: str = ""


def trend(points: Sequence[Point], stages: Sequence[tuple[str, float]], title: str, description: str) -> Markup:
    """Draw ``points`` in order of date over ``stages`` (name, lowest points)."""
    days = [date.fromisoformat(p.as_of).toordinal() for p in points]
    span = max(1, days[-1] - days[0])
    across = [LEFT + 40 + (RIGHT - LEFT - 90) * (day - days[0]) / span for day in days]
    ends = [start for _, start in stages[1:]] + [100.0]
    parts = [m for i, (name, start) in enumerate(stages) for m in _band(i, name, start, ends[i])]
    known = [(x, _y(p.points)) for x, p in zip(across, points, strict=True) if p.points is not None]
    parts.append(element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in known), fill="none", stroke=INK,
                         stroke_width=1.4))
    shown = _far_enough(across)
    for number, (x, point) in enumerate(zip(across, points, strict=True)):
        following = points[number + 1].points if number + 1 < len(points) else None
        parts += _point(x, point, following, dated=number in shown)
    return picture(WIDTH, HEIGHT, title, description, parts)


def _far_enough(across: Sequence[float]) -> set[int]:
    """Which dates have room for their label: the last always, the others 74 units before the next."""
    shown, right = set(), float("inf")
    for number in range(len(across) - 1, -1, -1):
        if across[number] <= right - 74:
            shown.add(number)
            right = across[number]
    return shown


def _y(points: float) -> float:
    return BASE - (BASE - TOP) * points / 100


def _band(number: int, name: str, start: float, end: float) -> list[Markup]:
    fill = PALE if number % 2 else PAPER
    return [
        box(LEFT, _y(end), RIGHT - LEFT, _y(start) - _y(end), fill=fill),
        line(LEFT, _y(start), RIGHT, _y(start), stroke=RULE),
        text(RIGHT + 6, (_y(start) + _y(end)) / 2 + 3, fitted(name, WIDTH - RIGHT - 6, 8.5), font_size=8.5, fill=MUTED),
        text(LEFT - 5, _y(start) + 3, whole(start), font_size=7.2, fill=MUTED, text_anchor="end"),
    ]


def _point(x: float, point: Point, following: float | None, *, dated: bool) -> list[Markup]:
    """The likely range as a bar, the index as a dot with its figure beside the line onward, and the date below."""
    parts = [
        box(x - 6, _y(point.high), 12, _y(point.low) - _y(point.high), fill=SOFT, rx=2),
        line(x, BASE, x, BASE + 4, stroke=MUTED),
    ]
    middle = _y(point.points) if point.points is not None else float("inf")
    for end, y in ((point.high, _y(point.high) + 6), (point.low, _y(point.low) - 1)):
        if abs(y - middle) > 12:  # else it would run into the figure of the index
            parts.append(text(x + 9, y, whole(end), font_size=7.2, fill=MUTED))
    if dated:
        parts.append(text(x, BASE + 15, point.day or point.as_of, font_size=8, fill=MUTED, text_anchor="middle"))
    if point.points is not None:
        parts.append(element("circle", cx=x, cy=_y(point.points), r=5, fill=ACCENT, stroke=PAPER, stroke_width=1))
        beside = 4 if following is None else -4 if following <= point.points else 13
        parts.append(text(x + 9, _y(point.points) + beside, whole(point.points), font_size=11, font_weight=700))
    return parts
