"""Shares of doubt: one row a factor, one bar a figure, with the interval of each estimate."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess import words
from assess.report.charts.svg import INK, MAIN, MUTED, SOFT, box, element, label, line, picture, text

WIDTH, LEFT, RIGHT, TOP, ROW = 520.0, 176.0, 480.0, 22.0, 25.0
FILLS = (MAIN, SOFT)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One factor: share and half-width of its interval for each figure, 0 to 1."""

    title: str
    shares: tuple[tuple[float, float], ...]


def shares(rows: Sequence[ShareRow], figures: Sequence[str], title: str, description: str) -> Markup:
    """Draw the rows from top to bottom on a scale from 0 to 100 %."""
    height = TOP + ROW * len(rows) + 4
    parts = [line(_x(n / 4), TOP - 4, _x(n / 4), height - 2) for n in range(5)]
    parts += _legend(figures)
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * (number + 0.5))
    return picture(WIDTH, height, title, description, parts)


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share))


def _legend(figures: Sequence[str]) -> list[Markup]:
    """The names of the figures, each with its colour, and the ends of the scale."""
    parts = [text(_x(end), TOP - 7, f"{100 * end:.0f} %", font_size=6.8, fill=MUTED, text_anchor="middle")
             for end in (0.0, 1.0)]
    for number, name in enumerate(figures):
        parts += [box(0, 1 + 9 * number, 8, 6, fill=FILLS[number]), text(12, 7 + 9 * number, name, font_size=7.4)]
    return parts


def _row(row: ShareRow, y: float) -> list[Markup]:
    parts = label(0, y, row.title, LEFT - 12, 8.6)
    thick = 15.0 / len(row.shares)
    for number, (share, error) in enumerate(row.shares):
        top = y - 7.5 + number * thick
        middle = top + thick / 2 - 0.5
        parts.append(box(_x(0), top, _x(share) - _x(0), thick - 1.5, fill=FILLS[number]))
        parts.append(line(_x(share - error), middle, _x(share + error), middle, stroke=INK, stroke_width=0.9))
    parts.append(element("title", row.title))
    first = text(WIDTH, y + 3, words.percent(row.shares[0][0]), font_size=8.6, font_weight=700, text_anchor="end")
    return [*parts, first]
