"""Who calls or writes is served through the same steps, and each contact is a row."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.contacts import link_contact, record_contact
from recalldesk.claims.desk.entering import Entered, enter_claim
from recalldesk.claims.errors import FieldsRefused, NotComplete, NotPossibleNow
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.states import Channel, ContactAbout, FilingState, UnitReading
from recalldesk.console.calls.script import script_of
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import AFFECTED, Desk
from tests.claims.desk.people import rita, staff
from tests.claims.owner import CARD, KETTLE, OLGA, STREET, claim_of, log_of, the_recall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
CALLED = Entered(
    brand="tidewater",
    language="en",
    country="US",
    name="Carla Phoned-In",
    phone="202-555-0143",
    remedy_key=KETTLE,
    serials=(AFFECTED,),
    address=STREET,
    note="Speaks softly; call after five.",
)


def enters(entered: Entered = CALLED, **more: Any) -> Filing:
    values: dict[str, Any] = {"channel": Channel.PHONE, "by": rita(), "nonce": "n1"} | more
    return enter_claim(live=the_recall(), entered=entered, **values)


def test_a_claim_by_phone_is_filed_as_an_owners_own() -> None:
    filing = enters()
    assert (filing.state, filing.channel, filing.entered_by) == ("filed", "phone", rita())
    assert claim_of(filing).holds_unit
    kinds = filing.agreements.values_list("text__kind", flat=True).order_by("pk")
    assert list(kinds) == ["disposal", "truth", "adult"]
    assert Reason.ENTERED in [reason for _, _, reason in log_of(Subject.FILING, filing.pk)]
    contact = filing.contacts.get()
    assert (contact.about, opened(contact, "sealed_note")) == ("claim", CALLED.note)
    assert not filing.passes.exists()


def test_nobody_is_said_to_have_agreed_to_what_the_script_does_not_hold() -> None:
    script = script_of(the_recall().document, language="en", country="US")
    kept = enters().agreements.values_list("text__text", flat=True)
    assert sorted(kept) == sorted(script.statements)


def test_the_owner_gets_the_same_mail_and_no_link_of_a_draft() -> None:
    filing = enters(replace(CALLED, email="carla@home.example"))
    purposes = Mailing.objects.filter(filing_id=filing.pk).values_list("purpose", flat=True)
    assert list(purposes) == [Purpose.CLAIM_FILED]


def test_the_same_form_sent_twice_is_one_claim() -> None:
    assert enters().pk == enters().pk
    assert Contact.objects.count() == 1


def test_a_contact_that_was_noted_first_becomes_that_of_the_claim(desk: Desk) -> None:
    contact = noted(desk, nonce="n1")
    filing = enters()
    assert enters().pk == filing.pk
    assert Contact.objects.get() == contact
    assert filing.contacts.get() == contact


def test_who_has_neither_mail_nor_phone_is_written_to_by_post() -> None:
    letter = replace(CALLED, phone="", remedy_key=KETTLE)
    filing = enters(letter, channel=Channel.LETTER)
    assert filing.state == FilingState.FILED
    assert opened(filing, "sealed_address")
    with pytest.raises(FieldsRefused):
        enters(replace(letter, address=None), nonce="n2")
    with pytest.raises(FieldsRefused):
        enters(replace(letter, name=" "), nonce="n3")


def test_what_an_owners_own_claim_may_not_lack_this_may_not() -> None:
    with pytest.raises(NotComplete):
        enters(replace(CALLED, address=None))
    with pytest.raises(NotComplete):  # a code is mailed, and there is no address for it
        enters(replace(CALLED, remedy_key=CARD))
    assert not Filing.objects.filter(state=FilingState.FILED).exists()


def test_a_serial_that_nobody_can_read_is_entered_too() -> None:
    filing = enters(replace(CALLED, serials=(), reading=UnitReading.UNREADABLE))
    assert claim_of(filing).reading == UnitReading.UNREADABLE


def test_who_may_not_enter_enters_nothing() -> None:
    with pytest.raises(NotPermitted):
        enters(by=staff("vera", Role.VIEWER))


def noted(desk: Desk, **more: Any) -> Contact:
    values: dict[str, Any] = {
        "recall": desk.recall(),
        "by": rita(),
        "channel": Channel.PHONE,
        "about": ContactAbout.CHECK,
        "nonce": "c1",
        "note": "Asked about a kettle.",
    }
    return record_contact(**(values | more))


def test_a_contact_without_a_claim_is_a_row_and_logged_once(desk: Desk) -> None:
    contact = noted(desk)
    assert noted(desk).pk == contact.pk
    assert log_of(Subject.CONTACT, contact.pk) == [("", "phone", "entered")]
    assert contact.evidence is not None


def test_it_finds_its_claim_later_and_once(desk: Desk) -> None:
    contact, filing = noted(desk), OLGA.files()
    link_contact(contact=contact, filing=filing, by=rita())
    link_contact(contact=contact, filing=filing, by=rita())
    with pytest.raises(NotPossibleNow):
        link_contact(contact=contact, filing=OLGA.files(), by=rita())


def test_nobody_called_tomorrow(desk: Desk) -> None:
    with pytest.raises(FieldsRefused):
        noted(desk, happened_at=clock.now() + timedelta(days=1))
    with pytest.raises(FieldsRefused):
        noted(desk, nonce="")
    with pytest.raises(FieldsRefused):
        noted(desk, note="x" * 5000)
