"""What a partner corrected for its own customers: refunds, replacements, repairs.

Guarantees: they are reports among the corrections, by the same rules as the desk's, at the level of
consumers and under the partner's name, whether the partner tells them or the desk enters them for
it; a partner takes back, and is handed, its own only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from recalldesk.accounts.acting import Acting
from recalldesk.accounts.models import Partner, Staff
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.remedies.corrections import reporting as corrections
from recalldesk.remedies.corrections.importing.run import CorrectionsTaken, import_corrections
from recalldesk.remedies.corrections.naming import listed_unit
from recalldesk.remedies.corrections.rows import Row, Usual, row_of
from recalldesk.remedies.corrections.states import COUNTS_AT, Level, Measure, RowReason
from recalldesk.remedies.models import CorrectionFile, CorrectionReject, ReportedCorrection
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.models import EnteredRefund
from recalldesk.stock.reads.counts import refunds_by
from recalldesk.stock.speaking import held_partner, require_speaker

MEASURES = tuple(each for each in Measure if each in COUNTS_AT[Level.CONSUMER])
FIELDS: Mapping[RowReason, str] = {
    RowReason.NOT_IN_RECALL: "serial",
    RowReason.SERIAL_TWICE: "units",
    RowReason.NEITHER: "serial",
    RowReason.NO_UNITS: "units",
    RowReason.NO_DAY: "happened_on",
    RowReason.NO_MEASURE: "measure",
}
"""Beside which field of a form a reason stands."""


class RefundRefused(Problem):
    """The form says what cannot be taken; `reason` as a file of corrections says it, `field` of
    which field, empty where it is of none."""

    def __init__(self, reason: RowReason) -> None:
        super().__init__(f"What the form says {reason.label}.", "Put it right, and send it again.")
        self.reason = reason
        self.field = FIELDS.get(reason, "")


@dataclass(frozen=True)
class RefundSaid:
    """What the partner's form says. `serial`: of one unit; else `units` of which no serial is
    known. `reference`: its own number, such as of the credit note."""

    measure: Measure
    happened_on: date
    serial: str = ""
    units: str = ""
    reference: str = ""


def report_refund(
    *, recall: Recall, partner: Partner, said: RefundSaid, by: Acting, nonce: str
) -> ReportedCorrection:
    """Keeps it; it counts from now on. `nonce`: the random name of the form; sent again, the report
    that it made. Raises NotPermitted, StockRefused, RefundRefused, CorrectionRefused."""
    require_speaker(by, partner)
    version = live_version(recall)
    if version is None:
        raise StockRefused(StockProblem.NOT_PUBLISHED)
    document = document_of(version)
    row = row_of(
        {"serial": said.serial, "units": said.units, "reference": said.reference},
        Usual(Level.CONSUMER, said.measure, said.happened_on, partner.name),
        today=clock.now().date(),
        find=lambda serial: listed_unit(serial, recall=recall, document=document),
    )
    if not isinstance(row, Row):
        raise RefundRefused(row)
    with transaction.atomic():
        held_partner(partner)
        report = corrections.report_correction(recall=recall, row=row, by=by, nonce=nonce)
        if isinstance(by, Staff):
            _name(partner, report)
        return report


def _name(partner: Partner, report: ReportedCorrection) -> None:
    """Says whose refund it is; the same form again changes nothing. Raises StockRefused."""
    named, _ = EnteredRefund.objects.get_or_create(correction=report, defaults={"partner": partner})
    if named.partner_id != partner.pk:
        raise StockRefused(StockProblem.SENT_OTHERWISE)


def import_refunds(
    *,
    recall: Recall,
    partner: Partner,
    path: Path,
    by: Partner,
    usual_day: date | None = None,
    usual_measure: Measure = Measure.REFUNDED,
    only_look: bool = False,
) -> CorrectionsTaken:
    """Takes in a partner's own file by the importers' law. `usual_day`, `usual_measure`: of rows
    that name none; without a day such a row is rejected, since the same file of another day would
    count again. Raises NotPermitted, StockRefused, CorrectionRefused, ImportRefused."""
    require_speaker(by, partner)
    usual = Usual(Level.CONSUMER, usual_measure, usual_day, partner.name)
    return import_corrections(recall=recall, path=path, by=by, usual=usual, only_look=only_look)


def take_back_refund(*, number: int, partner: Partner, by: Acting, note: str) -> ReportedCorrection:
    """Takes one of the partner's own reports back. Raises NotPermitted, StockRefused,
    CorrectionRefused."""
    require_speaker(by, partner)
    if not refunds_by(partner).filter(pk=number).exists():
        raise StockRefused(StockProblem.NOT_THERE)
    return corrections.take_back(number=number, by=by, note=note)


def files_of(partner: Partner, recall: Recall) -> list[CorrectionFile]:
    """The files that a partner brought, the newest first."""
    return list(CorrectionFile.objects.filter(partner=partner, recall=recall).order_by("-pk"))


def rejects_of(partner: Partner, number: int) -> Iterator[CorrectionReject]:
    """The lines of one of its files that were not taken. Raises StockRefused."""
    file = CorrectionFile.objects.filter(pk=number, partner=partner).first()
    if file is None:
        raise StockRefused(StockProblem.NOT_THERE)
    return file.rejects.select_related("file").order_by("number").iterator()


def line_of(reject: CorrectionReject) -> str:
    """The line as it came; empty once it was erased."""
    return opened(reject, "sealed_row")
