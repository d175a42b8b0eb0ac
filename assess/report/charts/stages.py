"""The stages as a strip, with the index and its hard bounds on it."""

from collections.abc import Sequence

from markupsafe import Markup

from assess.report.charts.svg import ACCENT, INK, LEVELS, MUTED, element, picture, text

WIDTH, HEIGHT = 520, 74
LEFT, RIGHT, TOP, BAR = 6, 514, 26, 20


def stage_strip(
    stages: Sequence[tuple[str, float]], points: float | None, low: float, high: float, title: str, description: str,
    *, sure: bool = True,
) -> Markup:
    """Draw ``stages`` (name, lowest points) from 0 to 100 with the index and its hard bounds.

    ``sure`` is false where too little is known: the index is then hollow and in brackets.
    """
    ends = [start for _, start in stages[1:]] + [100.0]
    parts = [p for i, (name, start) in enumerate(stages) for p in _band(i, name, start, ends[i])]
    y = TOP + BAR + 10
    parts.append(element("line", x1=_x(low), x2=_x(high), y1=y, y2=y, stroke=INK, stroke_width=1.4))
    for end in (low, high):
        parts.append(element("line", x1=_x(end), x2=_x(end), y1=y - 4, y2=y + 4, stroke=INK, stroke_width=1.4))
        anchor = "start" if end == low else "end"
        parts.append(text(_x(end), y + 14, f"{end:.0f}", font_size=8, fill=MUTED, text_anchor=anchor))
    if points is not None:
        x, shown = _x(points), f"{points:.0f}" if sure else f"({points:.0f})"
        parts.append(element("path", d=f"M {x:.1f} {TOP - 2} l -5 -9 l 10 0 z", fill=ACCENT if sure else "#ffffff",
                             stroke=ACCENT, stroke_width=1.2))
        parts.append(text(x, TOP - 14, shown, font_size=11, font_weight=700, text_anchor="middle"))
    return picture(WIDTH, HEIGHT, title, description, parts)


def _x(points: float) -> float:
    return LEFT + (RIGHT - LEFT) * points / 100


def _band(number: int, name: str, start: float, end: float) -> list[Markup]:
    fill, ink = LEVELS[min(number, len(LEVELS) - 1)]
    middle = (_x(start) + _x(end)) / 2
    return [
        element("rect", x=_x(start), y=TOP, width=_x(end) - _x(start), height=BAR, fill=fill, stroke="#ffffff"),
        text(middle, TOP + 14, name, font_size=8.5, fill=ink, text_anchor="middle"),
    ]
