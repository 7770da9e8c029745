"""A worker as a process of its own that reads photos with a made-up reader.

Its arguments: the database's name, the folder of photos, and one in which it says what it is at.
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

from recalldesk.evidence import reading_photos
from recalldesk.jobs.worker import work
from tests.cast import PLAIN_FILES, photos_in
from tests.evidence.read import MadeUpReader

DATABASE, PHOTOS, SAID = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = DATABASE
settings.PHOTOS_FOLDER = Path(PHOTOS)
settings.STORAGES = PLAIN_FILES | {"photos": photos_in(Path(PHOTOS))}


def _hold() -> None:
    """Says that a reading has begun, and waits to be let go."""
    (Path(SAID) / f"begun.{os.getpid()}.{time.monotonic_ns()}").touch()
    while not (Path(SAID) / "go").exists():
        time.sleep(0.02)


made_up = MadeUpReader(before=_hold)
reading_photos.reader = lambda: made_up
work(at_once=2, ready=lambda: None, before_cut_off=lambda: None)
