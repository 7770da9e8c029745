"""A rotation that is killed loses nothing; run again it goes on under the keys that it made."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from recalldesk.sealing import vault
from recalldesk.sealing.models import DataKey, Rotation
from recalldesk.sealing.rotation import rotate
from tests.cast import Desk
from tests.sealing.killed import wait_until_the_database_knows
from tests.sealing.wishes import NAME, all_opened, ask, names

ROOT = Path(__file__).parents[2]
WISHES = 500
PROGRAM = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from recalldesk.sealing.rotation import rotate

def wait_to_be_killed(step):
    if step.done >= int(sys.argv[3]):
        Path(sys.argv[2]).touch()
        time.sleep(60)

rotate(progress=wait_to_be_killed)
"""


def kill_one_after(values: int, reached: Path) -> None:
    """Starts a rotation in another program and kills it once so many values are sealed anew."""
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, connection.settings_dict["NAME"], reached, str(values)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    while not reached.exists():
        assert program.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()


@pytest.mark.django_db(transaction=True)
def test_kill_it_twice_and_run_it_again(kettles: Desk, tmp_path: Path) -> None:
    version = kettles.apply()
    for number in range(WISHES):
        ask(version, number)
    scope, before = vault.recall_scope(version.recall_id), all_opened()
    kill_one_after(0, tmp_path / "keys are made")
    assert (names(), all_opened()) == ({f"{scope}/1"}, before)
    wait_until_the_database_knows()
    kill_one_after(400, tmp_path / "some are sealed anew")
    assert (names(), all_opened()) == ({f"{scope}/1", f"{scope}/2"}, before)
    wait_until_the_database_knows()
    rotated = rotate()
    assert (rotated.went_on, rotated.left, rotated.resealed[NAME]) == (True, 0, 2 * WISHES - 400)
    assert (names(), all_opened()) == ({f"{scope}/2"}, before)
    assert DataKey.objects.filter(scope=scope).count() == 2
    assert Rotation.objects.filter(finished_at=None).count() == 0
