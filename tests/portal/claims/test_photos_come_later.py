"""Photos that come later: forwards through the other steps, and then by the link on a phone."""

from datetime import timedelta

import pytest
from pytest_django import Settings
from time_machine import travel

from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from tests.portal.claims.conftest import ADDRESS, AGREED, NAMED, Claimant, words_of


def goes_round(claimant: Claimant, contact: dict[str, str]) -> list[str]:
    """The steps to which each form leads."""
    claimant.begins_with(claimant.owner.recalled())
    came_to = []
    for step, fields in (
        ("photos", {"later": "1"}),
        ("you", contact),
        ("remedy", {"remedy": "power-bank"}),
        ("details", ADDRESS),
    ):
        claimant.gives(step, fields)
        came_to.append(claimant.at.rpartition("/")[2])
    return came_to


def test_the_way_goes_forwards_and_ends_with_the_link_for_the_phone(claimant: Claimant) -> None:
    assert goes_round(claimant, NAMED) == ["you", "remedy", "details", "send"]
    page = claimant.sees("send")
    words = words_of(page)
    assert page.status_code == 200
    assert "Only the photos are still missing" in words
    assert "is on its way to made.up@example.org. Open it on your phone" in words
    assert f'class="button" href="{claimant.path("photos")}"' in page.content.decode()


def test_nothing_is_sent_before_the_photos_are_there(claimant: Claimant) -> None:
    goes_round(claimant, NAMED)
    page = claimant.gives("send", AGREED)
    assert "Only the photos are still missing" in words_of(page)
    assert claimant.filing.state == FilingState.DRAFT
    claimant.sends_photos()
    assert claimant.at.endswith("/send")
    claimant.gives("send", AGREED)
    assert claimant.filing.state == FilingState.FILED


def test_the_link_goes_out_at_once_where_it_is_known_where_to(claimant: Claimant) -> None:
    goes_round(claimant, NAMED)
    before = Mailing.objects.count()
    with travel(clock.now() + timedelta(minutes=5)):
        claimant.gives("photos", {"later": "1"})
    assert claimant.at.endswith("/send")
    assert Mailing.objects.count() == before + 1


@pytest.mark.parametrize("sms", ["none", "local"])
def test_no_link_is_promised_that_is_not_sent(
    claimant: Claimant, settings: Settings, sms: str
) -> None:
    settings.SMS = sms
    goes_round(claimant, {"name": "Made-up Owner", "email": "", "phone": "202-555-0143"})
    words = words_of(claimant.sees("send"))
    assert ("is on its way to" in words) == (sms == "local")
    assert ("Give an e-mail address" in words) == (sms == "none")
