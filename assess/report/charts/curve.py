"""The cost curve: what more effort would bring, step by step, and where the plan stands on it."""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from assess.report.charts.svg import ACCENT, MAIN, MUTED, PAPER, element, line, picture, text, wide

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 520.0, 120.0, 34.0, 500.0, 12.0, 98.0
SIZE = 6.8  # of the names of stages
ROOM = 16.0  # from the middle of one figure of the axis to that of the next

Point = tuple[float, float]
"""Effort in person-months, and the index."""


def curve(
    points: Sequence[Point], plan: Point, stages: Sequence[tuple[str, float]], unit: str, title: str, description: str
) -> Markup:
    """Draw the most that each effort brings; ``plan`` is the roadmap's own point, ``stages`` lines at their start."""
    most = max(effort for effort, _ in [*points, plan]) or 1.0
    low = min(index for _, index in [*points, plan])
    floor = max(0.0, 10 * (low // 10))

    def x(effort: float) -> float:
        return LEFT + (RIGHT - LEFT) * effort / most

    def y(index: float) -> float:
        return BASE - (BASE - TOP) * (index - floor) / (100 - floor)

    parts = [line(LEFT, y(start), RIGHT, y(start)) for _, start in stages if start > floor]
    way = [(x(effort), y(index)) for effort, index in points]
    parts += [_named(name, y(start), way) for name, start in stages if start > floor]
    parts += [text(LEFT - 5, y(v) + 2.5, f"{v:.0f}", font_size=7, fill=MUTED, text_anchor="end")
              for v in (floor, 100.0)]
    parts.append(line(LEFT, BASE, RIGHT, BASE, stroke=MUTED))
    path = "M" + "L".join(f"{across:.1f} {down:.1f}" for across, down in way)
    parts.append(element("path", d=path, fill="none", stroke=MAIN, stroke_width=1.6))
    named = float("-inf")
    for effort, index in points:
        parts.append(element("circle", cx=x(effort), cy=y(index), r=2.4, fill=MAIN))
        if x(effort) - named >= ROOM:  # two close points share the first one's figure; the table has both
            named = x(effort)
            parts.append(text(named, BASE + 10, f"{round(effort):g}", font_size=7, fill=MUTED, text_anchor="middle"))
    parts.append(element("circle", cx=x(plan[0]), cy=y(plan[1]), r=4.2, fill=PAPER, stroke=ACCENT, stroke_width=1.8))
    parts.append(text(RIGHT, BASE + 19, unit, font_size=7, fill=MUTED, text_anchor="end"))
    return picture(WIDTH, HEIGHT, title, description, parts)


def _named(name: str, height: float, way: Sequence[Point]) -> Markup:
    """The name of a stage at its line: at the right end, above or below, or else at the left, off the curve."""
    room = wide(name, SIZE)
    places = [(RIGHT - room, height - 2), (RIGHT - room, height + 2 + 0.75 * SIZE), (LEFT + 2, height - 2)]
    left, base = next((place for place in places if not _crossed(place, room, way)), places[0])
    if left > LEFT + 2:  # what is estimated generously must end where the line does
        return text(RIGHT, base, name, font_size=SIZE, fill=MUTED, text_anchor="end")
    return text(left, base, name, font_size=SIZE, fill=MUTED)


def _crossed(place: Point, room: float, way: Sequence[Point]) -> bool:
    """Whether the curve or its ring, in the picture's own units, runs through a name of this width at this place."""
    left, base = place
    return any(
        max(one[0], left) <= min(other[0], left + room)
        and _between(one, other, left, left + room, base - SIZE - 3, base + 3)
        for one, other in pairwise(way)
    )


def _between(one: Point, other: Point, left: float, right: float, top: float, bottom: float) -> bool:
    """Whether a piece of the curve, cut to ``left``..``right``, has a part between ``top`` and ``bottom``."""
    slope = (other[1] - one[1]) / ((other[0] - one[0]) or 1.0)
    ends = [one[1] + slope * (min(max(edge, one[0]), other[0]) - one[0]) for edge in (left, right)]
    return min(ends) <= bottom and max(ends) >= top
