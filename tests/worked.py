"""Works off what waits in the queue, in the test's own thread and transaction, one after another.

A test that says "the job has run" calls `run_jobs()`. What the worker itself does is tested with
real processes in tests/jobs/.
"""

import inspect
from collections.abc import Collection
from typing import Any

from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.tasks import Task

from recalldesk.foundation import clock
from recalldesk.jobs.errors import NotYet

MOST = 1000


def run_jobs(
    *, tasks: Collection[str] | None = None, also_later: bool = False, at_most: int = MOST
) -> list[str]:
    """The names of the tasks that were done, in their order; what they defer is done too.

    Only `tasks` where some are named. Jobs that wait for a later moment stay, unless `also_later`;
    so do those whose task does not exist. A job that raises NotYet is put off as its retry strategy
    says; whatever else a job raises, the test gets to see.
    """
    done: list[str] = []
    put_off: set[int] = set()
    while (job := _next(tasks, also_later, put_off)) is not None:
        assert len(done) < at_most, f"jobs without end: {done[-10:]}"
        if not _work_off(job):
            put_off.add(job.pk)
        done.append(job.task_name)
    return done


def waiting(task: str = "") -> list[ProcrastinateJob]:
    """Jobs still to be done, now or later; those of one task where it is named."""
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "pk")
    return list(jobs.filter(task_name=task) if task else jobs)


def _next(
    tasks: Collection[str] | None, also_later: bool, put_off: set[int]
) -> ProcrastinateJob | None:
    now = clock.now()
    for job in waiting():
        is_due = also_later or job.scheduled_at is None or job.scheduled_at <= now
        is_asked = tasks is None or job.task_name in tasks
        if is_due and is_asked and job.task_name in app.tasks and job.pk not in put_off:
            return job
    return None


def _work_off(job: ProcrastinateJob) -> bool:
    """False where it is to be tried again."""
    task = app.tasks[job.task_name]
    _set(job.pk, "doing")
    try:
        _call(task, job.args)
    except NotYet as reason:
        retry = task.get_retry_exception(exception=reason, job=job.procrastinate_job)
        if retry is None:
            _set(job.pk, "failed")
            return True
        _put_off(job.pk, retry.retry_decision.retry_at)
        return False
    except BaseException:
        _set(job.pk, "failed")
        raise
    _set(job.pk, "succeeded")
    return True


def _call(task: Task[Any, Any, Any], arguments: dict[str, Any]) -> None:

    if inspect.iscoroutinefunction(task.func):
        async_to_sync(task.func)(**arguments)
    else:
        task.func(**arguments)


def _set(job_id: int, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
            [status, job_id],
        )


def _put_off(job_id: int, retry_at: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)", [job_id, retry_at]
        )
