"""The made-up services beside the demo: they tell of news by themselves, and end with it."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests

from recalldesk.demo.services import MadeUpServices, ServiceNotStarted
from tests.programs import comes_true

SITE = "http://127.0.0.1:1"
"""Nothing listens there."""


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=5).status_code == 401
    except requests.ConnectionError:
        return False


def test_they_run_for_as_long_as_the_demo_does(tmp_path: Path) -> None:
    with MadeUpServices(folder=tmp_path / "providers", site=SITE) as services:
        cards = services.settings["RECALLDESK_TREMENDOUS_ADDRESS"] + "/orders"
        parcels = services.settings["RECALLDESK_EASYPOST_ADDRESS"] + "/v2/shipments"
        assert answers(cards)
        assert answers(parcels)
        key = services.settings["RECALLDESK_EASYPOST_KEY"]
        assert requests.get(parcels, auth=(key, ""), timeout=5).status_code == 200
    assert not answers(cards)
    assert not answers(parcels)


def test_one_that_cannot_start_is_named_and_the_others_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "says"
    program.write_text("#!/bin/sh\necho no\n")
    program.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(program))
    services = MadeUpServices(folder=tmp_path, site=SITE)
    with pytest.raises(ServiceNotStarted, match="made-up tremendous did not start"):
        services.__enter__()


def test_one_ends_with_whoever_started_it_however_that_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "recalldesk.demo.providers", "easypost", "--beside"]
    with subprocess.Popen(
        [*command, "--ledger", str(tmp_path / "labels.jsonl")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as service:
        assert service.stdin is not None
        assert service.stdout is not None
        assert service.stdout.readline().startswith(b"made-up easypost on")
        service.stdin.close()
        assert comes_true(lambda: service.poll() is not None)
