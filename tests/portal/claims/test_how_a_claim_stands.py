"""The status page: what happened, what comes next and by when, at every stage."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from time_machine import travel

from recalldesk.claims.models import Claim
from recalldesk.claims.states import OPEN, ClaimState
from recalldesk.foundation import clock
from recalldesk.portal.claiming.stage_words import STAGES
from recalldesk.recalls import wording
from tests.portal.claims.filed import WAY_TO, Follower, draft, filed, moved
from tests.portal.conftest import Owner

pytestmark = pytest.mark.usefixtures("owner")
US = wording.locale_of("en", "US")


@pytest.mark.parametrize("state", WAY_TO)
def test_every_stage_has_its_headline_and_its_dated_line(
    published: Path, state: ClaimState
) -> None:
    body = Follower(moved(filed(published), state)).reads()
    assert f"<h1>{STAGES[state].headline}</h1>" in body
    assert "<b>Claim received</b>" in body
    assert f"<b>{STAGES[state].passed}</b>" in body
    assert "UTC</time>" in body


@pytest.mark.parametrize("state", sorted(set(WAY_TO) & OPEN))
def test_while_a_claim_is_open_there_is_always_a_day(published: Path, state: ClaimState) -> None:
    filing = moved(filed(published), state)
    body = Follower(filing).reads()
    promised = Claim.objects.get(filing=filing).promised_on
    if promised is not None:
        assert wording.day(promised, US) in body
    assert 'class="due' in body
    assert f"<b>{STAGES[state].then}</b>" in body


@pytest.mark.parametrize("state", sorted(set(WAY_TO) - OPEN))
def test_of_what_is_over_nothing_is_promised(published: Path, state: ClaimState) -> None:
    body = Follower(moved(filed(published), state)).reads()
    assert 'class="due' not in body
    assert "You hear from us by" not in body


def test_words_stand_for_every_stage() -> None:
    assert set(STAGES) == set(ClaimState)
    assert {state for state in ClaimState if STAGES[state].then} == OPEN


def test_whoever_is_asked_for_something_is_told_a_day_too(published: Path) -> None:
    body = Follower(moved(filed(published), ClaimState.NEEDS_OWNER)).reads()
    assert "Send it today, and we decide by" in body
    assert "/more-photos" in body


def test_a_day_that_has_passed_is_owned_up_to(published: Path) -> None:
    filing = filed(published)
    with travel(clock.now() + timedelta(days=30), tick=False):
        body = Follower(filing).reads()
    assert "and we are late. We are sorry." in body
    assert "You need do nothing: the person in charge sees it too." in body
    assert "tel:+18005550142" in body
    assert "Late: promised by" in body


def test_right_after_it_was_sent_the_reference_stands_large_with_a_day(published: Path) -> None:
    filing = filed(published)
    body = Follower(filing).reads("?sent")
    assert f'<p class="code" dir="ltr">{filing.reference}</p>' in body
    assert "m•••@example.org" in body
    assert "You hear from us by" in body


def test_it_says_what_was_chosen_and_how_to_keep_the_unit(published: Path) -> None:
    body = Follower(filed(published)).reads()
    assert "A new power bank, free" in body
    assert "How to keep it meanwhile" in body
    assert "Not yet: please keep it until we say that your photos are accepted." in body


def test_disposal_is_asked_only_once_the_unit_is_not_needed(published: Path) -> None:
    filing = filed(published)
    assert "I have got rid of it" not in Follower(filing).reads()
    body = Follower(moved(filing, ClaimState.APPROVED)).reads()
    assert "you need not keep it any more" in body
    assert "How to keep it meanwhile" not in body
    assert "I have got rid of it" in body


def test_each_of_several_units_has_its_own_lines(published: Path) -> None:
    filing = moved(filed(published, units=3), ClaimState.APPROVED, position=2)
    body = Follower(filing).reads()
    assert "Your units stand at different stages" in body
    assert body.count('<ol class="line">') == 3
    assert body.count("<b>Approved</b>") == 1


def test_of_many_units_only_what_waits_for_the_owner_is_unfolded(published: Path) -> None:
    filing = moved(filed(published, units=5), ClaimState.NEEDS_OWNER, position=4)
    body = Follower(filing).reads()
    assert "We need one more thing from you</h1>" in body
    assert body.count('<details class="panel unit" open>') == 1
    assert body.count('<details class="panel unit">') == 4


def test_a_draft_is_led_to_what_it_lacks(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of its steps are others' work; here only which one it is led to."""
    named: list[str] = []

    def go_to(_visitor: object, name: str) -> HttpResponse:
        named.append(name)
        return HttpResponse(status=303)

    monkeypatch.setattr("recalldesk.portal.claiming.status.go_to", go_to)
    assert Follower(draft()).sees().status_code == 303
    assert named == ["claim_unit"]


def test_it_is_shown_to_nobody_without_its_pass(owner: Owner, published: Path) -> None:
    filing = filed(published)
    other = filed(published, first=1, email="another-owner@example.org")
    stranger = Follower(other)
    for page in ("", "mend", "my-data", "erase", "withdraw", "appeal", "more-photos"):
        answer = stranger.client.get(f"/en/claims/{filing.key}/{page}")
        assert answer.status_code == 403
        assert filing.reference not in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"
    assert owner.sees("/en/claims/no-such-key/").status_code == 403


@pytest.mark.parametrize("language", ["en", "es", "en-xa", "ar-xb"])
def test_it_is_made_in_every_language_and_kept_by_nobody(published: Path, language: str) -> None:
    page = Follower(filed(published)).sees(language=language)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
