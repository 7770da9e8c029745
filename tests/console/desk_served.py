"""A desk of made-up rows, served by a process of its own, and how a page of it is opened."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.portal.browser.conftest import ROOT, own_database, prepared_folder, wait_for
from tests.ports import free_port


@dataclass(frozen=True)
class ServedDesk:
    """Where it is served, and the session of a senior reviewer."""

    address: str
    session: str

    def open(self, page: Page, path: str) -> Page:
        """The page at a path, signed in."""
        cookie = {"name": "desk_session", "value": self.session, "url": self.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is one
        page.goto(self.address + path)
        return page


@dataclass(frozen=True)
class Served:
    """A desk that is served. `environment`: of a program that works on the same data."""

    address: str
    home: Path
    environment: dict[str, str]


@contextmanager
def serving(
    module: str, *, worker_id: str, more: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """The desk that `module` makes up and serves, until the caller is done. `more`: settings."""
    name = module.rpartition(".")[2]
    port = free_port()
    with (
        prepared_folder() as home,
        own_database(f"{name}_{worker_id}_{os.getpid()}") as database,
        (home / "log").open("wb") as log,
    ):
        environment = {**os.environ, "RECALLDESK_HOME": str(home), "RECALLDESK_PROFILE": "test"}
        environment |= {"DATABASE_URL": database, **(more or {})}
        command = [sys.executable, "-m", module, str(home), str(port)]
        desk = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(desk, f"{address}/healthz", home / "log")
            yield Served(address, home, environment)
        finally:
            desk.terminate()
            desk.wait(20)


@contextmanager
def served_by(module: str, *, session: str, worker_id: str) -> Iterator[ServedDesk]:
    """The same; `session` is the file with the session of its senior."""
    with serving(module, worker_id=worker_id) as desk:
        yield ServedDesk(desk.address, (desk.home / session).read_text())
