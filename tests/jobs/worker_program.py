"""A worker as a process of its own, on the tests' database, with jobs that tests can look into.

Its arguments: the database's name, and a folder in which the jobs leave files.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

from recalldesk.jobs import pace

# Before the jobs are read: the real pace would make each test wait for most of a minute.
pace.LOOK = "* * * * * *"
pace.STALLED_AFTER = timedelta(seconds=2)
pace.HEARTBEAT = timedelta(seconds=0.5)

django.setup()

from django.conf import settings
from django.db import transaction

settings.DATABASES["default"]["NAME"] = sys.argv[1]

from procrastinate.contrib.django import app

from recalldesk.jobs.errors import NotYet
from recalldesk.jobs.waits import GrowingWaits
from recalldesk.jobs.worker import work

FOLDER = Path(sys.argv[2])


def _note(name: str) -> None:
    (FOLDER / f"{name}.{os.getpid()}.{time.monotonic_ns()}").touch()


@app.task(name="tests.hold", queue="tests")
def hold(*, number: int) -> None:
    """Says that it has begun, and waits to be let go."""
    _note(f"begun-{number}")
    while not (FOLDER / "go").exists():
        time.sleep(0.02)
    _note(f"done-{number}")


@app.task(name="tests.quick", queue="tests")
def quick(*, number: int) -> None:
    """Says that it was done."""
    _note(f"done-{number}")


@app.task(name="tests.defers_and_fails", queue="tests")
def defers_and_fails(*, number: int) -> None:
    """Defers a job in a transaction that fails, and another one in one that does not."""
    try:
        with transaction.atomic():
            quick.defer(number=number)
            raise RuntimeError
    except RuntimeError:
        quick.defer(number=number + 1)


@app.task(name="tests.not_yet", queue="tests", retry=GrowingWaits(first=timedelta(seconds=0.1)))
def not_yet(*, number: int) -> None:
    """Is not ready the first time."""
    first = not list(FOLDER.glob(f"tried-{number}.*"))
    _note(f"tried-{number}")
    if first:
        raise NotYet("Not yet.")
    _note(f"done-{number}")


work(at_once=2, ready=lambda: None, before_cut_off=lambda: _note("cut-off"))
_note("ended")
