"""Somebody tells the desk what happened: asked the same as on the page, kept with who was told."""

from typing import Any

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import Contact, Filing
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.story import hurt_of
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import sign_in, staff
from tests.cast import AFFECTED, Desk
from tests.console.test_a_call import desk, press, said

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
TOLD = {
    "happened": "fire",
    "happened_on": "2026-05-03",
    "has_unit": "yes",
    "anyone_hurt": "yes",
    "person-0-care": "doctor",
    "person-0-age": "34",
    "person-0-harm": "Made up: a burnt hand",
    "anything_damaged": "yes",
    "thing-0-amount": "90",
    "thing-0-currency": "USD",
    "note": "Made up: it burnt on the table.",
    "channel": "letter",
}


@pytest.fixture
def rosa(client: Client, desk: Desk) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


def begun(rosa: Client, **typed: Any) -> Any:
    return press(rosa, "danger", **{"channel": "letter"} | typed)


def test_what_is_asked_is_read_out_in_the_callers_language(rosa: Client) -> None:
    asked = said(begun(rosa, language="es")).partition("Ask them")[2].partition("</ul>")[0]
    assert 'lang="es"' in asked
    assert asked.count("<li") == 8


def test_what_a_caller_told_is_kept_with_the_contact(rosa: Client) -> None:
    page = begun(rosa)
    typed = TOLD | {"name": "Carla", "phone": "202-555-0143", "serial": AFFECTED}
    places = {press(rosa, "told", page, **typed)["Location"] for _ in range(2)}
    assert len(places) == 1
    incident = Incident.objects.get()
    assert (incident.happened, incident.has_unit, incident.country) == ("fire", "yes", "US")
    [hurt] = hurt_of(incident)
    assert (hurt.care, hurt.age) == ("doctor", "34")
    assert (Injury.objects.count(), Damage.objects.count()) == (1, 1)
    assert opened(incident, "sealed_account") == TOLD["note"]
    assert incident.contact == Contact.objects.get()
    assert incident.contact.channel == "letter"
    assert incident.filing == Filing.objects.get()
    assert f">incident {incident.pk}</a>." in said(rosa.get(places.pop()))


def test_who_gives_no_way_to_be_reached_is_heard_all_the_same(rosa: Client) -> None:
    page = begun(rosa)
    asked = press(rosa, "told", page, **TOLD)
    assert asked.status_code == 422
    assert not Injury.objects.exists()
    assert press(rosa, "told", page, no_contact="on", **TOLD).status_code == 303
    assert not Filing.objects.exists()
    assert Injury.objects.get().incident == Incident.objects.get()


def test_one_more_person_keeps_what_was_typed(rosa: Client) -> None:
    page = press(rosa, "person", begun(rosa), **TOLD)
    body = said(page)
    for typed in ("Made up: a burnt hand", "2026-05-03", "it burnt on the table"):
        assert typed in body
    assert 'name="person-1-care"' in body
    more = TOLD | {"person-1-care": "none", "no_contact": "on"}
    press(rosa, "told", page, **more)
    assert Injury.objects.count() == 2


def test_what_is_not_right_is_named_beside_its_field_and_nothing_is_kept(rosa: Client) -> None:
    wrong = TOLD | {"thing-0-amount": "much", "phone": "202-555-0143"}
    refused = press(rosa, "told", begun(rosa), **wrong)
    assert refused.status_code == 422
    assert "This is no amount." in said(refused)
    assert "Made up: a burnt hand" in said(refused)
    assert not Filing.objects.exists()
    assert not Injury.objects.exists()
