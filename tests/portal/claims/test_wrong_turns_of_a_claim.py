"""Tabs, the back button, a second press, an old pass, a new version: each ends well."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import travel

from recalldesk.claims.access import issue_pass, new_link
from recalldesk.claims.models import Agreement, Claim, Filing
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.portal.claiming.visitor import cookie_name
from tests.portal.claims.conftest import AGREED, NAMED, ORIGIN, Claimant, words_of
from tests.portal.claims.filed import mailed_link

STEPS = ("unit", "label", "photos", "you", "remedy", "details", "send")


def test_sent_twice_it_is_one_claim_and_both_are_thanked(claimant: Claimant) -> None:
    claimant.fills_in()
    claimant.gives("send", AGREED)
    first, letters = claimant.at, Mailing.objects.count()
    claimant.gives("send", AGREED)
    assert claimant.at == first
    assert first.endswith("?sent")
    assert Filing.objects.count() == 1
    assert Mailing.objects.count() == letters


@pytest.mark.parametrize("step", STEPS)
def test_after_it_was_sent_every_step_leads_to_its_status(claimant: Claimant, step: str) -> None:
    claimant.fills_in()
    claimant.gives("send", AGREED)
    status = claimant.path("")
    assert claimant.sees(step)["Location"] == status
    answer = claimant.gives(step, {"serial": "X", "remedy": "power-bank"})
    assert answer.status_code == 303
    assert answer["Location"].startswith(status)
    assert claimant.filing.remedy_key == "gift-card"


def test_another_browser_sees_nothing_and_is_told_how_to_come_back(claimant: Claimant) -> None:
    claimant.fills_in()
    stranger = Client()
    for step in STEPS:
        page = stranger.get(claimant.path(step))
        assert page.status_code == 403
        assert "This page has closed" in words_of(page)
        assert page["Cache-Control"] == "no-store"
        assert stranger.post(claimant.path(step), {}, headers=ORIGIN).status_code == 403
    assert stranger.get(claimant.path("photos/state")).status_code == 403
    assert stranger.get("/en/claims/no-such-key0/you").status_code == 403


def test_an_old_pass_has_run_out_and_a_mailed_link_brings_everything_back(
    claimant: Claimant,
) -> None:
    claimant.fills_in()
    with travel(clock.now() + timedelta(days=8)):
        assert claimant.sees("send").status_code == 403
        link = f"/en/claims/link/{new_link(filing=claimant.filing)}"
        other = Client()
        opened = other.post(link, headers=ORIGIN)
        assert opened.status_code == 303
        page = other.get(claimant.path("send"))
        assert "Made-up Owner" in words_of(page)


def test_the_browser_keeps_the_pass_of_a_draft_for_a_week_from_the_last_look(
    claimant: Claimant,
) -> None:
    """A browser forgets a cookie by the age that it was last given."""
    claimant.begins_with(claimant.owner.recalled())
    name, week = cookie_name(claimant.key), 7 * 24 * 3600
    token = claimant.client.cookies[name].value
    for days in (6, 12):
        with travel(clock.now() + timedelta(days=days)):
            cookie = claimant.sees("photos").cookies[name]
            assert (cookie.value, cookie["max-age"]) == (token, week)
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"


def test_two_tabs_of_one_draft_end_with_what_was_said_last(claimant: Claimant) -> None:
    claimant.fills_in()
    claimant.gives("remedy", {"remedy": "power-bank"})
    assert claimant.at.endswith("/details"), "the other remedy needs an address"
    claimant.gives("send", AGREED)
    assert claimant.at.endswith("/details?missing")
    assert "still missing before your claim can be sent" in words_of(
        claimant.sees("details", "?missing")
    )
    assert claimant.filing.state == FilingState.DRAFT


def test_two_drafts_go_side_by_side_in_one_browser(claimant: Claimant) -> None:
    claimant.begins(serial="", reading="unreadable")
    first = claimant.path("photos")
    claimant.begins(serial="", reading="gone")
    assert claimant.client.get(first).status_code == 200
    assert claimant.sees("photos").status_code == 200


@pytest.mark.parametrize("step", ["send", "details"])
def test_whoever_jumps_ahead_is_led_to_what_is_missing(claimant: Claimant, step: str) -> None:
    claimant.begins(serial="", reading="unreadable")
    led = claimant.sees(step)
    assert led.status_code == 303
    expected = {"send": "you?missing", "details": "remedy"}
    assert led["Location"].endswith(expected[step])


def test_a_change_on_the_last_page_comes_back_to_it(claimant: Claimant) -> None:
    claimant.fills_in()
    page = claimant.sees("send").content.decode()
    for step in ("unit", "photos", "you", "remedy"):
        assert f'href="{claimant.path(step)}"' in page
    claimant.gives("you", NAMED | {"name": "Somebody Else"})
    assert claimant.at.endswith("/send")
    assert "Somebody Else" in words_of(claimant.sees("send"))


def test_the_unit_can_be_changed_and_its_photos_stay(claimant: Claimant) -> None:
    claimant.fills_in()
    page = claimant.sees("unit").content.decode()
    assert f'value="{claimant.owner.recalled()}"' in page
    claimant.gives("unit", {"serial": "", "reading": "unreadable"})
    assert claimant.at.endswith("/send")
    assert Claim.objects.get().evidence.photos.count() == 2


def test_the_same_serial_again_is_no_new_check(claimant: Claimant) -> None:
    claimant.begins_with("00000000000000ZZ")
    claimant.gives("unit", {"serial": "00000000000000ZZ"})
    assert claimant.at.endswith("/photos"), "it was gone on with all the same before"


def test_each_box_must_be_ticked_and_those_ticked_stay(claimant: Claimant) -> None:
    claimant.fills_in()
    page = claimant.gives("send", {"agree-truth": "1"})
    body = page.content.decode()
    assert page.status_code == 422
    assert "Please tick each of these" in words_of(page)
    assert 'href="#agree-disposal"' in body
    assert 'href="#agree-truth"' not in body
    assert claimant.filing.state == FilingState.DRAFT


def test_what_is_agreed_to_is_kept_in_the_language_of_the_page(claimant: Claimant) -> None:
    claimant.fills_in()
    claimant.language = "es"
    assert "Lo que he dicho aquí es verdad." in words_of(claimant.sees("send"))
    claimant.gives("send", AGREED)
    kept = {agreed.text.language for agreed in Agreement.objects.all()}
    assert kept == {"es"}
    assert claimant.filing.language == "es"


def test_a_draft_is_kept_for_later_by_a_link(claimant: Claimant) -> None:
    claimant.begins(serial="", reading="unreadable")
    assert "Keep this for later" not in words_of(claimant.sees("photos"))
    claimant.gives("you", NAMED)
    assert "Keep this for later" in words_of(claimant.sees("remedy"))
    with travel(clock.now() + timedelta(minutes=5)):
        before = Mailing.objects.count()
        claimant.gives("keep", {"step": "remedy"})
        assert claimant.at.endswith("/remedy?kept")
        assert Mailing.objects.count() == before + 1
        claimant.gives("keep", {"step": "remedy"})
        assert Mailing.objects.count() == before + 1, "one that went out a moment ago is enough"
    assert "on its way to made.up@example.org" in words_of(claimant.sees("remedy", "?kept"))


def test_the_same_unit_claimed_by_another_waits_for_a_person(claimant: Claimant) -> None:
    claimant.fills_in()
    claimant.gives("send", AGREED)
    again = Claimant(claimant.owner, Client())
    again.begins_with(claimant.owner.recalled())
    again.sends_photos()
    again.gives("you", NAMED | {"email": "another@example.org"})
    again.gives("remedy", {"remedy": "gift-card"})
    again.gives("send", AGREED)
    assert again.at.endswith("?sent")
    states = set(Claim.objects.values_list("state", flat=True))
    assert ClaimState.IN_REVIEW in states
    assert issue_pass(filing=again.filing)


def test_whoever_opened_a_link_that_went_astray_sees_nothing_once_it_is_corrected(
    claimant: Claimant,
) -> None:
    claimant.begins_with(claimant.owner.recalled())
    claimant.sends_photos()
    claimant.gives("you", NAMED | {"email": "somebody.else@example.org"})
    stranger = Client()
    assert stranger.post(mailed_link(), headers=ORIGIN).status_code == 303
    assert stranger.get(claimant.path("you")).status_code == 200
    claimant.gives("you", NAMED)
    assert stranger.get(claimant.path("you")).status_code == 403
    assert claimant.sees("remedy").status_code == 200, "who corrected it goes on"


def test_another_device_stays_open_while_letters_go_to_the_same_address(
    claimant: Claimant,
) -> None:
    claimant.begins_with(claimant.owner.recalled())
    claimant.gives("you", NAMED)
    phone = Client()
    phone.post(mailed_link(), headers=ORIGIN)
    claimant.gives("you", NAMED | {"name": "Made-up Owner the Second"})
    assert phone.get(claimant.path("you")).status_code == 200
