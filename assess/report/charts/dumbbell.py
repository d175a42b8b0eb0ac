"""The dumbbell: how each of the two parties sees each component."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import (
    ACCENT,
    MAIN,
    MUTED,
    PAPER,
    RULE,
    SOFT,
    box,
    element,
    label,
    line,
    picture,
    text,
    whole,
    wide,
)

WIDTH, ROW, TOP = 520, 21, 40
LEFT, RIGHT = 176, 470


@dataclass(frozen=True, slots=True)
class Pair:
    """One component as side A and side B see it, 0 to 100; None where a side says nothing."""

    title: str
    a: float | None
    b: float | None


def dumbbell(rows: Sequence[Pair], names: tuple[str, str], title: str, description: str) -> Markup:
    """Draw one row a component: a full circle for side A, a hollow square for side B, and their distance."""
    height = TOP + ROW * len(rows) + 4
    parts = _legend(names)
    for value in (0, 20, 40, 60, 80, 100):
        parts.append(line(_x(value), TOP - 4, _x(value), height - 4))
        parts.append(text(_x(value), TOP - 8, str(value), font_size=7.2, fill=MUTED, text_anchor="middle"))
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * (number + 0.5))
    return picture(WIDTH, height, title, description, parts)


def _x(points: float) -> float:
    return LEFT + (RIGHT - LEFT) * points / 100


def _legend(names: tuple[str, str]) -> list[Markup]:
    second = LEFT + 30 + wide(names[0], 8.5)
    return [
        element("circle", cx=LEFT + 4, cy=9, r=4.5, fill=MAIN),
        text(LEFT + 13, 12, names[0], font_size=8.5),
        box(second, 5, 8, 8, fill=PAPER, stroke=ACCENT, stroke_width=2),
        text(second + 13, 12, names[1], font_size=8.5),
    ]


def _row(row: Pair, y: float) -> list[Markup]:
    parts = [*label(0, y, row.title, LEFT - 10), line(LEFT, y, RIGHT, y, stroke=RULE)]
    if row.a is not None and row.b is not None:
        parts.append(line(_x(row.a), y, _x(row.b), y, stroke=SOFT, stroke_width=4))
        apart = f"{whole(row.a)} | {whole(row.b)}"
        parts.append(text(WIDTH, y + 3, apart, font_size=8.5, font_weight=700, text_anchor="end"))
    if row.b is not None:
        parts.append(box(_x(row.b) - 4.2, y - 4.2, 8.4, 8.4, fill=PAPER, stroke=ACCENT, stroke_width=2))
    if row.a is not None:
        parts.append(element("circle", cx=_x(row.a), cy=y, r=4.5, fill=MAIN))
    return parts
