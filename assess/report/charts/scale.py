"""The scale of points that charts with a row for each thing share."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assess.report.charts.svg import MUTED, line, text


@dataclass(frozen=True, slots=True)
class Scale:
    """Points from 0 to 100, laid from ``left`` to ``right`` in user units."""

    left: float
    right: float

    def x(self, points: float) -> float:
        """Where ``points`` stand."""
        return self.left + (self.right - self.left) * points / 100

    def marks(self, top: float, bottom: float, values: Sequence[int] = (0, 20, 40, 60, 80, 100)) -> list[Markup]:
        """A line at each of the ``values`` from just above ``top`` to ``bottom``, with its number over it."""
        return [
            mark for value in values
            for mark in (
                line(self.x(value), top - 4, self.x(value), bottom),
                text(self.x(value), top - 8, str(value), font_size=7.2, fill=MUTED, text_anchor="middle"),
            )
        ]
