"""Writes what counts: a remedy that reached its owner, and what others reported.

Guarantees: a unit that is known counts once at any moment, the first thing that corrected it being
the one that counts; when that comes to nothing, it is taken back at that moment, and what else
stands for the unit counts from then on. Call it in the transaction of what happened.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.remedies.corrections.reads import reports_that_stand
from recalldesk.remedies.corrections.states import DONE_BY, Level, Measure
from recalldesk.remedies.models import Correction, Order, Remedy, ReportedCorrection
from recalldesk.remedies.states import RemedyState

TAKING_BACK = 0x636F_7272_6563_74
"""The advisory lock: whoever counts shares it, whoever takes back has it alone and so sees all."""


@dataclass(frozen=True)
class _Source:
    """What a row stands on: a remedy or a report."""

    recall_id: int
    level: Level
    measure: Measure
    unit_digest: bytes
    remedy: Remedy | None = None
    report: ReportedCorrection | None = None

    def row(self, turn: int) -> Correction:
        return Correction(
            recall_id=self.recall_id,
            level=self.level,
            measure=self.measure,
            units=1 if turn % 2 else -1,
            unit_digest=self.unit_digest,
            turn=turn,
            remedy=self.remedy,
            report=self.report,
        )


def count_remedy(order: Order, remedy: Remedy) -> None:
    """A remedy reached its owner: its unit counts, unless it does already."""
    _lock(is_alone=False)
    source = _of_remedy(order, remedy)
    if source is not None:
        _count(source)


def count_remedies(orders: Sequence[Order], *, gift_cards: bool) -> None:
    """The same of many of one recall, whose remedies are at hand, by as many statements as for one.
    `gift_cards`: whether one counts as a refund (`gift_cards_count`)."""
    _lock(is_alone=False)
    counting = [
        each for each in orders if gift_cards or each.asked["kind"] != RemedyKind.GIFT_CARD.value
    ]
    units = {bytes(each.remedy.entitlement.unit_digest): each for each in counting}
    turns = _turns(units)
    rows = [
        _consumers(order, order.remedy).row(turns[unit] + 1)
        for unit, order in units.items()
        if not turns[unit] % 2
    ]
    # Where somebody counts the same unit at this moment, theirs is the row: the turn is the same.
    Correction.objects.bulk_create(rows, ignore_conflicts=True)


def uncount_remedy(remedy: Remedy) -> None:
    """A remedy that had reached its owner came back, or its payment failed."""
    _lock(is_alone=True)
    _uncount(bytes(remedy.entitlement.unit_digest), remedy=remedy)


def count_reports(reports: Sequence[ReportedCorrection]) -> None:
    """Reports that were written in this transaction count; those of a unit that counts do not."""
    _lock(is_alone=False)
    known = {bytes(each.unit_digest): each for each in reports if each.turn}
    turns = _turns(known)
    rows = [
        _of_report(each).row(turns[unit] + 1) for unit, each in known.items() if not turns[unit] % 2
    ]
    # Where somebody counts the same unit at this moment, theirs is the row: the turn is the same.
    Correction.objects.bulk_create(rows, ignore_conflicts=True)
    Correction.objects.bulk_create(_of_many(each, each.units) for each in reports if not each.turn)


def uncount_report(report: ReportedCorrection) -> None:
    """A report was taken back, by a row that is written already."""
    _lock(is_alone=True)
    if report.turn:
        _uncount(bytes(report.unit_digest), report=report)
    else:
        _of_many(report, -report.units).save(force_insert=True)


def _uncount(
    unit: bytes, *, remedy: Remedy | None = None, report: ReportedCorrection | None = None
) -> None:
    newest = Correction.objects.filter(unit_digest=unit).order_by("-turn").first()
    if newest is None or newest.units < 0:
        return
    if (newest.remedy_id, newest.report_id) != (remedy and remedy.pk, report and report.pk):
        return  # it is not this that counts
    Correction.objects.create(
        recall_id=newest.recall_id,
        level=newest.level,
        measure=newest.measure,
        units=-1,
        unit_digest=unit,
        turn=newest.turn + 1,
        remedy=remedy,
        report=report,
    )
    other = _standing(unit)
    if other is not None:
        _count(other)


def _standing(unit: bytes) -> _Source | None:
    """What else corrected a unit and stands: its oldest remedy, else its report."""
    rows = Order.objects.filter(
        remedy__entitlement__unit_digest=unit, remedy__state=RemedyState.DELIVERED
    )
    for order in rows.select_related("remedy__entitlement", "remedy__recall").order_by("pk"):
        assert order.remedy is not None
        source = _of_remedy(order, order.remedy)
        if source is not None:
            return source
    report = reports_that_stand([unit]).order_by("pk").first()
    return _of_report(report) if report else None


def _count(source: _Source) -> None:
    while not (turn := _turns([source.unit_digest])[source.unit_digest]) % 2:
        try:
            with transaction.atomic():
                source.row(turn + 1).save(force_insert=True)
        except IntegrityError:  # somebody counted it at this moment: look again
            continue
        return


def _turns(units: Collection[bytes]) -> Mapping[bytes, int]:
    """The last turn of each unit, 0 where it never counted."""
    rows = Correction.objects.filter(unit_digest__in=list(units), turn__gte=1)
    found = rows.values_list("unit_digest").annotate(last=Max("turn")).order_by()
    return dict.fromkeys(units, 0) | {bytes(unit): last for unit, last in found}


def _of_remedy(order: Order, remedy: Remedy) -> _Source | None:
    kind = RemedyKind(order.asked["kind"])
    if kind is RemedyKind.GIFT_CARD and not gift_cards_count(remedy.recall):
        return None
    return _consumers(order, remedy)


def _consumers(order: Order, remedy: Remedy) -> _Source:
    return _Source(
        recall_id=remedy.recall_id,
        level=Level.CONSUMER,
        measure=DONE_BY[RemedyKind(order.asked["kind"])],
        unit_digest=bytes(remedy.entitlement.unit_digest),
        remedy=remedy,
    )


def gift_cards_count(recall: Recall) -> bool:
    """Whether a gift card counts as a refund, as the recall says by now."""
    version = live_version(recall)
    return version is None or document_of(version).corrections.gift_card_counts


def _of_report(report: ReportedCorrection) -> _Source:
    return _Source(
        recall_id=report.recall_id,
        level=Level(report.level),
        measure=Measure(report.measure),
        unit_digest=bytes(report.unit_digest),
        report=report,
    )


def _of_many(report: ReportedCorrection, units: int) -> Correction:
    return Correction(
        recall_id=report.recall_id,
        level=report.level,
        measure=report.measure,
        units=units,
        report=report,
    )


def _lock(*, is_alone: bool) -> None:
    name = "pg_advisory_xact_lock" if is_alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}(%s)", [TAKING_BACK])
