"""An owner tells what happened: kept at once, once, and nothing of what was typed is lost."""

import html
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse

from recalldesk.claims.models import Filing
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoState
from recalldesk.foundation import clock
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.story import damaged_of, hurt_of
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.recalls import reads
from recalldesk.sealing.fields_of_rows import opened
from tests.limited import FREE, Setting, limits, solved
from tests.portal.conftest import Owner

__all__ = ["limits"]
RECALL = "/en/recalls/anker-a1263/"
REPORT, ANY, TOLD = f"{RECALL}incident", "/en/incident", "/en/incident/told"
EMAIL = "made-up-owner@example.org"
STORY = {
    "happened": "fire",
    "account": "Made up: it burnt on the sofa.",
    "happened_on": "2026-05-03",
    "is_about": "on",
    "anyone_hurt": "yes",
    "person-0-care": "doctor",
    "person-0-age": "34",
    "person-0-harm": "A burnt hand, made up",
    "anything_damaged": "yes",
    "thing-0-what": "A sofa, made up",
    "thing-0-amount": "$1,200",
    "thing-0-currency": "USD",
    "has_unit": "elsewhere",
}
KEPT = "We have noted that you told us"
AWAY = "We could not keep this just now."
THANKS = "Thank you for telling us"


def text_of(page: HttpResponse) -> str:
    return page.content.decode()


def hidden(page: HttpResponse) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text_of(page))
    return {name: html.unescape(value) for name, value in found}


def sends(owner: Owner, page: Any = None, path: Any = REPORT, **fields: Any) -> Any:
    page = page if page is not None else owner.sees(path)
    return owner.sends(path, **hidden(page) | {"do": "send"} | fields)


def letters() -> list[str]:
    rows = Mailing.objects.filter(purpose=Purpose.INCIDENT_TO_DESK).order_by("pk")
    return [content_of(row).text for row in rows]


def test_all_that_is_told_is_kept_with_the_moment(owner: Owner) -> None:
    page = sends(owner, contact=EMAIL, name="Made-up Owner", serial=owner.recalled(), **STORY)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    incident = Incident.objects.get()
    assert (clock.now() - incident.obtained_at).total_seconds() < 60
    assert (incident.source, incident.happened, incident.has_unit) == ("form", "fire", "elsewhere")
    assert (incident.country, incident.product_key, incident.is_day_exact) == ("US", "a1263", False)
    assert opened(incident, "sealed_serial") == owner.recalled()
    assert opened(incident, "sealed_contact") == f"Made-up Owner {EMAIL}"
    [hurt], [damaged] = hurt_of(incident), damaged_of(incident)
    assert (hurt.care, hurt.age, hurt.harm) == ("doctor", "34", "A burnt hand, made up")
    assert (damaged.amount, damaged.currency) == (Decimal(1200), "USD")
    [letter] = letters()
    assert "anker-a1263" in letter
    assert "hand" not in letter


def test_the_page_after_it_says_what_comes_next_and_repeats_no_word(owner: Owner) -> None:
    page = sends(owner, contact=EMAIL, serial=owner.recalled(), **STORY)
    body = text_of(page)
    for words in (
        THANKS,
        f"Your report has the number {Incident.objects.get().pk}.",
        "You hear from us by",
        "1 person was hurt",
        "1 thing was damaged",
        "saferproducts.gov",
        "Ask whoever has the unit to keep it until we have spoken.",
        "Start my claim",
    ):
        assert words in body
    for word in ("burnt", "hand", "sofa"):
        assert word not in body
    claim = hidden(page)
    assert claim["serial"] == owner.recalled()
    assert f'action="{RECALL}claim"' in body


@pytest.mark.parametrize(("happened", "is_left_alone"), [("fire", True), ("other", False)])
def test_nobody_is_told_to_lay_a_unit_down_that_burnt(
    owner: Owner, happened: str, is_left_alone: bool
) -> None:
    body = text_of(sends(owner, happened=happened, has_unit="yes"))
    assert ("Never move one that is hot, smokes or hisses." in body) is is_left_alone
    assert ("Lay it on stone" in body) is not is_left_alone


