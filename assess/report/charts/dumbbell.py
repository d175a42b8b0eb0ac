"""The dumbbell: how each of the two parties sees each component."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import ACCENT, MAIN, MUTED, RULE, element, picture, text

WIDTH, ROW, TOP = 520, 20, 34
LEFT, RIGHT = 190, 500


@dataclass(frozen=True, slots=True)
class Pair:
    """One component as side A and side B see it, 0 to 100; None where a side says nothing."""

    title: str
    a: float | None
    b: float | None


def dumbbell(rows: Sequence[Pair], names: tuple[str, str], title: str, description: str) -> Markup:
    """Draw one row a component: a full circle for side A, a hollow square for side B."""
    height = TOP + ROW * len(rows) + 4
    parts = _legend(names)
    for value in (0, 25, 50, 75, 100):
        parts.append(element("line", x1=_x(value), x2=_x(value), y1=TOP - 4, y2=height - 4, stroke=RULE))
        parts.append(text(_x(value), TOP - 8, str(value), font_size=7.5, fill=MUTED, text_anchor="middle"))
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * number + ROW / 2)
    return picture(WIDTH, height, title, description, parts)


def _x(points: float) -> float:
    return LEFT + (RIGHT - LEFT) * points / 100


def _legend(names: tuple[str, str]) -> list[Markup]:
    return [
        element("circle", cx=LEFT + 4, cy=8, r=4, fill=MAIN),
        text(LEFT + 12, 11, names[0], font_size=8.5),
        element("rect", x=LEFT + 150, y=4, width=8, height=8, fill="#ffffff", stroke=ACCENT, stroke_width=2),
        text(LEFT + 164, 11, names[1], font_size=8.5),
    ]


def _row(row: Pair, y: float) -> list[Markup]:
    parts = [text(0, y + 3, row.title)]
    if row.a is not None and row.b is not None:
        parts.append(element("line", x1=_x(row.a), x2=_x(row.b), y1=y, y2=y, stroke=MUTED, stroke_width=2))
    if row.b is not None:
        parts.append(element("rect", x=_x(row.b) - 4, y=y - 4, width=8, height=8, fill="#ffffff", stroke=ACCENT,
                             stroke_width=2))
    if row.a is not None:
        parts.append(element("circle", cx=_x(row.a), cy=y, r=4, fill=MAIN))
    return parts
