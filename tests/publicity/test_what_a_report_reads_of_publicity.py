"""What a report asks of a moment or a period never changes afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from recalldesk.accounts.models import Staff
from recalldesk.publicity.auctions import Found, take_back_check
from recalldesk.publicity.forgetting import forget_sellers
from recalldesk.publicity.models import HitsFile, LogHits, PageHits
from recalldesk.publicity.reads import auction_checks_of, hits_of, home_page_at, posts_of
from recalldesk.publicity.social import take_back_post, take_back_reading
from recalldesk.publicity.states import HitsFrom, Network, PageKind
from recalldesk.recalls.models import Recall
from tests.publicity.entered import linked, looked, not_linked, posted, read

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


def on(month: int, day: int) -> time_machine.travel:
    return time_machine.travel(datetime(2026, month, day, 12, tzinfo=UTC), tick=False)


def test_the_newest_answer_of_a_moment_counts(recall: Recall, by: Staff) -> None:
    with on(3, 2):
        first = not_linked(recall, by)
    with on(3, 5):
        second = linked(recall, by)
    before = home_page_at(recall, datetime(2026, 3, 2, 11, tzinfo=UTC))
    assert before is None
    then = home_page_at(recall, datetime(2026, 3, 4, tzinfo=UTC))
    assert then is not None
    assert (then.number, then.is_linked, then.why_not) == (first.pk, False, "It is rebuilt.")
    now = home_page_at(recall, datetime(2026, 4, 1, tzinfo=UTC))
    assert now is not None
    assert (now.number, now.lacks) == (second.pk, ())
    assert now.until == date(2026, 3, 2) + timedelta(days=119)


def test_posts_stand_as_they_did_at_the_end_of_a_day(recall: Recall, by: Staff) -> None:
    with on(3, 3):
        kept, wrong = posted(recall, by), posted(recall, by, "https://social.example.com/2")
        reading = read(kept, by, date(2026, 3, 3), 10, views=400)
    with on(4, 2):
        take_back_post(number=wrong.pk, by=by, note="Another product.")
        later = read(kept, by, date(2026, 4, 2), 25)
    with on(4, 5):
        take_back_reading(number=later.pk, by=by, note="Of another post.")
    march = posts_of(recall, MARCH[1])
    assert [(each.number, each.reading, each.reactions) for each in march] == [
        (kept.pk, reading.pk, 10),
        (wrong.pk, None, None),
    ]
    (then,) = posts_of(recall, date(2026, 4, 3))
    assert (then.reading, then.reactions, then.views) == (later.pk, 25, None)
    (now,) = posts_of(recall, APRIL[1])
    assert (now.network, now.reading, now.views) == (Network.FACEBOOK, reading.pk, 400)


def test_a_look_that_is_taken_back_counts_with_minus_in_its_own_period(
    recall: Recall, by: Staff
) -> None:
    links = ("https://auctions.example.com/1",)
    with on(3, 4):
        wrong = looked(recall, by, found=Found(listings=2, links=links, note="Told them."))
        looked(recall, by, "Made-up Market")
    with on(4, 4):
        back = take_back_check(number=wrong.pk, by=by, note="Another model.")
    first, second = auction_checks_of(recall, *MARCH)
    assert (first.number, first.links, first.note) == (wrong.pk, links, "Told them.")
    assert (first.counts, first.taken_back_by, second.is_found) == (1, None, False)
    (minus,) = auction_checks_of(recall, *APRIL)
    assert (minus.number, minus.takes_back, minus.counts) == (back.pk, wrong.pk, -1)
    both = auction_checks_of(recall, MARCH[0], APRIL[1])
    assert sum(each.counts for each in both) == 1
    assert both[0].taken_back_by == back.pk


def test_what_leads_to_a_seller_is_erased_after_five_years_and_the_look_stays(
    recall: Recall, by: Staff
) -> None:
    found = Found(listings=1, links=("https://auctions.example.com/1",), note="Told Sam.")
    with on(3, 4):
        old = looked(recall, by, found=found)
    with time_machine.travel(datetime(2031, 3, 2, 12, tzinfo=UTC), tick=False):
        new = looked(recall, by, found=found)
        assert forget_sellers() == 0
    with time_machine.travel(datetime(2031, 3, 4, 12, tzinfo=UTC), tick=False):
        assert [forget_sellers(), forget_sellers()] == [1, 0]
    (stays,) = auction_checks_of(recall, *MARCH)
    assert (stays.number, stays.listings, stays.links, stays.note) == (old.pk, 1, (), "")
    (kept,) = auction_checks_of(recall, date(2031, 3, 1), date(2031, 3, 31))
    assert (kept.number, kept.note) == (new.pk, "Told Sam.")


def brought(recall: Recall, by: Staff, day: date, count: int) -> LogHits:
    file = HitsFile.objects.create(
        recall=recall, file_sha256="0" * 64, form="combined", lines=count, accepted=count, by=by
    )
    return LogHits.objects.create(
        file=file, recall=recall, day=day, page=PageKind.NOTICE, count=count
    )


def counted(recall: Recall, day: date, page: PageKind, count: int) -> PageHits:
    return PageHits.objects.create(recall=recall, day=day, page=page, count=count)


@pytest.fixture
def first_day() -> date:
    return MARCH[0]


def test_a_days_log_stands_in_place_of_the_own_count(
    recall: Recall, by: Staff, first_day: date
) -> None:
    own = counted(recall, first_day, PageKind.NOTICE, 5), counted(recall, first_day, "check", 2)
    next_day = counted(recall, first_day + timedelta(days=1), PageKind.CHECK, 3)
    before = hits_of(recall, *MARCH)
    assert before.count == 10
    assert [each.number for each in before.rows()] == [*(each.pk for each in own), next_day.pk]
    with on(4, 1):
        log = brought(recall, by, first_day, 40)
    after = hits_of(recall, *MARCH)
    assert after.count == 43 == sum(each.count for each in after.rows())
    assert [(each.source, each.number) for each in after.rows()] == [
        (HitsFrom.LOG, log.pk),
        (HitsFrom.OWN, next_day.pk),
    ]
    assert after.days[0].own == 7
    assert (after.of(PageKind.NOTICE), after.of(PageKind.CHECK)) == (40, 3)
    known = datetime(2026, 4, 1, tzinfo=UTC)
    assert hits_of(recall, *MARCH, known_at=known) == before


def test_a_log_of_a_part_of_a_day_takes_nothing_away(
    recall: Recall, by: Staff, first_day: date
) -> None:
    counted(recall, first_day, PageKind.NOTICE, 50)
    brought(recall, by, first_day, 40)
    found = hits_of(recall, *MARCH)
    assert (found.count, found.days[0].source) == (50, HitsFrom.OWN)


def test_a_log_that_was_taken_back_counts_no_more(
    recall: Recall, by: Staff, first_day: date
) -> None:
    counted(recall, first_day, PageKind.NOTICE, 5)
    with on(4, 1):
        log = brought(recall, by, first_day, 40)
    with on(4, 9):
        HitsFile.objects.create(recall=recall, form="combined", takes_back=log.file, by=by)
    assert hits_of(recall, *MARCH).count == 5
    assert hits_of(recall, *MARCH, known_at=datetime(2026, 4, 5, tzinfo=UTC)).count == 40
