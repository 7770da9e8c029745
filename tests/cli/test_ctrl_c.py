"""Ctrl-C ends every command with code 130 and without a traceback, however early it comes."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.programs import ROOT, TEST, data_folder, start

SHOWS_WHEN_READY = """
import signal, sys
from recalldesk.cli import ctrl_c
ctrl_c.ends_at_once()
print("ready", flush=True)
import time
time.sleep(20)
"""


@pytest.mark.parametrize("seconds", [0.15, 0.3, 0.5, 0.8, 1.5])
def test_it_is_quiet_while_a_command_is_loaded_or_works(seconds: float) -> None:
    with data_folder() as home:
        running = start(home, "database", "prepare")
        time.sleep(seconds)
        os.kill(running.pid, signal.SIGINT)
        time.sleep(0.05)
        if running.poll() is None:
            os.kill(running.pid, signal.SIGINT)
        _, complained = running.communicate(timeout=60)
    assert "Traceback" not in complained
    assert "Exception ignored" not in complained
    assert running.returncode in {130, -signal.SIGINT}


def test_it_ends_a_program_that_is_still_being_loaded() -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", SHOWS_WHEN_READY],
        env=os.environ | TEST,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    os.kill(running.pid, signal.SIGINT)
    assert (running.communicate(timeout=10)[1], running.returncode) == ("", 130)
