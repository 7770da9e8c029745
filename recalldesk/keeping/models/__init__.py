"""The rows of this package: terms, holds, wishes that wait, and what was erased."""

from recalldesk.keeping.models.erasures import EarlyErasure, Erased, WaitingErasure
from recalldesk.keeping.models.hold import LegalHold
from recalldesk.keeping.models.term import KeepingTerm

__all__ = ["EarlyErasure", "Erased", "KeepingTerm", "LegalHold", "WaitingErasure"]
