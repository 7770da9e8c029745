"""Rows of a file on their way into the reports, and what of them is new.

Guarantees: a unit is reported once; a row without a serial is new as often as the file has it more
often than the files before, so that a longer export brings what it adds and nothing else.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max

from recalldesk.accounts.acting import Acting
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.counting import count_reports
from recalldesk.remedies.corrections.naming import order_digest
from recalldesk.remedies.corrections.reads import reports_that_stand
from recalldesk.remedies.corrections.reporting import reported
from recalldesk.remedies.corrections.rows import Row
from recalldesk.remedies.models import ReportedCorrection

AT_ONCE = 1_000
Numbered = tuple[int, Row]


class Storing:
    """What a file brings. `file_id`: the file's number, whose row is written last; `accepted` rows
    and their `units`; `names_units`: some of them have serials."""

    def __init__(self, recall: Recall, by: Acting, file_id: int) -> None:
        self.recall = recall
        self.file_id = file_id
        self.accepted = self.units = 0
        self.names_units = False
        self._by = by
        self._seen: Counter[bytes] = Counter()

    def add(self, rows: Iterable[Numbered]) -> None:
        """Keeps what is new of these rows, by their lines, and has it count."""
        waiting: list[Numbered] = []
        for each in rows:
            waiting.append(each)
            if len(waiting) >= AT_ONCE:
                self._store(waiting)
                waiting = []
        self._store(waiting)

    def _store(self, rows: list[Numbered]) -> None:
        units = {each.unit.digest for _, each in rows if each.unit}
        turns, standing = _turns(units), _standing(units)
        known = self._known({_row_digest(each) for _, each in rows if not each.unit})
        new = []
        for line, row in rows:
            report = self._report(line, row)
            if row.unit is None:
                report.row_digest = _row_digest(row)
                self._seen[report.row_digest] += 1
                report.occurrence = self._seen[report.row_digest]
                is_new = report.occurrence > known.get(report.row_digest, 0)
            else:
                is_new = row.unit.digest not in standing
                standing.add(row.unit.digest)
                report.turn = turns.get(row.unit.digest, 0) + 1
            if is_new:
                new.append(report)
        count_reports(ReportedCorrection.objects.bulk_create(new))
        self.accepted += len(new)
        self.units += sum(each.units for each in new)
        self.names_units = self.names_units or any(each.turn for each in new)

    def _report(self, line: int, row: Row) -> ReportedCorrection:
        report = reported(self.recall, row, by=self._by)
        report.brought_by_id, report.line = self.file_id, line
        return report

    def _known(self, digests: set[bytes]) -> Mapping[bytes, int]:
        """How often other files had these rows."""
        rows = ReportedCorrection.objects.filter(
            recall=self.recall, row_digest__in=digests, occurrence__gte=1
        ).exclude(brought_by_id=self.file_id)
        return _by_digest(
            rows.values_list("row_digest").annotate(most=Max("occurrence")).order_by()
        )


def _turns(units: set[bytes]) -> Mapping[bytes, int]:
    rows = ReportedCorrection.objects.filter(unit_digest__in=units, turn__gte=1)
    return _by_digest(rows.values_list("unit_digest").annotate(most=Max("turn")).order_by())


def _standing(units: set[bytes]) -> set[bytes]:
    rows = reports_that_stand(units).values_list("unit_digest", flat=True)
    return {bytes(each) for each in rows}


def _by_digest(rows: Iterable[tuple[Any, int]]) -> Mapping[bytes, int]:
    return {bytes(digest): most for digest, most in rows}


def _row_digest(row: Row) -> bytes:
    """By what a row without a serial is the same in another file."""
    said = (
        row.level,
        row.measure,
        str(row.units),
        row.happened_on.isoformat(),
        row.reported_by.casefold(),
        row.shop_reference.casefold(),
        *((order_digest(row.order).hex(),) if row.order else ()),
    )
    return hashlib.sha256("\x1f".join(said).encode()).digest()
