"""The instrument: components, indicators, anchors, gates and stages, as frozen data."""

from assess.rubric.load import installed_rubrics, load_rubric
from assess.rubric.model import Component, Indicator, Rubric

__all__ = ["Component", "Indicator", "Rubric", "installed_rubrics", "load_rubric"]
