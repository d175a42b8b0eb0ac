"""The profile: one row a component, score as a dot, likely range as a dark bar, hard bounds as a pale one."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import ACCENT, INK, MAIN, MUTED, PALE, RULE, element, picture, text

WIDTH, ROW, TOP = 520, 22, 20
LEFT, RIGHT = 190, 476


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One component; ``points`` is None where nothing is known, all are None where nothing applies."""

    title: str
    points: float | None
    low: float | None
    high: float | None
    indicative: bool
    likely: tuple[float, float] | None = None


def profile(rows: Sequence[ProfileRow], title: str, description: str) -> Markup:
    """Draw the rows from top to bottom on a scale from 0 to 100."""
    height = TOP + ROW * len(rows) + 4
    parts = [p for value in (0, 25, 50, 75, 100) for p in _grid(value, height)]
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * number + ROW / 2)
    return picture(WIDTH, height, title, description, parts)


def _x(points: float) -> float:
    return LEFT + (RIGHT - LEFT) * points / 100


def _grid(value: int, height: float) -> list[Markup]:
    x = _x(value)
    return [
        element("line", x1=x, x2=x, y1=TOP - 4, y2=height - 4, stroke=RULE, stroke_width=0.6),
        text(x, TOP - 8, str(value), font_size=8, fill=MUTED, text_anchor="middle"),
    ]


def _row(row: ProfileRow, y: float) -> list[Markup]:
    parts = [text(0, y + 3, row.title)]
    if row.low is None or row.high is None:
        return [*parts, text(LEFT, y + 3, "–", fill=MUTED)]
    width = max(1.5, _x(row.high) - _x(row.low))
    line = {"stroke": MUTED, "stroke_width": 0.5}
    parts.append(element("rect", x=_x(row.low), y=y - 4, width=width, height=8, fill=PALE, **line))
    if row.likely is not None:
        left, right = (_x(end) for end in row.likely)
        parts.append(element("rect", x=left, y=y - 2, width=max(1.0, right - left), height=4, fill="#7f9db9"))
    if row.points is None:
        return [*parts, text(WIDTH, y + 3, "–", fill=MUTED, text_anchor="end")]
    fill = "#ffffff" if row.indicative else MAIN
    stroke = ACCENT if row.indicative else MAIN
    parts.append(element("circle", cx=_x(row.points), cy=y, r=5, fill=fill, stroke=stroke, stroke_width=2))
    shown = f"({row.points:.0f})" if row.indicative else f"{row.points:.0f}"
    return [*parts, text(WIDTH, y + 3.5, shown, font_size=10, font_weight=700, fill=INK, text_anchor="end")]
