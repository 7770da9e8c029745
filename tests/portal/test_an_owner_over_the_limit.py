"""An owner over the limit loses nothing that was typed, and is always shown the phone."""

import html
import json
import re
from typing import Any

import pytest
from django.http import HttpResponse
from time_machine import travel

from recalldesk.checks.guard import Admission, Step
from recalldesk.outreach.models import GrowthWatch
from tests.limited import FREE, solved
from tests.portal.conftest import Owner

FAR = "00000000000000ZZ"
PHONE = "tel:+18005550142"
pytestmark = pytest.mark.usefixtures("limits")


def hidden(page: HttpResponse) -> dict[str, str]:
    """The fields that the page's own form keeps."""
    form = page.content.decode().partition("<main")[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in found}


def challenge(page: HttpResponse) -> Any:
    found = re.search(r'data-challenge="([^"]*)"', page.content.decode())
    assert found
    return json.loads(html.unescape(found.group(1)))


def used_up(owner: Owner) -> None:
    for _ in range(FREE):
        assert owner.checks(FAR).status_code == 200


def test_a_proof_is_asked_for_in_kind_words(owner: Owner) -> None:
    used_up(owner)
    page = owner.checks(FAR)
    body = page.content.decode()
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (429, "60", "no-store")
    assert "One moment, please</h1>" in body
    assert "You did nothing wrong" in body
    assert "Until you know, do not use it." in body
    assert "Wait one minute, then press “Continue”." in body
    assert PHONE in body
    assert not page.cookies


def test_what_was_typed_is_kept_and_answered_after_the_work(owner: Owner) -> None:
    used_up(owner)
    typed = {"recall": "anker-a1263", "brand": "anker", "model": "A1263", "country": "US"}
    page = owner.checks(owner.recalled(), **typed)
    kept = hidden(page)
    assert kept.items() >= {**typed, "serial": owner.recalled()}.items()
    answer = owner.sends("/en/check", **kept | {"proof": solved(challenge(page))})
    assert answer.status_code == 200
    assert "Stop using it now</h1>" in answer.content.decode()


def test_without_a_script_waiting_is_enough(owner: Owner) -> None:
    with travel(1_800_000_000, tick=False) as clock:
        used_up(owner)
        kept = hidden(owner.checks(owner.recalled()))
        clock.shift(25)
        early = owner.sends("/en/check", **kept)
        assert early.status_code == 429
        assert "Wait 35 more seconds" in early.content.decode()
        assert hidden(early) == kept
        clock.shift(35)
        answer = owner.sends("/en/check", **kept)
        assert "Stop using it now</h1>" in answer.content.decode()
        assert owner.sends("/en/check", **kept).status_code == 429, "a ticket is good once"


def test_another_language_keeps_what_was_typed_and_the_time_waited(owner: Owner) -> None:
    used_up(owner)
    page = owner.checks(FAR, recall="anker-a1263")
    form = page.content.decode().partition('action="/es/check"')[2].partition("</form>")[0]
    sent = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', form))
    assert sent["proof"] == hidden(page)["proof"]
    spanish = owner.sends("/es/check", **sent)
    assert "Un momento, por favor</h1>" in spanish.content.decode()
    assert hidden(spanish) == hidden(page)


def test_past_the_limit_of_proofs_the_page_says_when_to_come_back(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Admission(Step.REFUSED, 75)
    monkeypatch.setattr("recalldesk.portal.views.held_up.admit", lambda *_: refused)
    page = owner.checks(FAR, recall="anker-a1263")
    body = page.content.decode()
    assert (page.status_code, page["Retry-After"]) == (429, "75")
    assert "Wait 2 minutes, then press “Try again”." in body
    assert "do not use it" in body
    assert PHONE in body
    assert hidden(page) == {"serial": FAR, "recall": "anker-a1263"}


def test_a_proof_that_came_to_a_refusal_is_sent_again(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Admission(Step.REFUSED, 75)
    monkeypatch.setattr("recalldesk.portal.views.held_up.admit", lambda *_: refused)
    assert hidden(owner.checks(FAR, proof="work")) == {"serial": FAR, "proof": "work"}


def test_a_serial_in_the_search_box_is_a_check_too(owner: Owner) -> None:
    used_up(owner)
    page = owner.sends("/en/search", q=owner.recalled())
    assert page.status_code == 429
    answer = owner.sends("/en/search", **hidden(page) | {"proof": solved(challenge(page))})
    assert "Stop using it now</h1>" in answer.content.decode()


def test_a_name_in_the_search_box_is_none(owner: Owner) -> None:
    for _ in range(FREE + 5):
        page = owner.sends("/en/search", q="PowerCore")
        assert page.status_code == 200
    assert owner.checks(FAR).status_code == 200


def test_a_name_that_might_be_a_serial_is_found_all_the_same(owner: Owner) -> None:
    used_up(owner)
    page = owner.sends("/en/search", q="PowerCore 10000")
    assert page.status_code == 200
    assert "PowerCore 10000" in page.content.decode()


def test_wishes_are_limited_with_the_checks(owner: Owner) -> None:
    used_up(owner)
    wish = {"watch": "anker-a1263", "contact": "owner@example.org", "serial": FAR}
    page = owner.sends("/en/tell-me", **wish)
    assert page.status_code == 429
    assert not GrowthWatch.objects.exists()
    assert hidden(page).items() >= wish.items()
    answer = owner.sends("/en/tell-me", **hidden(page) | {"proof": solved(challenge(page))})
    assert answer.status_code == 200
    assert GrowthWatch.objects.count() == 1


def test_every_other_page_stays_open(owner: Owner) -> None:
    used_up(owner)
    for path in ("/en/", "/en/check", "/en/danger", "/en/recalls/anker-a1263/danger"):
        assert owner.sees(path).status_code == 200


def test_a_form_with_nothing_in_it_costs_nothing(owner: Owner) -> None:
    for _ in range(FREE + 5):
        assert owner.checks(" ").status_code == 422
    assert owner.checks(FAR).status_code == 200
