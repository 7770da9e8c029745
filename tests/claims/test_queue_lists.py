"""What stands in which list, how many, and what a row says."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.errors import NotPermitted
from recalldesk.claims.desk_days import Due, desk_days
from recalldesk.claims.desk_queue import counts, pages
from recalldesk.claims.desk_queue.counts import Count, counts_for
from recalldesk.claims.desk_queue.filters import Assigned, Filters
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.desk_queue.reading import queue_page
from recalldesk.claims.states import Channel, ClaimState, DeskList
from recalldesk.foundation import clock
from tests.cast import SLUG, Desk
from tests.claims.owner import OLGA, claim_of
from tests.claims.queued import another_recall, queued

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
"""A Thursday."""


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T10:00:00Z", tick=False):
        yield


def shown(desk: Desk, list_: QueueList = QueueList.REVIEW, **filters: object) -> list[int]:
    asked = Filters(list_, **filters)  # type: ignore[arg-type]  # as the test names them
    return [row.claim_id for row in queue_page(asked, by=desk.cast.author).rows]


def test_a_claim_stands_in_its_list_and_in_the_list_of_all(desk: Desk) -> None:
    for list_, at_the_desk in (
        (QueueList.DANGER, DeskList.DANGER),
        (QueueList.SECOND, DeskList.SECOND),
        (QueueList.APPEAL, DeskList.APPEAL),
        (QueueList.ANSWERED, DeskList.ANSWERED),
        (QueueList.REVIEW, DeskList.REVIEW),
        (QueueList.LED, DeskList.LED),
    ):
        (pk,) = queued(TODAY + timedelta(days=30), desk=at_the_desk)
        in_lists = {each for each in QueueList if pk in shown(desk, each)}
        assert in_lists == {list_, QueueList.ALL}


def test_a_promise_about_to_break_is_late_or_due_within_two_working_days(desk: Desk) -> None:
    late, today, monday, tuesday = queued(
        *(TODAY + timedelta(days=days) for days in (-1, 0, 4, 5)),
        desk=DeskList.NONE,
        state=ClaimState.APPROVED,
    )
    assert shown(desk, QueueList.PROMISE) == [late, today, monday]
    assert shown(desk, QueueList.PROMISE, due=Due.TODAY) == [late, today]
    assert shown(desk, QueueList.PROMISE, due=Due.LATE) == [late]
    assert tuesday not in shown(desk, QueueList.PROMISE)


def test_what_ended_breaks_no_promise(desk: Desk) -> None:
    queued(TODAY, desk=DeskList.NONE, state=ClaimState.SETTLED)
    assert shown(desk, QueueList.PROMISE) == []


def test_each_filter_narrows(desk: Desk) -> None:
    other = another_recall()
    plain, phoned, abroad, tagged, carded, elsewhere = (
        queued(TODAY, **more)[0]
        for more in (
            {},
            {"channel": Channel.PHONE},
            {"country": "CA"},
            {"tags": ["like_photo", "same_payee"]},
            {"remedy_key": "card"},
            {"recall_id": other.pk},
        )
    )
    assert shown(desk, channel=Channel.PHONE) == [phoned]
    assert shown(desk, country="CA") == [abroad]
    assert shown(desk, reason="same_payee") == [tagged]
    assert shown(desk, remedy="card") == [carded]
    assert shown(desk, recall=other.slug) == [elsewhere]
    assert shown(desk, recall=SLUG, country="US", channel=Channel.PAGE) == [plain, tagged, carded]
    assert shown(desk, recall="no-such-recall") == []
    assert shown(desk, state=ClaimState.APPROVED) == []


def test_one_finds_ones_own_claims_and_those_that_nobody_has(desk: Desk) -> None:
    mine, others, nobodys = (
        queued(TODAY, assigned_to=who)[0] for who in (desk.cast.author, desk.cast.approver, None)
    )
    assert shown(desk, assigned=Assigned.ME) == [mine]
    assert shown(desk, assigned=Assigned.NOBODY) == [nobodys]
    assert shown(desk, assigned=Assigned.ANYBODY) == [mine, others]


def test_all_claims_are_found_by_their_state_but_no_draft(desk: Desk) -> None:
    draft = claim_of(OLGA.opens())
    (settled,) = queued(None, desk=DeskList.NONE, state=ClaimState.SETTLED)
    (declined,) = queued(None, desk=DeskList.NONE, state=ClaimState.DECLINED)
    assert shown(desk, QueueList.ALL) == [declined, settled]
    assert shown(desk, QueueList.ALL, state=ClaimState.SETTLED) == [settled]
    assert draft.pk not in shown(desk, QueueList.ALL, recall=SLUG)


def test_of_the_owner_a_row_says_initials_only(desk: Desk) -> None:
    queued(TODAY, name="Olga Quispe-Made-Up")
    (row,) = queue_page(Filters(), by=desk.cast.administrator).rows
    assert row.initials == "O. Q."
    assert "Quispe" not in repr(row)


def test_a_row_says_who_has_it_open_until_that_lapses(desk: Desk) -> None:
    looks, looked = desk.cast.approver, desk.cast.viewer
    queued(TODAY, looked_at_by=looks, looked_at_until=clock.now() + timedelta(minutes=1))
    queued(TODAY, looked_at_by=looked, looked_at_until=clock.now() - timedelta(minutes=1))
    assert [row.looked_at_by for row in queue_page(Filters(), by=looks).rows] == [looks, None]


def test_each_list_is_counted_and_no_further_than_anybody_needs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "MOST", 3)
    queued(*[TODAY - timedelta(days=1)] * 5)
    queued(TODAY + timedelta(days=9), desk=DeskList.APPEAL, channel=Channel.PHONE)
    found = counts_for(Filters(QueueList.APPEAL), by=desk.cast.author, days=desk_days(clock.now()))
    assert found.of_lists[QueueList.REVIEW] == Count(3, is_more=True)
    assert str(found.of_lists[QueueList.REVIEW]) == "3+"
    assert found.of_lists[QueueList.APPEAL] == found.shown == Count(1)
    assert found.of_lists[QueueList.DANGER] == Count(0)
    assert found.of_lists[QueueList.PROMISE] == found.late == Count(3, is_more=True)


def test_counts_of_lists_are_of_one_recall_where_one_is_chosen(desk: Desk) -> None:
    queued(TODAY, recall_id=another_recall().pk)
    asked = Filters(recall="other-k21", channel=Channel.PHONE)
    found = counts_for(asked, by=desk.cast.author, days=desk_days(clock.now()))
    assert (found.of_lists[QueueList.REVIEW], found.shown) == (Count(1), Count(0))
    queued(TODAY)
    again = counts_for(asked, by=desk.cast.author, days=desk_days(clock.now()))
    assert (again.of_lists[QueueList.REVIEW], again.of_lists[QueueList.PROMISE]) == (
        Count(1),
        Count(1),
    )


def test_a_count_says_where_it_looked_through_a_part_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (counts, pages):
        monkeypatch.setattr(module, "WINDOW", 2)
    queued(TODAY, TODAY, TODAY, channel=Channel.PHONE)
    by = desk.cast.author
    assert counts_for(Filters(), by=by, days=desk_days(clock.now())).looked_through is None
    found = counts_for(Filters(channel=Channel.PHONE), by=by, days=desk_days(clock.now()))
    assert (found.shown, found.looked_through) == (Count(2), 2)


def test_a_page_of_fifty_takes_few_queries(desk: Desk) -> None:
    queued(*[TODAY] * 60, assigned_to=desk.cast.approver)
    asked = Filters(recall=SLUG, channel=Channel.PAGE)
    queue_page(asked, by=desk.cast.author)  # the keys that open the names are remembered
    with CaptureQueriesContext(connection) as asked_for:
        assert len(queue_page(asked, by=desk.cast.author).rows) == 50
    assert len(asked_for) <= 5


def test_whoever_left_sees_nothing(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        queue_page(Filters(), by=desk.cast.outsider)
