"""Change: each component at two dates, and what moved the index."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.scale import Scale
from assess.report.charts.svg import (
    ACCENT,
    MAIN,
    MUTED,
    PAPER,
    SOFT,
    box,
    element,
    fitted,
    label,
    line,
    picture,
    tenths,
    text,
    whole,
)
from assess.words import MINUS

WIDTH, ROW, TOP = 520, 20, 20
SCALE = Scale(170, 462)


@dataclass(frozen=True, slots=True)
class Slope:
    """One component at the first and at the last date, 0 to 100; None where nothing was known."""

    title: str
    before: float | None
    after: float | None


def slopes(rows: Sequence[Slope], title: str, description: str) -> Markup:
    """Draw one row a component: a hollow dot for the first date, a full one for the last, and the way between."""
    height = TOP + ROW * len(rows) + 4
    parts = SCALE.marks(TOP, height - 4)
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * (number + 0.5))
    return picture(WIDTH, height, title, description, parts)


def _row(row: Slope, y: float) -> list[Markup]:
    parts = [*label(0, y, row.title, SCALE.left - 10), line(SCALE.left, y, SCALE.right, y)]
    if row.before is not None and row.after is not None:
        parts.append(line(SCALE.x(row.before), y, SCALE.x(row.after), y, stroke=SOFT, stroke_width=4))
    if row.before is not None:
        parts.append(element("circle", cx=SCALE.x(row.before), cy=y, r=4.2, fill=PAPER, stroke=MAIN, stroke_width=1.8))
    if row.after is not None:
        parts.append(element("circle", cx=SCALE.x(row.after), cy=y, r=4.6, fill=MAIN))
    shown = " → ".join("–" if value is None else whole(value) for value in (row.before, row.after))
    return [*parts, text(WIDTH, y + 3, shown, font_size=9, font_weight=700, text_anchor="end")]


def moves(rows: Sequence[tuple[str, float]], title: str, description: str, *, mark: str = ".") -> Markup:
    """Draw ``rows`` (name, points of the index) as bars to the right where they raise it, to the left where not."""
    middle, room, name = 400, 88, 270
    widest = max((abs(value) for _, value in rows), default=0.0) or 1.0
    height = 4 + 16 * len(rows) + 4
    parts = [line(middle, 2, middle, height - 2, stroke=MUTED, stroke_width=0.8)]
    for number, (row, value) in enumerate(rows):
        y, width = 4 + 16 * (number + 0.5), room * abs(value) / widest
        left = middle if value >= 0 else middle - width
        shown = ("+" if value > 0 else MINUS if value < 0 else "") + tenths(abs(value), mark)
        at = middle + width + 4 if value >= 0 else middle - width - 4
        parts += [
            text(0, y + 3, fitted(row, name, 8.5), font_size=8.5),
            box(left, y - 4.5, width, 9, fill=MAIN if value >= 0 else ACCENT),
            text(at, y + 3, shown, font_size=8.5, font_weight=700, text_anchor="start" if value >= 0 else "end"),
        ]
    return picture(WIDTH, height, title, description, parts)
