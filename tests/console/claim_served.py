"""A desk with claims whose photos were drawn, served by a process of its own, and a browser."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.console.claim_desk import DESK
from tests.console.desk_served import serving
from tests.portal.browser.conftest import browser, chromium, opened
from tests.remedies.made_up import KEY

__all__ = ["browser", "chromium", "opened"]  # the same browser for all desks
Opens = Callable[..., Page]
CARRIER = {
    "RECALLDESK_EASYPOST_KEY": KEY,
    "RECALLDESK_EASYPOST_SENDER": "adr_made_up",
    "RECALLDESK_EASYPOST_WEBHOOK_SECRET": "made-up-0123456789-abcdefghij",
}
"""What the desk knows of the made-up carrier, but for its address: it runs only where a test has it
run."""


@dataclass(frozen=True)
class ClaimDesk:
    """Where it is served, sessions by name, references of claims by what is their matter, and the
    path of an invitation. `environment`: of a program that works on the same data."""

    address: str
    sessions: dict[str, str]
    claims: dict[str, str]
    invitation: str
    environment: dict[str, str]

    def path(self, name: str, below: str = "") -> str:
        """The address of a claim's page, or of one below it."""
        return f"/desk/claims/{self.claims[name]}/1/{below}"


@pytest.fixture(scope="module")
def served(chromium: str, worker_id: str) -> Iterator[ClaimDesk]:
    """A desk of its own process, with claims whose photos were drawn."""
    with serving("tests.console.claim_desk", worker_id=worker_id, more=CARRIER) as desk:
        made = json.loads((desk.home / DESK).read_text())
        yield ClaimDesk(
            desk.address, made["sessions"], made["claims"], made["invitation"], desk.environment
        )


@pytest.fixture
def at_the_desk(served: ClaimDesk, opened: Opens) -> Opens:
    """Opens a page of the desk, signed in as somebody."""

    def open_page(path: str, who: str = "rosa", **options: object) -> Page:
        page = opened(**{"viewport": {"width": 1280, "height": 720}} | options)
        cookie = {"name": "desk_session", "value": served.sessions[who], "url": served.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is one
        page.goto(served.address + path)
        return page

    return open_page
