"""What others reported, as the desk looks at it: each report, its unit's claims, which counts.

Guarantee: a serial is shown whole only to whoever may see owners' data.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.masking import masked_end
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.foundation.sheets import Cell
from recalldesk.remedies.errors import CorrectionRefused
from recalldesk.remedies.models import (
    Correction,
    CorrectionFile,
    CorrectionReject,
    ReportedCorrection,
)
from recalldesk.sealing.fields_of_rows import opened

PAGE = 50
FILES = 20


@dataclass(frozen=True)
class ListedReport:
    """A row of the list. `is_minus`: it takes another back; `taken_back_by`: the number of the row
    that takes it back, or None."""

    number: int
    recall: str
    units: int
    level: str
    measure: str
    happened_on: date
    reported_by: str
    shop_reference: str
    at: datetime
    by: str
    file: int | None
    line: int | None
    is_minus: bool
    taken_back_by: int | None


@dataclass(frozen=True)
class OtherClaim:
    """A claim for the same unit."""

    reference: str
    position: int
    state: str


@dataclass(frozen=True)
class SeenReport:
    """One report, whole. `counts`: in words, why it counts or does not; `takes_back`: the number of
    the report that it takes back, or None."""

    row: ListedReport
    serial: str
    counts: str
    claims: tuple[OtherClaim, ...]
    takes_back: int | None


def reports_listed(
    recall_ids: Collection[int], *, by: Staff, before: int = 0
) -> list[ListedReport]:
    """A page of them, the newest first; those before a number. Raises NotPermitted."""
    require(by, Permission.SEE_FIGURES)
    rows = _rows().filter(recall_id__in=recall_ids)
    if before:
        rows = rows.filter(pk__lt=before)
    return [_listed(each) for each in rows.order_by("-pk")[:PAGE]]


def report_seen(number: int, *, by: Staff) -> SeenReport:
    """One report. Raises NotPermitted, CorrectionRefused, SealingError."""
    require(by, Permission.SEE_FIGURES)
    row = _rows().filter(pk=number).first()
    if row is None:
        raise CorrectionRefused(f"There is no report {number}.", "The list shows those that are.")
    serial = opened(row, "sealed_serial")
    claims = Claim.objects.filter(unit_digest=row.unit_digest).exclude(state=ClaimState.DRAFT)
    return SeenReport(
        row=_listed(row),
        serial=serial if by.may(Permission.SEE_PERSONAL) else masked_end(serial),
        counts=_counts(row),
        claims=tuple(
            OtherClaim(each.filing.reference, each.position, str(each.get_state_display()))
            for each in (claims.select_related("filing").order_by("pk") if row.turn else ())
        ),
        takes_back=row.takes_back_id,
    )


def files_listed(recall_ids: Collection[int], *, by: Staff) -> list[CorrectionFile]:
    """The files that came last, the newest first. Raises NotPermitted."""
    require(by, Permission.SEE_FIGURES)
    rows = CorrectionFile.objects.filter(recall_id__in=recall_ids)
    return list(rows.select_related("by", "partner", "recall").order_by("-pk")[:FILES])


def rejects_of(number: int, *, by: Staff) -> list[list[Cell]]:
    """The lines of a file that were not taken, to be sent back: number, reason, row as it came.

    Raises NotPermitted, SealingError.
    """
    require(by, Permission.REPORT_CORRECTION)
    rows = CorrectionReject.objects.filter(file_id=number).select_related("file").order_by("number")
    return [
        [each.number, str(each.get_reason_display()), opened(each, "sealed_row")] for each in rows
    ]


def _rows() -> QuerySet[ReportedCorrection, Any]:
    return ReportedCorrection.objects.select_related("recall", "by", "partner", "taken_back_by")


def _listed(row: ReportedCorrection) -> ListedReport:
    taken_back = getattr(row, "taken_back_by", None)
    return ListedReport(
        number=row.pk,
        recall=row.recall.slug,
        units=-row.units if row.takes_back_id else row.units,
        level=str(row.get_level_display()),
        measure=str(row.get_measure_display()),
        happened_on=row.happened_on,
        reported_by=row.reported_by,
        shop_reference=row.shop_reference,
        at=row.at,
        by=row.brought_by_whom,
        file=row.brought_by_id,
        line=row.line,
        is_minus=row.takes_back_id is not None,
        taken_back_by=taken_back.pk if taken_back else None,
    )


def _counts(row: ReportedCorrection) -> str:
    """Which of a remedy and a report counts, as the rows say."""
    if row.takes_back_id:
        return "It takes a report back and counts with minus."
    if hasattr(row, "taken_back_by"):
        return "It was taken back and does not count."
    if not row.turn:
        return "It counts with all its units."
    newest = Correction.objects.filter(unit_digest=row.unit_digest).order_by("-turn").first()
    if newest is not None and newest.units > 0 and newest.report_id == row.pk:
        return "It counts: nothing else corrected this unit before."
    return "It does not count: the remedy that the owner got here came first, and counts."
