"""The waterfall: what each component contributes to the index, one on top of the other."""

from collections.abc import Sequence

from markupsafe import Markup

from assess.report.charts.svg import ACCENT, MAIN, MUTED, PALE, RULE, element, picture, text

WIDTH, ROW, TOP = 520, 17, 16
LEFT, RIGHT = 190, 476


def waterfall(
    rows: Sequence[tuple[str, float, float]], total: str, title: str, description: str, *, mark: str = "."
) -> Markup:
    """Draw ``rows`` (name, contributed, lost; points of the index) and their ``total``; ``mark`` parts the tenths."""
    height = TOP + ROW * (len(rows) + 1) + 4
    parts = [_grid(value, height) for value in (0, 25, 50, 75, 100)]
    start = 0.0
    for number, (name, contributed, lost) in enumerate(rows):
        parts += _row(name, start, contributed, lost, TOP + ROW * number, mark)
        start += contributed
    y = TOP + ROW * len(rows)
    parts += [
        text(0, y + 11, total, font_weight=700),
        element("rect", x=_x(0), y=y + 3, width=max(0.5, _x(start) - _x(0)), height=10, fill=ACCENT),
        text(WIDTH, y + 11, f"{start:.1f}".replace(".", mark), font_size=9, font_weight=700, text_anchor="end"),
    ]
    return picture(WIDTH, height, title, description, parts)


def _x(points: float) -> float:
    return LEFT + (RIGHT - LEFT) * points / 100


def _grid(value: int, height: float) -> Markup:
    line = element("line", x1=_x(value), x2=_x(value), y1=TOP - 3, y2=height - 4, stroke=RULE, stroke_width=0.6)
    return line + text(_x(value), TOP - 6, str(value), font_size=7, fill=MUTED, text_anchor="middle")


def _row(name: str, start: float, contributed: float, lost: float, y: float, mark: str) -> list[Markup]:
    """A full bar for what is there, an outlined one for what could be."""
    x, middle = _x(start), _x(start + contributed)
    end = _x(start + contributed + lost)
    outline = {"fill": PALE, "stroke": MUTED, "stroke_width": 0.4}
    return [
        text(0, y + 11, name),
        element("rect", x=middle, y=y + 3, width=max(0.1, end - middle), height=10, **outline),
        element("rect", x=x, y=y + 3, width=max(0.5, middle - x), height=10, fill=MAIN),
        text(WIDTH, y + 11, f"{contributed:.1f}".replace(".", mark), font_size=9, text_anchor="end"),
    ]