@pytest.mark.parametrize("fields", [{"happened": "heat"}, {"account": "Made up: it got hot."}])
def test_one_word_is_enough_and_nobody_needs_to_say_who_they_are(
    owner: Owner, fields: dict[str, str]
) -> None:
    page = sends(owner, **fields)
    assert THANKS in text_of(page)
    assert "nobody gets in touch" in text_of(page)
    assert "No name or contact is known yet." in letters()[0]
    assert not Filing.objects.exists()


def test_a_form_that_is_sent_twice_is_one_incident(owner: Owner) -> None:
    form = owner.sees(REPORT)
    pages = [sends(owner, form, **STORY) for _ in range(2)]
    assert all(THANKS in text_of(page) for page in pages)
    assert (Incident.objects.count(), Injury.objects.count(), Damage.objects.count()) == (1, 1, 1)
    assert len(letters()) == 1


def test_each_look_at_the_form_is_a_form_of_its_own_and_kept_by_nobody(owner: Owner) -> None:
    first, second = owner.sees(REPORT), owner.sees(REPORT)
    assert hidden(first)["nonce"] != hidden(second)["nonce"]
    assert first["Cache-Control"] == "no-store"
    assert not first.cookies
    assert not Incident.objects.exists()


def test_one_more_person_keeps_what_was_typed_and_sends_nothing(owner: Owner) -> None:
    page = sends(owner, **STORY | {"do": "person"})
    body = text_of(page)
    assert page.status_code == 200
    assert 'name="person-1-care"' in body
    for typed in ("A burnt hand, made up", "$1,200", "2026-05-03", "Made up: it burnt"):
        assert typed in html.unescape(body)
    assert not Incident.objects.exists()
    more = STORY | {"person-1-care": "hospital", "person-1-age": "7"}
    sends(owner, page, **more)
    assert [each.care for each in hurt_of(Incident.objects.get())] == ["doctor", "hospital"]


def test_one_more_thing_is_damaged(owner: Owner) -> None:
    page = sends(owner, **STORY | {"do": "thing"})
    sends(owner, page, **STORY | {"thing-1-what": "A wall, made up"})
    assert Damage.objects.count() == 2


def test_what_is_not_right_is_said_and_that_it_was_told_is_kept_all_the_same(owner: Owner) -> None:
    refused = sends(owner, **STORY | {"thing-0-amount": "a lot", "contact": "nobody"})
    assert refused.status_code == 422
    body = html.unescape(text_of(refused))
    assert KEPT in body
    assert "This is not an amount." in body
    assert "not a phone number" in body
    for typed in ("A burnt hand, made up", "a lot", "2026-05-03", "nobody"):
        assert typed in body
    incident = Incident.objects.get()
    assert opened(incident, "sealed_account") == STORY["account"]
    assert not Injury.objects.exists()
    assert THANKS in text_of(sends(owner, refused, **STORY))
    assert (Incident.objects.count(), Injury.objects.count(), Damage.objects.count()) == (1, 1, 1)
    assert Incident.objects.get().obtained_at == incident.obtained_at


def test_who_was_hurt_is_kept_where_only_the_contact_is_wrong(owner: Owner) -> None:
    refused = sends(owner, **STORY | {"contact": "nobody"})
    assert refused.status_code == 422
    assert (Injury.objects.count(), Damage.objects.count()) == (1, 1)
    assert THANKS in text_of(sends(owner, refused, **STORY | {"contact": EMAIL}))
    assert (Incident.objects.count(), Injury.objects.count(), Damage.objects.count()) == (1, 1, 1)


def test_nothing_at_all_is_no_incident(owner: Owner) -> None:
    refused = sends(owner)
    assert refused.status_code == 422
    assert "Say what happened" in text_of(refused)
    assert KEPT not in text_of(refused)
    assert not Incident.objects.exists()


def test_a_contact_alone_asks_for_a_call_and_is_kept(owner: Owner) -> None:
    refused = sends(owner, contact=EMAIL)
    assert refused.status_code == 422
    assert KEPT in text_of(refused)
    assert EMAIL in opened(Incident.objects.get(), "sealed_contact")


