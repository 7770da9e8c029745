"""Workers in processes of their own read photos, are killed at it, and none is lost or doubled."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from recalldesk.evidence import actions, looking_after, reads
from recalldesk.evidence.models import EvidenceSet, Photo, Reading
from recalldesk.evidence.states import PhotoKind, ReadingState
from recalldesk.recalls.models import Recall
from tests.evidence.pictures import photo
from tests.evidence.read import LABEL
from tests.programs import ROOT, comes_true

pytestmark = pytest.mark.django_db(transaction=True)
PHOTOS = 5
KILLS = 3


class Workers:
    """The workers of a test, and what they say."""

    def __init__(self, photos: Path, said: Path) -> None:
        self.photos, self.said = photos, said
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        """One more."""
        program = ROOT / "tests" / "evidence" / "reading_worker.py"
        name = connection.settings_dict["NAME"]
        worker = subprocess.Popen(
            [sys.executable, str(program), name, str(self.photos), str(self.said)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        self.started.append(worker)
        return worker

    def begun(self) -> int:
        """How many readings were begun."""
        return len(list(self.said.glob("begun.*")))

    def let_go(self) -> None:
        """Readings end at once from now on."""
        (self.said / "go").touch()


@pytest.fixture
def workers(photos_folder: Path, tmp_path: Path) -> Iterator[Workers]:
    said = tmp_path / "said"
    said.mkdir()
    made = Workers(photos_folder, said)
    yield made
    for worker in made.started:
        worker.kill()
        worker.wait()


@pytest.fixture
def evidence_set(photos_folder: Path, monkeypatch: pytest.MonkeyPatch) -> EvidenceSet:
    """Photos of labels that wait to be read, committed."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    made = actions.new_evidence_set(recall=Recall.objects.create(slug="kettle-k20"))
    for seed in range(PHOTOS):
        sent = actions.receive_photo(
            evidence_set=made, kind=PhotoKind.LABEL, chunks=[photo(seed=seed)]
        )
        looking_after.look_after(sent.pk)
    # Done here already.
    ProcrastinateJob.objects.filter(task_name="evidence.look_after_photo").delete()
    return made


def statuses() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(queue_name="reading").order_by("pk")
    return list(jobs.values_list("status", flat=True))


def test_each_photo_is_read_once_whoever_is_killed_at_it(
    workers: Workers, evidence_set: EvidenceSet
) -> None:
    for kills in range(1, KILLS + 1):
        worker = workers.start()
        assert comes_true(lambda kills=kills: workers.begun() >= kills)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    assert Reading.objects.count() == 0
    assert "doing" in statuses()
    workers.let_go()
    workers.start()
    assert comes_true(lambda: statuses() == ["succeeded"] * PHOTOS, seconds=180)
    photos = Photo.objects.filter(evidence_set=evidence_set)
    assert {each.reading for each in photos} == {ReadingState.READ}
    assert [reads.label_reading_of(each) for each in photos] == [LABEL] * PHOTOS
    told = ProcrastinateJob.objects.filter(task_name="claims.evidence_settled")
    assert told.count() == PHOTOS
    assert reads.is_settled(evidence_set)


def test_a_worker_reads_one_at_a_time_and_looks_after_others_meanwhile(
    workers: Workers, evidence_set: EvidenceSet
) -> None:
    """It does two jobs at once beside the reading, though more readings wait than that."""
    workers.start()
    assert comes_true(lambda: workers.begun() == 1)
    arrived = [
        actions.receive_photo(
            evidence_set=evidence_set, kind=PhotoKind.RECEIPT, chunks=[photo(seed=100 + seed)]
        )
        for seed in range(3)
    ]
    of_these = Photo.objects.filter(pk__in=[each.pk for each in arrived])
    assert comes_true(lambda: not of_these.exclude(state="clean").exists())
    assert workers.begun() == 1
    assert statuses() == ["doing", *["todo"] * (PHOTOS - 1)]
