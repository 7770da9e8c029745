"""Pages of a list while rows come and go: whoever turns them all sees all that stay, once."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.claims.desk_days import desk_days
from recalldesk.claims.desk_queue import pages
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.desk_queue.narrowing import Narrowed, narrowed
from recalldesk.claims.desk_queue.pages import page_of
from recalldesk.claims.desk_queue.places import From
from recalldesk.claims.models import Claim
from recalldesk.claims.states import DeskList
from recalldesk.foundation import clock
from tests.cast import Desk
from tests.claims.queued import queued
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
DAYS = st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
PER_TEST = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def review(desk: Desk, **more: object) -> Narrowed:
    filters = Filters(QueueList.REVIEW, **more)  # type: ignore[arg-type]  # as the test names them
    return narrowed(filters, by=desk.cast.author, days=desk_days(clock.now()))


def takes_away(claim_ids: list[int]) -> None:
    with unguarded("claims_claim"):
        Claim.objects.filter(pk__in=claim_ids).update(desk=DeskList.NONE)


def comes_back(claim_ids: list[int]) -> None:
    with unguarded("claims_claim"):
        Claim.objects.update(desk=DeskList.NONE)
        Claim.objects.filter(pk__in=claim_ids).update(desk=DeskList.REVIEW)


def in_order(claim_ids: list[int]) -> list[int]:
    rows = Claim.objects.in_bulk(claim_ids)
    return sorted(
        claim_ids, key=lambda pk: (rows[pk].promised_on is None, rows[pk].promised_on or TODAY, pk)
    )


@settings(max_examples=30, deadline=None, suppress_health_check=PER_TEST)
@given(
    days=st.lists(DAYS, max_size=12),
    size=st.integers(1, 5),
    changes=st.lists(st.tuples(st.integers(0, 11), DAYS), max_size=6),
    is_backwards=st.booleans(),
)
def test_whoever_turns_all_pages_sees_each_row_that_stays_exactly_once(
    desk: Desk,
    days: list[date | None],
    size: int,
    changes: list[tuple[int, date | None]],
    is_backwards: bool,
) -> None:
    standing = queued(*days)
    comes_back(standing)
    leaving: set[int] = set()
    seen: list[int] = []
    start = From(is_backwards=is_backwards)
    for turn in range(40):
        page = page_of(review(desk), start, size=size)
        assert len(page.claim_ids) <= size
        seen = [*page.claim_ids, *seen] if is_backwards else [*seen, *page.claim_ids]
        place = page.before if is_backwards else page.after
        if place is None:
            break
        start = From(place, is_backwards)
        if turn < len(changes):
            which, day = changes[turn]
            queued(day)
            gone = [pk for pk in standing[which : which + 1] if pk not in leaving]
            takes_away(gone)
            leaving.update(gone)
    assert len(seen) == len(set(seen))
    assert [pk for pk in seen if pk in standing and pk not in leaving] == in_order(
        [pk for pk in standing if pk not in leaving]
    )


def test_the_nearest_promise_comes_first_and_claims_without_one_last(desk: Desk) -> None:
    later, none, late = queued(TODAY + timedelta(days=9), None, TODAY - timedelta(days=2))
    assert page_of(review(desk), From()).claim_ids == (late, later, none)


def test_one_goes_on_and_back_to_where_one_was(desk: Desk) -> None:
    rows = in_order(queued(*[TODAY, None, TODAY + timedelta(days=1), TODAY, None, TODAY]))
    first = page_of(review(desk), From(), size=2)
    second = page_of(review(desk), From(first.after), size=2)
    third = page_of(review(desk), From(second.after), size=2)
    assert [*first.claim_ids, *second.claim_ids, *third.claim_ids] == rows
    assert (first.before, third.after) == (None, None)
    assert page_of(review(desk), From(third.before, is_backwards=True), size=2) == second
    assert page_of(review(desk), From(second.before, is_backwards=True), size=2).claim_ids == (
        first.claim_ids
    )


def test_the_list_of_all_shows_the_newest_first_and_no_draft(desk: Desk) -> None:
    rows = queued(TODAY, TODAY, TODAY, desk=DeskList.NONE)
    draft = Claim.objects.filter(state="draft")
    found = narrowed(Filters(QueueList.ALL), by=desk.cast.author, days=desk_days(clock.now()))
    first = page_of(found, From(), size=2)
    assert first.claim_ids == (rows[2], rows[1])
    second = page_of(found, From(first.after), size=2)
    assert second.claim_ids == (rows[0],)
    assert page_of(found, From(second.before, is_backwards=True), size=2).claim_ids == (
        first.claim_ids
    )
    assert not draft.filter(pk__in=rows).exists()


def test_where_no_index_serves_a_filter_a_page_looks_through_so_many_rows_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "WINDOW", 3)
    queued(*[TODAY] * 4)
    (phoned,) = queued(TODAY, channel="phone")
    queued(*[TODAY] * 2)
    (wanted,) = queued(TODAY + timedelta(days=1), channel="phone")
    seen: list[int] = []
    start, cut = From(), 0
    for _ in range(9):
        page = page_of(review(desk, channel="phone"), start, size=2)
        seen += page.claim_ids
        cut += page.is_cut
        if page.after is None:
            break
        start = From(page.after)
    assert (seen, cut) == ([phoned, wanted], 2)


@pytest.mark.parametrize("of", [QueueList.REVIEW, QueueList.ALL])
def test_from_a_page_that_was_cut_and_is_empty_one_comes_back_to_what_was_before(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, of: QueueList
) -> None:
    monkeypatch.setattr(pages, "WINDOW", 3)
    others = [TODAY] * 6
    if of is QueueList.ALL:  # the newest first
        queued(*others)
        phoned = queued(TODAY, TODAY, channel="phone")
    else:
        phoned = queued(TODAY, TODAY, channel="phone")
        queued(*others)
    filters = Filters(of, channel="phone")
    rows = narrowed(filters, by=desk.cast.author, days=desk_days(clock.now()))
    first = page_of(rows, From(), size=1)
    full = page_of(rows, From(first.after), size=1)
    empty = page_of(rows, From(full.after), size=1)
    assert (full.is_cut, empty.claim_ids, empty.is_cut) == (True, (), True)
    back = page_of(rows, From(empty.before, is_backwards=True), size=1)
    assert (first.claim_ids + back.claim_ids) in (tuple(phoned), tuple(reversed(phoned)))
    assert page_of(rows, From(back.after), size=1).claim_ids == ()
