"""What is promised to an owner is what is done: by e-mail, by text message, or by a call."""

import pytest
from pytest_django import Settings

from recalldesk.claims.states import FilingState
from tests.portal.claims.conftest import ADDRESS, AGREED, NAMED, Claimant, words_of

BY_PHONE = {"name": "Made-up Owner", "email": "", "phone": "202-555-0143"}


def test_without_text_messages_a_phone_alone_means_a_call(
    claimant: Claimant, settings: Settings
) -> None:
    settings.SMS = "none"
    claimant.begins(serial="", reading="gone")
    words = words_of(claimant.sees("you"))
    assert "With a phone number alone we call you, and send no link" in words
    assert "give an e-mail address as well if you want to come back here by yourself" in words
    assert "We send you a link to this claim at once" not in words
    claimant.gives("you", BY_PHONE)
    assert "We send no text messages" in words_of(claimant.sees("remedy"))
    claimant.gives("remedy", {"remedy": "power-bank"})
    claimant.gives("details", ADDRESS)
    words = words_of(claimant.sees("send"))
    assert "A person calls you" in words
    assert "You get a page on which you can follow it" not in words
    claimant.gives("send", AGREED)
    assert claimant.filing.state == FilingState.FILED


def test_with_text_messages_the_link_goes_to_a_phone_too(
    claimant: Claimant, settings: Settings
) -> None:
    settings.SMS = "local"
    claimant.begins(serial="", reading="gone")
    words = words_of(claimant.sees("you"))
    assert "We send you a link to this claim at once" in words
    assert "One of the two is enough" in words
    claimant.gives("you", BY_PHONE)
    assert "Keep this for later" in words_of(claimant.sees("remedy"))


@pytest.mark.parametrize("sms", ["none", "local"])
def test_a_gift_card_asks_for_the_email_to_which_its_code_goes(
    claimant: Claimant, settings: Settings, sms: str
) -> None:
    settings.SMS = sms
    claimant.begins(serial="", reading="gone")
    claimant.gives("you", BY_PHONE)
    claimant.gives("remedy", {"remedy": "gift-card"})
    assert claimant.at.endswith("/you")
    page = claimant.sees("you")
    assert "You chose a gift card: its code comes by e-mail" in words_of(page)
    assert f'href="{claimant.path("remedy")}"' in page.content.decode()
    page = claimant.gives("you", BY_PHONE)
    assert page.status_code == 422
    assert "E-mail: The code of your gift card comes by e-mail" in words_of(page)
    claimant.gives("you", BY_PHONE | {"email": NAMED["email"]})
    assert claimant.at.endswith("/send")


def test_another_remedy_needs_no_email(claimant: Claimant) -> None:
    claimant.begins(serial="", reading="gone")
    claimant.gives("you", BY_PHONE)
    claimant.gives("remedy", {"remedy": "gift-card"})
    claimant.gives("remedy", {"remedy": "power-bank"})
    assert claimant.at.endswith("/details")


def test_that_the_link_is_on_its_way_stands_above_the_step_and_has_the_focus(
    claimant: Claimant,
) -> None:
    claimant.begins(serial="", reading="gone")
    claimant.gives("you", NAMED)
    claimant.gives("keep", {"step": "you"})
    body = claimant.sees("you", "?kept").content.decode()
    said = '<p class="note" role="status" tabindex="-1" autofocus>The link is on its way'
    assert body.count("The link is on its way") == 1
    assert body.index(said) < body.index("<h1>")
    assert body.index("autofocus") > body.index('role="status"') - 1
