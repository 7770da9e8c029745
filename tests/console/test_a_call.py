"""Somebody calls: their serial is checked, their claim entered, their danger heard."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.permissions import Role
from recalldesk.checks import counts
from recalldesk.checks.models import CheckCount
from recalldesk.checks.states import Source
from recalldesk.claims.desk.posting import letters_to_print
from recalldesk.claims.models import Contact, Filing
from recalldesk.foundation import clock
from recalldesk.incidents.models import Incident
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SLIP, SLUG, Desk
from tests.claims.owner import CARD, KETTLE, STREET, text_with_all_remedies

pytestmark = pytest.mark.django_db
PHONE = "/desk/phone/"
CALLER = {
    "name": "Carla Phoned-In",
    "remedy": KETTLE,
    "reading": "serial",
    "agreed": "on",
    "channel": "phone",
    "about": "claim",
    "note": "Speaks softly.",
    **STREET,
    "country_area": "IL",
}


@pytest.fixture(autouse=True)
def desk(kettles: Desk) -> Desk:
    kettles.published(text_with_all_remedies())
    return kettles


@pytest.fixture
def rosa(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


def hidden(response: Any) -> dict[str, str]:
    """What the page gives back with its form."""
    found = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode()
    )
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def press(client: Client, button: str, before: Any = None, **typed: Any) -> Any:
    kept = hidden(before if before is not None else client.get(PHONE))
    return client.post(PHONE, kept | {"do": button} | typed)


def said(response: Any) -> str:
    return unescape(main_of(response))


def test_one_live_recall_is_chosen_and_its_script_stands_beside_the_form(rosa: Client) -> None:
    page = said(rosa.get(PHONE))
    assert page.index("Ask this first") < page.index("What to say") < page.index("The serial")
    assert "We never ask for a card number or a fee." in page
    assert "A gift card" in page
    assert SLUG in page


def test_all_that_is_missing_is_named_at_once_and_led_to(rosa: Client) -> None:
    refused = press(rosa, "claim", country="US", channel="phone", about="claim")
    page = said(refused)
    assert refused.status_code == 422
    for name in ("serial", "name", "email", "remedy", "agreed"):
        assert f'href="#id_{name}_error"' in page, name
        assert f'id="id_{name}_error"' in page, name
    assert not Filing.objects.exists()
    # What cannot be read is no serial that is missing.
    unread = press(rosa, "claim", country="US", reading="unreadable")
    assert 'href="#id_serial_error"' not in said(unread)
    assert 'href="#id_name_error"' in said(unread)


def test_a_remedy_that_names_a_figure_is_offered_with_its_number(rosa: Client, desk: Desk) -> None:
    titles = '{ en = "A gift card", es = "Una tarjeta de regalo" }'
    assert titles in text_with_all_remedies()
    named = '{ en = "One of {units} gift cards", es = "Una de {units} tarjetas" }'
    desk.published(text_with_all_remedies().replace(titles, named))
    page = said(rosa.get(PHONE, {"country": "US"}))
    assert page.count("One of 1,200 gift cards") == 2  # the script, and the choice in the form
    assert "{units}" not in page


def test_the_script_is_in_the_callers_language(rosa: Client) -> None:
    page = said(press(rosa, "show", language="es"))
    assert "Una tarjeta de regalo" in page
    assert 'lang="es"' in page
    assert "Declaro" in page or "18 años" in page


def test_a_caller_whose_serial_is_affected_gets_a_claim_and_a_letter(rosa: Client) -> None:
    checked = press(rosa, "check", serial=AFFECTED)
    assert "Stop using it now" in said(checked)
    entered = press(rosa, "claim", checked, serial=AFFECTED, **CALLER)
    assert entered.status_code == 303
    filing = Filing.objects.get()
    assert (filing.channel, filing.state, filing.language) == ("phone", "filed", "en")
    assert opened(filing.claims.get(), "sealed_serial") == AFFECTED
    page = said(rosa.get(entered["Location"]))
    assert filing.reference in page
    assert "letter on paper" in page
    assert "hear from us by" in page
    (waiting,) = letters_to_print(by=staff(Role.SENIOR_REVIEWER))
    assert waiting.reference == filing.reference


def test_whom_mail_reaches_gets_the_same_mail_as_an_owner(rosa: Client) -> None:
    press(rosa, "claim", serial=AFFECTED, email="carla@home.example", **CALLER | {"remedy": CARD})
    assert [each.purpose for each in Mailing.objects.all()] == [Purpose.CLAIM_FILED]


def test_the_answer_is_said_in_the_words_of_an_owners_page(rosa: Client) -> None:
    for serial in (AFFECTED, LOOK_ALIKE, SLIP, FAR):
        owners = unescape(
            Client()
            .post(
                "/en/check",
                {"serial": serial, "recall": SLUG},
                headers={"Origin": "http://testserver"},
            )
            .content.decode()
        )
        page = said(press(rosa, "check", serial=serial))
        verdict = re.search(r'role="status"><div[^>]*><h3>([^<]+)</h3>\s*<p>([^<]+)</p>', page)
        assert verdict is not None
        assert verdict[1] in owners
        for sentence in re.findall(r"[^.]+\.", verdict[2]):
            assert sentence.strip() in owners
        assert "safe" not in page


def test_each_check_is_counted_as_one_by_phone(rosa: Client) -> None:
    counts.forget()
    checked = press(rosa, "check", serial=AFFECTED)
    press(rosa, "show", checked, serial=AFFECTED)
    press(rosa, "enter", checked, serial=AFFECTED)
    assert counts.write_now()
    rows = CheckCount.objects.filter(source=Source.PHONE, recall=None)
    assert sum(rows.values_list("count", flat=True)) == 1


@pytest.mark.parametrize("typed", [LOOK_ALIKE, SLIP])
def test_a_second_look_by_phone_never_says_what_is_expected(rosa: Client, typed: str) -> None:
    checked = press(rosa, "check", serial=typed)
    page = said(checked)
    assert "Please look again" in page
    assert "read the serial to me once more" in page
    assert AFFECTED not in checked.content.decode()
    field = re.search(r'<input[^>]*name="serial"[^>]*>', page)
    assert field is not None
    assert "value=" not in field[0]
    again = press(rosa, "check", checked, serial=typed)
    assert "A person decides this with you" in said(again)
    assert AFFECTED not in again.content.decode()


def test_characters_in_doubt_are_spelled_with_what_they_are_mixed_up_with(rosa: Client) -> None:
    page = said(press(rosa, "check", serial=LOOK_ALIKE))
    assert "Easily mixed up; ask which of them stands there." in page
    assert re.search(r"Place \d+: <span[^>]*>[^<]+ · [^<]+</span>\?", page)


def test_no_serial_stands_in_an_address(rosa: Client) -> None:
    checked = press(rosa, "check", serial=AFFECTED)
    entered = press(rosa, "claim", checked, serial=AFFECTED, **CALLER)
    assert AFFECTED not in entered["Location"]
    assert not re.search(rf'(href|action)="[^"]*{AFFECTED}', checked.content.decode())


def test_a_double_click_is_one_contact_and_one_claim(rosa: Client) -> None:
    page = rosa.get(PHONE)
    places = {press(rosa, "claim", page, serial=AFFECTED, **CALLER)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert (Contact.objects.count(), Filing.objects.count()) == (1, 1)
    page = rosa.get(PHONE)
    for _ in range(2):
        press(rosa, "contact", page, **CALLER)
    assert (Contact.objects.count(), Filing.objects.count()) == (2, 1)


def test_what_was_typed_stays_where_something_is_refused(rosa: Client) -> None:
    typed = CALLER | {"postal_code": "nowhere", "phone": "202-555-0143"}
    refused = press(rosa, "claim", serial=AFFECTED, **typed)
    assert refused.status_code == 422
    page = said(refused)
    assert "Have it read once more" in page
    for value in ("Carla Phoned-In", "Speaks softly.", "77 Madeup Lane", "nowhere", AFFECTED):
        assert value in page
    assert not Filing.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"agreed": ""}, "Read it out"),
        ({"remedy": ""}, "Fill this in"),
        ({"remedy": CARD}, "A gift card needs an e-mail"),
        ({"name": ""}, "Fill this in"),
        ({"happened_at": "yesterday"}, "cannot be chosen here"),
        ({"happened_at": "2999-01-01T10:00"}, "cannot be chosen here"),
        ({"email": "carla"}, "This is no e-mail address"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    rosa: Client, wrong: dict[str, str], words: str
) -> None:
    refused = press(rosa, "claim", serial=AFFECTED, **CALLER | {"phone": "202-555-0143"} | wrong)
    assert refused.status_code == 422
    assert words in said(refused)


def test_a_caller_in_danger_is_heard_before_anything_is_asked(rosa: Client) -> None:
    page = rosa.get(PHONE)
    first = press(rosa, "danger", page)
    assert "It is noted, and the desk is being told." in said(first)
    press(rosa, "danger", page)
    incident = Incident.objects.get()
    assert (incident.source, incident.recall.slug) == ("desk", SLUG)  # type: ignore[union-attr]
    assert Mailing.objects.filter(purpose=Purpose.INCIDENT_TO_DESK).count() == 1
    lacking = press(rosa, "told", first, note="It smoked.")
    assert lacking.status_code == 422
    assert "It smoked." in said(lacking)
    typed = {"name": "Carla", "phone": "202-555-0143", "note": "It smoked.", "serial": AFFECTED}
    places = {press(rosa, "told", first, **typed)["Location"] for _ in range(2)}
    assert len(places) == 1
    filing = Filing.objects.get()
    assert (filing.is_dangerous, filing.channel) == (True, "phone")
    assert filing.entered_by is not None
    assert Contact.objects.get().filing == filing
    incident.refresh_from_db()
    assert opened(incident, "sealed_account") == "It smoked."


def test_what_a_caller_told_of_danger_is_read_at_the_desk_by_whoever_says_why(
    rosa: Client,
) -> None:
    first = press(rosa, "danger")
    typed = {"name": "Carla", "phone": "202-555-0143", "note": "It smoked.", "serial": AFFECTED}
    contact = press(rosa, "told", first, **typed)["Location"]
    page = said(rosa.get(contact))
    assert "Nothing was noted." not in page
    assert "It smoked." not in page
    assert "It smoked." in said(rosa.post(f"{contact}note/"))
    claim = f"/desk/claims/{Filing.objects.get().reference}/1/"
    page = said(rosa.get(claim))
    assert f'<a href="{claim}owner/">Read what was told</a>' in page
    assert "It smoked." not in page
    assert rosa.post(f"{claim}owner/", {"reason": ""}).status_code == 422
    assert "It smoked." in said(rosa.post(f"{claim}owner/", {"reason": "To call them"}))


def test_a_token_that_was_made_up_names_no_incident(rosa: Client) -> None:
    made_up = press(rosa, "told", incident="1:made:up", name="Carla", phone="202-555-0143")
    assert made_up.status_code == 200
    assert Incident.objects.count() == 1


def test_an_answer_that_was_altered_is_not_shown(rosa: Client) -> None:
    assert "Stop using" not in said(press(rosa, "show", answer="made-up"))


def test_an_answer_is_shown_again_in_its_own_call_within_the_hour_only(rosa: Client) -> None:
    checked = press(rosa, "check", serial=AFFECTED)
    assert "Stop using" in said(press(rosa, "show", checked))
    answer = hidden(checked)["answer"]
    assert "Stop using" not in said(press(rosa, "show", answer=answer))
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        late = press(rosa, "show", checked, serial=AFFECTED)
    assert "Stop using" not in said(late)
    assert AFFECTED in said(late)


@pytest.mark.parametrize("serial", ["", AFFECTED])
def test_the_page_takes_at_most_twelve_queries(rosa: Client, serial: str) -> None:
    kept = hidden(rosa.get(PHONE))
    with CaptureQueriesContext(connection) as asked:
        if serial:
            rosa.post(PHONE, kept | {"do": "check", "serial": serial})
        else:
            rosa.get(PHONE)
    assert len(asked) <= 12, [each["sql"][:80] for each in asked]
