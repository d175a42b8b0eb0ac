"""The waterfall: what each component brings to the index, one on top of the other, and what it could bring."""

from collections.abc import Sequence

from markupsafe import Markup

from assess.report.charts.svg import ACCENT, INK, MAIN, MUTED, PALE, box, fitted, label, line, picture, tenths, text

WIDTH, ROW, TOP = 520, 18, 20
LEFT, RIGHT, FIRST = 170, 396, 464


def waterfall(
    rows: Sequence[tuple[str, float, float]], total: str, title: str, description: str,
    heads: tuple[str, str] = ("", ""), *, mark: str = ".",
) -> Markup:
    """Draw ``rows`` (name, contributed, lost; points of the index) and their ``total``.

    ``heads`` name the two columns of figures, ``mark`` parts the tenths.
    """
    height = TOP + ROW * (len(rows) + 1) + 6
    parts = [p for value in (0, 20, 40, 60, 80, 100) for p in _grid(value, height)]
    for x, head in zip((FIRST, WIDTH), heads, strict=True):
        parts.append(text(x, TOP - 8, fitted(head, 56, 7), font_size=7, fill=MUTED, text_anchor="end"))
    start = 0.0
    for number, (name, contributed, lost) in enumerate(rows):
        parts += _row(name, start, contributed, lost, TOP + ROW * number, mark)
        start += contributed
    y = TOP + ROW * len(rows)
    lost = sum(row[2] for row in rows)
    bar = box(_x(0), y + 4, _x(start) - _x(0), 10, fill=ACCENT)
    rule = line(0, y + 0.5, WIDTH, y + 0.5, stroke=INK, stroke_width=0.7)
    parts += [rule, text(0, y + 12, total, font_weight=700), bar, *_figures(start, lost, y, mark, bold=True)]
    return picture(WIDTH, height, title, description, parts)


def _x(points: float) -> float:
    return LEFT + (RIGHT - LEFT) * points / 100


def _grid(value: int, height: float) -> list[Markup]:
    return [
        line(_x(value), TOP - 4, _x(value), height - 4),
        text(_x(value), TOP - 8, str(value), font_size=7, fill=MUTED, text_anchor="middle"),
    ]


def _row(name: str, start: float, contributed: float, lost: float, y: float, mark: str) -> list[Markup]:
    """A full bar for what is there, an outlined one for what could be, and a line down to the next."""
    x, middle = _x(start), _x(start + contributed)
    end = _x(start + contributed + lost)
    return [
        *label(0, y + 9, name, LEFT - 10),
        box(middle, y + 4, end - middle, 10, fill=PALE, stroke=MUTED, stroke_width=0.4),
        box(x, y + 4, middle - x, 10, fill=MAIN),
        line(middle, y + 14, middle, y + ROW + 4, stroke=MUTED, stroke_width=0.5),
        *_figures(contributed, lost, y, mark),
    ]


def _figures(contributed: float, lost: float, y: float, mark: str, *, bold: bool = False) -> list[Markup]:
    look = {"font_weight": 700} if bold else {}
    return [
        text(FIRST, y + 12, tenths(contributed, mark), text_anchor="end", **look),
        text(WIDTH, y + 12, tenths(lost, mark), text_anchor="end", fill=MUTED, **look),
    ]
