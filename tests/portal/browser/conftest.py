"""A desk with every example, served by its own process, and a real browser before it."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from psycopg import sql

from tests.limited import ADDRESSES, FREE
from tests.portal.published import EXAMPLES
from tests.ports import free_port
from tests.prepared import lay_prepared
from tests.programs import data_folder

ROOT = EXAMPLES.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PATIENCE = 120
NO_DATABASE = "postgres://nobody@127.0.0.1:1/none"
"""Nothing listens on port 1."""
LIMITS = {
    "RECALLDESK_TRUSTED_PROXIES": "127.0.0.1",
    "RECALLDESK_FREE_CHECKS": str(FREE),
    "RECALLDESK_FREE_CHECKS_A_MINUTE": "1",
    "RECALLDESK_PROVED_CHECKS": "1",
    "RECALLDESK_PROVED_CHECKS_A_MINUTE": "1",
}
"""So much is free as is shipped, and it comes back slowly: whoever is over the limit must be so for
as long as a page takes to come. Each browser is another owner, by the address that it names."""


def another_owner() -> dict[str, str]:
    """The header of somebody who was never there before."""
    number = next(ADDRESSES)
    return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


@dataclass(frozen=True)
class Site:
    """Where the desk is served, and the folder of its serials.

    `stale` serves the same with an index that never counts as fresh, and sends no text messages;
    `cut_off` serves without a database, which it never saw.
    """

    address: str
    folder: Path
    stale: str
    cut_off: str


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium. Without one the tests are left out, but never on CI."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs a browser; there is none at {CHROMIUM}.")
        pytest.skip(f"no Chromium at {CHROMIUM}; name one with CHROMIUM=…")
    return CHROMIUM


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Kept for one file only: its event loop would keep later tests from the database."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=sandbox)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(chromium: str, worker_id: str) -> Iterator[Site]:
    """The served desk: its own data folder, and a database of its own."""
    name = f"browser_{worker_id}_{os.getpid()}"
    with prepared_folder() as home, own_database(name) as database:
        yield from _served(home, database)


@contextmanager
def prepared_folder() -> Iterator[Path]:
    """A data folder of a desk: with its tables, where it has a database of its own."""
    with data_folder() as home:
        if "DATABASE_URL" in os.environ:
            home.mkdir(parents=True)
        else:
            lay_prepared(home)
        yield home


class own_database:  # noqa: N801 - used as a context, like a function
    """A database beside the one of DATABASE_URL; without that, the embedded server makes it."""

    def __init__(self, name: str) -> None:
        self._name = sql.Identifier(name)
        self._server = os.environ.get("DATABASE_URL", "")
        self._url = f"{self._server.rpartition('/')[0]}/{name}" if self._server else ""

    def _run(self, statement: str) -> None:
        if self._server:
            with psycopg.connect(self._server, autocommit=True) as connection:
                connection.execute(sql.SQL(statement).format(self._name))

    def __enter__(self) -> str:
        self._run("CREATE DATABASE {}")
        return self._url

    def __exit__(self, *_: object) -> None:
        self._run("DROP DATABASE {} WITH (FORCE)")


def _served(home: Path, database: str) -> Iterator[Site]:
    environment = {**os.environ, "RECALLDESK_HOME": str(home), "RECALLDESK_PROFILE": "test"}
    environment |= {"RECALLDESK_PSEUDO_LANGUAGES": "1", "DATABASE_URL": database} | LIMITS
    cut_off = {"RECALLDESK_HOME": str(home / "cut-off"), "DATABASE_URL": NO_DATABASE}
    with ExitStack() as desks:
        address = desks.enter_context(_desk(home, environment, "publishing", answers="/readyz"))
        silent = {"RECALLDESK_SMS": "none"}
        stale = desks.enter_context(_desk(home, environment | silent, "stale", answers="/healthz"))
        nothing = desks.enter_context(_desk(home, environment | cut_off, "cut-off", "/healthz"))
        yield Site(address, home, stale, nothing)


@contextmanager
def _desk(home: Path, environment: dict[str, str], kind: str, answers: str) -> Iterator[str]:
    """The address of a desk of its own process, once it answers there."""
    port = free_port()
    command = [sys.executable, "-m", "tests.portal.browser.desk", str(home), str(port), kind]
    with (home / f"{kind}.log").open("wb") as log:
        desk = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(desk, f"http://127.0.0.1:{port}{answers}", home / f"{kind}.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            desk.terminate()
            try:
                desk.wait(20)
            except subprocess.TimeoutExpired:
                desk.kill()
                desk.wait()


def wait_for(desk: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and desk.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The desk was not served:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages with the options of a browser context; complaints of the page fail the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(**options: Any) -> Page:
        usual = {"viewport": {"width": 390, "height": 800}, "extra_http_headers": another_owner()}
        context = browser.new_context(**usual | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type in ("error", "warning") and "status of" not in said.text
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
