"""What others corrected is entered at the desk, and taken back there.

Guarantees: a unit that is reported already is refused, not counted twice; a form that is sent twice
is one report; what is taken back stays and counts with minus from that moment on; each step is in
the log with its reason; the owner's claims for the unit, if any, are told by a job in the same
transaction.
"""

import hashlib

from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.accounts.acting import Acting, actor_of, named, require_of
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.counting import count_reports, uncount_report
from recalldesk.remedies.corrections.naming import ListedUnit, order_digest
from recalldesk.remedies.corrections.reads import reports_that_stand
from recalldesk.remedies.corrections.rows import Row
from recalldesk.remedies.errors import AlreadyReported, CorrectionRefused
from recalldesk.remedies.models import ReportedCorrection
from recalldesk.sealing.fields_of_rows import sealed

TELL, QUEUE = "claims.corrected_elsewhere", "claims"


@transaction.atomic
def report_correction(
    *, recall: Recall, row: Row, by: Acting, note: str = "", nonce: str = ""
) -> ReportedCorrection:
    """Keeps that somebody else corrected units; it counts from now on. `note`: from where it is
    known. `nonce`: the random name of a form; sent again, the report that it made. Raises
    NotPermitted, CorrectionRefused.
    """
    require_of(by, Permission.REPORT_CORRECTION)
    lock_recall(recall)
    report = reported(recall, row, by=by)
    if nonce:
        report.row_digest, report.occurrence = _form_digest(nonce, by), 1
        forms = ReportedCorrection.objects.filter(recall=recall, row_digest=report.row_digest)
        if (known := forms.first()) is not None:
            return _the_same(known, report)
    if row.unit is not None:
        if reports_that_stand([row.unit.digest]).exists():
            raise AlreadyReported
        report.turn = last_turn(row.unit.digest) + 1
    report.save(force_insert=True)
    count_reports([report])
    _log(report, "", "reported", by, note)
    tell_claims(report_id=report.pk if report.turn else 0)
    return report


@transaction.atomic
def take_back(*, number: int, by: Acting, note: str) -> ReportedCorrection:
    """Takes a report back by a row with minus, of now, which is returned. Again changes nothing.
    Raises NotPermitted, CorrectionRefused.
    """
    require_of(by, Permission.REPORT_CORRECTION)
    report = ReportedCorrection.objects.filter(pk=number, takes_back__isnull=True).first()
    if report is None:
        raise CorrectionRefused(
            f"There is no report {number}.", "The desk's page Corrections shows their numbers."
        )
    lock_recall(report.recall)
    known = ReportedCorrection.objects.filter(takes_back=report).first()
    if known is not None:
        return known
    if not note.strip():
        raise CorrectionRefused("Say why it is taken back.", "It stands sealed in the log.")
    minus = ReportedCorrection.objects.create(
        recall_id=report.recall_id,
        level=report.level,
        measure=report.measure,
        units=report.units,
        happened_on=report.happened_on,
        reported_by=report.reported_by,
        shop_reference=report.shop_reference,
        unit_digest=bytes(report.unit_digest),
        order_digest=bytes(report.order_digest),
        turn=report.turn,
        takes_back=report,
        **named(by),
    )
    uncount_report(report)
    _log(report, "reported", "taken_back", by, note.strip())
    return minus


def _form_digest(nonce: str, by: Acting) -> bytes:
    """By what a form that is sent twice is known; of each sender its own."""
    return hashlib.sha256(f"form {actor_of(by)} {by.pk} {nonce}".encode()).digest()


def _the_same(known: ReportedCorrection, sent: ReportedCorrection) -> ReportedCorrection:
    """What the form made, where it says the same. Raises CorrectionRefused."""
    fields = ("level", "measure", "units", "happened_on", "reported_by")
    if any(getattr(known, each) != getattr(sent, each) for each in fields) or bytes(
        known.unit_digest
    ) != bytes(sent.unit_digest):
        raise CorrectionRefused(
            "This was sent before, and said something else.",
            "What it said first was kept. Send what is new as something new.",
        )
    return known


def lock_recall(recall: Recall) -> None:
    """Reports of a recall are written one after the other; nothing else waits for them."""
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)


def last_turn(unit_digest: bytes) -> int:
    """How often a unit was reported."""
    rows = ReportedCorrection.objects.filter(unit_digest=unit_digest, takes_back__isnull=True)
    return rows.order_by("-turn").values_list("turn", flat=True).first() or 0


def reported(recall: Recall, row: Row, *, by: Acting) -> ReportedCorrection:
    """The report that a row makes, not yet saved."""
    unit: ListedUnit | None = row.unit
    return ReportedCorrection(
        recall=recall,
        level=row.level,
        measure=row.measure,
        units=row.units,
        happened_on=row.happened_on,
        reported_by=row.reported_by,
        shop_reference=row.shop_reference,
        unit_digest=unit.digest if unit else b"",
        order_digest=order_digest(row.order),
        sealed_serial=sealed(ReportedCorrection, "sealed_serial", unit.serial, recall_id=recall.pk)
        if unit
        else b"",
        **named(by),
    )


def tell_claims(*, report_id: int = 0, file_id: int = 0) -> None:
    """Has a job look at claims for units that a report, or those of a file, names."""
    if report_id or file_id:
        app.configure_task(TELL, queue=QUEUE).defer(report_id=report_id, file_id=file_id)


def _log(report: ReportedCorrection, before: str, to: str, by: Acting, note: str) -> None:
    record_change(
        subject=Subject.CORRECTION,
        subject_id=report.pk,
        from_state=before,
        to_state=to,
        actor=actor_of(by),
        actor_id=by.pk,
        recall_id=report.recall_id,
        note=note,
    )