def test_without_a_recall_it_is_kept_and_one_may_be_named(owner: Owner) -> None:
    form = owner.sees(ANY)
    assert 'name="which"' in text_of(form)
    page = sends(owner, form, ANY, happened="smoke")
    assert THANKS in text_of(page)
    assert 'type="file"' not in text_of(page)
    named = sends(owner, path=ANY, happened="smoke", which="anker-a1263")
    assert 'type="file"' in text_of(named)
    first, second = Incident.objects.order_by("pk")
    assert (first.recall, second.recall.slug) == (None, "anker-a1263")  # type: ignore[union-attr]


def test_the_page_of_a_brand_speaks_of_its_products(owner: Owner) -> None:
    path = "/en/recalls/soundcore-a3102-a3302/powerconf/incident"
    body = text_of(owner.sees(path))
    assert "A3302" in body
    assert "A3102" not in body
    page = sends(owner, path=path, happened="heat", country="CA")
    assert Incident.objects.get().country == "CA"
    assert "recalls-rappels.canada.ca" in text_of(page)


def test_after_the_danger_page_it_is_the_same_incident(owner: Owner) -> None:
    said = owner.sends(f"{RECALL}danger")
    token = hidden(said)["token"]
    assert f'action="{REPORT}"' in text_of(said)
    form = owner.sends(REPORT, token=token, do="open")
    assert "is added to what you told us" in text_of(form)
    assert THANKS in text_of(sends(owner, form, **STORY))
    incident = Incident.objects.get()
    assert incident.source == "danger_page"
    assert Injury.objects.get().incident == incident


def test_a_browser_that_said_danger_within_the_hour_tells_of_the_same(owner: Owner) -> None:
    owner.sends(f"{RECALL}danger")
    sends(owner, **STORY)
    assert Incident.objects.count() == 1


def test_another_form_of_that_browser_tells_of_something_else(owner: Owner) -> None:
    owner.sends(f"{RECALL}danger")
    form = owner.sees(REPORT)
    assert THANKS in text_of(sends(owner, form, **STORY, serial="MADE-UP-1"))
    assert THANKS in text_of(sends(owner, form, **STORY, serial="MADE-UP-1"))  # the same form
    assert Incident.objects.count() == 1
    second = sends(owner, happened="leak")
    assert "MADE-UP-1" not in text_of(second)
    assert [each.happened for each in Incident.objects.order_by("pk")] == ["fire", "leak"]


def test_after_the_claim_that_danger_made_no_contact_is_asked_again(owner: Owner) -> None:
    said = owner.sends(f"{RECALL}danger")
    given = {"contact": EMAIL, "recall": "anker-a1263", "brand": "anker"}
    led = owner.sends("/en/danger/tell", token=hidden(said)["token"], **given)
    filing = Filing.objects.get()
    status = text_of(owner.sees(led["Location"]))
    path = f"/en/claims/{filing.key}/incident"
    assert path in status
    form = owner.sees(path)
    assert 'name="contact"' not in text_of(form)
    page = sends(owner, form, path, **STORY)
    assert "Back to my claim" in text_of(page)
    assert Incident.objects.get().filing == filing
    assert Injury.objects.count() == 1


def test_a_claims_form_opens_for_its_owner_only(owner: Owner) -> None:
    assert owner.sees("/en/claims/no-such-key/incident").status_code == 403


