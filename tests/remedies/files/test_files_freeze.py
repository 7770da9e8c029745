"""A file freezes before it is handed out: the same bytes ever after; what left is journalled."""

import csv
import hashlib
import io
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.db import DatabaseError, transaction
from pytest_django import Settings

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.remedies import journal
from recalldesk.remedies.batches import made, reads
from recalldesk.remedies.batches.errors import FileNotReady, FileUnknown
from recalldesk.remedies.batches.freezing import freeze, freeze_due, last_moment
from recalldesk.remedies.batches.handing_out import hand_out
from recalldesk.remedies.batches.left import left_in_files, remember_handed_out
from recalldesk.remedies.batches.marks import spaced
from recalldesk.remedies.batches.reads import files_listed
from recalldesk.remedies.batches.states import BatchKind, BatchState, FileForm, LineState
from recalldesk.remedies.models import Batch, BatchLine
from recalldesk.remedies.providers.dispatch.provider import Dispatch
from recalldesk.remedies.providers.interface import Found, NotThere, Refused, Standing
from recalldesk.remedies.providers.refund.provider import refund_of_settings
from recalldesk.remedies.states import Stopped
from tests.cast import Cast
from tests.remedies.files.listed import bank_is_set, wanted
from tests.remedies.files.notebook import PlainNotebook

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    bank_is_set(settings)


def parcels(*numbers: int) -> Batch:
    for number in numbers:
        answer = Dispatch().place(wanted(number), PlainNotebook())
        assert isinstance(answer, Found)
        assert answer.standing is Standing.ORDERED
    return Batch.objects.get(state=BatchState.OPEN)


def test_a_file_is_the_same_ever_after_and_each_download_is_in_the_log(cast: Cast) -> None:
    batch = parcels(1, 2)
    assert freeze(number=batch.pk, by=cast.author)
    first = hand_out(number=batch.pk, form="csv", by=cast.author)
    parcels(3)
    again = hand_out(number=batch.pk, form="csv", by=cast.author)
    assert again.content == first.content
    assert hashlib.sha256(first.content).hexdigest() == first.sha256
    rows = list(csv.reader(io.StringIO(first.content.decode("utf-8-sig"))))
    assert [row[4] for row in rows[1:]] == ["'=Olive Owner 1", "'=Olive Owner 2"]
    assert rows[1][18:22] == ["UN3481", "PI 966", "yes", rows[1][21]]
    batch.refresh_from_db()
    assert (batch.lines_count, batch.state) == (2, BatchState.FROZEN)
    taken = StateChange.objects.filter(subject=Subject.BATCH, reason=Reason.LIST_TAKEN)
    assert [(row.actor_id, row.to_state) for row in taken] == [
        (cast.author.pk, "handed_out:csv")
    ] * 2


def test_all_forms_are_there_and_labels_are_a_pdf(cast: Cast) -> None:
    batch = parcels(1, 2)
    freeze(number=batch.pk, by=cast.author)
    assert hand_out(number=batch.pk, form="pdf", by=cast.author).content.startswith(b"%PDF")
    assert hand_out(number=batch.pk, form="xlsx", by=cast.author).content.startswith(b"PK")
    with pytest.raises(FileUnknown, match="no form"):
        hand_out(number=batch.pk, form="xml", by=cast.author)


def test_nothing_is_handed_out_before_it_is_frozen_nor_to_whoever_may_not(cast: Cast) -> None:
    batch = parcels(1)
    with pytest.raises(FileNotReady):
        hand_out(number=batch.pk, form="csv", by=cast.author)
    with pytest.raises(NotPermitted):
        freeze(number=batch.pk, by=cast.viewer)
    freeze(number=batch.pk, by=cast.author)
    with pytest.raises(NotPermitted):
        hand_out(number=batch.pk, form="csv", by=cast.viewer)


