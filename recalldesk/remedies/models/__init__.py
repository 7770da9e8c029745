"""The rows of remedies, by what they are about."""

from recalldesk.remedies.models.attempt import Attempt
from recalldesk.remedies.models.batch import (
    Batch,
    BatchFile,
    BatchLine,
    FileRead,
    LineRejected,
    SentUnit,
)
from recalldesk.remedies.models.correction import (
    Correction,
    CorrectionFile,
    CorrectionReject,
    ReportedCorrection,
)
from recalldesk.remedies.models.finding import Finding
from recalldesk.remedies.models.found_effect import FoundEffect
from recalldesk.remedies.models.gates import Circuit, DayBudget, PlacingHold
from recalldesk.remedies.models.gift_code import CodeImport, CodePool, GiftCode
from recalldesk.remedies.models.order import Order
from recalldesk.remedies.models.reconciling_run import ReconcilingRun
from recalldesk.remedies.models.remedy import Entitlement, Remedy, remedy_id

__all__ = [
    "Attempt",
    "Batch",
    "BatchFile",
    "BatchLine",
    "Circuit",
    "CodeImport",
    "CodePool",
    "Correction",
    "CorrectionFile",
    "CorrectionReject",
    "DayBudget",
    "Entitlement",
    "FileRead",
    "Finding",
    "FoundEffect",
    "GiftCode",
    "LineRejected",
    "Order",
    "PlacingHold",
    "ReconcilingRun",
    "Remedy",
    "ReportedCorrection",
    "SentUnit",
    "remedy_id",
]
