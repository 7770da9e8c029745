"""What partners tell of their stock is written, and taken back.

Guarantees: the same form sent twice is one row; units that were returned or destroyed count as
corrected at the partner's level in the same transaction, once; what came back from customers does
not, since their refund counts; what is taken back stays, and its correction is taken back with it.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from recalldesk.accounts.acting import Acting, actor_of
from recalldesk.accounts.models import Partner
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.remedies.corrections import reporting as corrections
from recalldesk.remedies.corrections.rows import LONGEST_REFERENCE, MOST_UNITS, Row
from recalldesk.remedies.corrections.states import COUNTS_AT, Level
from recalldesk.remedies.models import ReportedCorrection
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.models import StockReport
from recalldesk.stock.speaking import held_partner, require_speaker, staff_of
from recalldesk.stock.states import CORRECTS, LEVELS, Kind, Through

FIRST_YEAR = 2000
NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""The random name of a form; what takes a row back has one of another kind."""
A_DAY_AHEAD = timedelta(days=1)
"""It may be tomorrow already where the partner is."""
REPORTED, TAKEN_BACK = "reported", "taken_back"


@dataclass(frozen=True)
class StockSaid:
    """What is told. `happened_on`: the day of the count or the movement; `product`: its key in the
    recall file, which may be left out where the recall has one product; `came_back`: the units
    came back from customers; `reference`: the partner's own number of it."""

    kind: Kind
    units: int
    happened_on: date
    product: str = ""
    came_back: bool = False
    reference: str = ""


@transaction.atomic
def report_stock(
    *,
    recall: Recall,
    partner: Partner,
    said: StockSaid,
    by: Acting,
    through: Through,
    nonce: str,
    note: str = "",
) -> StockReport:
    """Keeps a count or a movement. `nonce`: the random name of the form; sent again, the row that
    it made. `note`: from where it is known, for the log. Raises NotPermitted, StockRefused,
    CorrectionRefused.
    """
    require_speaker(by, partner)
    held = held_partner(partner)
    document = _document(recall)
    report = _row(recall, held, said, document, nonce)
    report.through, report.by = through, staff_of(by)
    known = StockReport.objects.filter(nonce=nonce).first()
    if known is not None:
        return _the_same(known, report)
    report.correction = _correction(recall, held, report, by, note)
    report.save(force_insert=True)
    _log(report, "", REPORTED, by, note)
    return report


@transaction.atomic
def report_counts(
    *,
    recall: Recall,
    partner: Partner,
    told: Sequence[StockSaid],
    by: Acting,
    through: Through,
    nonce: str,
) -> list[StockReport]:
    """Keeps several rows of one form, all or none. Raises as `report_stock` does, and where a form
    has more kept apart of a product than on hand."""
    _require_a_part(told)
    return [
        report_stock(
            recall=recall,
            partner=partner,
            said=said,
            by=by,
            through=through,
            nonce=nonce_of(nonce, said.kind, said.product),
        )
        for said in told
    ]


@transaction.atomic
def take_back_stock(
    *, number: int, by: Acting, through: Through, note: str, partner: Partner | None = None
) -> StockReport:
    """Takes a row back by a row with minus, of now, which is returned; its correction is taken back
    too. Again changes nothing. `partner`: whose row it must be, where one asks for itself. Raises
    NotPermitted, StockRefused.
    """
    report = StockReport.objects.filter(pk=number, takes_back=None).first()
    if report is None or (partner is not None and report.partner_id != partner.pk):
        raise StockRefused(StockProblem.NOT_THERE)
    require_speaker(by, report.partner)
    held_partner(report.partner)
    known = StockReport.objects.filter(takes_back=report).first()
    if known is not None:
        return known
    if not note.strip():
        raise StockRefused(StockProblem.NO_REASON, "note")
    minus = StockReport.objects.create(
        recall_id=report.recall_id,
        partner_id=report.partner_id,
        kind=report.kind,
        product=report.product,
        units=report.units,
        happened_on=report.happened_on,
        came_back=report.came_back,
        reference=report.reference,
        takes_back=report,
        through=through,
        by=staff_of(by),
        nonce=f"takes back {report.pk}",
    )
    if report.correction_id is not None:
        corrections.take_back(number=report.correction_id, by=by, note=note)
    _log(report, REPORTED, TAKEN_BACK, by, note.strip(), Reason.TAKEN_BACK)
    return minus


