"""A line that warehouse or bank refused: looked at by a person, and settled for good."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.foundation import clock
from recalldesk.remedies.batches.freezing import freeze
from recalldesk.remedies.batches.reading.taking import take_file
from recalldesk.remedies.batches.states import BatchState
from recalldesk.remedies.errors import NotOrderable
from recalldesk.remedies.following import look_at
from recalldesk.remedies.models import Batch, BatchLine, Order, Remedy
from recalldesk.remedies.placing import dead_letters
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.reconciling.reconciling import Reconciled, reconcile
from recalldesk.remedies.states import Differs, RemedyState, Stopped
from tests.cast import Cast
from tests.remedies.files.listed import bank_is_set, listed_order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    bank_is_set(settings)


def said(cast: Cast, path: Path, status: str) -> Order:
    """The order, once the other end said so of its line."""
    path.write_text(f"Line,Status\n{BatchLine.objects.get().mark},{status}\n")
    assert take_file(path, by=cast.author).file.accepted == 1
    order = Order.objects.get()
    look_at(order.remedy_id)
    order.refresh_from_db()
    return order


def refused(cast: Cast, path: Path, status: str = "refused", payee: str = "") -> Order:
    listed_order(1, payee=payee)
    place_due()
    freeze(number=Batch.objects.get(state=BatchState.OPEN).pk, by=cast.author)
    return said(cast, path, status)


def compared() -> Reconciled:
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        return reconcile()


@pytest.mark.parametrize("payee", ["", "iban"])
def test_once_it_is_cancelled_providers_and_rows_agree(
    cast: Cast, tmp_path: Path, payee: str
) -> None:
    order = refused(cast, tmp_path / "a.csv", payee=payee)
    assert not compared().open_findings
    assert dead_letters.cancel(order_id=order.pk, by=cast.author, note="It never left.")
    assert not compared().open_findings


def test_what_was_done_after_it_was_cancelled_could_pay_twice(cast: Cast, tmp_path: Path) -> None:
    order = refused(cast, tmp_path / "a.csv", payee="iban")
    assert dead_letters.cancel(order_id=order.pk, by=cast.author, note="It never left.")
    said(cast, tmp_path / "b.csv", "paid")
    assert Remedy.objects.get().state == RemedyState.CANCELLED
    (finding,) = compared().open_findings
    assert (finding.kind, finding.could_double) == (Differs.DIFFERING, True)


@pytest.mark.parametrize("word", ["out of stock", "Backordered", "OUT_OF_STOCK"])
def test_a_warehouse_that_has_none_left_says_so(cast: Cast, tmp_path: Path, word: str) -> None:
    order = refused(cast, tmp_path / "a.csv", word)
    assert order.stopped == Stopped.OUT_OF_STOCK
    assert dead_letters.cancel(order_id=order.pk, by=cast.author, note="The owner takes a card.")
    assert Remedy.objects.get().state == RemedyState.CANCELLED


@pytest.mark.parametrize("word", ["refused", "out of stock"])
def test_what_stands_in_a_file_that_left_is_not_tried_again(
    cast: Cast, tmp_path: Path, word: str
) -> None:
    order = refused(cast, tmp_path / "a.csv", word)
    with pytest.raises(NotOrderable, match="come to the same"):
        dead_letters.send_on(order_id=order.pk, by=cast.author, note="Once more.")
