"""A desk with claims whose photos were drawn, served by a process of its own, and a browser."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.console.claim_desk import DESK
from tests.portal.browser.conftest import (
    ROOT,
    browser,
    chromium,
    opened,
    own_database,
    wait_for,
)
from tests.ports import free_port

__all__ = ["browser", "chromium", "opened"]  # the same browser for all desks
Opens = Callable[..., Page]


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
    home, port = ROOT / "var" / f"claims-{worker_id}", free_port()
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    command = [sys.executable, "-m", "tests.console.claim_desk", str(home), str(port)]
    with own_database(f"claims_{worker_id}_{os.getpid()}") as database:
        environment = {**os.environ, "RECALLDESK_HOME": str(home), "RECALLDESK_PROFILE": "test"}
        environment["DATABASE_URL"] = database
        with (home / "log").open("wb") as log:
            desk = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(desk, f"{address}/healthz", home / "log")
            made = json.loads((home / DESK).read_text())
            yield ClaimDesk(
                address, made["sessions"], made["claims"], made["invitation"], environment
            )
        finally:
            desk.terminate()
            desk.wait(20)
            shutil.rmtree(home, ignore_errors=True)


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
