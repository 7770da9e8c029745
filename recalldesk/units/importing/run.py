"""The import of one file of serials or ranges into a list of a draft version.

Guarantees: all of it happens in one transaction, which also writes the log; every line of the file
is accounted for, or nothing of it is stored; the same file twice changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.recalls.actions import note_contribution
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.states import VersionState
from recalldesk.units.errors import FileNotReadable, ImportRefused, VersionNotDraft
from recalldesk.units.importing.layout import Columns, Layout
from recalldesk.units.importing.progress import Progress, ProgressMeter
from recalldesk.units.importing.range_rows import RangeBook, RangeRows
from recalldesk.units.importing.reading import reading_digest
from recalldesk.units.importing.reject_file import RejectFile
from recalldesk.units.importing.serial_rows import SerialRows
from recalldesk.units.importing.sources import Source, open_source
from recalldesk.units.importing.staging import Destination, Staging
from recalldesk.units.importing.tally import Tally
from recalldesk.units.models import SerialImport, SerialList
from recalldesk.units.ranges_form import Counting
from recalldesk.units.reads import covered_ranges

__all__ = ["Columns", "Counting", "Progress", "import_serials"]

LONGEST_SERIAL = 64


@dataclass(frozen=True)
class _Order:
    """What was asked for, and what the first pass found."""

    path: Path
    source: Source
    layout: Layout
    form: SerialForm
    counting: Counting
    replace: bool


def import_serials(
    *,
    version: RecallVersion,
    serial_list: SerialList,
    form: SerialForm,
    counting: Counting,
    path: Path,
    by: Staff,
    columns: Columns | None = None,
    sheet: str | None = None,
    replace: bool = False,
    reject_file: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    remark: Callable[[str], None] | None = None,
) -> SerialImport:
    """Takes in a file and returns its tally.

    Raises `NotPermitted`, or `ImportRefused`; then nothing was stored.

    With `replace` the file is the whole list as of this draft: what is not in it is removed. A
    repeat that brings nothing new is not stored: the report returned then has no key (`pk` None),
    and its rejected lines are not written again. `remark` is told what was taken although it may
    surprise, such as hidden rows.
    """
    require(by, Permission.EDIT_RECALL)
    _refuse_unfit(form, path, reject_file)
    source = open_source(path, sheet)
    layout = source.layout(columns or Columns(), form)
    order = _Order(path, source, layout, form, counting, replace)
    rejects = RejectFile(reject_file)
    meter = ProgressMeter(progress, source.size)
    try:
        with transaction.atomic():
            report = _open_report(order, version, serial_list, by)
            _fill(order, report, rejects, meter)
            _log(report)
        if report.pk is not None:
            rejects.keep()
    finally:
        rejects.discard()
    if remark is not None:
        for words in source.remarks:
            remark(words)
    return report


def _refuse_unfit(form: SerialForm, path: Path, reject_file: Path | None) -> None:
    """Raises `ImportRefused` for what no file could mend."""
    if not 1 <= form.shortest <= form.longest <= LONGEST_SERIAL:
        raise ImportRefused(
            f"Serials of {form.shortest} to {form.longest} characters cannot be kept.",
            f"Give the serial form of the product a length from 1 to {LONGEST_SERIAL}.",
        )
    if reject_file is not None and reject_file.exists() and reject_file.samefile(path):
        raise ImportRefused(
            f"{reject_file} is the file that is imported.", "Name another for its rejected lines."
        )


def _log(report: SerialImport) -> None:
    key: int | None = report.pk
    if key is not None:
        record_change(
            subject=Subject.SERIAL_IMPORT,
            subject_id=key,
            to_state="imported",
            actor_id=report.by_id,
            recall_id=report.version.recall_id,
        )


def _open_report(
    order: _Order, version: RecallVersion, serial_list: SerialList, by: Staff
) -> SerialImport:
    """An import with empty tallies. The locks keep approval and other imports waiting."""
    locked = RecallVersion.objects.select_for_update().get(pk=version.pk)
    if locked.state != VersionState.DRAFT or locked.approved_at is not None:
        raise VersionNotDraft(
            f"Version {locked.number} is approved: what it covers cannot change.",
            "Make a new version with `recalldesk recall apply`, and import into that.",
        )
    target = SerialList.objects.select_for_update().get(pk=serial_list.pk)
    if target.recall_id != locked.recall_id:
        raise ImportRefused(
            f"The list {target.name} belongs to another recall.", "Name a list of this recall."
        )
    _keep_reading(order, target)
    note_contribution(version=locked, by=by)
    return SerialImport.objects.create(
        version=version,
        serial_list=serial_list,
        file_name=order.path.name[-255:],
        file_sha256=order.source.sha256,
        encoding=order.source.encoding,
        reading_digest=reading_digest(order.layout, order.form, order.counting, order.source.sheet),
        lines=0,
        heading=0,
        accepted=0,
        rejected=0,
        duplicate=0,
        blank=0,
        by=by,
    )


def _keep_reading(order: _Order, target: SerialList) -> None:
    """Rows stored under another alphabet or folding would be looked for in the wrong way."""
    read_as = order.form.reading_name
    if target.read_as == read_as:
        return
    holds_rows = target.entries.exists() or target.ranges.exists()
    if holds_rows and not order.replace:
        raise ImportRefused(
            f"The list {target.name} was imported when its serials were read otherwise "
            f"({target.read_as or 'not known'}; now {read_as}).",
            "Import the whole list again with --replace.",
        )
    target.read_as = read_as
    target.save(update_fields=["read_as"])


def _fill(order: _Order, report: SerialImport, rejects: RejectFile, meter: ProgressMeter) -> None:
    staging = Staging(
        Destination(report.serial_list_id, report.version_id, report.version.number, report.pk)
    )
    tally = _read_rows(order, _rows_of(order, report), staging, rejects, meter)
    tally.reconcile(order.source.lines)
    if order.replace and not tally.taken:
        raise ImportRefused(
            "No row of the file could be taken: to replace the list by it would empty the list.",
            "Correct the rows, or import without replacing.",
        )
    if not tally.taken and not tally.rejected:
        raise FileNotReadable(
            f"{order.path.name} holds a heading and no rows.", "Check that the export worked."
        )
    tally.accepted = staging.keep()
    removed = staging.remove_the_rest() if order.replace else 0
    earlier = SerialImport.objects.filter(
        serial_list_id=report.serial_list_id, file_sha256=report.file_sha256
    ).exclude(pk=report.pk)
    read_alike = earlier.filter(reading_digest=report.reading_digest)
    newly_rejected = staging.keep_rejects(
        list(read_alike.values_list("pk", flat=True)), replace=order.replace
    )
    staging.clear()
    _close_report(report, tally, lines=order.source.lines, removed=removed)
    was_here = earlier.filter(version_id=report.version_id).exists()
    if was_here and not (tally.accepted or removed or newly_rejected):
        staging.forget_import()
        report.pk = None


def _close_report(report: SerialImport, tally: Tally, *, lines: int, removed: int) -> None:
    report.lines = lines
    report.heading = tally.heading
    report.accepted = tally.accepted
    report.rejected = tally.rejected
    report.duplicate = tally.duplicate
    report.blank = tally.blank
    report.continued = tally.continued
    report.removed = removed
    report.save()


def _rows_of(order: _Order, report: SerialImport) -> SerialRows | RangeRows:
    if not order.layout.holds_ranges:
        return SerialRows(order.layout, order.form)
    known = () if order.replace else covered_ranges(report.version, report.serial_list)
    return RangeRows(order.layout, order.form, order.counting, RangeBook(known))


def _read_rows(
    order: _Order,
    rows: SerialRows | RangeRows,
    staging: Staging,
    rejects: RejectFile,
    meter: ProgressMeter,
) -> Tally:
    tally = Tally()
    for portion, bytes_read in order.source.portions(order.layout, order.form):
        taken = portion.taken_by(rows)
        tally.add(taken)
        staging.add(portion, taken)
        for index, reason in taken.rejects:
            advice = taken.advice.get(index, "")
            rejects.add(portion.number(index), reason, portion.text(index), advice)
        meter.advance(rows=len(portion.lines), bytes_read=bytes_read)
    return tally
