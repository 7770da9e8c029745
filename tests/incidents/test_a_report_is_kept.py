"""An owner reports what happened: one form is one incident, the moment is ours, the desk learns."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.models import Filing
from recalldesk.claims.reads import seen_filing
from recalldesk.evidence.states import EvidencePurpose
from recalldesk.incidents.actions import obtain_incident, tell_more, teller_of
from recalldesk.incidents.desk_page import incident_seen
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.reporting import photos_for, staff_told, take_report
from recalldesk.incidents.states import Happened, IncidentSource
from recalldesk.incidents.story import Story
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import staff
from tests.claims.owner import OLGA, log_of, the_recall
from tests.incidents.reports_made import STORY, reported, teller_known
from tests.incidents.told import again

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def letters() -> list[str]:
    rows = Mailing.objects.filter(purpose=Purpose.INCIDENT_TO_DESK).order_by("pk")
    return [content_of(row).subject + content_of(row).text for row in rows]


def test_the_moment_is_the_servers_and_the_desk_is_written_to() -> None:
    with time_machine.travel("2026-11-05T23:59:58Z", tick=False):
        incident = reported()
    assert incident.obtained_at.isoformat() == "2026-11-05T23:59:58+00:00"
    assert incident.source == IncidentSource.FORM
    assert log_of(Subject.INCIDENT, incident.pk) == [("", "obtained", "")]
    [letter] = letters()
    assert f"Report of incident {incident.pk}" in letter
    assert "2026-11-05 23:59:58" in letter
    for word in ("burnt", "hand", "34", "table", "doctor"):
        assert word not in letter


def test_a_form_that_comes_twice_is_one_incident() -> None:
    first = reported()
    assert reported() == first
    assert (Incident.objects.count(), Injury.objects.count(), Damage.objects.count()) == (1, 1, 1)
    assert len(letters()) == 1


def test_the_database_takes_no_second_incident_of_a_form() -> None:
    first = reported()
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.create(source=IncidentSource.FORM, language="en", nonce=first.nonce)


def test_two_forms_that_say_the_same_are_two_incidents() -> None:
    assert reported(nonce="form-1") != reported(nonce="form-2")


def test_what_is_corrected_and_sent_again_is_added_to_it() -> None:
    first = reported(Story(happened=Happened.FIRE))
    assert reported(STORY) == first
    assert log_of(Subject.INCIDENT, first.pk)[-1] == ("obtained", "obtained", Reason.LEARNED)
    assert len(letters()) == 2


def test_what_was_said_of_danger_before_becomes_no_second_incident() -> None:
    said = obtain_incident(live=the_recall(), language="en")
    assert reported(incident_id=said.pk) == said
    told = tell_more(
        incident_id=said.pk,
        live=the_recall(),
        brand="tidewater",
        name="Olga",
        contact=OLGA.email,
        account=STORY.account,
    )
    assert told.filing is not None
    assert Injury.objects.get().incident == said
    assert opened(told, "sealed_account") == STORY.account


def test_who_can_be_reached_is_kept_with_the_incident_until_a_claim_is_made() -> None:
    incident = reported(teller=teller_known())
    incident.refresh_from_db()
    assert opened(incident, "sealed_contact") == f"Olga {OLGA.email}"
    assert not Filing.objects.exists()
    assert "A way to reach whoever told of it is known now." in letters()[0]


def test_a_report_from_a_claim_is_of_that_claim_and_a_new_number_is_the_claims() -> None:
    filing = OLGA.files()
    incident = reported(filing_id=filing.pk)
    assert incident.filing == filing
    teller = teller_of(name="", contact="+1 202 555 0144", live=the_recall())
    again = take_report(
        live=the_recall(), language="en", story=STORY, teller=teller, filing_id=filing.pk
    )
    again.refresh_from_db()
    assert (again, bytes(again.sealed_contact)) == (incident, b"")
    seen = seen_filing(Filing.objects.get())
    assert (seen.name, seen.phone) == (OLGA.name, "+12025550144")


def test_a_report_of_no_recall_is_kept_too() -> None:
    incident = take_report(live=None, language="en", story=STORY, nonce="form-1")
    assert (incident.recall, photos_for(incident.pk)) == (None, None)
    assert letters()


def test_photos_of_an_incident_belong_to_it_and_to_no_claim() -> None:
    incident = reported()
    evidence = photos_for(incident.pk)
    assert evidence is not None
    assert evidence.purpose == EvidencePurpose.INCIDENT
    assert photos_for(incident.pk) == evidence


def test_all_that_is_told_of_one_incident_has_an_end() -> None:
    for number in range(4):
        reported(Story(account=str(number) * 4000))
    with pytest.raises(FieldsRefused) as refused:
        reported(Story(account="x" * 4000))
    assert refused.value.fields == {"account": FieldProblem.TOO_LONG}


def test_what_staff_was_told_is_theirs_in_the_log_and_writes_to_nobody() -> None:
    incident = reported(Story(happened=Happened.HEAT))
    by = Staff.objects.first()
    assert by is not None
    assert staff_told(incident_id=incident.pk, story=STORY, by=by)
    assert not staff_told(incident_id=incident.pk, story=STORY, by=by)
    assert len(letters()) == 1
    assert log_of(Subject.INCIDENT, incident.pk)[-1] == ("obtained", "obtained", Reason.LEARNED)


def test_what_a_later_telling_takes_the_place_of_stands_sealed_in_the_log() -> None:
    first = replace(STORY, happened_on=date(2025, 6, 1), country="US", serial="TW 1111 1111")
    incident = reported(first)
    reported(replace(STORY, happened_on=date(2025, 6, 2), country="US", serial="TW22222222"))
    seen = incident_seen(incident.pk, by=(manager := staff(Role.RECALL_MANAGER))).timeline
    assert seen[0].note == (
        "Before: day: 2025-06-01, another serial, which stands with the account"
    )
    assert "Serial told before: TW 1111 1111" in opened(again(incident), "sealed_account")
    reported(replace(STORY, account="And it smoked, made up."))
    assert incident_seen(incident.pk, by=manager).timeline[0].note is None


def test_what_is_less_grave_takes_the_place_of_nothing() -> None:
    first = reported(Story(happened=Happened.SMOKE))
    reported(Story(happened=Happened.FIRE), incident_id=first.pk)
    reported(
        Story(happened=Happened.SMOKE, account="It smoked before, made up."), incident_id=first.pk
    )
    assert Incident.objects.get(pk=first.pk).happened == Happened.FIRE
