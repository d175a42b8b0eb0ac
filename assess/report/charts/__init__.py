"""Charts as inline SVG; every one comes with a title and a text alternative, and with a table beside it."""

from assess.report.charts.curve import curve
from assess.report.charts.dumbbell import dumbbell
from assess.report.charts.gantt import gantt
from assess.report.charts.heat import heat_map
from assess.report.charts.matrix import matrix
from assess.report.charts.profile import bar, profile
from assess.report.charts.quadrant import quadrant
from assess.report.charts.shares import shares
from assess.report.charts.slopes import moves, slopes
from assess.report.charts.stages import stage_strip
from assess.report.charts.timeline import timeline
from assess.report.charts.trend import trend
from assess.report.charts.waterfall import waterfall

__all__ = [
    "bar", "curve", "dumbbell", "gantt", "heat_map", "matrix", "moves", "profile", "quadrant", "shares", "slopes",
    "stage_strip", "timeline", "trend", "waterfall",
]