def _require_a_part(told: Sequence[StockSaid]) -> None:
    """Raises StockRefused."""
    on_hand = {said.product: said.units for said in told if said.kind is Kind.ON_HAND}
    for said in told:
        if said.kind is Kind.QUARANTINED and said.units > on_hand.get(said.product, said.units):
            raise StockRefused(StockProblem.MORE_APART, f"quarantined-{said.product}")


def nonce_of(*parts: object) -> str:
    """The name of one of several rows that one form makes: the same each time it is sent."""
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()


def product_of(document: Document, key: str) -> str:
    """The key of a product of the recall; its only one where none is named. Raises StockRefused."""
    keys = [product.key for product in document.products]
    if not key and len(keys) == 1:
        return keys[0]
    if not key:
        raise StockRefused(StockProblem.WHICH_PRODUCT, "product")
    if key not in keys:
        raise StockRefused(StockProblem.NOT_A_PRODUCT, "product")
    return key


def _document(recall: Recall) -> Document:
    version = live_version(recall)
    if version is None:
        raise StockRefused(StockProblem.NOT_PUBLISHED)
    return document_of(version)


def _row(
    recall: Recall, partner: Partner, said: StockSaid, document: Document, nonce: str
) -> StockReport:
    """The row, not yet saved. Raises StockRefused."""
    if not NONCE.fullmatch(nonce):
        raise StockRefused(StockProblem.SENT_OTHERWISE)
    least = 0 if said.kind in LEVELS else 1
    if not least <= said.units <= MOST_UNITS:
        raise StockRefused(StockProblem.NO_UNITS, "units")
    latest = clock.now().date() + A_DAY_AHEAD
    if said.happened_on > latest or said.happened_on.year < FIRST_YEAR:
        raise StockRefused(StockProblem.NO_DAY, "happened_on")
    reference = " ".join(said.reference.split())
    if len(reference) > LONGEST_REFERENCE:
        raise StockRefused(StockProblem.TOO_LONG, "reference")
    return StockReport(
        recall=recall,
        partner=partner,
        kind=said.kind,
        product=product_of(document, said.product),
        units=said.units,
        happened_on=said.happened_on,
        came_back=said.came_back and said.kind not in LEVELS,
        reference=reference,
        nonce=nonce,
    )


def _the_same(known: StockReport, sent: StockReport) -> StockReport:
    """The row that the form made, where it says the same. Raises StockRefused."""
    fields = ("recall_id", "partner_id", "kind", "product", "units", "happened_on", "came_back")
    if any(getattr(known, field) != getattr(sent, field) for field in fields):
        raise StockRefused(StockProblem.SENT_OTHERWISE)
    return known


def _correction(
    recall: Recall, partner: Partner, report: StockReport, by: Acting, note: str
) -> ReportedCorrection | None:
    """What counts the units at the partner's level; None for a count, and for what came back from
    customers. Raises StockRefused, CorrectionRefused."""
    kind, level = Kind(report.kind), Level(partner.level)
    if kind in LEVELS:
        return None
    measure = CORRECTS[kind]
    if measure not in COUNTS_AT[level]:
        raise StockRefused(StockProblem.NOWHERE_TO_RETURN, "kind")
    if report.came_back:
        return None
    row = Row(
        level=level,
        measure=measure,
        units=report.units,
        happened_on=report.happened_on,
        reported_by=partner.name,
        shop_reference=report.reference,
    )
    return corrections.report_correction(recall=recall, row=row, by=by, note=note)


def _log(
    report: StockReport,
    before: str,
    to: str,
    by: Acting,
    note: str,
    reason: Reason | str = "",
) -> None:
    record_change(
        subject=Subject.STOCK_REPORT,
        subject_id=report.pk,
        from_state=before,
        to_state=to,
        reason=reason,
        actor=actor_of(by),
        actor_id=by.pk,
        recall_id=report.recall_id,
        note=note,
    )
