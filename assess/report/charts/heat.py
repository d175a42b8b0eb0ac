"""The heat map: one cell an indicator; shade, number and mark all say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import INK, MUTED, PAPER, RULE, box, label, level_colour, picture, text, whole

WIDTH, HIGH, GAP, TOP, LEFT, WIDEST = 520, 22.5, 2, 2, 160, 48


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One indicator; ``points`` is None where it is not known, ``mark`` then says why."""

    id: str
    points: float | None
    mark: str


def heat_map(rows: Sequence[tuple[str, Sequence[HeatCell]]], title: str, description: str) -> Markup:
    """Draw one row a component (title, cells); all cells are as wide as the longest row allows."""
    height = TOP + (HIGH + GAP) * len(rows)
    longest = max((len(cells) for _, cells in rows), default=1)
    width = min(WIDEST, (WIDTH - LEFT + GAP) / max(1, longest) - GAP)
    parts = [p for number, row in enumerate(rows) for p in _row(number, width, *row)]
    return picture(WIDTH, height, title, description, parts)


def _row(number: int, width: float, title: str, cells: Sequence[HeatCell]) -> list[Markup]:
    y = TOP + number * (HIGH + GAP)
    parts = label(0, y + HIGH / 2, title, LEFT - 10)
    for position, cell in enumerate(cells):
        parts += _cell(cell, LEFT + position * (width + GAP), y, width)
    return parts


def _cell(cell: HeatCell, x: float, y: float, width: float) -> list[Markup]:
    fill, ink = (PAPER, MUTED) if cell.points is None else level_colour(cell.points)
    stroke = RULE if cell.points is None else fill
    shown = cell.mark if cell.points is None else whole(cell.points)
    middle = x + width / 2
    return [
        box(x, y, width, HIGH, rx=2, fill=fill, stroke=stroke),
        text(middle, y + 8, cell.id if width >= 32 else cell.id[-2:], font_size=6.4, fill=ink, text_anchor="middle"),
        text(middle, y + 18.5, shown, font_size=9, font_weight=700, fill=ink if cell.points is not None else INK,
             text_anchor="middle"),
    ]
