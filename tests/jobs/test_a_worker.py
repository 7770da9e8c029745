"""A worker in a process of its own: what it does, what its killing costs, how it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.programs import ROOT, comes_true

pytestmark = pytest.mark.django_db(transaction=True)
Worker = subprocess.Popen[bytes]


class Place:
    """A folder for what jobs leave, and the workers of a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[Worker] = []

    def start(self) -> Worker:
        name = connection.settings_dict["NAME"]
        program = ROOT / "tests" / "jobs" / "worker_program.py"
        worker = subprocess.Popen(
            [sys.executable, str(program), name, str(self.folder)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        self.workers.append(worker)
        return worker

    def count(self, name: str) -> int:
        return len(list(self.folder.glob(f"{name}.*")))

    def sees(self, name: str, times: int = 1) -> bool:
        return comes_true(lambda: self.count(name) >= times)

    def let_go(self) -> None:
        (self.folder / "go").touch()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    for worker in made.workers:
        worker.kill()
        worker.wait()


def defer(task: str, number: int) -> None:
    app.configure_task(task, queue="tests").defer(number=number)


def states() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(queue_name="tests").order_by("pk")
    return list(jobs.values_list("status", flat=True))


def test_the_job_of_a_worker_that_was_killed_is_done_by_another(place: Place) -> None:
    defer("tests.hold", 1)
    first = place.start()
    assert place.sees("begun-1")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert states() == ["doing"]
    place.start()
    place.let_go()
    assert place.sees("done-1")
    assert comes_true(lambda: states() == ["succeeded"])
    assert (place.count("begun-1"), place.count("done-1")) == (2, 1)


def test_one_that_was_killed_while_it_looked_for_stalled_jobs_keeps_no_other_from_looking(
    place: Place,
) -> None:
    defer("tests.hold", 1)
    killed = place.start()
    assert place.sees("begun-1")
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    with connection.cursor() as cursor:  # what its kill may leave, in the moment between
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'jobs.take_up_stalled'")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, lock, status)"
            " VALUES ('upkeep', 'jobs.take_up_stalled', '{\"timestamp\": 0}',"
            " 'jobs.take_up_stalled', 'doing')"
        )
    place.start()
    place.let_go()
    assert place.sees("done-1")


def test_it_leaves_alone_what_another_living_worker_is_at(place: Place) -> None:
    defer("tests.hold", 1)
    place.start()
    assert place.sees("begun-1")
    place.start()
    looked = ProcrastinateJob.objects.filter(
        task_name="jobs.take_up_stalled", status="succeeded"
    ).order_by("pk")
    seen = looked.count()
    assert comes_true(lambda: looked.count() > seen + 1), "nobody looks for stalled jobs"
    place.let_go()
    assert place.sees("done-1")
    assert place.count("begun-1") == 1


def test_what_a_job_defers_belongs_to_the_transaction_of_the_job(place: Place) -> None:
    defer("tests.defers_and_fails", 1)
    place.start()
    assert place.sees("done-2")
    assert place.count("done-1") == 0
    assert ProcrastinateJob.objects.filter(task_name="tests.quick").count() == 1


def test_a_job_that_cannot_be_done_yet_is_done_later(place: Place) -> None:
    defer("tests.not_yet", 1)
    place.start()
    assert place.sees("done-1")
    assert place.count("tried-1") == 2


def test_told_to_end_it_finishes_what_it_is_at_and_begins_nothing(place: Place) -> None:
    for number in (1, 2, 3):
        defer("tests.hold", number)
    worker = place.start()
    assert place.sees("begun-1")
    assert place.sees("begun-2")
    worker.terminate()
    place.let_go()
    assert worker.wait(30) == 0
    assert (place.count("done-1"), place.count("done-2"), place.count("begun-3")) == (1, 1, 0)
    assert states() == ["succeeded", "succeeded", "todo"]
    assert place.count("ended") == 1


def test_a_job_without_end_does_not_keep_it(place: Place) -> None:
    defer("tests.hold", 1)
    worker = place.start()
    assert place.sees("begun-1")
    for number in (signal.SIGINT, signal.SIGINT, signal.SIGTERM):
        worker.send_signal(number)
    assert worker.wait(30) == 0
    assert place.count("cut-off") == 1
    place.let_go()
    place.start()
    assert place.sees("done-1")


def test_it_goes_on_when_the_database_was_away(place: Place) -> None:
    worker = place.start()
    defer("tests.quick", 1)
    assert place.sees("done-1")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        ended = cursor.fetchone()
    assert ended is not None
    assert ended[0] >= 2
    defer("tests.quick", 2)
    assert place.sees("done-2")
    assert worker.poll() is None
