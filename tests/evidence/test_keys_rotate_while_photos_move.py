"""Keys rotate while photos are received, looked after and removed, and while it is killed."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest
from django.db import connection, connections
from pytest_django import Settings

from recalldesk.evidence import actions, files, looking_after
from recalldesk.evidence.errors import FileMissing
from recalldesk.evidence.holder import FilesOfPhotos
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import WAITING, PhotoKind, PhotoState
from recalldesk.recalls.models import Recall
from recalldesk.sealing.keys import new_key
from recalldesk.sealing.models import Rotation
from recalldesk.sealing.rotation import rotate
from tests.evidence.conftest import files_in
from tests.evidence.rotated import (
    all_held,
    files_needed,
    keys_named,
    made_up_picture,
    newest_key,
    picture_of,
)
from tests.sealing.killed import wait_until_the_database_knows

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
PHOTOS = 40
PROGRAM = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.conf import settings
from tests.cast import PLAIN_FILES, photos_in
name, folder, reached, moment, calls = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = name
settings.PHOTOS_FOLDER = Path(folder)
settings.STORAGES = PLAIN_FILES | {"photos": photos_in(Path(folder))}
from recalldesk.evidence import files
from recalldesk.sealing.rotation import rotate
replace, called = files.replace, []

def wait_to_be_killed(file, sealed):
    called.append(file)
    if moment == "stored":
        replace(file, sealed)
    if len(called) == int(calls):
        Path(reached).touch()
        time.sleep(60)
    if moment != "stored":
        replace(file, sealed)

files.replace = wait_to_be_killed
rotate()
"""


