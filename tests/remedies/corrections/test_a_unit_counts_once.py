"""A unit counts once, whoever was first; what comes to nothing is taken back when it does."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.remedies.corrections.reporting import take_back
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.remedies.errors import CorrectionRefused, RemedyGiven
from recalldesk.remedies.models import Correction, Order, ReportedCorrection
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Found, Standing
from tests.cast import SERIALS, Cast, Desk, recall_text
from tests.remedies.corrections.reported import counted, report, row
from tests.remedies.ordered import card, granted, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def recall(published_recall: RecallVersion) -> Recall:
    return published_recall.recall


def unit_of(recall: Recall, serial: str = SERIALS[0]) -> bytes:
    unit = row(recall, serial).unit
    assert unit is not None
    return unit.digest


def comes_to(order: Order, standing: Standing) -> None:
    take_standing(order, Found("r1", standing))


def turns() -> list[tuple[int, str, bool]]:
    """Each row: its units, how, and whether it stands on a remedy."""
    return [
        (each.units, each.measure, each.remedy_id is not None)
        for each in Correction.objects.order_by("pk")
    ]


def test_a_remedy_counts_when_it_reached_its_owner_and_not_before(recall: Recall) -> None:
    order = ordered(unit_of(recall))
    comes_to(order, Standing.SENT)
    assert counted() == 0
    comes_to(order, Standing.DELIVERED)
    comes_to(order, Standing.DELIVERED)
    assert turns() == [(1, Measure.REFUNDED, True)]
    assert Correction.objects.get().level == Level.CONSUMER


def test_a_replacement_is_a_replacement(recall: Recall) -> None:
    offered = card(kind=RemedyKind.REPLACEMENT, ordering=None, value=None)
    comes_to(ordered(unit_of(recall), offered), Standing.DELIVERED)
    assert turns() == [(1, Measure.REPLACED, True)]


def test_what_comes_back_is_a_row_with_minus_of_its_own_moment(recall: Recall) -> None:
    order = ordered(unit_of(recall))
    comes_to(order, Standing.DELIVERED)
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        comes_to(order, Standing.RETURNED)
    first, second = Correction.objects.order_by("pk")
    assert (first.units, second.units) == (1, -1)
    assert second.counted_at - first.counted_at >= timedelta(days=39)


def test_where_a_shop_was_first_the_remedy_is_shown_and_does_not_count(
    recall: Recall, cast: Cast
) -> None:
    order = ordered(unit_of(recall))  # placed before anybody knew
    report(recall, cast.approver, SERIALS[0])
    comes_to(order, Standing.DELIVERED)
    assert turns() == [(1, Measure.REFUNDED, False)]


def test_where_the_remedy_was_first_the_report_is_kept_and_does_not_count(
    recall: Recall, cast: Cast
) -> None:
    comes_to(ordered(unit_of(recall)), Standing.DELIVERED)
    kept = report(recall, cast.approver, SERIALS[0])
    assert turns() == [(1, Measure.REFUNDED, True)]
    assert ReportedCorrection.objects.get() == kept


def test_when_the_first_comes_to_nothing_the_other_counts_from_then_on(
    recall: Recall, cast: Cast
) -> None:
    order = ordered(unit_of(recall), card(kind=RemedyKind.REPLACEMENT, ordering=None, value=None))
    comes_to(order, Standing.DELIVERED)
    kept = report(recall, cast.approver, SERIALS[0])
    comes_to(order, Standing.RETURNED)
    assert turns() == [
        (1, Measure.REPLACED, True),
        (-1, Measure.REPLACED, True),
        (1, Measure.REFUNDED, False),
    ]
    take_back(number=kept.pk, by=cast.approver, note="Another unit.")
    assert counted() == 0


def test_when_a_report_is_taken_back_the_remedy_of_that_unit_counts(
    recall: Recall, cast: Cast
) -> None:
    order = ordered(unit_of(recall))
    kept = report(recall, cast.approver, SERIALS[0])
    comes_to(order, Standing.DELIVERED)
    take_back(number=kept.pk, by=cast.approver, note="Another unit.")
    assert [units for units, *_ in turns()] == [1, -1, 1]
    assert turns()[-1] == (1, Measure.REFUNDED, True)


def test_a_report_that_does_not_count_is_taken_back_without_a_row(
    recall: Recall, cast: Cast
) -> None:
    comes_to(ordered(unit_of(recall)), Standing.DELIVERED)
    kept = report(recall, cast.approver, SERIALS[0])
    take_back(number=kept.pk, by=cast.approver, note="Another unit.")
    assert turns() == [(1, Measure.REFUNDED, True)]


def test_units_without_a_serial_count_as_they_are_said_and_are_taken_back_whole_once(
    recall: Recall, cast: Cast
) -> None:
    kept = report(recall, cast.approver, units=500, level=Level.RETAILER, measure=Measure.DESTROYED)
    minus = take_back(number=kept.pk, by=cast.approver, note="They counted twice.")
    assert take_back(number=kept.pk, by=cast.approver, note="Again.") == minus
    assert [units for units, *_ in turns()] == [500, -500]
    logged = StateChange.objects.filter(subject=Subject.CORRECTION, subject_id=kept.pk)
    assert list(logged.order_by("pk").values_list("to_state", flat=True)) == [
        "reported",
        "taken_back",
    ]
    assert all(each.note_id for each in logged)


def test_a_unit_that_is_reported_already_is_refused_until_that_is_taken_back(
    recall: Recall, cast: Cast
) -> None:
    kept = report(recall, cast.approver, SERIALS[0])
    with pytest.raises(CorrectionRefused, match="reported already"):
        report(recall, cast.approver, SERIALS[0])
    with pytest.raises(CorrectionRefused, match="Say why"):
        take_back(number=kept.pk, by=cast.approver, note=" ")
    take_back(number=kept.pk, by=cast.approver, note="Another unit.")
    report(recall, cast.approver, SERIALS[0])
    assert counted() == 1


def test_a_unit_that_somebody_else_corrected_is_granted_no_first_remedy(
    recall: Recall, cast: Cast
) -> None:
    kept = report(recall, cast.approver, SERIALS[0])
    with pytest.raises(RemedyGiven):
        granted(unit_of(recall))
    take_back(number=kept.pk, by=cast.approver, note="Another unit.")
    assert granted(unit_of(recall)).turn == 1


def test_a_gift_card_counts_only_where_the_recall_says_that_it_does(
    kettles: Desk,
) -> None:
    text = recall_text() + "\n[corrections]\ngift_card_counts = false\n"
    recall = kettles.published(text).recall
    comes_to(ordered(unit_of(recall)), Standing.DELIVERED)
    assert counted() == 0


def test_nothing_that_counts_is_ever_changed_deleted_or_counted_twice(
    recall: Recall, cast: Cast
) -> None:
    report(recall, cast.approver, SERIALS[0])
    counts = Correction.objects.get()
    reports = ReportedCorrection.objects.get()
    for refused in (
        lambda: Correction.objects.update(units=2),
        lambda: Correction.objects.all()._raw_delete("default"),
        lambda: ReportedCorrection.objects.update(units=2),
        lambda: ReportedCorrection.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()
    for turn, units in ((1, 1), (2, 1), (3, -1)):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Correction.objects.create(
                recall=recall,
                level=counts.level,
                measure=counts.measure,
                units=units,
                unit_digest=counts.unit_digest,
                turn=turn,
                report=reports,
            )


def test_it_takes_the_permission(recall: Recall, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        report(recall, cast.viewer, SERIALS[0])
