"""The timeline: when what the answers rest on happened, a lane a component, a mark a piece of evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import ACCENT, INK, LEVELS, MUTED, PAPER, RULE, element, label, line, picture, text

WIDTH, LEFT, RIGHT, TOP = 520, 138, 516, 20
FULL, FEW = 11.0, 8.0  # width of a mark with a number and without
LONGEST, EARLIER = 9, 34  # years drawn one by one at most; room for all that is older
DEEPEST = 3
_LOOKS = {"A": LEVELS[4], "B": LEVELS[2], "C": (PAPER, INK)}


@dataclass(frozen=True, slots=True)
class Event:
    """One dated piece of evidence; ``when`` is the year with its fraction, ``number`` that of the key below."""

    when: float
    grade: str
    number: int | None = None
    counter: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A component, or what else cites evidence, with its events."""

    title: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """Years from left to right; what is older than ``first`` stands in a strip of its own."""

    first: int
    end: float
    older: bool

    def x(self, when: float) -> float:
        left = LEFT + (EARLIER if self.older else 0)
        if when < self.first:
            return LEFT + EARLIER / 2
        return left + (RIGHT - 6 - left) * (when - self.first) / max(1.0, self.end - self.first)


def timeline(lanes: Sequence[Lane], until: float, title: str, description: str) -> Markup:
    """Draw ``lanes`` up to the moment ``until`` (year with fraction); what is older than nine years shares a strip."""
    axis = _axis([event.when for lane in lanes for event in lane.events], until)
    parts: list[Markup] = []
    y = float(TOP)
    for lane in lanes:
        placed, deep = _packed(lane.events, axis)
        high = max(15.0, 3 + deep * (FULL + 0.8))
        parts += [*label(0, y + high / 2, lane.title, LEFT - 10, 8.5), line(0, y + high, RIGHT, y + high, stroke=RULE)]
        parts += [m for event, x, row in placed for m in _event(event, x, y + 2 + FULL / 2 + row * (FULL + 0.8))]
        y += high
    return picture(WIDTH, y + 4, title, description, [*_years(axis, y), *parts])


def _axis(moments: Sequence[float], until: float) -> _Axis:
    first = max(int(min(moments)), int(until) - LONGEST + 1)
    return _Axis(first, until, any(when < first for when in moments))


def _years(axis: _Axis, bottom: float) -> list[Markup]:
    parts = [line(axis.x(year), TOP - 4, axis.x(year), bottom) for year in range(axis.first, int(axis.end) + 1)]
    for year in range(axis.first, int(axis.end) + 1):
        end = min(year + 1.0, axis.end)
        if end - year > 0.4 or axis.first == int(axis.end):
            parts.append(text((axis.x(year) + axis.x(end)) / 2, TOP - 8, str(year), font_size=7.5, fill=MUTED,
                              text_anchor="middle"))
    if axis.older:
        parts.append(text(axis.x(0), TOP - 8, f"< {axis.first}", font_size=7.5, fill=MUTED, text_anchor="middle"))
    return [*parts, line(axis.x(axis.end), TOP - 4, axis.x(axis.end), bottom, stroke=INK, stroke_width=0.8)]


def _packed(events: Sequence[Event], axis: _Axis) -> tuple[list[tuple[Event, float, int]], int]:
    """Place marks from left to right, each in the first row where it touches no other; the last row takes the rest."""
    ends = [float("-inf")]
    placed = []
    for event in sorted(events, key=lambda e: e.when):
        half = (FULL if event.number else FEW) / 2
        x = min(max(axis.x(event.when), LEFT + half), RIGHT - half)
        row = next((n for n, end in enumerate(ends) if x - half >= end), len(ends))
        if row == len(ends) and row < DEEPEST:
            ends.append(float("-inf"))
        row = min(row, DEEPEST - 1)
        x = max(x, ends[row] + half) if ends[row] + half < RIGHT - half else x
        ends[row] = x + half + 1
        placed.append((event, x, row))
    return placed, len(ends)


def _event(event: Event, x: float, y: float) -> list[Markup]:
    fill, ink = _LOOKS.get(event.grade, _LOOKS["C"])
    radius = (FULL if event.number else FEW) / 2 - 0.4
    edge = {"stroke": ACCENT, "stroke_width": 1.6} if event.counter else {"stroke": MUTED, "stroke_width": 0.6}
    parts = [element("circle", cx=x, cy=y, r=radius, fill=fill, **edge)]
    if event.number:
        parts.append(text(x, y + 2.5, str(event.number), font_size=7, font_weight=700, fill=ink,
                          text_anchor="middle"))
    return parts
