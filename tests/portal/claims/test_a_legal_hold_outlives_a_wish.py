"""A legal hold outlives an owner's wish to be erased: by their own pages, and by a restore."""

from pathlib import Path

import pytest
from django.http import HttpResponse

from recalldesk.accounts.permissions import Role
from recalldesk.claims.erasing import erase_again
from recalldesk.claims.models import Filing
from recalldesk.claims.states import ClaimState, FilingState, FreshFor
from recalldesk.evidence.models import Photo
from recalldesk.foundation import clock
from recalldesk.keeping.holding import HoldAsked, lift_hold, place_hold
from recalldesk.keeping.models import LegalHold, WaitingErasure
from recalldesk.keeping.restoring import place_again
from recalldesk.keeping.states import Thing
from recalldesk.keeping.things import thing_named
from recalldesk.keeping.waiting import carry_out
from recalldesk.mailing.content import Content, content_of, recipient_of
from recalldesk.mailing.models import Mailing
from tests.at_the_desk import staff
from tests.portal.claims.filed import EMAIL, Follower, filed, made_fresh, moved
from tests.unguarded import unguarded

pytestmark = pytest.mark.usefixtures("owner")


@pytest.fixture
def follower(published: Path) -> Follower:
    return Follower(moved(filed(published), ClaimState.SETTLED))


def held(follower: Follower) -> LegalHold:
    """A hold on the follower's claim, as the manager names it."""
    found = thing_named(Thing.FILING, follower.filing.reference.lower())
    return place_hold(
        asked=HoldAsked(thing=Thing.FILING, found=found),
        reason="A made-up court asks for it.",
        by=staff(Role.RECALL_MANAGER, name="Mona Manager"),
    )


def lifted(hold: LegalHold) -> None:
    assert hold.placed_by
    lift_hold(number=hold.pk, reason="The made-up court is done.", by=hold.placed_by)


def asks_to_be_erased(follower: Follower) -> HttpResponse:
    made_fresh(follower, FreshFor.ERASURE)
    return follower.sends("erase")


def is_whole(follower: Follower) -> bool:
    filing = Filing.objects.get()
    return filing.state == FilingState.FILED and bool(filing.sealed_name and filing.sealed_email)


def test_the_owner_is_told_why_and_erased_on_the_day_the_hold_ends(follower: Follower) -> None:
    hold = held(follower)
    assert asks_to_be_erased(follower)["Location"] == follower.path("?done=kept")
    body = follower.reads("?done=kept")
    assert "We have to keep your data for now" in body
    assert "needed for a legal matter" in body
    assert "made-up court" not in body
    assert "/erase" not in body
    assert f"Your wish of {clock.now():%B} " in body
    (told,) = [each for each in letters() if each.subject == "We have to keep your data for now"]
    words = " ".join(told.text.split())
    assert "needed for a legal matter" in words
    assert "we write to you" in words
    assert "made-up court" not in told.text
    assert is_whole(follower)
    assert carry_out() == 0
    assert is_whole(follower)
    lifted(hold)
    assert carry_out() == 1
    assert Filing.objects.get().state == FilingState.ERASED
    last = Mailing.objects.latest("pk")
    assert recipient_of(last) == EMAIL
    assert content_of(last).subject == "Your data is erased"
    assert not Photo.objects.exclude(state="removed").exists()
    assert carry_out() == 0
    assert follower.sees().status_code == 403


def letters() -> list[Content]:
    return [content_of(each) for each in Mailing.objects.order_by("pk")]


def test_asking_again_changes_nothing_and_writes_no_second_letter(follower: Follower) -> None:
    held(follower)
    asks_to_be_erased(follower)
    written = len(letters())
    assert follower.sends("erase")["Location"] == follower.path("?done=kept")
    assert WaitingErasure.objects.count() == 1
    assert len(letters()) == written


def test_a_page_tells_of_no_legal_matter_that_is_over(follower: Follower) -> None:
    hold = held(follower)
    asks_to_be_erased(follower)
    lifted(hold)
    assert "legal matter" not in follower.reads(), "the job that erases runs in a moment"
    assert carry_out() == 1


def test_without_a_hold_nobody_waits(follower: Follower) -> None:
    assert "for now" not in follower.reads()
    assert asks_to_be_erased(follower).status_code == 200
    assert not WaitingErasure.objects.exists()


def as_before_both() -> None:
    """The database of a backup that was taken before the hold and the wish."""
    with unguarded("keeping_legalhold", "keeping_waitingerasure"):
        WaitingErasure.objects.all().delete()
        LegalHold.objects.all().delete()


def test_hold_and_wish_outlive_a_restore(follower: Follower) -> None:
    hold = held(follower)
    asks_to_be_erased(follower)
    as_before_both()
    assert place_again() == 1
    assert erase_again() == 0
    assert is_whole(follower)
    assert "We have to keep your data for now" in follower.reads()
    again = LegalHold.objects.get()
    assert (again.name, again.thing_id) == (hold.name, follower.filing.pk)
    assert place_again() == 0
    again.placed_by = hold.placed_by
    lifted(again)
    assert carry_out() == 1
    assert Filing.objects.get().state == FilingState.ERASED


def test_an_erasure_that_a_restore_undid_waits_for_a_hold(follower: Follower) -> None:
    reference = follower.filing.reference
    hold = held(follower)
    asks_to_be_erased(follower)
    assert place_again() == 0
    assert erase_again() == 0
    assert Filing.objects.get(reference=reference).state == FilingState.FILED
    lifted(hold)
    assert erase_again() == 1
    assert not WaitingErasure.objects.filter(done_at__isnull=True).exists()
