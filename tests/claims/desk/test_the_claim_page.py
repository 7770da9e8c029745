"""The claim page: all that a reviewer needs in twelve questions, and no more than they may see."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.contacts import record_contact
from recalldesk.claims.desk.like_claims import like_claims
from recalldesk.claims.desk.personal import show_personal, shown_photo_of, take_photo
from recalldesk.claims.desk.stamps import stamp_of
from recalldesk.claims.desk.undoing import undo_decision
from recalldesk.claims.errors import NoReason, NoSuchClaim
from recalldesk.claims.following import owner_wrote
from recalldesk.claims.messages import write_to_owner
from recalldesk.claims.models import Claim
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.like_photos import keep_fingerprint
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from tests.cast import AFFECTED, SERIALS, Desk
from tests.claims.desk.pages import page_of
from tests.claims.desk.people import approved, now, remo, rita, seen, senta, staff, waiting_claim
from tests.claims.owner import OLGA, PAVEL, claim_of, log_of, text_with_all_remedies
from tests.claims.readings import is_read, label_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
MOST_QUESTIONS = 12


def vera() -> Any:
    return staff("vera", Role.VIEWER)


def with_a_long_life() -> Claim:
    filing = OLGA.files_several(*SERIALS, photos=True)
    claim = claim_of(filing)
    for turn in range(5):
        owner_wrote(filing_id=filing.pk, text=f"Hello {turn}?", nonce=f"n{turn}")
        write_to_owner(filing_id=filing.pk, by=rita(), text=f"Yes, {turn}.", nonce=f"a{turn}")
        record_contact(
            recall=filing.recall,
            filing=filing,
            by=remo(),
            channel=Channel.PHONE,
            about=ContactAbout.CLAIM,
            note="Called.",
            nonce=f"c{turn}",
        )
    return claim


def test_it_takes_twelve_questions_at_most_however_long_its_life() -> None:
    short, long = waiting_claim(PAVEL), with_a_long_life()
    for _ in range(3):
        undo_decision(decision_id=approved(short).pk, by=rita())
    for claim in (short, long):
        page_of(claim, by=rita())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page_of(claim, by=rita())
        assert len(asked) <= MOST_QUESTIONS, [query["sql"] for query in asked]


def test_it_shows_the_claim_with_its_owner_masked() -> None:
    claim = waiting_claim()
    page = page_of(claim, by=rita())
    assert (page.unit.serial, page.filing.reference) == (AFFECTED, claim.filing.reference)
    assert page.filing.owner.name == "O. Q."
    assert page.filing.owner.email == "o•••@home.example"
    assert page.filing.owner.place == "SPRINGFIELD, IL"
    assert OLGA.name not in repr(page)
    assert "MADEUP" not in repr(page).upper()
    assert page.seen == stamp_of(now(claim))
    assert [photo.kind for photo in page.photos] == ["label", "marking"]


def test_what_was_written_is_for_those_who_may_see_personal_data() -> None:
    claim = with_a_long_life()
    page = page_of(claim, by=rita())
    assert page.messages[0].text == "Hello 0?"
    assert page.messages[1].author == "Rita"
    assert page.contacts[0].has_note
    assert "Called." not in repr(page)
    masked = page_of(claim, by=vera())
    assert {message.text for message in masked.messages} == {None}
    assert {happening.note for happening in masked.timeline} == {None}


def test_the_timeline_says_who_did_what_and_why() -> None:
    claim = waiting_claim()
    approved(claim, note="The label is clear.")
    page = page_of(claim, by=remo())
    mine = [row for row in page.timeline if row.subject == Subject.CLAIM]
    assert (mine[-1].after, mine[-1].by, mine[-1].note) == (
        "approved",
        "Rita",
        "The label is clear.",
    )


def test_it_says_who_may_undo_and_who_may_settle() -> None:
    claim = waiting_claim()
    approved(claim)
    may_undo = [
        page_of(claim, by=person).decisions[0].may_undo for person in (rita(), remo(), senta())
    ]
    assert may_undo == [True, False, True]
    other = claim_of(PAVEL.files(SERIALS[1]))
    approved(other, senta(), note="By phone.")
    may_settle = [
        page_of(other, by=person).decisions[0].may_settle
        for person in (senta(), rita(), staff("sven", Role.SENIOR_REVIEWER))
    ]
    assert may_settle == [False, False, True]


def test_it_says_why_an_approval_takes_two_and_what_is_lacking() -> None:
    page = page_of(claim_of(OLGA.files()), by=rita())
    assert page.allowed.grounds_for_two == ("no_proof",)
    assert page.allowed.lacks == ""
    assert page.allowed.may_decide
    assert not page_of(Claim.objects.get(pk=page.claim_id), by=vera()).allowed.may_decide


def test_the_other_claims_say_what_they_share() -> None:
    first, again = waiting_claim(), waiting_claim(serial=SERIALS[1])
    contested = waiting_claim(PAVEL)
    shares = {other.claim_id: other.shares for other in page_of(first, by=rita()).others}
    assert shares == {again.pk: ("email",), contested.pk: ("unit",)}


def test_serial_and_reading_stand_beside_each_other() -> None:
    filing = OLGA.drafts(photos=True)
    photo = Photo.objects.get(evidence_set__claim__filing=filing, kind=PhotoKind.LABEL)
    is_read(photo, label_of("TW24013338"))
    claim = claim_of(submit_filing(filing_id=filing.pk))
    page = page_of(claim, by=rita())
    assert page.beside is not None
    assert (page.beside.claimed, page.beside.read) == (AFFECTED, "TW24013338")
    assert [place for place, each in enumerate(page.beside.characters) if each.differs] == [9]
    assert page.beside.photo_id == photo.pk
    assert "serial" in {box.kind for box in page.photos[0].boxes}


def test_to_see_an_owner_in_full_takes_a_reason_that_is_logged() -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    with pytest.raises(NoReason):
        show_personal(claim_id=claim.pk, by=rita(), reason=" ")
    with pytest.raises(NotPermitted):
        show_personal(claim_id=claim.pk, by=vera(), reason="Curious.")
    shown = show_personal(claim_id=claim.pk, by=rita(), reason="To call.")
    assert (shown.name, shown.email) == (OLGA.name, OLGA.email)
    assert OLGA.name not in repr(shown)
    assert log_of(Subject.CLAIM, claim.pk)[-1][2] == "personal_shown"
    assert seen(claim) == stamp


def test_a_photo_that_is_kept_is_logged_and_another_claims_is_none() -> None:
    claim, other = waiting_claim(), waiting_claim(PAVEL)
    photo = Photo.objects.filter(evidence_set=claim.evidence_id).first()
    assert photo is not None
    assert shown_photo_of(claim_id=claim.pk, photo_id=photo.pk, by=rita()).pk == photo.pk
    asked: dict[str, Any] = {
        "claim_id": claim.pk,
        "photo_id": photo.pk,
        "reason": "For the fire brigade.",
    }
    with pytest.raises(NoReason):
        take_photo(**asked | {"reason": " "}, by=rita())
    take_photo(**asked, by=rita())
    assert log_of(Subject.CLAIM, claim.pk)[-1][2] == "photo_taken"
    with pytest.raises(NoSuchClaim):
        take_photo(**asked | {"claim_id": other.pk}, by=rita())
    with pytest.raises(NotPermitted):
        take_photo(**asked, by=vera())


def test_like_photos_lead_to_their_claims() -> None:
    claim, other = waiting_claim(), waiting_claim(PAVEL)
    likeness = bytes(range(32)) * 8
    for each in (claim, other):
        photo = Photo.objects.get(evidence_set=each.evidence_id, kind=PhotoKind.LABEL)
        keep_fingerprint(photo, likeness)
    found = like_claims(claim_id=claim.pk, by=rita())
    assert [(each.claim_id, each.distance, each.shares) for each in found] == [
        (other.pk, 0, ("unit",))
    ]
    with CaptureQueriesContext(connection) as asked:
        like_claims(claim_id=claim.pk, by=rita())
    assert len(asked) <= MOST_QUESTIONS


def test_a_draft_has_no_page() -> None:
    with pytest.raises(NoSuchClaim):
        page_of(OLGA.drafts().claims.get(), by=rita())


def test_the_remedy_and_the_reasons_stand_with_the_numbers_of_the_recall(desk: Desk) -> None:
    titles = 'title = { en = "A new kettle, free"'
    text = text_with_all_remedies()
    assert titles in text
    reason = """
[[review.decline_reasons]]
key = "sold-out"
title = { en = "All {units} are gone", es = "Las {units} se acabaron" }
text = { en = "There were {units}.", es = "Eran {units}." }
"""
    desk.published(text.replace(titles, 'title = { en = "One of {units} kettles"') + reason)
    page = page_of(waiting_claim(), by=rita())
    assert page.filing.remedy.startswith("One of 1,200 kettles")
    assert [each.text for each in page.decline_reasons if each.key == "sold-out"] == [
        "There were 1,200."
    ]
