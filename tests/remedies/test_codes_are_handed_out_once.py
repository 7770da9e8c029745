"""Each gift code goes to one remedy, whatever is killed, restored or asked for twice."""

import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.remedies import journal
from recalldesk.remedies.errors import NoCode
from recalldesk.remedies.models import Attempt, GiftCode, Order, Remedy
from recalldesk.remedies.placing import dead_letters
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.codes import given
from recalldesk.remedies.providers.codes.provider import Codes
from recalldesk.remedies.providers.codes.showing import show_code
from recalldesk.remedies.providers.codes.stock import note_filled, stock
from recalldesk.remedies.providers.interface import (
    Found,
    NoAnswer,
    NotThere,
    Refused,
    Standing,
    Wanted,
)
from recalldesk.remedies.states import RemedyState, Stopped
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import staff
from tests.remedies.ordered import card, ordered, units
from tests.remedies.pooled import ORDERING, pool_of, wanted
from tests.remedies.scripted import Killed
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Notes:
    """A notebook that keeps what it is told."""

    lines: list[str] = field(default_factory=list)

    def remember(self, reference: str) -> None:
        self.lines.append(reference)

    def sent(self, text: str) -> None:
        self.lines.append(text)

    def answered(self, text: str) -> None:
        self.lines.append(text)


def place(each: Wanted) -> Found:
    answer = Codes().place(each, Notes())
    assert isinstance(answer, Found), answer
    return answer


def code_for(remedy_id: uuid.UUID) -> str:
    return opened(GiftCode.objects.get(handed_to=remedy_id), "sealed_code")


@contextmanager
def restored() -> Iterator[None]:
    """The codes' rows are afterwards as they were before: a restore of a backup."""
    before = list(GiftCode.objects.values())
    yield
    with unguarded():
        GiftCode.objects.all().delete()
    GiftCode.objects.bulk_create(GiftCode(**row) for row in before)


def test_the_same_remedy_gets_the_same_code_however_often_it_asks() -> None:
    pool_of("AAAA-1111", "BBBB-2222")
    first = wanted()
    assert place(first) == place(first)
    assert GiftCode.objects.filter(handed_to__isnull=False).count() == 1
    assert place(wanted()).reference != place(first).reference


def test_many_at_once_get_a_code_each_and_one_remedy_gets_one() -> None:
    pool_of(*(f"CODE-{number:04}" for number in range(12)))
    asked = [wanted() for _ in range(6)]

    def placed(each: Wanted) -> str:
        try:
            return place(each).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        references = list(threads.map(placed, asked * 2))
    assert references[:6] == references[6:]
    assert len(set(references)) == 6
    assert len(list(journal.lines(given.GIVEN))) == 6


def test_a_code_is_in_the_journal_before_the_database_knows_and_a_kill_between_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool_of("AAAA-1111", "BBBB-2222")
    first = wanted()
    with monkeypatch.context() as killed:
        killed.setattr(given, "hand_to", _kill)
        with pytest.raises(Killed):
            place(first)
    assert not GiftCode.objects.filter(handed_to__isnull=False).exists()
    (line,) = journal.lines(given.GIVEN)
    assert place(wanted()).reference[5:] != line["code"][:12]
    assert place(first).reference[5:] == line["code"][:12]
    assert len(list(journal.lines(given.GIVEN))) == 2


def test_a_kill_before_the_journal_leaves_the_code_free(monkeypatch: pytest.MonkeyPatch) -> None:
    pool_of("AAAA-1111")
    with monkeypatch.context() as killed:
        killed.setattr(journal, "note", _kill)
        with pytest.raises(Killed):
            place(wanted())
    assert place(wanted()).standing is Standing.SENT


def test_where_the_journal_cannot_be_written_nothing_is_handed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool_of("AAAA-1111")
    with monkeypatch.context() as full:
        full.setattr(journal, "note", _no_space)
        assert Codes().place(wanted(), Notes()) == NoAnswer("journal: No space left on device")
    assert not GiftCode.objects.filter(handed_to__isnull=False).exists()


def test_after_a_restore_no_code_is_given_again_and_each_remedy_gets_its_own_back() -> None:
    pool_of(*(f"CODE-{number:04}" for number in range(5)))
    early, late, never = wanted(), wanted(), wanted()
    place(early)
    with restored():
        place(late)
        had = code_for(late.id)
    assert not GiftCode.objects.filter(handed_to=late.id).exists()
    place(never)
    assert code_for(never.id) != had
    assert place(late).standing is Standing.SENT
    assert code_for(late.id) == had
    assert len({code_for(each.id) for each in (early, late, never)}) == 3


