"""The import of one file of reports.

Guarantees: all of it happens in one transaction, so that an import that was broken off left nothing
and begins anew; lines = heading + accepted + rejected + duplicate + blank + continued, against a
count that shares no code with the reader; the same file twice changes nothing; a look changes
nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.incidents.importing.columns import FORM, find_columns
from recalldesk.incidents.importing.errors import ReportsRefused
from recalldesk.incidents.importing.file_rows import FileRows
from recalldesk.incidents.importing.rows import Reading
from recalldesk.incidents.importing.storing import Differing, Storing
from recalldesk.incidents.models import Incident, IncidentFile, IncidentReject
from recalldesk.incidents.states import ReportReason
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version
from recalldesk.sealing.fields_of_rows import sealed
from recalldesk.units.importing.portions import Portion
from recalldesk.units.importing.sources import Source, open_source
from recalldesk.units.importing.tally import Tally

LONGEST_ROW = 32_768
"""Of a rejected line that is kept, in characters."""


@dataclass(frozen=True)
class Rejected:
    """A line that is not taken. `row`: as it came."""

    number: int
    reason: ReportReason
    row: str


@dataclass(frozen=True)
class ReportsTaken:
    """What became of a file. `number`: of the file, where it was taken in; `is_known`: the same
    file was taken before, and nothing changed; `differing`: reports that were known and say
    something else now."""

    lines: int
    tally: Tally
    rejects: tuple[Rejected, ...]
    differing: tuple[Differing, ...]
    remarks: tuple[str, ...]
    number: int | None = None
    is_known: bool = False


@dataclass
class _Found:
    """What was found so far."""

    tally: Tally = field(default_factory=Tally)
    rejects: list[Rejected] = field(default_factory=list)


def import_reports(
    *, recall: Recall, path: Path, by: Staff, sheet: str | None = None, only_look: bool = False
) -> ReportsTaken:
    """Takes in a file. `only_look`: nothing stays.

    Raises NotPermitted, ReportsRefused, ImportRefused; then nothing was stored.
    """
    require(by, Permission.IMPORT_INCIDENTS)
    source = open_source(path, sheet)
    columns = find_columns(source)
    at = clock.now()
    reading = Reading(at.date(), columns.is_month_first, _products(recall))
    rows = FileRows(columns, reading, is_sheet=source.sheet is not None)
    with transaction.atomic():
        # Files of a recall are taken one after the other; nothing else waits for them.
        Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
        known = IncidentFile.objects.filter(recall=recall, file_sha256=source.sha256).first()
        if known is not None:
            return _as_known(known)
        found, storing = _Found(), Storing(recall, by, at)
        for portion, _ in source.portions(columns.layout, FORM):
            _take(portion, rows, found, storing)
        found.tally.reconcile(source.lines)
        found.tally.accepted = storing.accepted
        if not found.tally.taken and not found.tally.rejected:
            raise ReportsRefused("The file holds no report.", "Check that the export worked.")
        number = None
        if only_look:
            transaction.set_rollback(True)
        else:
            number = _keep(storing, recall, source, found, by)
    return ReportsTaken(
        lines=source.lines,
        tally=found.tally,
        rejects=tuple(found.rejects),
        differing=tuple(storing.differing),
        remarks=(*source.remarks, *_unread(columns.unread)),
        number=number,
    )


def _products(recall: Recall) -> Mapping[str, str]:
    """The keys of a recall's products, by model and name."""
    version = live_version(recall) or newest_version(recall)
    if version is None:
        raise ReportsRefused(
            f"{recall.slug} has no version yet.", "Write its recall first: reports are of one."
        )
    return {
        name.casefold(): product.key
        for product in document_of(version).products
        for name in (*product.names, product.model)
    }


def _unread(headings: tuple[str, ...]) -> tuple[str, ...]:
    if not headings:
        return ()
    named = ", ".join(f"“{each[:40]}”" for each in headings)
    return (f"Not read: {named}.",)


def _take(portion: Portion, rows: FileRows, found: _Found, storing: Storing) -> None:
    taken = portion.taken_by(rows)
    found.tally.add(taken)
    storing.add((portion.number(index), report) for index, report in rows.reports)
    for index, said in taken.rejects:
        reason = rows.reason(index, said)
        found.rejects.append(Rejected(portion.number(index), reason, portion.shown(index)))


def _as_known(file: IncidentFile) -> ReportsTaken:
    """As it was taken then. Its rejects stand with the first file."""
    tally = Tally(
        heading=file.heading,
        taken=file.accepted + file.duplicate,
        rejected=file.rejected,
        blank=file.blank,
        continued=file.continued,
        accepted=file.accepted,
    )
    return ReportsTaken(file.lines, tally, (), (), (), file.pk, is_known=True)


def _keep(storing: Storing, recall: Recall, source: Source, found: _Found, by: Staff) -> int:
    """The file's row is written last, with its figures; then what it brought names it."""
    tally = found.tally
    file = IncidentFile.objects.create(
        recall=recall,
        file_sha256=source.sha256,
        lines=source.lines,
        heading=tally.heading,
        accepted=tally.accepted,
        rejected=tally.rejected,
        duplicate=tally.duplicate,
        blank=tally.blank,
        continued=tally.continued,
        by=by,
    )
    Incident.objects.filter(pk__in=storing.incidents).update(brought_by=file)
    IncidentReject.objects.bulk_create(_rejects(file, found), batch_size=1_000)
    record_change(
        subject=Subject.INCIDENT_FILE,
        subject_id=file.pk,
        to_state="imported",
        actor_id=by.pk,
        recall_id=recall.pk,
    )
    return file.pk


def _rejects(file: IncidentFile, found: _Found) -> Iterator[IncidentReject]:
    for each in found.rejects:
        row = each.row[:LONGEST_ROW]
        yield IncidentReject(
            file=file,
            number=each.number,
            reason=each.reason,
            sealed_row=sealed(IncidentReject, "sealed_row", row, recall_id=file.recall_id),
        )