def test_a_line_is_cancelled_until_its_file_is_frozen(cast: Cast) -> None:
    batch = parcels(1, 2)
    first, second = wanted(1), wanted(2)
    answer = Dispatch().cancel(first, PlainNotebook())
    assert isinstance(answer, Found)
    assert answer.standing is Standing.CANCELLED
    freeze(number=batch.pk, by=cast.author)
    answer = Dispatch().cancel(second, PlainNotebook())
    assert isinstance(answer, Found)
    assert answer.standing is Standing.ORDERED
    hand_out(number=batch.pk, form="csv", by=cast.author)
    assert {line["remedy"] for line in journal.lines("file")} == {str(second.id)}
    assert isinstance(Dispatch().look(wanted(3), PlainNotebook()), NotThere)


def test_where_the_journal_cannot_be_written_nothing_leaves(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = parcels(1)
    freeze(number=batch.pk, by=cast.author)

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "note_all", no_space)
        with pytest.raises(FileNotReady, match="No space"):
            hand_out(number=batch.pk, form="csv", by=cast.author)
    batch.refresh_from_db()
    assert batch.handed_out_at is None
    assert hand_out(number=batch.pk, form="csv", by=cast.author).content
    assert len(list(journal.lines("file"))) == 1


def test_what_was_frozen_and_never_taken_has_left_nowhere(cast: Cast) -> None:
    batch = parcels(1)
    freeze(number=batch.pk, by=cast.author)
    assert list(journal.lines("file")) == []
    assert left_in_files({str(wanted(1).id)}) == {}
    for _ in range(2):
        hand_out(number=batch.pk, form="csv", by=cast.author)
    batch.refresh_from_db()
    assert left_in_files({str(wanted(1).id)}) == {str(wanted(1).id): batch.reference}
    assert len(list(journal.lines("file"))) == 1


def test_that_a_file_was_taken_is_known_after_a_restore_that_forgot_it(cast: Cast) -> None:
    taken = parcels(1)
    freeze(number=taken.pk, by=cast.author)
    other = parcels(2)
    freeze(number=other.pk, by=cast.author)
    hand_out(number=taken.pk, form="csv", by=cast.author)
    Batch.objects.filter(pk=taken.pk).update(handed_out_at=None, journaled_at=None)
    assert remember_handed_out() == 1
    listed = {each.number: each.handed_out_at for each in files_listed(by=cast.author)}
    assert listed[taken.pk] is not None
    assert listed[other.pk] is None


def test_a_file_that_cannot_be_made_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = parcels(1)
    refund = refund_of_settings()
    assert refund is not None
    refund.place(wanted(2, payee="iban"), PlainNotebook())

    def fails(head: object, entries: object) -> dict[FileForm, bytes]:
        raise ValueError

    monkeypatch.setitem(made._makers, BatchKind.PICK_LIST, fails)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert freeze_due(clock.now()) == 1
    bad.refresh_from_db()
    assert bad.state == BatchState.OPEN


def test_what_left_before_a_restore_leaves_in_no_other_file(cast: Cast) -> None:
    gone = wanted(1)
    journal.note("file", {"remedy": str(gone.id), "provider": "dispatch", "mark": "M", "file": "F"})
    batch = parcels(1, 2)
    answer = Dispatch().cancel(gone, PlainNotebook())
    assert isinstance(answer, Found)
    assert answer.standing is Standing.ORDERED
    freeze(number=batch.pk, by=cast.author)
    batch.refresh_from_db()
    assert batch.lines_count == 1
    assert BatchLine.objects.get(order__remedy_id=gone.id).left_in == "F"


def test_effects_are_those_of_rows_and_of_the_journal(cast: Cast) -> None:
    before = clock.now() - timedelta(hours=1)
    lost = uuid.uuid4()
    entry = {"remedy": str(lost), "provider": "dispatch", "mark": "LOST", "file": "RD9-1"}
    journal.note("file", entry | {"amount": "30.00", "currency": "USD"})
    batch = parcels(1, 2)
    Dispatch().cancel(wanted(2), PlainNotebook())
    freeze(number=batch.pk, by=cast.author)
    found = {each.id: each.found for each in Dispatch().effects(before)}
    assert found.keys() == {wanted(1).id, lost}
    assert (found[lost].amount, found[lost].currency) == (Decimal("30.00"), "USD")
    assert list(Dispatch().effects(clock.now() + timedelta(hours=1))) == []