def test_a_code_whose_row_a_restore_lost_is_not_replaced_by_another() -> None:
    pool = pool_of("AAAA-1111")
    first = wanted()
    place(first)
    with unguarded():
        GiftCode.objects.all().delete()
    assert pool.codes.count() == 0
    pool_of("BBBB-2222")
    answer = Codes().place(first, Notes())
    assert answer == Refused("its code is not imported here any more")
    pool_of("AAAA-1111")
    place(first)
    assert code_for(first.id) == "AAAA-1111"


def test_once_its_file_is_imported_again_a_person_can_send_the_order_on() -> None:
    pool_of("AAAA-1111")
    remedy_id = ordered(units(1)[0], card(ordering=ORDERING)).remedy_id
    place(wanted(remedy_id))
    with unguarded():
        GiftCode.objects.all().delete()
    place_due()
    order = Order.objects.get(remedy_id=remedy_id)
    assert order.stopped == Stopped.REFUSED
    pool_of("AAAA-1111")
    dead_letters.send_on(
        order_id=order.pk, by=staff(Role.SENIOR_REVIEWER), note="Its file was imported again."
    )
    place_due()
    assert code_for(remedy_id) == "AAAA-1111"


def test_what_was_shown_or_taken_back_is_known_after_a_restore_too() -> None:
    pool_of("AAAA-1111", "BBBB-2222")
    shown, back = _sent_order(units(2)[0]), _sent_order(units(2)[1])
    with restored():
        show_code(remedy_id=shown)
        Codes().cancel(wanted(back), Notes())
    assert _standing(shown) is Standing.DELIVERED
    assert _standing(back) is Standing.CANCELLED
    found = {effect.id: effect.found.standing for effect in Codes().effects(_long_ago())}
    assert found == {shown: Standing.DELIVERED, back: Standing.CANCELLED}
    with pytest.raises(NoCode):
        show_code(remedy_id=back)


def test_a_line_of_the_journal_that_is_none_of_ours_hides_no_other() -> None:
    pool_of("AAAA-1111", "BBBB-2222")
    for entry in ({"remedy": "made up"}, {"remedy": str(uuid.uuid4())}, {"code": "zz"}):
        journal.note(given.GIVEN, entry)
    first = wanted()
    with restored():
        place(first)
    place(wanted())
    place(first)
    assert len({code.handed_to for code in GiftCode.objects.all()} - {None}) == 2


def test_the_database_itself_refuses_to_hand_a_code_out_twice() -> None:
    pool_of("AAAA-1111")
    place(wanted())
    with pytest.raises(ProgrammingError, match="handed_out_once"), transaction.atomic():
        GiftCode.objects.update(handed_to=uuid.uuid4())
    with pytest.raises(ProgrammingError, match="handed_out_once"), transaction.atomic():
        GiftCode.objects.update(handed_to=None, handed_at=None)


def test_with_none_left_it_is_refused_without_effect_and_the_desk_is_told_once(
    published_recall: Any,
) -> None:
    slug = published_recall.recall.slug
    pool_of("AAAA-1111", "BBBB-2222", "CCCC-3333", slug=slug, low=1)
    for _ in range(3):
        place(wanted(recall=slug))
    for _ in range(2):
        answer = Codes().place(wanted(recall=slug), Notes())
        assert answer == Refused("the pool is empty", Stopped.OUT_OF_STOCK)
    assert len(list(journal.lines(given.GIVEN))) == 3
    subjects = [_subject(mail) for mail in _letters()]
    assert subjects == [
        f"{slug}/cards-30: 1 code is left",
        f"{slug}/cards-30: no gift code is left",
    ]
    (pool,) = stock()
    assert (pool.left, pool.handed_out, pool.is_low) == (0, 3, True)


def test_after_codes_came_in_the_desk_is_told_again_when_few_are_left(
    published_recall: Any,
) -> None:
    slug = published_recall.recall.slug
    pool = pool_of("AAAA-1111", slug=slug)
    place(wanted(recall=slug))
    pool_of("BBBB-2222", slug=slug)
    note_filled(pool)
    place(wanted(recall=slug))
    assert len(_letters()) == 2


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"amount": None}, "a gift code needs an amount"),
        ({"currency": "EUR"}, "the pool's codes are of another worth"),
        ({"options": {"pool": "others"}}, "the recall has no pool of that name"),
        ({"options": {}, "currency": "EUR"}, "no pool of that worth"),
    ],
)
def test_only_a_code_of_the_very_worth_is_handed_out(
    changed: Mapping[str, object], problem: str
) -> None:
    pool_of("AAAA-1111")
    assert Codes().place(wanted(**changed), Notes()) == Refused(problem)


