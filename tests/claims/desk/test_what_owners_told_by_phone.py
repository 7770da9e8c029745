"""Who called, or wrote by post, and does not agree or lives elsewhere is heard as on the page."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk.errors import NotDecidable, SecondPersonMissing
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.desk.told_by_owner import Told, appeal_told, details_told
from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.models import Claim, Contact, Filing
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import Channel, ClaimState, DeskList
from recalldesk.foundation import clock
from recalldesk.sealing.fields_of_rows import opened
from tests.claims.desk.people import approved, declined, now, rita, senta, staff, sven
from tests.claims.desk.test_by_phone_or_post import CALLED, enters
from tests.claims.owner import OLGA, STREET, again, claim_of, letters_of, log_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
NEW = STREET | {"street_address": "78 Madeup Lane"}


@pytest.fixture(autouse=True)
def no_texts(settings: Settings) -> None:
    """Where no text messages are sent a code reaches no phone."""
    settings.SMS = "none"


def told(**more: Any) -> Told:
    values: dict[str, Any] = {
        "by": rita(),
        "channel": Channel.PHONE,
        "note": "Named the street.",
        "nonce": "t1",
    }
    return Told(**(values | more))


def turned_down(filing: Filing, by: Any = None) -> Claim:
    """Declined, and its owner was told."""
    decision = declined(claim_of(filing), by)
    with time_machine.travel(decision.takes_effect_at + timedelta(seconds=1), tick=False):
        tell_decision(decision_id=decision.pk)
    return now(claim_of(filing))


def test_an_appeal_by_phone_is_an_appeal_and_whoever_declined_does_not_decide_it() -> None:
    claim = turned_down(enters(), senta())
    for _ in range(2):
        appeal_told(claim_id=claim.pk, told=told(note="The kettle is here, she says."))
    stands = now(claim)
    assert (stands.state, stands.is_appealed, stands.desk) == ("in_review", True, DeskList.APPEAL)
    assert stands.holds_unit
    assert log_of(Subject.CLAIM, claim.pk).count(("declined", "in_review", "appealed")) == 1
    row = StateChange.objects.get(subject=Subject.CLAIM, reason=Reason.APPEALED)
    assert (row.actor, row.actor_id) == (Actor.STAFF, rita().pk)
    contact = Contact.objects.filter(filing=claim.filing).latest("pk")
    assert opened(contact, "sealed_note") == "The kettle is here, she says."
    with pytest.raises(SecondPersonMissing):
        approved(claim, senta(), note="Right after all.")
    approved(claim, sven(), note="She sent it in.")


def test_an_owner_whom_mail_reaches_has_it_confirmed() -> None:
    filing = OLGA.files()
    turned_down(filing)
    appeal_told(claim_id=claim_of(filing).pk, told=told())
    assert "appeal" in letters_of(filing)[-1][3]


def test_nothing_is_appealed_that_was_not_declined_or_not_told() -> None:
    filing = enters()
    claim = claim_of(filing)
    with pytest.raises(NotDecidable):
        appeal_told(claim_id=claim.pk, told=told())
    declined(claim)
    with pytest.raises(NotDecidable):
        appeal_told(claim_id=claim.pk, told=told())
    assert Contact.objects.filter(filing=filing).count() == 1


def test_an_appeal_says_why_and_who_enters_claims_takes_it() -> None:
    claim = turned_down(enters())
    with pytest.raises(NotDecidable):
        appeal_told(claim_id=claim.pk, told=told(note=" "))
    with pytest.raises(NotPermitted):
        appeal_told(claim_id=claim.pk, told=told(by=staff("vera", Role.VIEWER)))
    assert now(claim).state == ClaimState.DECLINED


def returned(filing: Filing) -> Claim:
    """A claim whose parcel came back."""
    claim = claim_of(filing)
    claim.filing = filing
    move_claim(
        claim=claim,
        to=ClaimState.NEEDS_OWNER,
        actor=Actor.MACHINE,
        reason=Reason.CAME_BACK,
        tags=(Reason.CAME_BACK,),
    )
    return claim


def test_where_it_goes_is_changed_for_whom_no_code_reaches_and_it_is_ordered_again() -> None:
    claim = returned(enters())
    for _ in range(2):
        details_told(claim_id=claim.pk, told=told(by=senta()), address=NEW)
    assert seen_filing(again(claim.filing)).address["street_address"] == "78 Madeup Lane"
    stands = now(claim)
    assert (stands.state, stands.remedy_id is not None) == (ClaimState.APPROVED, True)
    moves = log_of(Subject.CLAIM, claim.pk)
    assert moves.count(("needs_owner", "approved", "details_mended")) == 1
    row = StateChange.objects.get(subject=Subject.FILING, reason=Reason.DETAILS_MENDED)
    assert (row.actor, row.actor_id, row.note is not None) == (Actor.STAFF, senta().pk, True)


def test_who_gets_codes_changes_it_and_the_desk_does_not() -> None:
    filing = enters(replace(CALLED, email="carla@home.example"))
    asked: dict[str, Any] = {
        "claim_id": claim_of(filing).pk,
        "told": told(by=senta()),
        "address": NEW,
    }
    with pytest.raises(NotDecidable):
        details_told(**asked)
    Filing.objects.filter(pk=filing.pk).update(unreached_since=clock.now())
    details_told(**asked)
    assert seen_filing(again(filing)).address["street_address"] == "78 Madeup Lane"


def test_what_is_no_address_or_has_no_reason_or_is_ordered_changes_nothing() -> None:
    filing = enters()
    claim, by = claim_of(filing), told(by=senta())
    with pytest.raises(FieldsRefused):
        details_told(claim_id=claim.pk, told=by, address=NEW | {"postal_code": "none"})
    with pytest.raises(NotDecidable):
        details_told(claim_id=claim.pk, told=by)
    with pytest.raises(NotDecidable):
        details_told(claim_id=claim.pk, told=replace(by, note=""), address=NEW)
    with pytest.raises(NotPermitted):
        details_told(claim_id=claim.pk, told=told(), address=NEW)
    claim.filing = filing
    for state in (ClaimState.APPROVED, ClaimState.REMEDY_ORDERED):
        move_claim(claim=claim, to=state, actor=Actor.MACHINE)
    with pytest.raises(NotDecidable):
        details_told(claim_id=claim.pk, told=by, address=NEW)
    assert seen_filing(again(filing)).address["street_address"].lower() == "77 madeup lane"
    assert Contact.objects.filter(filing=filing).count() == 1