def test_a_file_freezes_at_its_moment_of_the_day(settings: Settings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"files_ready_at": "05:00"})
    day = datetime(2026, 11, 26, tzinfo=UTC)
    assert last_moment(day.replace(hour=4)) == day.replace(day=25, hour=5)
    with time_machine.travel(day.replace(hour=6), tick=False):
        batch = parcels(1)
        assert freeze_due(clock.now()) == 0
    with time_machine.travel(day.replace(day=27, hour=5, minute=1), tick=False):
        assert freeze_due(clock.now()) == 1
        assert freeze_due(clock.now()) == 0
    batch.refresh_from_db()
    assert batch.state == BatchState.FROZEN


def test_a_file_whose_lines_were_all_taken_off_collects_on(cast: Cast) -> None:
    batch = parcels(1)
    Dispatch().cancel(wanted(1), PlainNotebook())
    assert not freeze(number=batch.pk, by=cast.author)
    parcels(2)
    assert BatchLine.objects.filter(batch=batch, state=LineState.LISTED).count() == 1


def test_the_database_keeps_a_frozen_file_as_it_is(cast: Cast) -> None:
    batch = parcels(1)
    freeze(number=batch.pk, by=cast.author)
    for change in ({"lines_count": 2}, {"total": 5}, {"reference": "other"}, {"state": "open"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(**change)


def test_a_refund_goes_into_the_file_of_its_payee_or_says_why_not(settings: Settings) -> None:
    refund = refund_of_settings()
    assert refund is not None
    for number, payee in enumerate(("iban", "us_account", "check"), 1):
        assert isinstance(refund.place(wanted(number, payee=payee), PlainNotebook()), Found)
    assert set(Batch.objects.values_list("kind", "currency")) == {
        ("iban", "EUR"),
        ("us_account", "USD"),
        ("check", "USD"),
    }
    bank_is_set(settings, refund_us_routing="", refund_us_company="")
    refund = refund_of_settings()
    assert refund is not None
    answer = refund.place(wanted(4, payee="us_account"), PlainNotebook())
    assert isinstance(answer, Refused)
    assert answer.stopped is Stopped.NOT_CONFIGURED
    answer = refund.place(wanted(6, payee="iban", amount="100000000.00"), PlainNotebook())
    assert isinstance(answer, Refused)
    answer = refund.place(wanted(5, payee="unknown"), PlainNotebook())
    assert isinstance(answer, Refused)
    assert answer.stopped is Stopped.PAYEE
    bank_is_set(settings, refund_holder="")
    assert refund_of_settings() is None


def test_a_parcel_without_an_address_is_the_owners_to_mend() -> None:
    answer = Dispatch().place(wanted(1, address_lines=()), PlainNotebook())
    assert isinstance(answer, Refused)
    assert answer.stopped is Stopped.ADDRESS


def test_a_mark_in_the_file_is_the_one_that_is_kept(cast: Cast) -> None:
    batch = parcels(1)
    freeze(number=batch.pk, by=cast.author)
    content = hand_out(number=batch.pk, form="csv", by=cast.author).content.decode()
    assert spaced(BatchLine.objects.get().mark) in content


def test_a_file_that_nobody_took_stays_listed_however_many_came_after_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reads, "LISTED_AT_ONCE", 2)
    numbers = []
    for number in (1, 2, 3):
        batch = parcels(number)
        assert freeze(number=batch.pk, by=cast.author)
        numbers.append(batch.pk)
    for number in numbers[1:]:
        hand_out(number=number, form="csv", by=cast.author)
    assert [each.number for each in files_listed(by=cast.author)] == [numbers[0], numbers[2]]
