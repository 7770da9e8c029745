"""The import of one file of corrections.

Guarantees: all of it happens in one transaction, so that an import that was broken off left nothing
and begins anew; lines = heading + accepted + rejected + duplicate + blank + continued, against a
count that shares no code with the reader; the same file twice changes nothing; a unit that is
reported already, and a row that a former file brought, are duplicates; a look changes nothing. In a
partner's own file stand its customers' units, under its own name, whatever the rows say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.db import connection, transaction

from recalldesk.accounts.acting import Acting, actor_of, named, require_of
from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.remedies.corrections.importing.columns import FORM, find_columns
from recalldesk.remedies.corrections.importing.file_rows import FileRows
from recalldesk.remedies.corrections.importing.storing import Storing
from recalldesk.remedies.corrections.naming import listed_unit
from recalldesk.remedies.corrections.reporting import lock_recall, tell_claims
from recalldesk.remedies.corrections.rows import Usual
from recalldesk.remedies.corrections.states import RowReason
from recalldesk.remedies.errors import CorrectionRefused
from recalldesk.remedies.models import CorrectionFile, CorrectionReject
from recalldesk.sealing.fields_of_rows import sealed
from recalldesk.units.importing.portions import Portion
from recalldesk.units.importing.sources import Source, open_source
from recalldesk.units.importing.tally import Tally

LONGEST_ROW = 16_384
"""Of a rejected line that is kept, in characters."""


@dataclass(frozen=True)
class Rejected:
    """A line that is not taken. `row`: as it came."""

    number: int
    reason: RowReason
    row: str


@dataclass(frozen=True)
class CorrectionsTaken:
    """What became of a file. `units`: those of the accepted rows; `number`: of the file, where it
    was taken in; `is_known`: the same file was taken before, and nothing changed."""

    lines: int
    tally: Tally
    units: int
    rejects: tuple[Rejected, ...]
    remarks: tuple[str, ...]
    number: int | None = None
    is_known: bool = False


@dataclass
class _Found:
    """What was found so far."""

    tally: Tally = field(default_factory=Tally)
    rejects: list[Rejected] = field(default_factory=list)


def import_corrections(
    *,
    recall: Recall,
    path: Path,
    by: Acting,
    usual: Usual,
    sheet: str | None = None,
    only_look: bool = False,
) -> CorrectionsTaken:
    """Takes in a file. `usual`: what holds where a row does not say it; `only_look`: nothing stays.

    Raises NotPermitted, CorrectionRefused, ImportRefused; then nothing was stored.
    """
    require_of(by, Permission.REPORT_CORRECTION)
    document = _document(recall)
    source = open_source(path, sheet)
    columns = find_columns(source)
    today = clock.now().date()
    find = partial(listed_unit, recall=recall, document=document)
    own = by if isinstance(by, Partner) else None
    rows = FileRows(
        columns, usual, today, find, is_sheet=source.sheet is not None, is_partners=own is not None
    )
    with transaction.atomic():
        lock_recall(recall)
        files = CorrectionFile.objects.filter(recall=recall, partner=own)
        known = files.filter(file_sha256=source.sha256).first()
        if known is not None:
            return _known(known)
        found, storing = _Found(), Storing(recall, by, _next_id())
        for portion, _ in source.portions(columns.layout, FORM):
            _take(portion, rows, found, storing)
        found.tally.reconcile(source.lines)
        found.tally.accepted = storing.accepted
        if not found.tally.taken and not found.tally.rejected:
            raise CorrectionRefused("The file holds no row.", "Check that the export worked.")
        if only_look:
            transaction.set_rollback(True)
        else:
            _keep(storing, source, found, by)
    remarks = [
        *source.remarks,
        *(f"The column “{each[:40]}” is not read." for each in columns.unread),
    ]
    return CorrectionsTaken(
        lines=source.lines,
        tally=found.tally,
        units=storing.units,
        rejects=tuple(found.rejects),
        remarks=tuple(remarks),
        number=None if only_look else storing.file_id,
    )


def _document(recall: Recall) -> Document:
    version = live_version(recall)
    if version is None:
        raise CorrectionRefused(
            f"{recall.slug} is not published.", "What is corrected is of a recall that is."
        )
    return document_of(version)


def _take(portion: Portion, rows: FileRows, found: _Found, storing: Storing) -> None:
    taken = portion.taken_by(rows)
    found.tally.add(taken)
    storing.add((portion.number(index), row) for index, row in rows.rows)
    for index, said in taken.rejects:
        reason = rows.reason(index, said)
        found.rejects.append(Rejected(portion.number(index), reason, portion.shown(index)))


def _known(file: CorrectionFile) -> CorrectionsTaken:
    """As it was taken then. Its rejects stand with the first file."""
    tally = Tally(
        heading=file.heading,
        taken=file.accepted + file.duplicate,
        rejected=file.rejected,
        blank=file.blank,
        continued=file.continued,
        accepted=file.accepted,
    )
    return CorrectionsTaken(file.lines, tally, file.units, (), (), file.pk, is_known=True)


def _keep(storing: Storing, source: Source, found: _Found, by: Acting) -> None:
    """The file's row is written last, with its figures, and then what it brought counts."""
    tally = found.tally
    file = CorrectionFile.objects.create(
        pk=storing.file_id,
        recall=storing.recall,
        file_sha256=source.sha256,
        lines=source.lines,
        heading=tally.heading,
        accepted=tally.accepted,
        rejected=tally.rejected,
        duplicate=tally.duplicate,
        blank=tally.blank,
        continued=tally.continued,
        units=storing.units,
        **named(by),
    )
    CorrectionReject.objects.bulk_create(_rejects(file, found), batch_size=1_000)
    record_change(
        subject=Subject.CORRECTION_FILE,
        subject_id=file.pk,
        to_state="imported",
        actor=actor_of(by),
        actor_id=by.pk,
        recall_id=storing.recall.pk,
    )
    if storing.names_units:
        tell_claims(file_id=file.pk)


def _rejects(file: CorrectionFile, found: _Found) -> Iterator[CorrectionReject]:
    for each in found.rejects:
        row = each.row[:LONGEST_ROW]
        yield CorrectionReject(
            file=file,
            number=each.number,
            reason=each.reason,
            sealed_row=sealed(CorrectionReject, "sealed_row", row, recall_id=file.recall_id),
        )


def _next_id() -> int:
    """The id of a file that is yet to be written: what it brings refers to it before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))", ["remedies_correctionfile"]
        )
        (number,) = cursor.fetchone()
    return int(number)
