"""A photo that turns out to be of no use after the claim was sent: the page asks for another."""

import pytest
from django.db import transaction

from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.foundation import clock
from tests.claims.owner import settles
from tests.portal.claims.conftest import (
    ADDRESS,
    AGREED,
    NAMED,
    Claimant,
    photo_file,
    words_of,
)
from tests.worked import run_jobs

SETTLED = ["claims.evidence_settled"]


@pytest.fixture
def asked(claimant: Claimant) -> Claimant:
    """A claim that was sent, whose photo of the mark cannot be used."""
    claimant.fills_in()
    claimant.gives("send", AGREED)
    for photo in Photo.objects.order_by("pk"):
        with transaction.atomic():
            is_mark = photo.kind == PhotoKind.MARKING
            settles(photo, PhotoState.UNUSABLE if is_mark else PhotoState.CLEAN)
    run_jobs(tasks=SETTLED)
    return claimant


def stage(claimant: Claimant) -> str:
    return claimant.filing.claims.get().state


def test_the_headline_asks_for_it_first_and_leads_to_it(asked: Claimant) -> None:
    page = asked.sees("")
    words = words_of(page)
    assert "We need one more photo from you" in words
    assert "You need not do anything now." not in words
    assert "We asked you for one more photo" in words
    assert "Send it today, and we decide by" in words
    assert "We have this photo." in words
    assert "What it is stands in our message below." not in words
    assert "/more-photos?unit=1&amp;kind=marking" in page.content.decode()


def test_the_page_for_it_says_again_what_to_write_and_how(asked: Claimant) -> None:
    words = words_of(asked.sees("more-photos", "?unit=1&kind=marking"))
    assert "Do not mark it if it is hot, swollen or leaking" in words
    for line in ("RECALLED", "YOUR NAME", f"{clock.now().date()}"):
        assert line in words
    assert "Write large, on the front." in words
    assert "Instead of YOUR NAME write your own." in words
    assert "The day on which you wrote it is right, also if it is an earlier one." in words


def test_the_page_for_another_photo_says_nothing_of_writing(asked: Claimant) -> None:
    words = words_of(asked.sees("more-photos", "?unit=1&kind=label"))
    assert "RECALLED" not in words
    assert "Do not mark it" not in words


def test_each_unit_has_its_own_number_to_write(claimant: Claimant) -> None:
    claimant.recall = "baseus-bs30kp365"
    claimant.begins(serials="AAAA1\nBBBB2")
    claimant.gives("photos", {"no_photo": ["1", "2"], "next": "1"})
    claimant.gives("you", NAMED)
    claimant.gives("remedy", {"remedy": "refund"})
    claimant.gives("details", {"payee_kind": "check", **ADDRESS})
    claimant.gives("send", AGREED)
    words = words_of(claimant.sees("more-photos", "?unit=2&kind=marking"))
    for position, claim in enumerate(claimant.filing.claims.order_by("position"), 1):
        assert f"Unit {position} RECALLED {claim.marking_code}" in words


def test_one_that_can_be_used_brings_the_claim_to_a_person(asked: Claimant) -> None:
    asked.gives("more-photos", {"unit": "1", "kind": "marking", "photos": photo_file(7)})
    assert stage(asked) == ClaimState.CHECKING
    with transaction.atomic():
        settles(Photo.objects.latest("pk"))
    run_jobs(tasks=SETTLED)
    assert stage(asked) == ClaimState.IN_REVIEW
    assert "A person is looking at your claim" in words_of(asked.sees(""))


def test_who_cannot_take_another_writes_so_and_a_person_goes_on(asked: Claimant) -> None:
    asked.gives("message", {"message": "I cannot take another.", "nonce": "made-up"})
    assert stage(asked) == ClaimState.IN_REVIEW


def test_of_a_claim_that_was_withdrawn_no_other_photo_is_asked(asked: Claimant) -> None:
    withdraw_filing(filing_id=asked.filing.pk)
    page = asked.sees("")
    assert "more-photos" not in page.content.decode()
    assert "What you chose" not in words_of(page)


@pytest.mark.parametrize("step", ["photos", "you", "remedy", "send"])
def test_each_step_asks_of_danger_first(claimant: Claimant, step: str) -> None:
    claimant.fills_in()
    main = claimant.sees(step).content.decode().partition("<main")[2]
    assert main.index('form="danger-now"') < main.index("<h1")


def test_so_does_the_page_of_a_claim_that_was_sent(asked: Claimant) -> None:
    main = asked.sees("").content.decode().partition("<main")[2]
    assert main.index('form="danger-now"') < main.index("<h1")
