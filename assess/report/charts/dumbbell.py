"""The dumbbell: how each of the two parties sees each component."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.scale import Scale
from assess.report.charts.svg import (
    ACCENT,
    MAIN,
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
SCALE = Scale(176, 470)


@dataclass(frozen=True, slots=True)
class Pair:
    """One component as side A and side B see it, 0 to 100; None where a side says nothing."""

    title: str
    a: float | None
    b: float | None


def dumbbell(rows: Sequence[Pair], names: tuple[str, str], title: str, description: str) -> Markup:
    """Draw one row a component: a full circle for side A, a hollow square for side B, and their distance."""
    height = TOP + ROW * len(rows) + 4
    parts = [*_legend(names), *SCALE.marks(TOP, height - 4)]
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * (number + 0.5))
    return picture(WIDTH, height, title, description, parts)


def _legend(names: tuple[str, str]) -> list[Markup]:
    second = SCALE.left + 30 + wide(names[0], 8.5)
    return [
        element("circle", cx=SCALE.left + 4, cy=9, r=4.5, fill=MAIN),
        text(SCALE.left + 13, 12, names[0], font_size=8.5),
        box(second, 5, 8, 8, fill=PAPER, stroke=ACCENT, stroke_width=2),
        text(second + 13, 12, names[1], font_size=8.5),
    ]


def _row(row: Pair, y: float) -> list[Markup]:
    parts = [*label(0, y, row.title, SCALE.left - 10), line(SCALE.left, y, SCALE.right, y, stroke=RULE)]
    if row.a is not None and row.b is not None:
        parts.append(line(SCALE.x(row.a), y, SCALE.x(row.b), y, stroke=SOFT, stroke_width=4))
        apart = f"{whole(row.a)} | {whole(row.b)}"
        parts.append(text(WIDTH, y + 3, apart, font_size=8.5, font_weight=700, text_anchor="end"))
    if row.b is not None:
        parts.append(box(SCALE.x(row.b) - 4.2, y - 4.2, 8.4, 8.4, fill=PAPER, stroke=ACCENT, stroke_width=2))
    if row.a is not None:
        parts.append(element("circle", cx=SCALE.x(row.a), cy=y, r=4.5, fill=MAIN))
    return parts
