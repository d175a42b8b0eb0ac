"""What the pages say, as plain values: the templates only arrange it.

Every sentence is made here by rules from the result, so that text and figures cannot contradict.
"""

from assess.report.view.build import build_view
from assess.report.view.model import ReportView

__all__ = ["ReportView", "build_view"]
