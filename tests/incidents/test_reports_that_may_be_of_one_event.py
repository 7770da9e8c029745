"""Reports that share a unit, a claim or a person are named to the desk; it joins none by itself."""

from datetime import UTC, date, datetime

import pytest

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.states import ClaimState
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.incidents.alike import STRONG, Share, alike_to
from recalldesk.incidents.desk_lists import IncidentFilters, IncidentList, incidents_page
from recalldesk.incidents.found_again import keep_digests_current
from recalldesk.incidents.jobs import key_reports
from recalldesk.incidents.joining import join_reports, keep_apart
from recalldesk.incidents.models import Incident
from recalldesk.incidents.reporting import take_report
from recalldesk.incidents.states import Happened
from recalldesk.incidents.story import Story, keep_story
from recalldesk.recalls.models import Recall
from tests.at_the_desk import staff
from tests.cast import AFFECTED
from tests.claims.owner import OLGA, claim_of, fresh_pass, moved, the_recall
from tests.incidents.reports_made import teller_known
from tests.incidents.told import again, incident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
DAY = date(2026, 3, 1)
SMOKE = Story(happened=Happened.SMOKE, account="It smoked, made up.")


def told(contact: str, *, serial: str = "", of_recall: bool = True) -> Incident:
    """By the page for danger."""
    live = the_recall() if of_recall else None
    row = obtain_incident(live=live, language="en")
    tell_more(
        incident_id=row.pk,
        live=live,
        brand="tidewater",
        name=OLGA.name,
        contact=contact,
        account="It smoked, made up.",
        serial=serial,
    )
    return row


def keyed(*rows: Incident) -> list[Incident]:
    for _ in range(2):
        key_reports(timestamp=0)
    assert not Incident.objects.filter(keyed_at=None).exists()
    return [again(row) for row in rows]


def shares(row: Incident) -> dict[int, tuple[Share, ...]]:
    return {each.incident.pk: each.shares for each in alike_to(row)}


def twice(by: Staff) -> set[int]:
    page = incidents_page(IncidentFilters(list=IncidentList.TWICE), by=by)
    return {row.number for row in page.rows}


@pytest.fixture
def manager() -> Staff:
    return staff(Role.RECALL_MANAGER)


def test_one_serial_written_in_two_ways_is_one_unit(manager: Staff) -> None:
    rows = [incident(Story(serial=each)) for each in ("TW24O13337", "tw-2401 3337", "TW9")]
    rows = keyed(*rows, incident(Story(serial="TW9")))
    assert shares(rows[0]) == {rows[1].pk: (Share.UNIT,)}
    assert shares(rows[2]) == {}  # too short to say anything
    assert twice(manager) == {rows[0].pk, rows[1].pk}


def test_the_serial_of_a_claim_and_one_that_was_typed_are_one_unit(manager: Staff) -> None:
    rows = keyed(told(OLGA.email, serial=AFFECTED), incident(Story(serial=AFFECTED)))
    assert shares(rows[0]) == {rows[1].pk: (Share.UNIT,)}
    assert twice(manager) == {each.pk for each in rows}


def test_the_digest_of_a_serial_goes_with_the_claim_that_gave_it() -> None:
    by_claim, typed = keyed(told(OLGA.email, serial=AFFECTED), incident(Story(serial=AFFECTED)))
    Incident.objects.filter(pk=by_claim.pk).update(sealed_serial=b"")
    filing = again(by_claim).filing
    assert filing is not None
    moved(claim_of(filing), ClaimState.DECLINED)
    erase_filing(opened=fresh_pass(filing))
    assert again(by_claim).serial_digest
    assert keep_digests_current() == 1
    assert not again(by_claim).serial_digest
    assert again(typed).serial_digest
    assert keep_digests_current() == 0


@pytest.mark.parametrize("contact", ["olga@home.example", "+1 202 555 0143"])
def test_one_person_is_found_with_a_claim_and_without_until_it_is_erased(
    manager: Staff, contact: str
) -> None:
    rows = keyed(told(contact), told(contact, of_recall=False), told("pavel@home.example"))
    assert shares(rows[0]) == {rows[1].pk: (Share.PERSON,)}
    assert shares(rows[1]) == {rows[0].pk: (Share.PERSON,)}
    assert twice(manager) == {rows[0].pk, rows[1].pk}
    filing = again(rows[0]).filing
    assert filing is not None
    moved(claim_of(filing), ClaimState.DECLINED)
    erase_filing(opened=fresh_pass(filing))
    assert twice(manager) == set()


def test_the_same_kind_of_thing_within_a_day_is_shown_and_not_listed(manager: Staff) -> None:
    story = Story(happened=Happened.FIRE, happened_on=DAY, product_key="k20", country="US")
    rows = [incident(story) for _ in range(2)]
    rows.append(incident(Story(happened=Happened.FIRE, happened_on=DAY, country="US")))
    keyed()
    assert shares(rows[0]) == {rows[1].pk: (Share.DAY,)}
    assert Share.DAY not in STRONG
    assert twice(manager) == set()


def test_what_was_kept_apart_or_joined_is_named_no_more(manager: Staff) -> None:
    rows = keyed(*(incident(Story(serial=AFFECTED)) for _ in range(3)))
    keep_apart(number=rows[0].pk, other=rows[1].pk, by=manager)
    assert set(shares(rows[0])) == {rows[2].pk}
    join_reports(number=rows[2].pk, same_as=rows[0].pk, by=manager)
    assert shares(rows[0]) == {}
    assert twice(manager) == set()


def test_a_report_of_another_recall_is_another_event(manager: Staff) -> None:
    Recall.objects.create(slug="toaster-made-up")
    here, there = incident(Story(serial=AFFECTED)), incident(of="toaster-made-up")
    keep_story(there, Story(serial=AFFECTED))
    nowhere = incident(Story(serial=AFFECTED), of="")
    keyed()
    assert set(shares(again(here))) == {nowhere.pk}
    assert set(shares(again(nowhere))) == {here.pk, there.pk}
    assert twice(manager) == {here.pk, there.pk, nowhere.pk}


def test_what_a_crowd_shares_says_nothing_of_any_two(manager: Staff) -> None:
    for _ in range(21):
        incident(Story(serial="TW00000000"))
    keyed()
    assert twice(manager) == set()


def test_a_serial_that_is_mended_is_found_by_the_new_one() -> None:
    row, other = keyed(incident(Story(serial="TW11111111")), incident(Story(serial=AFFECTED)))
    keep_story(row, Story(serial=AFFECTED))
    row, _ = keyed(row, other)
    assert set(shares(row)) == {other.pk}
    assert row.keyed_at is not None
    assert row.keyed_at > datetime(2020, 1, 1, tzinfo=UTC)


def test_who_is_named_after_the_report_was_keyed_is_found_all_the_same() -> None:
    first = take_report(live=the_recall(), language="en", story=SMOKE, teller=teller_known())
    later = take_report(live=the_recall(), language="en", story=SMOKE, nonce="made-up")
    keyed(first, later)
    take_report(
        live=the_recall(), language="en", story=SMOKE, teller=teller_known(), nonce="made-up"
    )
    _, row = keyed(first, later)
    assert first.pk in set(shares(row))
    assert row.contact_digest
