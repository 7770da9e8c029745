"""An e-mail address that looks mistyped is asked about in a line, and never refused."""

import pytest

from recalldesk.portal.claiming.email_meant import email_meant
from tests.portal.claims.conftest import NAMED, Claimant, words_of


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmal.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("Hotmial.com", "hotmail.com"),
        ("yaho.com", "yahoo.com"),
        ("outlok.com", "outlook.com"),
    ],
)
def test_a_slip_of_the_finger_is_seen(domain: str, meant: str) -> None:
    assert email_meant(f"made.up@{domain}") == f"made.up@{meant}"


@pytest.mark.parametrize(
    "domain", ["gmail.com", "mail.com", "ymail.com", "email.com", "gmx.com", "example.org", ""]
)
def test_what_is_there_is_not_doubted(domain: str) -> None:
    assert email_meant(f"made.up@{domain}") == ""


def test_it_is_a_question_and_the_claim_goes_on(claimant: Claimant) -> None:
    claimant.begins(serial="", reading="gone")
    claimant.gives("you", NAMED | {"email": "made.up@gmial.com"})
    assert claimant.at.endswith("/remedy")
    asked = "You gave made.up@gmial.com. Did you mean made.up@gmail.com?"
    assert asked in words_of(claimant.sees("remedy"))
    claimant.gives("remedy", {"remedy": "gift-card"})
    assert claimant.at.endswith("/send")
    assert asked in words_of(claimant.sees("send"))
    claimant.gives("you", NAMED | {"email": "made.up@gmail.com"})
    assert "Did you mean" not in words_of(claimant.sees("send"))