def test_without_a_database_all_that_was_typed_stays(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = owner.sees(REPORT)

    def gone(**_: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr("recalldesk.portal.reporting.report.take_report", gone)
        page = sends(owner, form, **STORY)
    assert page.status_code == 503
    body = html.unescape(text_of(page))
    assert AWAY in body
    for typed in ("A burnt hand, made up", "$1,200", "tel:+18005550142"):
        assert typed in body
    assert THANKS in text_of(sends(owner, page, **STORY))
    assert Incident.objects.count() == 1


def test_a_process_that_never_saw_its_database_shows_the_form(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("recalldesk.portal.reporting.report.take_report", gone)
    monkeypatch.setattr("recalldesk.recalls.reads._live_rows", gone)
    monkeypatch.setattr(reads._LastKnown, "recalls", None)
    assert owner.sees(REPORT).status_code == 200
    page = sends(owner, **STORY)
    assert (page.status_code, AWAY in text_of(page)) == (503, True)


def test_a_fault_of_ours_shows_what_was_typed_and_logs_no_word_of_it(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("made-up secret")

    monkeypatch.setattr("recalldesk.portal.reporting.report.take_report", broken)
    assert "A burnt hand, made up" in text_of(sends(owner, **STORY))
    assert "made-up secret" not in caplog.text


def test_over_the_limit_all_that_was_typed_goes_on_with_the_proof(
    owner: Owner, limits: Setting
) -> None:
    form = owner.sees(REPORT)
    for _ in range(FREE):
        owner.checks("AB1")
    held = sends(owner, form, **STORY)
    assert held.status_code == 429
    assert not Incident.objects.exists()
    challenge = re.search(r'data-challenge="([^"]*)"', text_of(held))
    assert challenge
    proof = solved(json.loads(html.unescape(challenge.group(1))))
    page = owner.sends(REPORT, **hidden(held) | {"proof": proof})
    assert THANKS in text_of(page)
    assert Injury.objects.count() == Damage.objects.count() == 1


def test_a_form_of_another_site_tells_nothing(owner: Owner) -> None:
    page = owner.client.post(REPORT, STORY, headers={"Origin": "https://elsewhere.example"})
    assert page.status_code == 403
    assert not Incident.objects.exists()


@pytest.mark.parametrize("token", ["", "made-up", "WzEsIiIsIiJd:1x:y"])
def test_a_token_that_is_none_opens_no_incident(owner: Owner, token: str) -> None:
    sends(owner, **STORY)
    page = owner.sends(TOLD, token=token)
    assert THANKS not in text_of(page)
    assert Incident.objects.count() == 1


def test_the_page_after_it_is_shown_again_in_another_language(owner: Owner) -> None:
    page = sends(owner, **STORY)
    token = hidden(page)["token"]
    again = owner.sends("/es/incident/told", token=token)
    assert again.status_code == 200
    assert str(Incident.objects.get().pk) in text_of(again)


def test_a_recall_that_is_none_is_not_found(owner: Owner) -> None:
    assert owner.sees("/en/recalls/no-such-recall/incident").status_code == 404


def test_who_told_of_danger_of_no_recall_tells_more_of_the_same(owner: Owner) -> None:
    said = owner.sends("/en/danger")
    told = owner.sends("/en/danger/tell", token=hidden(said)["token"], contact=EMAIL)
    form = owner.sends(ANY, token=hidden(told)["token"], do="open")
    assert THANKS in text_of(sends(owner, form, ANY, **STORY))
    incident = Incident.objects.get()
    assert Injury.objects.get().incident == incident
    assert EMAIL in opened(incident, "sealed_contact")


def test_photos_are_asked_for_and_one_that_is_none_costs_nothing(owner: Owner) -> None:
    page = sends(owner, **STORY)
    token = hidden(page)["token"]
    missing = owner.sends(TOLD, token=token, send="photos")
    assert missing.status_code == 422
    assert "Choose a photo first" in text_of(missing)
    empty = SimpleUploadedFile("nothing.jpg", b"", content_type="image/jpeg")
    fields: Any = {"token": token, "photos": empty}
    refused = owner.sends(TOLD, **fields)
    assert refused.status_code == 422
    assert "nothing.jpg" in text_of(refused)
    assert THANKS in text_of(refused)
    assert Incident.objects.count() == 1


def test_the_page_after_it_names_no_words_and_no_photo_that_are_not_kept(owner: Owner) -> None:
    page = sends(owner, happened="smoke")
    assert "Your own words" not in text_of(page)
    photo = SimpleUploadedFile("list.csv", b"a,b\n1,2\n", content_type="image/jpeg")
    fields: Any = {"token": hidden(page)["token"], "photos": photo}
    assert "1 photo" in text_of(owner.sends(TOLD, **fields))
    for state in (PhotoState.SCANNING, PhotoState.UNUSABLE):
        Photo.objects.update(state=state)
    assert "1 photo" not in text_of(owner.sends(TOLD, token=hidden(page)["token"]))
