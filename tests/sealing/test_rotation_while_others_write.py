"""Keys rotate while threads and another program write: nothing is lost, and the old keys can go."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import Settings

from recalldesk.outreach.models import GrowthWatch
from recalldesk.recalls.models import RecallVersion
from recalldesk.sealing import rotation
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.sealing.keys import new_key
from recalldesk.sealing.rotation import RotationRuns, Step, rotate
from tests.cast import Desk
from tests.sealing.wishes import all_opened, ask, keep_asking, names

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
OTHER_PROGRAM = """
import json, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from recalldesk.recalls.models import RecallVersion
from tests.sealing.wishes import keep_asking
stop = Path(sys.argv[2])
stop.with_suffix(".begun").touch()
print(json.dumps(keep_asking(RecallVersion.objects.get(), 200_000, stop.exists)))
"""


@pytest.fixture
def version(kettles: Desk) -> RecallVersion:
    """A recall that people ask about."""
    return kettles.apply()


@pytest.fixture
def newer(settings: Settings) -> str:
    """The newer outer key alone; the settings have it in front of the older one."""
    alone = f"newer:{new_key()}"
    settings.SEALING_KEYS = f"{alone},{settings.SEALING_KEYS}"
    return alone


def other_program(stop: Path, keys: str) -> "subprocess.Popen[str]":
    program = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROGRAM, connection.settings_dict["NAME"], stop],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "RECALLDESK_SEALING_KEYS": keys},
        stdout=subprocess.PIPE,
        text=True,
    )
    while not stop.with_suffix(".begun").exists():
        assert program.poll() is None, "it ended before it began"
        time.sleep(0.02)
    return program


class Owners(threading.Thread):
    """People who ask and change, on a connection of their own."""

    def __init__(self, version: RecallVersion, first: int, stop: Path) -> None:
        super().__init__(daemon=True)
        self._version, self._first, self._until = version, first, stop
        self.kept: dict[int, str] = {}
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.kept = keep_asking(self._version, self._first, self._until.exists)
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()


def test_nothing_is_lost_and_the_older_outer_key_can_be_taken_out(
    version: RecallVersion, newer: str, settings: Settings, tmp_path: Path
) -> None:
    for number in range(400):
        ask(version, number)
    stop = tmp_path / "stop"
    program = other_program(stop, settings.SEALING_KEYS)
    threads = [Owners(version, first, stop) for first in (300_000, 400_000)]
    for thread in threads:
        thread.start()
    try:
        rotated = [rotate() for _ in range(3)]
    finally:
        stop.touch()
        written, _ = program.communicate(timeout=60)
        for thread in threads:
            thread.join(60)
    assert (program.returncode, [thread.error for thread in threads]) == (0, [None, None])
    assert [run.unopened for run in rotated] == [(), (), ()]
    settings.SEALING_KEYS = newer
    kept = {int(pk): contact for pk, contact in json.loads(written).items()}
    for thread in threads:
        kept |= thread.kept
    assert len(kept) > 3
    assert {pk: opened(GrowthWatch.objects.get(pk=pk), "sealed_contact") for pk in kept} == kept
    assert GrowthWatch.objects.count() == 400 + len(kept)
    rotate()
    assert len(names()) == 1
    assert len(all_opened()) == 400 + len(kept)


def test_only_one_rotates_at_a_time(version: RecallVersion) -> None:
    ask(version, 1)
    refused = list[Exception]()

    def beside() -> None:
        try:
            rotate()
        except RotationRuns as error:
            refused.append(error)
        finally:
            connections.close_all()

    def told(_: Step) -> None:
        if not refused:
            thread = threading.Thread(target=beside)
            thread.start()
            thread.join(60)

    rotate(progress=told)
    assert [str(error) for error in refused] == [
        "Another program rotates the keys now. Wait until it has ended."
    ]
    assert rotation.rotate().left == 0
