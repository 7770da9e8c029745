"""Somebody says that a unit is dangerous: it is kept at once, the desk learns it, a person acts."""

from datetime import timedelta

import pytest
import time_machine
from django.db import Error, connection, transaction
from django.utils import translation

from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.access import issue_pass
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.models import Agreement, Claim, Filing
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.foundation import clock
from recalldesk.incidents.actions import LONGEST_ACCOUNT, obtain_incident, tell_more
from recalldesk.incidents.models import Incident
from recalldesk.mailing.content import content_of, recipient_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import AFFECTED
from tests.claims.owner import (
    OLGA,
    again,
    claim_of,
    fresh_pass,
    letters_of,
    log_of,
    moved,
    the_recall,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
DESK = "recall-help@example.com"
ACCOUNT = "It burned my hand."


def obtained() -> Incident:
    return obtain_incident(live=the_recall(), language="en")


def told(incident: Incident, **more: str) -> Incident:
    given = {"name": OLGA.name, "contact": OLGA.email, "account": ACCOUNT, "serial": AFFECTED}
    return tell_more(
        incident_id=incident.pk, live=the_recall(), brand="tidewater", **(given | more)
    )


def to_the_desk() -> list[tuple[str, str]]:
    """Recipient and text of each letter to the desk."""
    rows = Mailing.objects.filter(purpose=Purpose.INCIDENT_TO_DESK).order_by("pk")
    return [(recipient_of(row), content_of(row).text) for row in rows]


def filing_of(incident: Incident) -> Filing:
    incident.refresh_from_db()
    assert incident.filing is not None
    return incident.filing


def test_before_anything_is_asked_the_moment_is_kept_and_the_desk_written_to() -> None:
    with time_machine.travel("2026-11-05T23:59:58Z", tick=False):
        incident = obtained()
    assert incident.obtained_at.isoformat() == "2026-11-05T23:59:58+00:00"
    assert log_of(Subject.INCIDENT, incident.pk) == [("", "obtained", "")]
    ((to, text),) = to_the_desk()
    assert to == DESK
    assert "2026-11-05 23:59:58" in text
    assert "No name or contact is known yet." in text


def test_without_a_recall_every_desk_is_written_to() -> None:
    incident = obtain_incident(live=None, language="en")
    assert incident.recall is None
    assert [to for to, _ in to_the_desk()] == [DESK]


def test_the_desk_reads_english_whatever_the_owner_reads() -> None:
    with translation.override("es"):
        told(obtained())
    for _, text in to_the_desk():
        assert "contact is known" in text or "reach whoever told" in text


def test_the_claim_meets_a_person_at_once_and_asks_for_no_photo() -> None:
    filing = filing_of(told(obtained()))
    claim = claim_of(filing)
    assert (filing.state, filing.is_dangerous) == (FilingState.FILED, True)
    assert log_of(Subject.CLAIM, claim.pk) == [
        ("draft", "submitted", ""),
        ("submitted", "in_review", Reason.DANGER),
    ]
    assert claim.holds_unit
    assert claim.promised_on is not None
    seen = seen_filing(filing)
    assert (seen.name, seen.email) == (OLGA.name, OLGA.email)
    assert seen.units[0].serial == AFFECTED


def test_the_owner_gets_the_reference_and_is_told_to_keep_away() -> None:
    filing = filing_of(told(obtained()))
    ((purpose, to, subject, text),) = letters_of(filing)
    assert (purpose, to) == (Purpose.CLAIM_FILED, OLGA.email)
    assert filing.reference in subject
    assert "do not touch" in text
    assert "as said above" not in text


def test_nobody_agreed_to_what_was_not_shown() -> None:
    told(obtained())
    assert not Agreement.objects.exists()


def test_a_phone_number_is_a_way_to_be_reached_too() -> None:
    filing = filing_of(told(obtained(), contact="(202) 555-0143"))
    assert seen_filing(filing).phone == "+12025550143"


@pytest.mark.parametrize(
    ("more", "field", "problem"),
    [
        ({"contact": " "}, "contact", FieldProblem.NO_WAY_TO_REACH),
        ({"contact": "12"}, "contact", FieldProblem.NOT_A_PHONE),
        ({"contact": "olga@"}, "contact", FieldProblem.NOT_AN_EMAIL),
        ({"name": "x" * 200}, "name", FieldProblem.TOO_LONG),
        ({"account": "x" * 5000}, "account", FieldProblem.TOO_LONG),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_incident_stays(
    more: dict[str, str], field: str, problem: FieldProblem
) -> None:
    incident = obtained()
    with pytest.raises(FieldsRefused) as refused:
        told(incident, **more)
    assert refused.value.fields == {field: problem}
    assert Incident.objects.filter(pk=incident.pk, sealed_account=b"").exists()
    assert not Filing.objects.exists()


def test_told_again_changes_nothing() -> None:
    incident = obtained()
    first = filing_of(told(incident))
    letters = len(to_the_desk())
    assert filing_of(told(incident)) == first
    assert Filing.objects.count() == Claim.objects.count() == 1
    assert len(to_the_desk()) == letters
    assert len(letters_of(first)) == 1


def test_a_corrected_number_takes_the_place_of_the_first_and_the_desk_learns_of_it() -> None:
    incident = obtained()
    filing = filing_of(told(incident, contact="+1 202 555 0143"))
    before = len(to_the_desk())
    told(incident, contact="+1 202 555 0144")
    assert seen_filing(again(filing)).phone == "+12025550144"
    assert log_of(Subject.FILING, filing.pk)[-1] == ("filed", "filed", Reason.DETAILS_MENDED)
    assert len(to_the_desk()) == before + 1


def test_what_went_to_the_first_contact_opens_nothing_once_it_is_corrected() -> None:
    incident = obtained()
    filing = filing_of(told(incident, contact="first@home.example"))
    issue_pass(filing=filing)
    told(incident, contact="second@home.example")
    assert filing.passes.count() == 0
    good = filing.links.filter(expires_at__gt=clock.now())
    assert good.count() == 1
    assert letters_of(filing)[-1][1] == "second@home.example"


def test_what_is_told_later_is_added_and_has_an_end() -> None:
    incident = obtained()
    told(incident)
    told(incident, account="The table burned, too.")
    incident.refresh_from_db()
    account = opened(incident, "sealed_account")
    assert account.split("\n\n") == [ACCOUNT, "The table burned, too."]
    for number in range(LONGEST_ACCOUNT // 4000 - 1):
        told(incident, account=str(number) * 4000)
    with pytest.raises(FieldsRefused):
        told(incident, account="x" * 4000)


def test_without_a_recall_the_contact_is_kept_with_the_incident() -> None:
    incident = obtain_incident(live=None, language="en")
    for _ in range(2):
        tell_more(
            incident_id=incident.pk,
            live=None,
            brand="",
            name="Olga",
            contact=OLGA.email,
            account="",
        )
    incident.refresh_from_db()
    assert opened(incident, "sealed_contact") == f"Olga {OLGA.email}"
    assert incident.filing is None
    assert len(to_the_desk()) == 2


def test_a_recall_that_is_named_later_makes_the_claim_then() -> None:
    incident = obtain_incident(live=None, language="en")
    tell_more(
        incident_id=incident.pk, live=None, brand="", name="", contact=OLGA.email, account=ACCOUNT
    )
    counted = told(incident)
    assert seen_filing(filing_of(counted)).email == OLGA.email
    assert (counted.recall_id, opened(counted, "sealed_contact")) == (the_recall().recall_id, "")
    assert opened(counted, "sealed_account") == ACCOUNT
    incident.refresh_from_db()
    assert (incident.recall, incident.same_as_id) == (None, counted.pk)
    assert opened(incident, "sealed_contact") == ""


def test_danger_of_a_unit_claimed_before_meets_a_person_too() -> None:
    OLGA.files()
    filing = filing_of(told(obtained()))
    claim = claim_of(filing)
    assert (claim.state, claim.holds_unit) == (ClaimState.IN_REVIEW, False)
    assert log_of(Subject.CLAIM, claim.pk)[-1][2] == Reason.DANGER
    assert [letter[0] for letter in letters_of(filing)] == [Purpose.CLAIM_FILED]


def test_a_unit_without_a_serial_is_claimed_too() -> None:
    filing = filing_of(told(obtained(), serial="  "))
    claim = claim_of(filing)
    assert (claim.state, claim.holds_unit, bytes(claim.unit_digest)) == ("in_review", False, b"")


def test_who_told_of_it_is_erased_with_the_claim_and_that_it_happened_stays() -> None:
    incident = obtained()
    filing = filing_of(told(incident))
    moved(claim_of(filing), ClaimState.DECLINED)
    erase_filing(opened=fresh_pass(filing))
    incident.refresh_from_db()
    assert opened(incident, "sealed_contact") == ""
    assert opened(incident, "sealed_account") == ACCOUNT
    before = incident.obtained_at
    told(incident, contact="+1 202 555 0144", account="")
    incident.refresh_from_db()
    assert incident.obtained_at == before
    assert seen_filing(again(filing)).phone == ""


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM incidents_incident",
        "TRUNCATE incidents_incident CASCADE",
        "UPDATE incidents_incident SET obtained_at = now() + interval '1 day'",
        "UPDATE incidents_incident SET recall_id = NULL",
        "UPDATE incidents_incident SET source = ''",
    ],
)
def test_the_database_keeps_the_incident_and_its_moment(statement: str) -> None:
    incident = obtained()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    kept = Incident.objects.get(pk=incident.pk)
    assert kept.obtained_at == incident.obtained_at <= clock.now() + timedelta(seconds=1)
