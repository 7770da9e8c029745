"""Every page of signing in and of the account: clear to all, in any light, on any width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.at_the_desk import code_of
from tests.axe import what_axe_minds
from tests.cast import PASSWORD
from tests.console.browser.conftest import Desk
from tests.console.browser.looks import one_look

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PUBLIC = {
    "sign in": "/desk/sign-in/",
    "forgotten": "/desk/password/forgotten/",
    "sent": "/desk/password/forgotten/sent/",
    "no such link": "/desk/password/new/1-none/",
    "changed": "/desk/password/new/done/",
    "closed": "/desk/left/",
    "no invitation": "/desk/invitation/none/",
}
NEW_STAFF = {
    "second factor": "/desk/second-factor/",
    "app": "/desk/account/app/",
    "passkey": "/desk/account/passkeys/add/",
    "again": "/desk/again/password/",
}
STAFF = {
    "start": "/desk/",
    "account": "/desk/account/",
    "password": "/desk/account/password/",
    "remove app": "/desk/account/app/remove/",
    "add passkey": "/desk/account/passkeys/add/",
    "new codes": "/desk/account/codes/new/",
    "again by code": "/desk/again/code/",
    "staff": "/desk/staff/",
    "member": "/desk/staff/2/",
    "missing": "/desk/nothing",
}
LOOKS = one_look((390, "light"), (1280, "light"), (1280, "dark"), (1920, "light"))


def sign_in(page: Page, desk: Desk, name: str) -> None:
    page.goto(desk.address + "/desk/sign-in/")
    page.get_by_label("E-mail address").fill(f"{name}@staff.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_clear_to_all(page: Page, name: str) -> None:
    """axe finds nothing, and nothing is wider than the screen."""
    assert what_axe_minds(page) == [], name
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, name


def sign_out(page: Page) -> None:
    """By the bar, which a phone folds into a menu."""
    menu = page.locator(".menu > summary")
    if menu.is_visible():
        menu.click()
        is_clear_to_all(page, "menu")
    page.get_by_role("button", name="Sign out").click()


@pytest.mark.parametrize(
    "look", range(len(LOOKS)), ids=lambda look: "-".join(map(str, LOOKS[look]))
)
def test_every_page_is_clear_to_all(desk: Desk, opened: Open, look: int) -> None:
    width, light = LOOKS[look]
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 720}, color_scheme=light, bypass_csp=True)
    for name, path in PUBLIC.items():
        page.goto(desk.address + path)
        is_clear_to_all(page, name)
    page.goto(desk.address + desk.invitations["looks"])
    is_clear_to_all(page, "invitation")
    page.get_by_role("button", name="Join the desk").click()
    is_clear_to_all(page, "join")
    sign_in(page, desk, "reviewer")
    for name, path in NEW_STAFF.items():
        page.goto(desk.address + path)
        is_clear_to_all(page, name)
    sign_out(page)
    sign_in(page, desk, "viewer")
    page.goto(desk.address + "/desk/staff/")
    is_clear_to_all(page, "not theirs")
    sign_out(page)
    # Each code is taken once, so each look is another person's.
    sign_in(page, desk, f"looks-{look}")
    is_clear_to_all(page, "code")
    page.get_by_label("Code").fill(code_of())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What is to be done").wait_for()
    for name, path in STAFF.items():
        page.goto(desk.address + path)
        is_clear_to_all(page, name)
