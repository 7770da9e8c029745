"""Danger first: what to do is shown whatever happens; that somebody said so is kept at once."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from time_machine import travel

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.access import come_back
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.incidents.models import Incident
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.recalls import reads, wording
from recalldesk.recalls.reads import document_of
from recalldesk.recalls.working_calendar import calendar_of
from recalldesk.sealing.fields_of_rows import opened
from tests.limited import FREE, solved
from tests.portal.conftest import Owner
from tests.worked import run_jobs

DANGER = "/en/recalls/anker-a1263/danger"
ANY = "/en/danger"
TELL = "/en/danger/tell"
STEPS = "Do not touch it, move it, charge it or write on it."
PHONE = "tel:+18005550142"
EMAIL = "made-up-owner@example.org"
ACCOUNT = "Made up: it smoked on the sofa."


def text_of(page: HttpResponse) -> str:
    return page.content.decode()


def shows_what_to_do(page: HttpResponse) -> bool:
    body = text_of(page)
    return STEPS in body and "tel:911" in body and PHONE in body


def token_on(page: HttpResponse) -> str:
    found = re.search(r'name="token" value="([^"]*)"', text_of(page))
    assert found
    return html.unescape(found.group(1))


def tells(owner: Owner, said: HttpResponse, **fields: str) -> HttpResponse:
    given = {"contact": EMAIL, "recall": "anker-a1263", "brand": "anker"} | fields
    return owner.sends(TELL, token=token_on(said), **given)


def letters() -> list[Mailing]:
    return list(Mailing.objects.filter(purpose=Purpose.INCIDENT_TO_DESK))


@pytest.mark.parametrize(
    "path", [DANGER, ANY, "/en/recalls/soundcore-a3102-a3302/powerconf/danger"]
)
def test_saying_so_is_kept_at_once_and_written_to_the_desk(owner: Owner, path: str) -> None:
    page = owner.sends(path)
    assert page.status_code == 200
    assert shows_what_to_do(page)
    assert page["Cache-Control"] == "no-store"
    assert "We have noted that you told us" in text_of(page)
    incident = Incident.objects.get()
    assert (incident.recall is None) == (path == ANY)
    assert (clock.now() - incident.obtained_at).total_seconds() < 60
    assert letters()
    assert StateChange.objects.filter(subject=Subject.INCIDENT).count() == 1


def test_looking_at_the_page_keeps_nothing_and_can_be_kept(owner: Owner) -> None:
    page = owner.sees(DANGER)
    assert shows_what_to_do(page)
    assert 'form="danger-now">Yes, tell the desk</button>' in text_of(page)
    assert page["Cache-Control"] == "public, max-age=60"
    assert not page.cookies
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/check",
        "/en/recalls/anker-a1263/",
        "/en/recalls/anker-a1263/check",
        "/en/recalls/anker-a1263/unreadable",
        "/en/no-such-page",
    ],
)
def test_yes_is_a_button_that_sends_nothing_else_on_the_page(owner: Owner, path: str) -> None:
    body = text_of(owner.sees(path))
    named = "/en/recalls/anker-a1263/danger" if "a1263" in path else ANY
    assert f'<form id="danger-now" method="post" action="{named}"></form>' in body
    buttons = re.findall(r'<button[^>]*form="danger-now">Yes, tell me what to do</button>', body)
    assert len(buttons) == 1


def test_the_result_page_asks_first(owner: Owner) -> None:
    body = text_of(owner.checks(owner.recalled(), recall="anker-a1263"))
    assert '<button class="button hazard" form="danger-now">Yes, tell me what to do' in body


def test_the_desk_reads_one_language_whatever_the_owner_speaks(owner: Owner) -> None:
    owner.sends(DANGER.replace("/en/", "/es/"))
    [letter] = letters()
    assert "No name or contact is known yet." in content_of(letter).text
    assert "anker-a1263" in content_of(letter).text


def test_the_form_speaks_the_language_of_the_page(owner: Owner) -> None:
    body = text_of(owner.sends(DANGER.replace("/en/", "/es/")))
    assert "Es todo lo que necesitamos." in body
    assert "This is all that we need" not in body


def test_telling_more_makes_the_claim_that_a_person_takes(owner: Owner) -> None:
    answer = tells(
        owner, owner.sends(DANGER), name="Made-up Owner", account=ACCOUNT, serial=owner.recalled()
    )
    filing = Filing.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/en/claims/{filing.key}/?sent"
    incident = Incident.objects.get()
    assert incident.filing_id == filing.pk
    assert opened(incident, "sealed_account") == ACCOUNT
    claim = Claim.objects.get()
    assert (claim.state, filing.is_dangerous) == (ClaimState.IN_REVIEW, True)
    assert seen_filing(filing).units[0].serial == owner.recalled()
    said = [content_of(letter).text for letter in letters()]
    assert len(said) == 2
    assert not any(word in text for text in said for word in (ACCOUNT, EMAIL, owner.recalled()))
    status = owner.sees(answer["Location"])
    body = text_of(status)
    days = calendar_of(document_of(filing.version))
    promised = days.after(days.day_of(clock.now()), 1)
    day = wording.day(promised, wording.locale_of("en", "US"))
    assert "A person writes to you</h1>" in body
    assert f"You hear from us by {day}." in body
    assert "Stay away from it" in body
    assert "How to keep it meanwhile" not in body


def test_whoever_gave_a_phone_is_called(owner: Owner) -> None:
    answer = tells(owner, owner.sends(DANGER), contact="202-555-0143")
    assert "A person calls you</h1>" in text_of(owner.sees(answer["Location"]))


def test_the_letter_of_a_dangerous_unit_says_to_stay_away(owner: Owner) -> None:
    tells(owner, owner.sends(DANGER))
    letter = content_of(Mailing.objects.get(purpose=Purpose.CLAIM_FILED)).text
    assert "do not touch, charge or move the product" in " ".join(letter.split())
    assert "keep the product" not in letter


def test_sent_twice_it_is_one_incident_and_one_claim(owner: Owner) -> None:
    said = owner.sends(DANGER)
    places = {tells(owner, said)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert (Incident.objects.count(), Filing.objects.count()) == (1, 1)


def test_said_again_by_the_same_browser_it_is_the_same_incident(owner: Owner) -> None:
    tokens = {token_on(owner.sends(DANGER)) for _ in range(3)}
    assert len(tokens) == 1
    assert Incident.objects.count() == 1


def test_said_again_after_it_was_told_it_is_another(owner: Owner) -> None:
    tells(owner, owner.sends(DANGER))
    owner.sends(DANGER)
    assert Incident.objects.count() == 2


def test_of_another_recall_it_is_another(owner: Owner) -> None:
    owner.sends(DANGER)
    owner.sends("/en/recalls/baseus-bs30kp365/danger")
    assert Incident.objects.count() == 2


def test_the_form_sent_again_the_next_day_opens_no_claim(owner: Owner) -> None:
    said = owner.sends(DANGER)
    tells(owner, said)
    with travel(clock.now().replace(microsecond=0) + timedelta(hours=20), tick=False):
        answer = tells(owner, said)
    assert answer["Location"] == "/en/claims/come-back"


def test_without_a_way_to_be_reached_what_was_typed_is_kept(owner: Owner) -> None:
    said = owner.sends(DANGER)
    page = tells(owner, said, contact="", account=ACCOUNT)
    assert page.status_code == 422
    assert shows_what_to_do(page)
    assert "Give an e-mail address or a phone number" in text_of(page)
    assert ACCOUNT in text_of(page)
    assert token_on(page) == token_on(said)


def test_where_the_recall_is_not_known_it_may_be_chosen(owner: Owner) -> None:
    said = owner.sends(ANY)
    assert '<option value="anker-a1263">' in text_of(said)
    answer = tells(owner, said, recall="", brand="", product="anker-a1263")
    assert answer.status_code == 303
    assert Filing.objects.get().recall.slug == "anker-a1263"


def test_a_number_is_of_the_country_of_the_recall_that_gives_it_out(owner: Owner) -> None:
    """Somebody waits to be called, and was asked for no country."""
    given = {"recall": "made-up-vehicles", "brand": "", "contact": "912 345 678"}
    tells(owner, owner.sends("/es/recalls/made-up-vehicles/danger"), **given)
    filing = Filing.objects.get()
    assert seen_filing(filing).phone == "+34912345678"
    with travel(clock.now() + timedelta(minutes=5)):
        come_back(reference=filing.reference, contact="912 345 678")
        run_jobs(tasks=["claims.mail_new_link"])
    assert Mailing.objects.filter(purpose=Purpose.ACCESS_LINK).count() == 1


def test_where_it_stays_unknown_a_person_gets_in_touch_all_the_same(owner: Owner) -> None:
    page = tells(owner, owner.sends(ANY), recall="", brand="", contact="202-555-0143")
    assert page.status_code == 200
    assert "A person gets in touch with you</h1>" in text_of(page)
    assert "You hear from us by" in text_of(page)
    assert opened(Incident.objects.get(), "sealed_contact") == "+12025550143"


@pytest.mark.usefixtures("limits")
def test_a_flood_writes_no_more_rows_but_is_shown_what_to_do(owner: Owner) -> None:
    for _ in range(FREE + 3):
        owner.client.cookies.clear()
        page = owner.sends(DANGER)
        assert page.status_code == 200
        assert shows_what_to_do(page)
    assert Incident.objects.count() == FREE
    assert "We have not noted anything yet. Please call us" in text_of(page)
    assert token_on(page) == ""


@pytest.mark.usefixtures("limits")
def test_over_the_limit_an_owner_is_heard_after_a_short_proof(owner: Owner) -> None:
    for _ in range(FREE):
        owner.checks("00000000000000ZZ")
    held = tells(owner, owner.sends(DANGER), account=ACCOUNT)
    assert held.status_code == 429
    body = text_of(held)
    assert PHONE in body
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', body))
    assert fields["account"] == ACCOUNT
    challenge = re.search(r'data-challenge="([^"]*)"', body)
    assert challenge
    proof = solved(json.loads(html.unescape(challenge.group(1))))
    answer = owner.sends(TELL, **{**fields, "proof": proof})
    assert answer.status_code == 303
    assert Incident.objects.get().filing is not None


@pytest.mark.usefixtures("limits")
def test_whoever_tells_more_and_more_is_charged_since_the_desk_is_written_to(owner: Owner) -> None:
    said = owner.sends(DANGER)
    for number in range(FREE + 3):
        page = tells(owner, said, contact=f"made.up.{number}@example.org")
    assert page.status_code == 429
    assert 'value="made.up.' in page.content.decode(), "what was typed is kept"
    assert len(letters()) == 1 + FREE
    assert Incident.objects.count() == 1


def test_a_form_of_another_site_shows_what_to_do_and_keeps_nothing(owner: Owner) -> None:
    page = owner.client.post(DANGER, headers={"Origin": "https://elsewhere.example"})
    assert page.status_code == 200
    assert shows_what_to_do(page)
    assert not Incident.objects.exists()


@pytest.mark.parametrize("path", [DANGER, ANY])
def test_without_a_database_what_to_do_is_shown_all_the_same(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    owner.sees("/en/")

    def gone(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("recalldesk.portal.views.danger.obtain_incident", gone)
    monkeypatch.setattr("recalldesk.recalls.reads._live_rows", gone)
    page = owner.sends(path)
    assert page.status_code == 200
    assert shows_what_to_do(page)
    assert "Please call us" in text_of(page)
    told = tells(owner, page, account=ACCOUNT)
    assert told.status_code == 503
    assert shows_what_to_do(told)
    assert ACCOUNT in text_of(told)


def test_a_process_that_never_saw_its_database_says_what_to_do(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("recalldesk.portal.views.danger.obtain_incident", gone)
    monkeypatch.setattr("recalldesk.recalls.reads._live_rows", gone)
    monkeypatch.setattr(reads._LastKnown, "recalls", None)
    for page in (owner.sends(DANGER), owner.sees(DANGER)):
        assert page.status_code == 200
        assert STEPS in text_of(page)


def test_a_fault_of_ours_hides_nothing_of_what_to_do(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("made-up secret")

    monkeypatch.setattr("recalldesk.portal.views.danger.obtain_incident", broken)
    assert shows_what_to_do(owner.sends(DANGER))
    assert "made-up secret" not in caplog.text


def test_a_recall_that_is_none_is_not_found(owner: Owner) -> None:
    assert owner.sends("/en/recalls/no-such-recall/danger").status_code == 404


@pytest.mark.parametrize("token", ["", "made-up", "WzEsIiIsIiJd:1x:y"])
def test_a_token_that_is_none_makes_an_incident_of_its_own(owner: Owner, token: str) -> None:
    owner.sends(DANGER)
    owner.client.cookies.clear()
    answer = owner.sends(TELL, token=token, contact=EMAIL, recall="anker-a1263", brand="anker")
    assert answer.status_code == 303
    assert Incident.objects.count() == 2
    assert Incident.objects.latest("pk").filing is not None
