"""The stages as a strip, with the index, its likely range and its hard bounds on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import (
    ACCENT,
    INK,
    LEVELS,
    MUTED,
    PAPER,
    SOFT,
    box,
    element,
    fitted,
    line,
    picture,
    text,
    whole,
)

WIDTH, LEFT, RIGHT, TOP, BAR = 360, 4, 356, 32, 20


@dataclass(frozen=True, slots=True)
class Mark:
    """A range under the strip: its ends, 0 to 100, and its name."""

    low: float
    high: float
    name: str
    solid: bool = False


def stage_strip(
    stages: Sequence[tuple[str, float]], points: float | None, ranges: Sequence[Mark], title: str, description: str,
    *, sure: bool = True,
) -> Markup:
    """Draw ``stages`` (name, lowest points) from 0 to 100 with the index and the ranges around it.

    ``sure`` is false where too little is known: the index is then hollow and in brackets.
    """
    ends = [start for _, start in stages[1:]] + [100.0]
    parts = [p for i, (name, start) in enumerate(stages) for p in _band(i, name, start, ends[i])]
    for number, mark in enumerate(ranges):
        parts += _range(mark, TOP + BAR + 16 + 20 * number)
    if points is not None:
        parts += _index(points, sure)
    return picture(WIDTH, TOP + BAR + 12 + 20 * len(ranges), title, description, parts)


def _x(points: float) -> float:
    return LEFT + (RIGHT - LEFT) * points / 100


def _index(points: float, sure: bool) -> list[Markup]:
    x, shown = _x(points), whole(points) if sure else f"({whole(points)})"
    arrow = element("path", d=f"M {x:.1f} {TOP - 2} l -5.5 -9 l 11 0 z", fill=ACCENT if sure else PAPER,
                    stroke=ACCENT, stroke_width=1.3)
    inside = min(max(x, LEFT + 14), RIGHT - 14)
    return [arrow, text(inside, TOP - 14, shown, font_size=11, font_weight=700, text_anchor="middle")]


def _range(mark: Mark, y: float) -> list[Markup]:
    """The range as a bar or a whisker, its ends in figures, its name under the strip's left or right end."""
    low, high = _x(mark.low), _x(mark.high)
    if mark.solid:
        drawn = [box(low, y - 3, high - low, 6, fill=SOFT)]
    else:
        ends = [line(x, y - 3.5, x, y + 3.5, stroke=INK, stroke_width=1.2) for x in (low, high)]
        drawn = [line(low, y, high, y, stroke=INK, stroke_width=1.2), *ends]
    room_left, room_right = low - LEFT, RIGHT - high
    left = f"{mark.name} {whole(mark.low)}" if room_left >= room_right else whole(mark.low)
    right = whole(mark.high) if room_left >= room_right else f"{whole(mark.high)} {mark.name}"
    return [*drawn, *_end(left, low - 4, room_left, "end", y), *_end(right, high + 4, room_right, "start", y)]


def _end(content: str, x: float, room: float, anchor: str, y: float) -> list[Markup]:
    """An end's label beside the range, or under its end where there is no room beside it."""
    shown = fitted(content, max(room - 4, 0), 8)
    if shown == content:
        return [text(x, y + 3, content, font_size=8, fill=MUTED, text_anchor=anchor)]
    inside = x + 4 if anchor == "end" else x - 4
    return [text(inside, y + 11, content, font_size=8, fill=MUTED, text_anchor="start" if anchor == "end" else "end")]


def _band(number: int, name: str, start: float, end: float) -> list[Markup]:
    fill, ink = LEVELS[min(number, len(LEVELS) - 1)]
    width = _x(end) - _x(start)
    return [
        box(_x(start), TOP, width, BAR, fill=fill, stroke=PAPER),
        text((_x(start) + _x(end)) / 2, TOP + 13, fitted(name, width - 2, 8), font_size=8, fill=ink,
             text_anchor="middle"),
    ]
