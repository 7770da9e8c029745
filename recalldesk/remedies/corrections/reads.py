"""The door to what others reported: which of it stands, and of which units."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from recalldesk.remedies.models import ReportedCorrection


def reports_that_stand(units: Collection[bytes]) -> QuerySet[ReportedCorrection]:
    """The reports of some units, by their digests, that were not taken back."""
    rows = ReportedCorrection.objects.filter(unit_digest__in=list(units), turn__gte=1)
    return rows.filter(takes_back__isnull=True, taken_back_by__isnull=True)


def units_reported(units: Collection[bytes]) -> frozenset[bytes]:
    """Those of some units, by their digests, of which a report stands."""
    rows = reports_that_stand(units).values_list("unit_digest", flat=True)
    return frozenset(bytes(each) for each in rows)


def units_in_reports(*, report_id: int = 0, file_id: int = 0) -> QuerySet[ReportedCorrection, Any]:
    """The digests of the units that a report, or those of a file, names, to be asked for in one."""
    rows = ReportedCorrection.objects.filter(turn__gte=1)
    rows = rows.filter(brought_by_id=file_id) if file_id else rows.filter(pk=report_id)
    return rows.values("unit_digest")


def reports_of_unit(unit_digest: bytes) -> tuple[int, ...]:
    """The numbers of the reports that stand for a unit; none for one that nobody can name."""
    if not unit_digest:
        return ()
    rows = reports_that_stand([unit_digest]).order_by("pk")
    return tuple(rows.values_list("pk", flat=True))
