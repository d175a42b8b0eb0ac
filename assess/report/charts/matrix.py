"""The institutional matrix: bodies by parties, a panel a system; the table below it says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import INK, LEVELS, MUTED, PAPER, RULE, box, fitted, label, picture, text, wide

WIDTH, ROW, TOP, SPACE, CELL = 520, 13.5, 34, 14, 22
# Said inside the cell where colour alone would have to be told apart: 0 to 4.
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One body: tone of side A, of side B and of both together; 0 to 4, None unknown, -1 does not apply."""

    title: str
    tones: tuple[int | None, int | None, int | None]


def matrix(
    panels: Sequence[tuple[str, Sequence[MatrixRow]]], heads: tuple[str, str, str], title: str, description: str
) -> Markup:
    """Draw a panel a system (title, rows) from left to right; ``heads`` name the three columns."""
    width = (WIDTH - SPACE * (len(panels) - 1)) / max(1, len(panels))
    height = TOP + ROW * max((len(rows) for _, rows in panels), default=0) + 2
    parts = [m for n, (name, rows) in enumerate(panels) for m in _panel(name, rows, heads, n * (width + SPACE), width)]
    return picture(WIDTH, height, title, description, parts)


def _panel(
    name: str, rows: Sequence[MatrixRow], heads: tuple[str, str, str], left: float, width: float
) -> list[Markup]:
    first = left + width - 3 * CELL
    parts = label(left, 10, name, width, 8.5, font_weight=700)
    for number, head in enumerate(heads):
        shown = fitted(head, CELL, 6.6)
        parts.append(text(first + (number + 0.5) * CELL, TOP - 5, shown, font_size=6.6, fill=MUTED,
                          text_anchor="middle"))
    for number, row in enumerate(rows):
        parts += _row(row, left, first, TOP + ROW * number)
    return parts


def _row(row: MatrixRow, left: float, first: float, y: float) -> list[Markup]:
    room = first - left - 4
    parts = label(left, y + ROW / 2, row.title, room, 7.8 if wide(row.title, 7.8) <= room else 6)  # else in two lines
    for number, tone in enumerate(row.tones):
        parts += _cell(tone, first + number * CELL, y)
    return parts


def _cell(tone: int | None, x: float, y: float) -> list[Markup]:
    if tone is None or tone < 0:
        shown = _UNKNOWN if tone is None else "–"
        return [
            box(x + 1, y + 1, CELL - 2, ROW - 2, fill=PAPER, stroke=RULE),
            text(x + CELL / 2, y + 9.5, shown, font_size=7.5, fill=MUTED, text_anchor="middle"),
        ]
    fill, ink = LEVELS[tone]
    return [
        box(x + 1, y + 1, CELL - 2, ROW - 2, fill=fill, stroke=INK if tone == 0 else fill, stroke_width=0.3),
        text(x + CELL / 2, y + 9.5, str(tone * 25), font_size=7.2, fill=ink, text_anchor="middle"),
    ]
