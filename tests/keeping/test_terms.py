"""The narrower term counts before the wider, the newer before the older, within what is legal."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Filing
from recalldesk.foundation import clock
from recalldesk.keeping import daily
from recalldesk.keeping.errors import HoldRefused, TermRefused
from recalldesk.keeping.kinds import Kind, bounds
from recalldesk.keeping.models import KeepingTerm
from recalldesk.keeping.setting import set_term
from recalldesk.keeping.terms import days_kept, old_before
from tests.claims.desk.people import rita
from tests.claims.owner import OLGA, again
from tests.keeping.kept import all_held, mona, recall, term

AWHILE = timedelta(days=15)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def old_of(filing: Filing) -> int:
    """The days that a query counts for a filing."""
    now = clock.now()
    old = old_before(Kind.OWNER, now, recall="recall_id", country="country")
    moment = Filing.objects.annotate(old=old).get(pk=filing.pk).old
    return int((now - moment) / timedelta(days=1))


def kept(filing: Filing) -> int:
    """The same, as pages say it."""
    days = days_kept(Kind.OWNER, recall_id=filing.recall_id, country=again(filing).country)
    assert days == old_of(filing)
    return days


def in_days(days: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(days=days), tick=False)


def test_todays_terms_are_the_usual_ones() -> None:
    usual = {kind: each.days for kind, each in bounds().items()}
    assert usual[Kind.INCIDENTS] == 5 * 365
    assert usual[Kind.REJECTED_LINES] == 90
    assert usual[Kind.CONTACTS] == 180
    assert usual[Kind.SELLERS] == 5 * 365
    assert all(each.least <= each.days <= each.most for each in bounds().values())


def test_the_narrower_counts_and_what_was_set_can_be_taken_back() -> None:
    filing = OLGA.files()
    Filing.objects.filter(pk=filing.pk).update(country="US")
    assert kept(filing) == 3 * 365
    steps: tuple[tuple[int, dict[str, Any]], ...] = (
        (200, {}),
        (210, {"country": "us"}),
        (220, {"of_every_recall": False}),
        (230, {"country": "US", "of_every_recall": False}),
    )
    with time_machine.travel(clock.now(), tick=False) as time:
        for days, scope in steps:
            term(Kind.OWNER, days, **scope)
            time.shift(AWHILE)
            assert kept(filing) == days
        for days, scope in reversed(steps):
            assert kept(filing) == days
            term(Kind.OWNER, None, **scope)
            time.shift(AWHILE)
        assert kept(filing) == 3 * 365
        term(Kind.OWNER, 300, country="CA")
        time.shift(AWHILE)
        assert kept(filing) == 3 * 365


def test_nobody_alone_erases_before_the_day_by_a_shorter_term() -> None:
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    term(Kind.OWNER, 5 * 365, country="US")
    with in_days(200):
        term(Kind.OWNER, 180, of_every_recall=False)
        assert kept(filing) == 5 * 365, "as its country had it"
        assert daily.erase_due() == 0
        with in_days(14):
            assert kept(filing) == 180
        with in_days(13):
            assert daily.erase_due() == 0
            term(Kind.OWNER, None, of_every_recall=False)
            with in_days(30):
                assert kept(filing) == 5 * 365, "it was taken back in time"
                assert daily.erase_due() == 0
            term(Kind.OWNER, 180, of_every_recall=False)
            with in_days(14):
                assert daily.erase_due() == 1


@pytest.mark.parametrize("nowhere", ["EU", "ZZ", "XX", "Atlantis", "U"])
def test_nothing_is_set_or_held_for_what_is_no_country(nowhere: str) -> None:
    with pytest.raises(HoldRefused, match="is no country"):
        term(Kind.OWNER, 400, country=nowhere)
    with pytest.raises(HoldRefused, match="is no country"):
        all_held(country=nowhere)


def test_a_country_is_known_by_what_people_call_it() -> None:
    assert all_held(country="UK").country == "GB"
    assert term(Kind.OWNER, 400, country=" Germany ").country == "DE"


def test_what_is_kept_longer_is_so_at_once() -> None:
    filing = OLGA.files()
    term(Kind.OWNER, 4 * 365)
    assert kept(filing) == 4 * 365
    term(Kind.OWNER, 180)
    assert kept(filing) == 4 * 365
    term(Kind.OWNER, 5 * 365, of_every_recall=False)
    assert kept(filing) == 5 * 365


@pytest.mark.parametrize(
    ("kind", "days", "said"),
    [
        (Kind.INCIDENTS, 5 * 365 + 1, "five years at the most"),
        (Kind.INCIDENTS, 364, "too few"),
        (Kind.GIFT_CODES, 90, "no term of its own"),
        (Kind.DRAFTS, 60, "no term of its own"),
    ],
)
def test_what_the_law_does_not_let_is_refused(kind: Kind, days: int, said: str) -> None:
    with pytest.raises(TermRefused) as refused:
        term(kind, days)
    assert said in str(refused.value)
    assert not KeepingTerm.objects.exists()


def test_what_is_of_no_country_takes_no_term_of_one() -> None:
    with pytest.raises(TermRefused, match="of no country"):
        term(Kind.ORDER_FILES, 30, country="DE")
    assert not KeepingTerm.objects.exists()


def test_whoever_may_not_sets_nothing() -> None:
    with pytest.raises(NotPermitted):
        set_term(
            kind=Kind.OWNER, days=400, reason="Made up.", by=rita(), recall=recall(), country=""
        )
    with pytest.raises(TermRefused, match="reason"):
        set_term(kind=Kind.OWNER, days=400, reason=" ", by=mona(), recall=None, country="")
    with pytest.raises(HoldRefused, match="country"):
        term(Kind.OWNER, 400, country="Utopia")