@pytest.fixture
def recall(photos_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Recall:
    """A recall whose photos become made-up pictures."""
    monkeypatch.setattr(looking_after, "cleaned_apart", made_up_picture)
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    return Recall.objects.create(slug="kettle-k20")


def send(evidence_set: EvidenceSet, number: int) -> tuple[Photo, bytes]:
    content = random.Random(number).randbytes(1_000 + number * 7_919 % 200_000)
    photo = actions.receive_photo(evidence_set=evidence_set, kind=PhotoKind.LABEL, chunks=[content])
    return photo, content


def send_many(recall: Recall, first: int, count: int) -> dict[int, bytes]:
    """So many photos, ten in a set; what was sent, by photo."""
    sent: dict[int, bytes] = {}
    for number in range(first, first + count):
        if not (number - first) % 10:
            evidence_set = actions.new_evidence_set(recall=recall)
        photo, content = send(evidence_set, number)
        sent[photo.pk] = content
    return sent


def needed(sent: dict[int, bytes]) -> dict[int, bytes | None]:
    """What the file of each photo is to hold, as the photos stand."""
    states = dict(Photo.objects.values_list("pk", "state"))
    return {
        pk: content
        if states[pk] in WAITING
        else picture_of(content)
        if states[pk] == PhotoState.CLEAN
        else None
        for pk, content in sorted(sent.items())
    }


class Busy(threading.Thread):
    """Does one thing after another, on a connection of its own, until it is stopped."""

    def __init__(self, stop: threading.Event, step: Callable[[int], None]) -> None:
        super().__init__(daemon=True)
        self._stopped, self._do = stop, step
        self.steps = 0
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            while not self._stopped.is_set():
                self._do(self.steps)
                self.steps += 1
                time.sleep(0.001)
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()


def receiving(recall: Recall, sent: dict[int, bytes]) -> Callable[[int], None]:
    def step(number: int) -> None:
        sent.update(send_many(recall, 1_000 + number, 1))

    return step


def looking(sent: dict[int, bytes], seed: int) -> Callable[[int], None]:
    """Two of them may be at the same photo: the slower one then finds no original, as a job may."""
    drawn = random.Random(seed)

    def step(_number: int) -> None:
        with suppress(FileMissing):
            looking_after.look_after(drawn.choice(list(sent)))

    return step


def removing(sent: dict[int, bytes]) -> Callable[[int], None]:
    drawn = random.Random(3)

    def step(_number: int) -> None:
        if Photo.objects.exclude(state=PhotoState.REMOVED).count() > PHOTOS // 2:
            actions.remove_photo(photo=Photo.objects.get(pk=drawn.choice(list(sent))))

    return step


def test_nothing_is_lost_and_nothing_comes_back(
    recall: Recall, photos_folder: Path, settings: Settings
) -> None:
    sent, stop = send_many(recall, 0, PHOTOS), threading.Event()
    alone = f"newer:{new_key()}"
    settings.SEALING_KEYS = f"{alone},{settings.SEALING_KEYS}"
    steps = [receiving(recall, sent), looking(sent, 1), looking(sent, 2), removing(sent)]
    threads = [Busy(stop, step) for step in steps]
    for thread in threads:
        thread.start()
    try:
        rotated = [rotate() for _ in range(4)]
        while any(thread.is_alive() and thread.steps < 4 for thread in threads):
            rotated.append(rotate())
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert [thread.error for thread in threads] == [None] * 4
    assert {(run.unopened, run.unreached) for run in rotated} == {((), ())}
    rotate()
    settings.SEALING_KEYS = alone
    assert all_held() == needed(sent)
    assert keys_named() == {newest_key(recall.pk)}
    assert files_in(photos_folder) == files_needed()
    states = set(Photo.objects.values_list("state", flat=True))
    assert {PhotoState.CLEAN, PhotoState.REMOVED} <= states


def somebody_waits_for_a_row() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone() == (True,)


@pytest.mark.parametrize("state", [PhotoState.RECEIVED, PhotoState.CLEAN])
def test_a_removal_waits_until_the_file_is_stored_and_takes_it_away(
    recall: Recall, photos_folder: Path, state: PhotoState, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pk,) = send_many(recall, 0, 1)
    if state == PhotoState.CLEAN:
        looking_after.look_after(pk)
    replace, stop = files.replace, threading.Event()

    def remove(_number: int) -> None:
        stop.set()
        actions.remove_photo(photo=Photo.objects.get(pk=pk))

    removal = Busy(stop, remove)

    def while_it_is_removed(file: files.SealedFile, sealed: IO[bytes]) -> None:
        removal.start()
        while removal.is_alive() and not somebody_waits_for_a_row():
            time.sleep(0.01)
        replace(file, sealed)

    monkeypatch.setattr(files, "replace", while_it_is_removed)
    rotated = rotate()
    removal.join(60)
    assert (removal.error, rotated.unopened, rotated.left) == (None, (), 0)
    assert Photo.objects.get(pk=pk).state == PhotoState.REMOVED
    assert files_in(photos_folder) == []


def kill_one(photos_folder: Path, moment: str, calls: int) -> None:
    """Starts a rotation in another program, and kills it at a file, with its photo's row locked."""
    reached = photos_folder.with_name(f"reached {calls}")
    name = connection.settings_dict["NAME"]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, name, photos_folder, reached, moment, str(calls)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    while not reached.exists():
        assert program.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    wait_until_the_database_knows()


@pytest.mark.parametrize(
    ("moment", "reached"), [("not stored", (4, 13)), ("stored", (5, 15))], ids=["before", "after"]
)
def test_killed_twice_and_run_again_it_goes_on(
    recall: Recall, photos_folder: Path, moment: str, reached: tuple[int, int]
) -> None:
    """Before a file is stored, or after it; in both cases before the row is free again."""
    sent = send_many(recall, 0, PHOTOS)
    for pk in list(sent)[::2]:
        looking_after.look_after(pk)
    before = all_held()
    assert before == needed(sent)
    for calls, of_the_newest in zip((5, 10), reached, strict=True):
        kill_one(photos_folder, moment, calls)
        assert all_held() == before
        assert FilesOfPhotos().count()[newest_key(recall.pk)] == of_the_newest
    rotated = rotate()
    assert (rotated.went_on, rotated.left, rotated.unopened) == (True, 0, ())
    assert rotated.resealed.total() == PHOTOS - reached[-1]
    assert all_held() == before
    assert keys_named() == {newest_key(recall.pk)}
    assert files_in(photos_folder) == files_needed()
    assert not Rotation.objects.filter(finished_at=None).exists()
