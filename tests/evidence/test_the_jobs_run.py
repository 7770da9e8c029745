"""The jobs as a worker runs them: found, run after the commit, and tried again ever later."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job
from pytest_django import Settings
from time_machine import travel

from recalldesk.evidence import actions, deferring, reads
from recalldesk.evidence.jobs import FOR_EVER
from recalldesk.evidence.models import EvidenceSet
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from tests.evidence.conftest import files_in
from tests.evidence.pictures import photo
from tests.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evidence_set(photos_folder: Path) -> EvidenceSet:
    """An empty set, committed."""
    return actions.new_evidence_set(recall=Recall.objects.create(slug="kettle-k20"))


def empty_the_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture(autouse=True)
def _queue(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Django empties its own tables after a test, and Procrastinate's are not; nor does anybody
    end the connection of a thread in which jobs ran, unless none is kept.
    """
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    empty_the_queue()
    yield
    empty_the_queue()


def work_off() -> None:
    """Runs what is due on the queue of photos, as `recalldesk work` does."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(
            queues=[deferring.QUEUE],
            wait=False,
            install_signal_handlers=False,
            listen_notify=False,
        )


def job(name: str) -> ProcrastinateJob:
    return ProcrastinateJob.objects.get(task_name=name)


def test_a_worker_looks_after_what_was_sent(evidence_set: EvidenceSet, photos_folder: Path) -> None:
    sent = actions.receive_photo(
        evidence_set=evidence_set, kind=PhotoKind.RECEIPT, chunks=[photo()]
    )
    work_off()
    assert reads.picture_bytes(sent)
    assert job(deferring.LOOK_AFTER).status == "succeeded"
    told = job("claims.evidence_settled")
    assert (told.queue_name, told.args) == ("claims", {"evidence_set_id": evidence_set.pk})


def test_a_scanner_that_is_away_delays_the_job_and_loses_nothing(
    evidence_set: EvidenceSet, settings: Settings, photos_folder: Path
) -> None:
    settings.CLAMD = f"tcp:127.0.0.1:{free_port()}"
    sent = actions.receive_photo(evidence_set=evidence_set, kind=PhotoKind.LABEL, chunks=[photo()])
    work_off()
    waiting = job(deferring.LOOK_AFTER)
    assert (waiting.status, waiting.attempts) == ("todo", 1)
    assert waiting.scheduled_at is not None
    assert waiting.scheduled_at > clock.now()
    assert files_in(photos_folder) == [f"quarantine/{sent.storage_key}"]
    settings.CLAMD = "none"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    work_off()
    assert reads.picture_bytes(sent)


def test_a_removal_takes_the_files_at_once_and_its_job_finds_nothing(
    evidence_set: EvidenceSet, photos_folder: Path
) -> None:
    sent = actions.receive_photo(evidence_set=evidence_set, kind=PhotoKind.LABEL, chunks=[photo()])
    actions.remove_photo(photo=sent)
    assert files_in(photos_folder) == []
    work_off()
    assert job(deferring.FORGET_FILES).status == "succeeded"
    assert job(deferring.LOOK_AFTER).status == "succeeded"


def test_waits_grow_to_ten_minutes_and_never_end() -> None:
    def next_try(attempts: int) -> datetime:
        tried = Job(
            id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts
        )
        decision = FOR_EVER.get_retry_decision(exception=Exception(), job=tried)
        assert decision is not None
        assert decision.retry_at is not None
        return decision.retry_at

    with travel(clock.now(), tick=False):
        waits = [
            (next_try(attempts) - clock.now()).total_seconds()
            for attempts in (0, 1, 2, 5, 6, 100_000)
        ]
    assert waits == [10, 20, 40, 320, 600, 600]


def test_every_job_of_photos_is_known_to_the_queue() -> None:
    assert {deferring.LOOK_AFTER, deferring.FORGET_FILES, "evidence.forget_orphans"} <= set(
        app.tasks
    )
