"""Who has answered is reminded no more; the desk hears once of each who is late."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as some

from recalldesk.accounts.models import Partner
from recalldesk.foundation import clock
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall
from recalldesk.stock.models import StopSale
from recalldesk.stock.partners.managing import end_partner
from recalldesk.stock.reads.partners import late_partners
from recalldesk.stock.reminding import remind_partners, tell_desk_who_is_late
from recalldesk.stock.rules import MOST_REMINDERS, Asked, reminder_is_due
from recalldesk.stock.states import Through
from recalldesk.stock.telling import acknowledge
from tests.cast import Cast
from tests.stock.at_a_shop import letters, shop, text_of, told

DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)


@contextmanager
def after(days: int) -> Iterator[None]:
    with time_machine.travel(clock.now() + days * DAY, tick=False):
        yield


def reminded() -> int:
    return len(letters(Purpose.STOP_SALE_AGAIN))


def answers(notice: StopSale) -> None:
    acknowledge(
        notice=notice,
        by=notice.partner,
        said_by="Pat Madeup",
        on_hand={},
        through=Through.PAGE,
        nonce="form-answer",
    )


@pytest.mark.django_db
def test_it_is_reminded_before_and_after_the_day_and_never_twice_on_one(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    told(recall, market, cast.author, days=7)
    counts = []
    for day in range(14):
        with after(day):
            remind_partners()
            remind_partners()
        counts.append(reminded())
    assert counts == [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3]


@pytest.mark.django_db
def test_once_it_has_answered_there_is_silence(recall: Recall, market: Partner, cast: Cast) -> None:
    notice = told(recall, market, cast.author, days=2)
    with after(1):
        assert remind_partners() == 1
        answers(notice)
    for day in range(2, 12):
        with after(day):
            assert remind_partners() == 0
            assert tell_desk_who_is_late() == 0
    assert not late_partners()


@pytest.mark.django_db
def test_who_is_no_partner_any_more_is_left_in_peace(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    told(recall, market, cast.author, days=1)
    end_partner(partner=market, by=cast.author, note="closed down")
    with after(5):
        assert remind_partners() == 0
        assert tell_desk_who_is_late() == 0


@pytest.mark.django_db
def test_the_desk_hears_once_of_each_who_is_late(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    answers(told(recall, shop(cast.author, "Example Outlet"), cast.author, days=1))
    told(recall, market, cast.author, days=1)
    with after(1):
        assert tell_desk_who_is_late() == 0
    with after(2):
        assert tell_desk_who_is_late() == 1
        assert [each.partner for each in late_partners()] == [market]
    with after(3):
        assert tell_desk_who_is_late() == 0
    mails = letters(Purpose.STOP_SALES_TO_DESK)
    assert len(mails) == 3  # both managers and the administrator; no viewer, nobody who left
    assert market.name in text_of(mails[0])
    assert "Example Outlet" not in text_of(mails[0])
    assert f"/desk/partners/{recall.slug}/" in text_of(mails[0])


@given(some.integers(0, 30), some.integers(0, 60))
def test_reminders_come_to_an_end_and_keep_their_distance(until: int, days: int) -> None:
    asked, sent = Asked(FIRST, FIRST + until * DAY), []
    for day in range(days):
        today = FIRST + day * DAY
        if reminder_is_due(asked, today):
            sent.append(today)
            asked = Asked(FIRST, asked.answer_by, len(sent), today)
    assert len(sent) <= MOST_REMINDERS
    assert sum(each <= asked.answer_by for each in sent) <= 1
    late = [each for each in sent if each > asked.answer_by]
    assert all(after - before >= 3 * DAY for before, after in pairwise(late))
    if days > until + 1 >= 2:
        assert late, "who does not answer is reminded after the day"