def test_where_no_pool_is_named_the_only_one_of_that_worth_is_taken() -> None:
    pool_of("AAAA-1111")
    place(wanted(options={}))
    pool_of("BBBB-2222", name="more")
    assert Codes().place(wanted(options={}), Notes()) == Refused("name one of the pools")


def test_codes_that_have_expired_are_not_handed_out() -> None:
    pool_of("AAAA-1111", expires=date(2020, 1, 1))
    answer = Codes().place(wanted(), Notes())
    assert answer == Refused("the pool's codes have expired", Stopped.OUT_OF_STOCK)


def test_an_order_comes_to_the_owner_by_its_first_showing_and_is_delivered_by_it() -> None:
    pool_of("AAAA-1111")
    order = ordered(offered=card(ordering=ORDERING))
    assert place_due() == 1
    assert Remedy.objects.get().state == RemedyState.SENT
    shown = show_code(remedy_id=order.remedy_id)
    assert (shown.code, shown.pin) == ("AAAA-1111", "0042")
    assert Remedy.objects.get().state == RemedyState.DELIVERED
    first = GiftCode.objects.get().shown_at
    show_code(remedy_id=order.remedy_id)
    code = GiftCode.objects.get()
    assert (code.shown_at, code.times_shown) == (first, 2)
    order.refresh_from_db()
    assert order.delivered_at == first


def test_out_of_stock_waits_for_a_person() -> None:
    pool_of("AAAA-1111")
    place(wanted())
    order = ordered(offered=card(ordering=ORDERING))
    place_due()
    order.refresh_from_db()
    assert order.stopped == Stopped.OUT_OF_STOCK


def test_a_code_that_was_seen_is_not_taken_back() -> None:
    pool_of("AAAA-1111")
    order = ordered(offered=card(ordering=ORDERING))
    place_due()
    show_code(remedy_id=order.remedy_id)
    answer = Codes().cancel(wanted(order.remedy_id), Notes())
    assert isinstance(answer, Found)
    assert answer.standing is Standing.DELIVERED


def test_a_code_that_was_taken_back_goes_to_nobody_else() -> None:
    pool_of("AAAA-1111")
    first = wanted()
    place(first)
    answer = Codes().cancel(first, Notes())
    assert isinstance(answer, Found)
    assert answer.standing is Standing.CANCELLED
    assert isinstance(Codes().place(wanted(), Notes()), Refused)
    assert stock()[0].withdrawn == 1


def test_of_what_was_never_ordered_it_knows_nothing() -> None:
    for ask in (Codes().look, Codes().cancel, Codes().send_again):
        assert ask(wanted(), Notes()) == NotThere()


def test_no_code_stands_in_notes_journal_or_rows_in_clear() -> None:
    pool_of("AAAA-1111")
    ordered(offered=card(ordering=ORDERING))
    place_due()
    order, attempt = Order.objects.get(), Attempt.objects.get()
    show_code(remedy_id=order.remedy_id)
    said = [opened(attempt, "sealed_sent"), opened(attempt, "sealed_answered"), order.reference]
    said += [str(line) for line in journal.lines()]
    for text in said:
        assert "AAAA" not in text
        assert "1111" not in text
    row = GiftCode.objects.values().get()
    assert b"AAAA" not in b"".join(bytes(v) for v in row.values() if isinstance(v, memoryview))


def _sent_order(unit: bytes) -> uuid.UUID:
    order = ordered(unit, card(ordering=ORDERING))
    place_due()
    return order.remedy_id


def _standing(remedy_id: uuid.UUID) -> Standing:
    found = Codes().look(wanted(remedy_id), Notes())
    assert isinstance(found, Found)
    return found.standing


def _letters() -> list[Mailing]:
    return list(Mailing.objects.filter(purpose=Purpose.STOCK_TO_DESK).order_by("pk"))


def _subject(mail: Mailing) -> str:
    return content_of(mail).subject


def _long_ago() -> datetime:
    return clock.now() - timedelta(days=1)


def _kill(*_args: object) -> None:
    raise Killed


def _no_space(*_args: object) -> None:
    raise OSError(28, "No space left on device")
