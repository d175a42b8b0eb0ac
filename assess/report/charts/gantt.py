"""The timeline of a roadmap: one bar a step, in the year that the plan gives it, as long as its effort."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import (
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
    wide,
)

WIDTH, LEFT, RIGHT, TOP, ROW = 520.0, 196.0, 516.0, 20.0, 14.5


@dataclass(frozen=True, slots=True)
class Bar:
    """One step; ``year`` counts from 1, ``effort`` is in person-months, ``needs`` are ids of other bars."""

    id: str
    title: str
    year: int
    effort: float
    needs: tuple[str, ...] = ()


def gantt(bars: Sequence[Bar], years: Sequence[str], title: str, description: str) -> Markup:
    """Draw the bars from top to bottom; within a year they stand one after another.

    All years have the same width and the busiest fills it, so that the room left in a year can be seen.
    A thin line leads from what is needed to what needs it.
    """
    height = TOP + ROW * len(bars) + 6
    places = _places(bars, len(years))
    parts = _years(years, height)
    parts += [path for bar in bars for path in _needs(bar, places)]
    for number, bar in enumerate(bars):
        parts += _bar(number, bar, *places[bar.id])
    return picture(WIDTH, height, title, description, parts)


def _places(bars: Sequence[Bar], years: int) -> dict[str, tuple[float, float, float]]:
    """Left end, width and middle height of every bar."""
    sums: defaultdict[int, float] = defaultdict(float)
    for bar in bars:
        sums[bar.year] += bar.effort
    column = (RIGHT - LEFT) / years
    unit = (column - 4) / max(*sums.values(), 1e-9)
    used: defaultdict[int, float] = defaultdict(float)
    found = {}
    for number, bar in enumerate(bars):
        left = LEFT + column * (bar.year - 1) + 2 + used[bar.year] * unit
        used[bar.year] += bar.effort
        found[bar.id] = (left, max(bar.effort * unit, 2.0), TOP + ROW * (number + 0.5))
    return found


def _years(years: Sequence[str], height: float) -> list[Markup]:
    column = (RIGHT - LEFT) / len(years)
    parts: list[Markup] = []
    for number, name in enumerate(years):
        x = LEFT + column * number
        if number % 2 == 0:
            parts.append(box(x, TOP - 4, column, height - TOP, fill=PALE))
        parts.append(line(x, TOP - 4, x, height - 4, stroke=RULE))
        parts.append(text(x + column / 2, TOP - 8, fitted(name, column - 4, 8), font_size=8, font_weight=700,
                          fill=MUTED, text_anchor="middle"))
    return parts


def _needs(bar: Bar, places: dict[str, tuple[float, float, float]]) -> list[Markup]:
    """Right angles from the end of each bar that is needed to the beginning of this one."""
    left, _, y = places[bar.id]
    found = []
    for key in bar.needs:
        if key in places:
            start, width, top = places[key]
            path = f"M{start + width - 1:.1f} {top:.1f}V{y:.1f}H{left:.1f}"
            found.append(element("path", d=path, fill="none", stroke=MUTED, stroke_width=0.6))
    return found


def _bar(number: int, bar: Bar, left: float, width: float, y: float) -> list[Markup]:
    size = 8 if wide(bar.title, 8) <= LEFT - 24 else 6.6  # small enough for two lines
    parts = [
        text(9, y + 2.8, str(number + 1), font_size=7.2, font_weight=700, fill=MAIN, text_anchor="end"),
        *label(14, y, bar.title, LEFT - 24, size, fill=INK),
        box(left, y - 4.4, width, 8.8, fill=MAIN, stroke=PAPER, stroke_width=0.5),
    ]
    effort = f"{round(bar.effort, 1):g}"
    if width > 12:
        parts.append(text(left + width / 2, y + 2.5, effort, font_size=7, fill=PAPER, text_anchor="middle"))
    return parts
