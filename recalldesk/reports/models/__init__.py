"""The rows of this package: what was filed, what moved figures, and sums kept beside the rows."""

from recalldesk.reports.models.filed import FiledReport, ReportReminder
from recalldesk.reports.models.moved import FigureMove, MovesKept
from recalldesk.reports.models.sums import (
    CorrectionPlace,
    DaySum,
    KeptPurchase,
    SumDelta,
    TouchedPurchase,
)

__all__ = [
    "CorrectionPlace",
    "DaySum",
    "FigureMove",
    "FiledReport",
    "KeptPurchase",
    "MovesKept",
    "ReportReminder",
    "SumDelta",
    "TouchedPurchase",
]
