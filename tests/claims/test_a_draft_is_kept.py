"""A draft is kept from its first answer on, and its way back is mailed to where the owner says."""

from datetime import timedelta

import pytest
import time_machine

from recalldesk.claims.access import link_named, new_link, open_link
from recalldesk.claims.drafting import (
    choose_remedy,
    give_contact,
    give_details,
    give_units,
    say_no_photo,
)
from recalldesk.claims.erasing import erase_drafts
from recalldesk.claims.errors import AlreadyFiled, FieldProblem, FieldsRefused, LinkNotGood
from recalldesk.claims.models import AccessLink, Filing
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import FilingState, UnitReading
from recalldesk.foundation import clock
from recalldesk.mailing.states import Purpose
from tests.cast import AFFECTED, SERIALS
from tests.claims.owner import KETTLE, OLGA, STREET, again, letters_of, the_recall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def contact(filing: Filing, email: str = "", phone: str = "") -> None:
    give_contact(filing_id=filing.pk, name=OLGA.name, email=email, phone=phone)


def test_the_first_answer_is_kept() -> None:
    filing = OLGA.opens()
    (unit,) = seen_filing(again(filing)).units
    assert (unit.serial, unit.found, unit.reading) == (AFFECTED, "affected", UnitReading.SERIAL)
    assert filing.state == FilingState.DRAFT


def test_an_owner_who_cannot_read_the_serial_has_a_unit_at_once() -> None:
    filing = OLGA.opens("", reading=UnitReading.UNREADABLE)
    (unit,) = seen_filing(again(filing)).units
    assert (unit.serial, unit.found, unit.reading) == ("", "", UnitReading.UNREADABLE)


def test_a_recall_in_one_country_asks_for_none() -> None:
    assert OLGA.opens(country="ZZ").country == the_recall().document.countries[0]


def test_everything_given_comes_back() -> None:
    filing = OLGA.drafts()
    seen = seen_filing(filing)
    assert (seen.name, seen.email, seen.phone) == (OLGA.name, OLGA.email, "")
    assert seen.address["street_address"] == STREET["street_address"]
    assert (filing.remedy_key, seen.missing) == (KETTLE, ())


def test_what_is_refused_leaves_what_was_there() -> None:
    filing = OLGA.drafts()
    with pytest.raises(FieldsRefused) as refused:
        give_contact(filing_id=filing.pk, name=" ", email="olga@", phone="12")
    assert refused.value.fields == {
        "name": FieldProblem.MISSING,
        "email": FieldProblem.NOT_AN_EMAIL,
        "phone": FieldProblem.NOT_A_PHONE,
    }
    seen = seen_filing(again(filing))
    assert (seen.name, seen.email) == (OLGA.name, OLGA.email)


def test_some_way_to_reach_the_owner_is_needed() -> None:
    with pytest.raises(FieldsRefused) as refused:
        contact(OLGA.opens())
    assert refused.value.fields == {"email": FieldProblem.NO_WAY_TO_REACH}


def test_the_link_goes_out_once_with_the_address() -> None:
    filing = OLGA.opens()
    contact(filing, OLGA.email)
    contact(filing, OLGA.email.upper())
    contact(filing, OLGA.email, phone="202 555 0143")
    assert [letter[:2] for letter in letters_of(filing)] == [(Purpose.DRAFT_LINK, OLGA.email)]


def test_with_a_phone_only_the_link_goes_by_text_message() -> None:
    filing = OLGA.opens()
    contact(filing, phone="202 555 0143")
    contact(filing, phone="+1 (202) 555-0143")
    ((purpose, to, _, text),) = letters_of(filing)
    assert (purpose, to) == (Purpose.DRAFT_LINK, "+12025550143")
    assert "/claims/link/" in text


def test_a_corrected_address_gets_the_link_at_once_and_that_of_the_wrong_one_opens_nothing() -> (
    None
):
    filing = OLGA.opens()
    contact(filing, "stranger@home.example")
    token = new_link(filing=filing)
    contact(filing, OLGA.email)
    assert [letter[1] for letter in letters_of(filing)] == ["stranger@home.example", OLGA.email]
    with pytest.raises(LinkNotGood):
        open_link(token=token)


def test_links_to_ever_new_addresses_have_an_end() -> None:
    filing = OLGA.opens()
    for number in range(15):
        contact(filing, f"stranger{number}@home.example")
    assert len(letters_of(filing)) == 10


def test_going_on_from_the_link_keeps_the_draft_for_another_month() -> None:
    filing = OLGA.drafts()
    token = new_link(filing=filing)
    with time_machine.travel(clock.now() + timedelta(days=29), tick=False):
        assert open_link(token=token).filing == filing
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert erase_drafts() == 0
    with time_machine.travel(clock.now() + timedelta(days=60), tick=False):
        assert erase_drafts() == 1
        assert link_named(token) is None
    assert not AccessLink.objects.exists()


def test_the_same_again_changes_nothing() -> None:
    filing = OLGA.drafts()
    before = seen_filing(filing)
    OLGA.fills(filing)
    give_units(filing_id=filing.pk, serials=[AFFECTED])
    after = seen_filing(again(filing))
    assert (after.units, after.address, after.facts) == (before.units, before.address, before.facts)


def test_another_country_takes_out_what_was_given_for_the_first() -> None:
    filing = OLGA.drafts()
    Filing.objects.filter(pk=filing.pk).update(country="CA")
    give_contact(filing_id=filing.pk, name=OLGA.name, email=OLGA.email, phone="", country="US")
    seen = seen_filing(again(filing))
    assert (seen.filing.country, seen.address, seen.filing.remedy_key) == ("US", {}, KETTLE)


def test_a_country_without_the_recall_is_none() -> None:
    filing = OLGA.opens()
    with pytest.raises(FieldsRefused) as refused:
        give_contact(filing_id=filing.pk, name="Olga", email=OLGA.email, phone="", country="NZ")
    assert refused.value.fields == {"country": FieldProblem.UNKNOWN_COUNTRY}


@pytest.mark.parametrize(
    "step",
    [
        lambda pk: give_units(filing_id=pk, serials=SERIALS[:2]),
        lambda pk: say_no_photo(filing_id=pk, position=1, cannot_photograph=False),
        lambda pk: give_contact(filing_id=pk, name="X", email="x@home.example", phone=""),
        lambda pk: choose_remedy(filing_id=pk, remedy_key="card"),
        lambda pk: give_details(filing_id=pk, address=STREET),
    ],
)
def test_in_another_tab_a_step_of_what_was_sent_meanwhile_changes_nothing(step: object) -> None:
    filing = OLGA.files()
    before = seen_filing(again(filing))
    assert callable(step)
    with pytest.raises(AlreadyFiled):
        step(filing.pk)
    after = seen_filing(again(filing))
    assert (after.facts, after.units) == (before.facts, before.units)


@pytest.mark.parametrize("kept", [True, False])
def test_a_step_of_a_draft_that_is_gone_is_answered_as_one_that_is_no_draft(kept: bool) -> None:
    filing = OLGA.drafts()
    if not kept:
        with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
            erase_drafts()
    missing = filing.pk + 1 if kept else filing.pk
    with pytest.raises(AlreadyFiled):
        choose_remedy(filing_id=missing, remedy_key=KETTLE)
