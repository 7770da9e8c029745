"""The desk, served by a process of its own with made-up staff, and a real browser before it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.portal.browser.conftest import (
    ROOT,
    browser,
    chromium,
    opened,
    own_database,
    prepared_folder,
    wait_for,
)
from tests.ports import free_port

__all__ = ["browser", "chromium", "opened"]


@dataclass(frozen=True)
class Desk:
    """Where it is served (by a name, since passkeys know no bare addresses), and paths of links by
    which somebody may join, by name.
    """

    address: str
    invitations: dict[str, str]


@pytest.fixture(scope="module")
def desk(chromium: str, worker_id: str) -> Iterator[Desk]:
    name = f"desk_browser_{worker_id}_{os.getpid()}"
    with prepared_folder() as home, own_database(name) as database:
        yield from _served(home, database)


def _served(home: Path, database: str) -> Iterator[Desk]:
    port = free_port()
    environment = {**os.environ, "RECALLDESK_HOME": str(home), "RECALLDESK_PROFILE": "test"}
    command = [sys.executable, "-m", "tests.console.browser.served", str(home), str(port)]
    with (home / "log").open("wb") as log:
        served = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment | {"DATABASE_URL": database},
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(served, f"http://127.0.0.1:{port}/healthz", home / "log")
            links = json.loads((home / "invitations.json").read_text())
            yield Desk(f"http://localhost:{port}", links)
        finally:
            served.terminate()
            try:
                served.wait(20)
            except subprocess.TimeoutExpired:
                served.kill()
                served.wait()
