"""Hands out a list of claims as a file, row by row.

Guarantees: who took which list, why, with which columns and how many rows stands in the log before
the first byte leaves, and after the last one whether it left whole; personal columns only for who
may see personal data; memory does not grow with the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk_days import desk_days
from recalldesk.claims.desk_queue.columns import SEALED_FIELDS, Column, Kind, columns_named
from recalldesk.claims.desk_queue.errors import NoColumns, NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.filters import Filters, query_of
from recalldesk.claims.desk_queue.narrowing import narrowed
from recalldesk.claims.models import Claim, ListExport
from recalldesk.claims.states import ExportState, SheetForm
from recalldesk.foundation import clock
from recalldesk.foundation.sheets import Cell, Heading, csv_parts, xlsx_parts

AT_ONCE = 2_000
MOST_IN_WORKBOOK = 20_000
"""Rows. A workbook is written whole before its first byte leaves: some 1,500 rows a second."""


@dataclass(frozen=True)
class Export:
    """A file on its way. Whoever takes `parts` to their end has it whole."""

    name: str
    content_type: str
    parts: Iterator[bytes]


CONTENT_TYPES = {
    SheetForm.CSV: "text/csv; charset=utf-8",
    SheetForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def rows_in(filters: Filters, *, by: Staff) -> int:
    """How many claims an export of the list would hold now. Raises NotPermitted."""
    require(by, Permission.EXPORT_LIST)
    return narrowed(filters, by=by, days=desk_days(clock.now())).all_rows.count()


def export_list(
    *, filters: Filters, by: Staff, columns: Sequence[str], form: SheetForm, reason: str
) -> Export:
    """Begins an export.

    Raises NotPermitted, NoReasonForExport, NoColumns, TooManyForWorkbook.
    """
    require(by, Permission.EXPORT_LIST)
    chosen = columns_named(list(columns))
    is_personal = any(column.is_personal for column in chosen)
    if is_personal:
        require(by, Permission.SEE_PERSONAL)
    if not reason.strip():
        raise NoReasonForExport
    if not chosen:
        raise NoColumns
    found = narrowed(filters, by=by, days=desk_days(clock.now()))
    rows = _light(found.all_rows.order_by(*found.order.value), chosen)
    return hand_out(
        ListExport(
            by=by,
            query=query_of(filters),
            form=form,
            columns=[column.key for column in chosen],
            is_personal=is_personal,
            expected=found.all_rows.count(),
        ),
        name=f"claims-{filters.list.value}",
        headings=[Heading(column.title, column.kind is Kind.EXACT) for column in chosen],
        rows=_cells(rows, chosen),
        reason=reason,
    )


def hand_out(
    row: ListExport,
    *,
    name: str,
    headings: Sequence[Heading],
    rows: Iterator[list[Cell]],
    reason: str,
) -> Export:
    """Begins to hand out any rows. `row`, not yet saved, says which; who may is for the caller.
    `name` begins that of the file. Raises NoReasonForExport, TooManyForWorkbook.
    """
    if not reason.strip():
        raise NoReasonForExport
    form = SheetForm(row.form)
    if form is SheetForm.XLSX and row.expected > MOST_IN_WORKBOOK:
        raise TooManyForWorkbook(MOST_IN_WORKBOOK)
    row = _begun(row, reason.strip())
    written = _Written(rows)
    parts = (csv_parts if form is SheetForm.CSV else xlsx_parts)(headings, written)
    stamp = row.at.strftime("%Y-%m-%d-%H%M")
    return Export(
        f"{name}-{stamp}Z.{form.value}", CONTENT_TYPES[form], _watched(parts, row, written)
    )


class _Written:
    """Rows, counted as they go by."""

    def __init__(self, rows: Iterator[list[Cell]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[list[Cell]]:
        for row in self._rows:
            self.count += 1
            yield row


def _light(rows: QuerySet[Claim], columns: Sequence[Column]) -> QuerySet[Claim]:
    """The rows without the sealed values that nobody asked for."""
    wanted = {field for column in columns for field in column.reads}
    unread = [field for field in SEALED_FIELDS if field not in wanted]
    return rows.select_related("filing", "recall", "assigned_to").defer(*unread)


def _cells(rows: QuerySet[Claim], columns: Sequence[Column]) -> Iterator[list[Cell]]:
    for claim in rows.iterator(chunk_size=AT_ONCE):
        yield [column.value(claim) for column in columns]


def _watched(parts: Iterator[bytes], row: ListExport, written: _Written) -> Iterator[bytes]:
    """The parts, and then the word whether all of them were taken."""
    ended = ExportState.BROKEN_OFF
    try:
        yield from parts
        ended = ExportState.ENDED
    finally:
        _end(row, ended, written.count)


@transaction.atomic
def _begun(row: ListExport, reason: str) -> ListExport:
    row.save()
    _log(row, before="", note=reason)
    return row


@transaction.atomic
def _end(row: ListExport, state: ExportState, written: int) -> None:
    before = row.state
    row.state, row.written, row.ended_at = state, written, clock.now()
    row.save(update_fields=["state", "written", "ended_at"])
    _log(row, before=before)


def _log(row: ListExport, *, before: str, note: str = "") -> None:
    record_change(
        subject=Subject.EXPORT,
        subject_id=row.pk,
        from_state=before,
        to_state=row.state,
        reason=Reason.LIST_TAKEN,
        actor_id=row.by_id,
        note=note,
        with_content=not before,
    )
