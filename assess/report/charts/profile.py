"""The profile: one row a component, score as a dot, likely range as a dark bar, hard bounds as a pale one."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import (
    ACCENT,
    INK,
    MAIN,
    MUTED,
    PALE,
    PAPER,
    RULE,
    SOFT,
    box,
    element,
    fitted,
    label,
    line,
    picture,
    text,
    whole,
)


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One component; ``points`` is None where nothing is known, all are None where nothing applies."""

    title: str
    points: float | None
    low: float | None
    high: float | None
    indicative: bool
    likely: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where things are, in user units."""

    width: float
    left: float
    right: float
    top: float
    row: float
    size: float

    def x(self, points: float) -> float:
        return self.left + (self.right - self.left) * points / 100


_WHOLE = _Shape(520, 170, 488, 24, 21, 9)
_SMALL = _Shape(250, 118, 222, 8, 16.5, 7.8)


def profile(
    rows: Sequence[ProfileRow], title: str, description: str, stages: Sequence[tuple[str, float]] = (),
    *, small: bool = False,
) -> Markup:
    """Draw the rows from top to bottom on a scale from 0 to 100, over the bands of the ``stages``.

    ``small`` is the sketch of page one: narrow, without the names of the stages.
    """
    shape = _SMALL if small else _WHOLE
    height = shape.top + shape.row * len(rows) + 4
    parts = _bands(shape, stages or [("", 0), ("", 25), ("", 50), ("", 75)], height, small)
    for number, row in enumerate(rows):
        parts += _row(shape, row, shape.top + shape.row * (number + 0.5))
    return picture(shape.width, height, title, description, parts)


def bar(row: ProfileRow, title: str, description: str) -> Markup:
    """Draw one row without name, axis and figure, to stand beside a heading."""
    shape = _Shape(150, 6, 144, 0, 14, 10)
    parts = _track(shape, row, 7)
    if row.points is not None:
        parts.append(_dot(shape, row, 7))
    return picture(shape.width, 14, title, description, parts)


def _bands(shape: _Shape, stages: Sequence[tuple[str, float]], height: float, small: bool) -> list[Markup]:
    """A line where each stage begins, its name between the lines and its first point under them."""
    parts: list[Markup] = []
    ends = [start for _, start in stages[1:]] + [100.0]
    for (name, start), end in zip(stages, ends, strict=True):
        parts.append(line(shape.x(start), shape.top - 4, shape.x(start), height - 2))
        if not small:
            width = shape.x(end) - shape.x(start)
            shown = fitted(name, width - 2, 7.2)
            parts.append(text(shape.x(start) + width / 2, shape.top - 14, shown, font_size=7.2, fill=MUTED,
                              text_anchor="middle"))
            parts.append(text(shape.x(start), shape.top - 6, f"{start:g}", font_size=6.8, fill=MUTED,
                              text_anchor="middle"))
    parts.append(line(shape.x(100), shape.top - 4, shape.x(100), height - 2))
    return parts if small else [*parts, text(shape.x(100), shape.top - 6, "100", font_size=6.8, fill=MUTED,
                                             text_anchor="middle")]


def _row(shape: _Shape, row: ProfileRow, y: float) -> list[Markup]:
    parts = label(0, y, row.title, shape.left - 10, shape.size)
    if row.low is None or row.high is None:
        return [*parts, text(shape.left, y + 3, "–", fill=MUTED)]
    parts += _track(shape, row, y)
    if row.points is None:
        return [*parts, text(shape.width, y + 3, "–", font_size=shape.size, fill=MUTED, text_anchor="end")]
    shown = f"({whole(row.points)})" if row.indicative else whole(row.points)
    figure = text(shape.width, y + shape.size * 0.38, shown, font_size=shape.size + 0.8, font_weight=700, fill=INK,
                  text_anchor="end")
    return [*parts, _dot(shape, row, y), figure]


def _track(shape: _Shape, row: ProfileRow, y: float) -> list[Markup]:
    """The line from 0 to 100, on it the hard bounds and within them, or beyond, the likely range."""
    parts = [line(shape.x(0), y, shape.x(100), y, stroke=RULE)]
    if row.low is None or row.high is None:
        return parts
    thick = min(8.5, shape.row * 0.42)
    parts.append(box(shape.x(row.low), y - thick / 2, shape.x(row.high) - shape.x(row.low), thick, fill=PALE,
                     stroke=MUTED, stroke_width=0.4))
    if row.likely is not None:
        left, right = (shape.x(end) for end in row.likely)
        parts.append(box(left, y - thick / 4, right - left, thick / 2, fill=SOFT))
    return parts


def _dot(shape: _Shape, row: ProfileRow, y: float) -> Markup:
    fill, stroke = (PAPER, ACCENT) if row.indicative else (MAIN, MAIN)
    return element("circle", cx=shape.x(row.points or 0), cy=y, r=shape.size * 0.48, fill=fill, stroke=stroke,
                   stroke_width=1.8)
