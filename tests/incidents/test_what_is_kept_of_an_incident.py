"""What the database keeps of an incident: its moment stays, no row goes, words are sealed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from recalldesk.audit.models import StateChange
from recalldesk.foundation import clock
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.incidents.models import Incident
from recalldesk.sealing.fields_of_rows import opened

pytestmark = pytest.mark.django_db
ACCOUNT = "Made up: it smoked on the sofa."
CONTACT = "made-up-owner@example.org"


@pytest.fixture
def incident() -> Incident:
    """Of no recall: none is published here."""
    return obtain_incident(live=None, language="es")


def told(incident: Incident) -> Incident:
    return tell_more(
        incident_id=incident.pk, live=None, brand="", name="", contact=CONTACT, account=ACCOUNT
    )


def test_the_moment_at_which_it_was_obtained_never_changes(incident: Incident) -> None:
    with pytest.raises(DatabaseError, match="Cannot update"):
        Incident.objects.filter(pk=incident.pk).update(obtained_at=clock.now() - timedelta(days=1))


def test_it_is_never_deleted(incident: Incident) -> None:
    with pytest.raises(DatabaseError, match="Cannot delete"):
        Incident.objects.filter(pk=incident.pk).delete()


def test_what_was_told_stands_in_no_row_in_clear(incident: Incident) -> None:
    after = told(incident)
    assert opened(after, "sealed_account") == ACCOUNT
    with connection.cursor() as cursor:
        cursor.execute("SELECT incidents_incident::text FROM incidents_incident")
        rows = str(cursor.fetchall())
    assert ACCOUNT.encode().hex() not in rows
    assert CONTACT.encode().hex() not in rows
    assert "smoked" not in str(StateChange.objects.values_list())


def test_told_again_the_first_account_stays_and_the_next_is_added(incident: Incident) -> None:
    told(incident)
    again = tell_more(
        incident_id=incident.pk,
        live=None,
        brand="",
        name="",
        contact="another@example.org",
        account="Made up: another story.",
    )
    assert opened(again, "sealed_account") == f"{ACCOUNT}\n\nMade up: another story."
