"""The heat map: one cell an indicator; shade, number and mark all say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import INK, MUTED, RULE, element, level_colour, picture, text

WIDTH, CELL, HIGH, GAP, TOP, LEFT = 520, 36, 25, 2, 4, 190


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One indicator; ``points`` is None where it is not known, ``mark`` then says why."""

    id: str
    points: float | None
    mark: str


def heat_map(rows: Sequence[tuple[str, Sequence[HeatCell]]], title: str, description: str) -> Markup:
    """Draw one row a component (title, cells)."""
    height = TOP + (HIGH + GAP) * len(rows)
    parts = [p for number, row in enumerate(rows) for p in _row(number, *row)]
    return picture(WIDTH, height, title, description, parts)


def _row(number: int, title: str, cells: Sequence[HeatCell]) -> list[Markup]:
    y = TOP + number * (HIGH + GAP)
    parts = [text(0, y + HIGH * 0.62, title)]
    for position, cell in enumerate(cells):
        parts += _cell(cell, LEFT + position * (CELL + GAP), y)
    return parts


def _cell(cell: HeatCell, x: float, y: float) -> list[Markup]:
    fill, ink = ("#ffffff", MUTED) if cell.points is None else level_colour(cell.points)
    stroke = RULE if cell.points is None else fill
    shown = cell.mark if cell.points is None else f"{cell.points:.0f}"
    middle = x + CELL / 2
    return [
        element("rect", x=x, y=y, width=CELL, height=HIGH, rx=2, fill=fill, stroke=stroke),
        text(middle, y + 9, cell.id[-2:], font_size=6.5, fill=ink, text_anchor="middle"),
        text(middle, y + 20.5, shown, font_size=9.5, font_weight=700, fill=ink if cell.points is not None else INK,
             text_anchor="middle"),
    ]
