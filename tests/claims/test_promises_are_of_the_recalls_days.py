"""What is promised, near and late goes by the days of each recall's own place."""

from datetime import date

import pytest
import time_machine

from recalldesk.claims.desk.breaking import mail_promises
from recalldesk.claims.desk_days import Due, desk_days
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.desk_queue.reading import queue_page
from recalldesk.claims.models import Claim
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from tests.cast import SERIALS, Desk, recall_text
from tests.claims.owner import OLGA, claim_of, text_with_all_remedies
from tests.claims.queued import queued

pytestmark = pytest.mark.django_db
EVENING = "2026-03-03T02:30:00Z"
"""Of Monday, March 2, in New York."""
MONDAY = date(2026, 3, 2)


def in_zone(zone: str, *lines: str) -> str:
    text = text_with_all_remedies().replace('time_zone = "UTC"', f'time_zone = "{zone}"')
    return text.replace("holidays = [", "\n".join((*lines, "holidays = [")), 1)


def late(desk: Desk) -> list[int]:
    filters = Filters(QueueList.PROMISE, due=Due.LATE)
    return [row.claim_id for row in queue_page(filters, by=desk.cast.author).rows]


@pytest.mark.parametrize(
    ("zone", "promised"),
    [("America/New_York", date(2026, 3, 5)), ("Europe/London", date(2026, 3, 6))],
)
def test_a_promise_is_counted_from_the_day_that_it_is_there(
    desk: Desk, zone: str, promised: date
) -> None:
    desk.published(in_zone(zone), serials=None)
    with time_machine.travel(EVENING, tick=False):
        assert claim_of(OLGA.files()).promised_on == promised


def test_what_is_due_today_there_is_not_late_yet(desk: Desk) -> None:
    desk.published(in_zone("America/New_York"), serials=None)
    with time_machine.travel(EVENING, tick=False):
        (pk,) = queued(MONDAY)
        assert late(desk) == []
        (row,) = queue_page(Filters(QueueList.PROMISE), by=desk.cast.author).rows
        assert (row.claim_id, row.today) == (pk, MONDAY)
    with time_machine.travel("2026-03-03T05:00:00Z", tick=False):
        assert late(desk) == [pk]


def test_each_recall_goes_by_its_own_day(desk: Desk) -> None:
    desk.published(in_zone("America/New_York"), serials=None)
    other = recall_text("kettle-k40", units=1).replace(
        'time_zone = "UTC"', 'time_zone = "Asia/Tokyo"'
    )
    desk.published(other, SERIALS[:1])
    with time_machine.travel(EVENING, tick=False):
        (mine,) = queued(MONDAY)
        (others,) = queued(MONDAY, recall_id=desk.recall("kettle-k40").pk)
        assert late(desk) == [others]
        days = desk_days(clock.now())
        assert Claim.objects.filter(days.due(Due.TODAY), pk__in=(mine, others)).count() == 2


def test_near_leaves_out_the_holidays_and_the_weekend_of_the_recall(desk: Desk) -> None:
    text = in_zone("UTC", 'weekend = ["friday", "saturday"]')
    desk.published(text.replace("holidays = [", "holidays = [2026-03-04, "), serials=None)
    with time_machine.travel("2026-03-03T12:00:00Z", tick=False):  # a Tuesday
        sunday, monday = queued(date(2026, 3, 8), date(2026, 3, 9))
        filters = Filters(QueueList.PROMISE, due=Due.SOON)
        rows = queue_page(filters, by=desk.cast.author).rows
        assert [row.claim_id for row in rows] == [sunday]
        assert monday


@pytest.mark.usefixtures("desk")
def test_on_a_friday_the_mail_names_what_is_due_on_monday() -> None:
    with time_machine.travel("2026-03-06T12:00:00Z", tick=False):  # a Friday
        monday, tuesday = (
            Claim.objects.get(pk=pk) for pk in queued(date(2026, 3, 9), date(2026, 3, 10))
        )
        assert mail_promises() == 1
    text = content_of(Mailing.objects.get()).text
    assert "Due by the next working day: 1 claim." in text
    assert monday.filing.reference in text
    assert tuesday.filing.reference not in text


def test_the_mail_goes_out_once_in_the_recalls_day(desk: Desk) -> None:
    desk.published(in_zone("America/New_York"), serials=None)
    queued(MONDAY)
    sent = []
    for moment in ("2026-03-02T23:30:00Z", EVENING, "2026-03-03T05:30:00Z"):
        with time_machine.travel(moment, tick=False):
            sent.append(mail_promises())
    assert sent == [1, 0, 1]
