"""In a real browser: somebody joins, sets up a second factor, signs out and in again."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.at_the_desk import PERIOD, code_of, wrong_code
from tests.cast import PASSWORD
from tests.console.browser.conftest import Desk

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 720}}
Open = Callable[..., Page]


def the_next_code(secret: str) -> str:
    """One that was not shown before: each is taken once."""
    now = int(time.time()) // PERIOD
    while int(time.time()) // PERIOD == now:
        time.sleep(0.2)
    return code_of(secret)


def begin(page: Page, desk: Desk, name: str) -> None:
    page.goto(desk.address + desk.invitations[name])
    page.get_by_role("button", name="Join the desk").click()
    assert desk.invitations[name] not in page.url
    page.get_by_role("heading", name="How will you sign in?").wait_for()


def sign_in(page: Page, desk: Desk, email: str) -> None:
    page.goto(desk.address + "/desk/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_invitation_password_app_start_out_and_in_again(desk: Desk, opened: Open) -> None:
    page = opened(**WIDE)
    begin(page, desk, "joins")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Set up an authenticator app").click()
    picture = page.get_by_role("img", name="A picture for the camera")
    expect(picture).to_be_visible()
    assert picture.evaluate("it => it.naturalWidth") > 0, "a camera has something to read"
    secret = page.locator(".key").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert len(re.findall(r"\d{8}", page.locator(".codes").inner_text())) == 10
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="What is to be done")).to_be_visible()
    expect(page.get_by_text("Nia New")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to the desk")).to_be_visible()
    sign_in(page, desk, "invited-0@staff.example")
    page.get_by_label("Code").fill(wrong_code())
    page.keyboard.press("Enter")
    expect(page.get_by_text("This code is not right")).to_be_visible()
    page.get_by_label("Code").fill(the_next_code(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What is to be done")).to_be_visible()
    page.goto(desk.address + "/en/")
    assert page.context.cookies(desk.address + "/en/") == []


def test_a_passkey_alone_joins_and_signs_in(desk: Desk, opened: Open) -> None:
    page = opened(**WIDE)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    begin(page, desk, "joins by passkey")
    page.get_by_role("button", name="Use a passkey instead").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.goto(desk.address + "/desk/")
    expect(page.get_by_role("heading", name="What is to be done")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="What is to be done")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    number = {"authenticatorId": made["authenticatorId"]}
    device.send("WebAuthn.setUserVerified", number | {"isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used.")).to_be_visible()
    page.goto(desk.address + "/desk/")
    expect(page.get_by_role("heading", name="Sign in to the desk")).to_be_visible()
