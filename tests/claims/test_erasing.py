"""What an owner asks to be erased is gone; that there was a claim stays, so that figures do."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from recalldesk.audit.models import Note
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.exporting import everything_of
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.jobs import mail_failed
from recalldesk.claims.messages import write_message
from recalldesk.claims.models import AccessLink, Filing, FreshCode, Message, Pass
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import ClaimState, Direction, FilingState
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.sealing.fields_of_rows import sealed
from tests.claims.owner import (
    OLGA,
    PAVEL,
    again,
    claim_of,
    fresh_pass,
    letters_of,
    log_of,
    moved,
    state_of,
)
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def closed(**more: object) -> Filing:
    filing = OLGA.files(**more)
    withdraw_filing(filing_id=filing.pk)
    return filing


def erased(filing: Filing) -> Filing:
    erase_filing(opened=fresh_pass(filing))
    return again(filing)


def test_nobody_is_named_any_more() -> None:
    filing = closed()
    write_message(filing_id=filing.pk, text="My name is Olga.", nonce="n1")
    filing = erased(filing)
    seen = seen_filing(filing)
    assert (seen.name, seen.email, seen.phone, seen.address, seen.payee) == ("", "", "", {}, {})
    assert seen.units[0].serial == ""
    assert not filing.email_digest
    assert not Message.objects.exclude(sealed_text=b"").exists()
    for model in (AccessLink, Pass, FreshCode):
        assert not model.objects.filter(filing=filing).exists()


def test_that_there_was_a_claim_stays() -> None:
    filing = closed()
    before = log_of(Subject.CLAIM, claim_of(filing).pk)
    after = erased(filing)
    assert (after.state, after.reference) == (FilingState.ERASED, filing.reference)
    assert log_of(Subject.CLAIM, claim_of(filing).pk) == before
    assert log_of(Subject.FILING, filing.pk)[-1] == ("filed", "erased", "")
    assert after.agreements.count() == 4


def test_a_paid_unit_stays_paid() -> None:
    filing = OLGA.files()
    moved(claim_of(filing), *map(ClaimState, ("approved", "remedy_ordered", "settled")))
    erased(filing)
    assert claim_of(filing).holds_unit
    second = PAVEL.files()
    assert not claim_of(second).holds_unit
    assert log_of(Subject.CLAIM, claim_of(second).pk)[-1][2] == "contested"


def test_photos_of_claims_and_messages_leave_the_store(photos_folder: Path) -> None:
    filing = closed(photos=True)
    message = write_message(filing_id=filing.pk, text="Look.", nonce="n1")
    assert message.evidence is not None
    receive_photo(evidence_set=message.evidence, kind=PhotoKind.OTHER, chunks=[b"another"])
    assert len([path for path in photos_folder.rglob("*") if path.is_file()]) == 3
    erased(filing)
    run_jobs(tasks=["evidence.forget_files"])
    assert {photo.state for photo in Photo.objects.all()} == {"removed"}


def test_what_staff_wrote_about_it_is_erased_too_and_the_log_stays_whole() -> None:
    filing = OLGA.files()
    move_claim(
        claim=claim_of(filing),
        to=ClaimState.DECLINED,
        actor=Actor.STAFF,
        actor_id=1,
        note="Olga called twice.",
    )
    other = PAVEL.files()
    move_claim(
        claim=claim_of(other), to=ClaimState.DECLINED, actor=Actor.STAFF, actor_id=1, note="Pavel."
    )
    erased(filing)
    first, second = Note.objects.order_by("pk")
    assert (bytes(first.sealed_text), first.erased_at is not None) == (b"", True)
    assert (bytes(second.sealed_text) != b"", second.erased_at) == (True, None)
    *_, declined, said = log_of(Subject.CLAIM, claim_of(filing).pk)
    assert declined[1] == "declined"
    assert said == ("erased", "erased", "erased")


def test_the_last_letter_goes_out_and_then_its_address_goes_too() -> None:
    filing = closed()
    erased(filing)
    assert [letter[:2] for letter in letters_of(filing)][-1] == ("stage", OLGA.email)
    others = Mailing.objects.filter(filing_id=filing.pk).order_by("-pk")[1:]
    assert {bytes(each.sealed_to) for each in others} == {b""}
    run_jobs(tasks=["claims.forget_recipient"])
    assert Mailing.objects.exclude(sealed_to=b"").exists()
    with time_machine.travel(clock.now() + timedelta(days=4, minutes=1), tick=False):
        run_jobs(tasks=["claims.forget_recipient"])
    assert not Mailing.objects.exclude(sealed_to=b"", to_digest=b"").exists()


def test_again_changes_nothing() -> None:
    filing = closed()
    opened = fresh_pass(filing)
    erase_filing(opened=opened)
    log, letters = log_of(Subject.FILING, filing.pk), len(letters_of(filing))
    erase_filing(opened=opened)
    assert (log_of(Subject.FILING, filing.pk), len(letters_of(filing))) == (log, letters)


@pytest.mark.parametrize("state", ["submitted", "in_review", "approved", "remedy_sent"])
def test_what_somebody_waits_for_is_not_erased(state: str) -> None:
    filing = OLGA.files()
    if state == "approved":
        moved(claim_of(filing), ClaimState.APPROVED)
    if state == "remedy_sent":
        moved(claim_of(filing), *map(ClaimState, ("approved", "remedy_ordered", "remedy_sent")))
    with pytest.raises(NotPossibleNow):
        erase_filing(opened=fresh_pass(filing))
    assert seen_filing(again(filing)).name == OLGA.name


def test_one_open_unit_is_enough_to_wait() -> None:
    filing = OLGA.files_several("TW24013337", "TW24047719")
    moved(claim_of(filing), ClaimState.DECLINED)
    with pytest.raises(NotPossibleNow):
        erase_filing(opened=fresh_pass(filing))


def test_without_a_fresh_code_nothing_is_erased() -> None:
    filing = closed()
    opened = fresh_pass(filing)
    opened.fresh_until = clock.now() - timedelta(seconds=1)
    with pytest.raises(NotPossibleNow):
        erase_filing(opened=opened)
    assert seen_filing(again(filing)).name == OLGA.name


def test_a_draft_is_not_erased_so() -> None:
    with pytest.raises(NotPossibleNow):
        erase_filing(opened=fresh_pass(OLGA.drafts()))


def test_a_letter_that_came_back_later_is_not_noted_at_what_is_erased() -> None:
    filing = closed()
    mailing = Mailing.objects.filter(filing_id=filing.pk).earliest("pk")
    erased(filing)
    mail_failed(mailing.pk)
    assert again(filing).unreached_since is None


def test_an_erased_filing_can_be_looked_at_and_had() -> None:
    filing = erased(closed())
    assert everything_of(filing)["units"][0]["serial"] == ""


def test_what_the_desk_wrote_goes_too() -> None:
    filing = closed()
    Message.objects.create(
        filing=filing,
        direction=Direction.FROM_DESK,
        sealed_text=sealed(Message, "sealed_text", "Dear Olga", recall_id=filing.recall_id),
        nonce="d1",
    )
    erased(filing)
    assert not Message.objects.exclude(sealed_text=b"").exists()
    assert state_of(filing) == ClaimState.WITHDRAWN
