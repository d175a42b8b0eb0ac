"""The charts of a portfolio report: stages, readiness against challenges, components, movers."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.scale import Scale
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
    label,
    level_colour,
    line,
    picture,
    text,
    wide,
)
from assess.words import MINUS

WIDTH = 520
CROWD = 400
"""From so many points on, a scatter counts them in cells instead of drawing each."""


# --- stages -------------------------------------------------------------------------------------


def stage_bars(rows: Sequence[tuple[str, int, int]], names: tuple[str, str], title: str, description: str) -> Markup:
    """Draw for each stage how many relationships stand there, and behind it how many could."""
    row, left, top = 24, 130, 22
    most = max((max(sure, could) for _, sure, could in rows), default=1) or 1
    parts = [
        box(left, 4, 9, 9, fill=MAIN), text(left + 14, 12, names[0], font_size=8),
        box(left + 24 + wide(names[0], 8), 4, 9, 9, fill=PALE, stroke=MUTED, stroke_width=0.5),
        text(left + 38 + wide(names[0], 8), 12, names[1], font_size=8),
    ]
    for number, (name, sure, could) in enumerate(rows):
        y = top + row * number
        scale = (WIDTH - left - 60) / most
        parts += label(0, y + row / 2 - 2, name, left - 10)
        parts.append(box(left, y + 3, could * scale, 14, fill=PALE, stroke=MUTED, stroke_width=0.5))
        parts.append(box(left, y + 5, sure * scale, 10, fill=MAIN) if sure else Markup(""))
        parts.append(text(left + could * scale + 6, y + 14, f"{sure} / {could}", font_size=8.5))
    return picture(WIDTH, top + row * len(rows), title, description, parts)


# --- scatter ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dot:
    """One relationship; hollow where too little is answered for one figure."""

    name: str
    x: float
    y: float
    hollow: bool


_LEFT, _TOP, _SIDE = 46, 8, 400


def scatter(dots: Sequence[Dot], across: str, up: str, title: str, description: str) -> Markup:
    """Draw readiness from left to right and the weight of challenges from bottom to top, both 0 to 100."""
    parts = _axes(across, up)
    parts += _cells(dots) if len(dots) > CROWD else _dots(dots)
    return picture(WIDTH, _TOP + _height() + 30, title, description, parts)


def _height() -> float:
    return _SIDE * 0.72


def _x(points: float) -> float:
    return _LEFT + (WIDTH - _LEFT - 10) * points / 100


def _y(points: float) -> float:
    return _TOP + _height() * (1 - points / 100)


def _axes(across: str, up: str) -> list[Markup]:
    parts = [box(_x(0), _y(100), _x(100) - _x(0), _y(0) - _y(100), fill="none", stroke=MUTED, stroke_width=0.8)]
    for value in (20, 40, 60, 80):
        parts += [line(_x(value), _y(0), _x(value), _y(100)), line(_x(0), _y(value), _x(100), _y(value))]
    for value in (0, 20, 40, 60, 80, 100):
        parts.append(text(_x(value), _y(0) + 11, str(value), font_size=7.2, fill=MUTED, text_anchor="middle"))
        parts.append(text(_x(0) - 5, _y(value) + 3, str(value), font_size=7.2, fill=MUTED, text_anchor="end"))
    middle = _y(50)
    parts.append(text(_x(50), _y(0) + 24, across, font_size=8.5, text_anchor="middle"))
    parts.append(text(10, middle, up, font_size=8.5, text_anchor="middle", transform=f"rotate(-90 10 {middle:g})"))
    return parts


def _dots(dots: Sequence[Dot]) -> list[Markup]:
    """Circles, and beside each its name where there is room."""
    radius = 4.0 if len(dots) <= 60 else 3.0
    parts = []
    taken = [(_x(d.x) - radius, _y(d.y) - radius, _x(d.x) + radius, _y(d.y) + radius) for d in dots]
    for dot in dots:
        look = {"fill": PAPER if dot.hollow else MAIN, "stroke": ACCENT if dot.hollow else PAPER,
                "stroke_width": 1.4 if dot.hollow else 0.6}
        parts.append(element("circle", cx=_x(dot.x), cy=_y(dot.y), r=radius, **look))
    for dot in dots:
        place = _room(dot, radius, taken)
        if place is not None:
            parts.append(text(*place, dot.name, font_size=6.4, fill=INK))
    return parts


def _room(
    dot: Dot, radius: float, taken: list[tuple[float, float, float, float]]
) -> tuple[float, float] | None:
    """Where the name of a dot fits: to its right or to its left; the place is then taken."""
    width = wide(dot.name, 6.4)
    for x in (_x(dot.x) + radius + 2, _x(dot.x) - radius - 2 - width):
        around = (x, _y(dot.y) - 3.2, x + width, _y(dot.y) + 3.2)
        inside = around[0] > _x(0) and around[2] < _x(100)
        if inside and not any(_overlap(around, other) for other in taken):
            taken.append(around)
            return x, _y(dot.y) + 2.3
    return None


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _cells(dots: Sequence[Dot]) -> list[Markup]:
    """Cells of five points a side; the darker, the more relationships."""
    counts: dict[tuple[int, int], int] = {}
    for dot in dots:
        cell = (min(19, int(dot.x / 5)), min(19, int(dot.y / 5)))
        counts[cell] = counts.get(cell, 0) + 1
    most = max(counts.values(), default=1)
    parts = []
    for (column, row), count in sorted(counts.items()):
        fill, ink = level_colour(100 * (count / most) ** 0.5)
        x, y = _x(column * 5), _y(row * 5 + 5)
        parts.append(box(x, y, _x(5) - _x(0), _y(0) - _y(5), fill=fill, stroke=PAPER, stroke_width=0.5))
        parts.append(text((x + _x(column * 5 + 5)) / 2, y + 10, str(count), font_size=6.2, fill=ink,
                          text_anchor="middle"))
    return parts


# --- components ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spread:
    """How a component is spread over the relationships: tenth, quarter, half, three quarters, nine tenths."""

    title: str
    quantiles: tuple[float, float, float, float, float] | None


def spreads(rows: Sequence[Spread], title: str, description: str) -> Markup:
    """Draw for each component the middle eight tenths, the middle half, and the middle."""
    scale, row, top = Scale(176, 500), 22, 18
    x, parts = scale.x, scale.marks(top, top + row * len(rows))
    for number, spread in enumerate(rows):
        y = top + row * (number + 0.5)
        parts += label(0, y, spread.title, scale.left - 10)
        if spread.quantiles is None:
            parts.append(text(x(0) + 4, y + 3, "–", fill=MUTED))
            continue
        tenth, quarter, half, three, nine = spread.quantiles
        parts.append(box(x(tenth), y - 3, x(nine) - x(tenth), 6, fill=PALE, stroke=RULE, stroke_width=0.5))
        parts.append(box(x(quarter), y - 5, x(three) - x(quarter), 10, fill=SOFT))
        parts.append(box(x(half) - 1.5, y - 7, 3, 14, fill=MAIN))
        parts.append(text(WIDTH, y + 3, f"{half:.0f}", font_size=9, font_weight=700, text_anchor="end"))
    return picture(WIDTH, top + row * len(rows) + 4, title, description, parts)


# --- movers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrow:
    """One relationship, from its index a year before to the newest; bold where the ranges are apart."""

    title: str
    before: float
    after: float
    clear: bool


def arrows(rows: Sequence[Arrow], title: str, description: str) -> Markup:
    """Draw one arrow a row from before to after."""
    scale, row, top = Scale(176, 480), 19, 18
    x, parts = scale.x, scale.marks(top, top + row * len(rows))
    for number, arrow in enumerate(rows):
        y = top + row * (number + 0.5)
        colour, weight = (MAIN, 3) if arrow.clear else (MUTED, 1.4)
        side = 1 if arrow.after >= arrow.before else -1
        end = x(arrow.after)
        parts += label(0, y, arrow.title, scale.left - 10)
        parts.append(element("circle", cx=x(arrow.before), cy=y, r=3, fill=PAPER, stroke=colour, stroke_width=1.2))
        parts.append(line(x(arrow.before) + 3 * side, y, end - 4 * side, y, stroke=colour, stroke_width=weight))
        parts.append(element("path", d=f"M{end:.1f} {y:.1f}l{-7 * side} -4v8z", fill=colour))
        parts.append(text(WIDTH, y + 3, f"{arrow.after - arrow.before:+.0f}".replace("-", MINUS), font_size=9,
                          font_weight=700 if arrow.clear else 400, text_anchor="end"))
    return picture(WIDTH, top + row * len(rows) + 4, title, description, parts)
