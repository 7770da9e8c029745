"""What was said goes with its claim, and half a year later where it came to none."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.desk.contact_list import show_note
from recalldesk.claims.desk.contacts import attach_scan, link_contact, record_contact
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.erasing_contacts import erase_contacts
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.evidence.models import Photo
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from tests.claims.desk.people import rita
from tests.claims.owner import OLGA, again, fresh_pass, log_of, the_recall, why_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def noted(**more: Any) -> Contact:
    values: dict[str, Any] = {"about": ContactAbout.CHECK, "nonce": "n"} | more
    return record_contact(
        recall=Recall.objects.get(pk=the_recall().recall_id),
        by=rita(),
        channel=Channel.LETTER,
        note="My name is Olga.",
        **values,
    )


def scanned(contact: Contact) -> Photo:
    return attach_scan(contact=contact, by=rita(), chunks=[b"a letter"])


def half_a_year_later() -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(days=180, minutes=1), tick=False)


def closed_and_erased() -> tuple[Filing, Filing]:
    """As somebody read it before it was erased; and as it stands."""
    stale = OLGA.files()
    withdraw_filing(filing_id=stale.pk)
    stale = again(stale)
    erase_filing(opened=fresh_pass(stale))
    return stale, again(stale)


def test_nothing_is_noted_at_a_claim_that_was_erased_meanwhile() -> None:
    stale, _ = closed_and_erased()
    with pytest.raises(NotPossibleNow):
        noted(filing=stale)
    assert not Contact.objects.exists()


def test_nothing_is_linked_to_one_either() -> None:
    contact = noted()
    stale, _ = closed_and_erased()
    with pytest.raises(NotPossibleNow):
        link_contact(contact=contact, filing=stale, by=rita())
    contact.refresh_from_db()
    assert contact.filing is None


def test_who_linked_it_to_which_claim_stands_in_the_log_once() -> None:
    contact, filing = noted(), OLGA.files()
    for _ in range(2):
        link_contact(contact=contact, filing=filing, by=rita())
    assert log_of(Subject.CONTACT, contact.pk) == [
        ("", "letter", "entered"),
        ("letter", "linked", ""),
    ]
    row = StateChange.objects.filter(subject=Subject.CONTACT).latest("pk")
    assert (row.actor_id, why_of(row)) == (rita().pk, f"To claim {filing.reference}")


def test_one_that_came_to_no_claim_is_emptied_after_half_a_year() -> None:
    contact = noted()
    photo = scanned(contact)
    show_note(contact=contact, by=rita())
    assert erase_contacts() == 0
    with half_a_year_later():
        assert erase_contacts() == 1
        assert erase_contacts() == 0
    contact.refresh_from_db()
    photo.refresh_from_db()
    assert (bytes(contact.sealed_note), contact.channel, contact.by) == (b"", "letter", rita())
    assert photo.state == "removed"
    row = StateChange.objects.filter(subject=Subject.CONTACT).latest("pk")
    assert (row.to_state, row.actor) == ("erased", Actor.MACHINE)


def test_one_of_a_claim_and_one_that_told_of_danger_are_kept() -> None:
    linked, danger = noted(filing=OLGA.files()), noted(about=ContactAbout.DANGER, nonce="d")
    with half_a_year_later():
        assert erase_contacts() == 0
    for contact in (linked, danger):
        contact.refresh_from_db()
        assert contact.sealed_note
