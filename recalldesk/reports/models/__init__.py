"""The rows of this package: what moved figures, and what was filed."""

from recalldesk.reports.models.filed import FiledReport, ReportReminder
from recalldesk.reports.models.moved import FigureMove, MovesKept

__all__ = ["FigureMove", "FiledReport", "MovesKept", "ReportReminder"]
