"""The queue's own upkeep: what dead workers left is taken up, what is long done is removed."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from procrastinate import exceptions, utils
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

from recalldesk.jobs import pace
from recalldesk.jobs.waits import GrowingWaits

UPKEEP = "upkeep"
TAKE_UP = "jobs.take_up_stalled"
FIRST = 100
"""Before all other work: a priority."""
AT_ONCE = 3
"""So often a job is taken up at once. One that kills its worker each time waits longer then."""
WAITS = GrowingWaits()


@app.periodic(cron=pace.LOOK)
@app.task(name=TAKE_UP, queue=UPKEEP, priority=FIRST, lock=TAKE_UP, queueing_lock=TAKE_UP)
async def take_up_stalled(timestamp: int) -> None:
    """Puts back into the queue what a killed worker was at. One worker at a time does so."""
    for job in await _stalled():
        await _take_up(job)


async def let_others_look() -> None:
    """Ends the look for stalled jobs that a killed worker was at.

    Its lock would keep all others from looking, for good. So each worker does this by itself.
    """
    for job in await _stalled(TAKE_UP):
        assert job.id is not None
        with suppress(exceptions.ConnectorException):  # another worker did it just now
            await app.job_manager.finish_job_by_id_async(
                job.id, status=Status.FAILED, delete_job=True
            )


@app.periodic(cron="23 * * * *")
@app.task(
    name="jobs.remove_old", queue=UPKEEP, lock="jobs.remove_old", queueing_lock="jobs.remove_old"
)
async def remove_old(timestamp: int) -> None:
    """Removes what was done a week ago and what failed a month ago; its own kind sooner."""
    manager = app.job_manager
    await manager.delete_old_jobs(
        nb_hours=_hours(pace.KEPT_UPKEEP), queue=UPKEEP, include_failed=True, include_aborted=True
    )
    await manager.delete_old_jobs(nb_hours=_hours(pace.KEPT_FINISHED))
    await manager.delete_old_jobs(
        nb_hours=_hours(pace.KEPT_FAILED),
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )


def wait_before(job: Job) -> timedelta:
    """How long a stalled job waits: not at all, unless it was tried often already."""
    if job.attempts < AT_ONCE:
        return timedelta()
    return WAITS.wait_after(job.attempts - AT_ONCE)


async def _stalled(task_name: str | None = None) -> Iterable[Job]:
    return await app.job_manager.get_stalled_jobs(
        task_name=task_name, seconds_since_heartbeat=pace.STALLED_AFTER.total_seconds()
    )


async def _take_up(job: Job) -> None:
    assert job.id is not None
    manager = app.job_manager
    try:
        await manager.retry_job_by_id_async(job.id, retry_at=utils.utcnow() + wait_before(job))
    except exceptions.UniqueViolation:
        # One of which only one may wait, and another waits already.
        await manager.finish_job_by_id_async(job.id, status=Status.FAILED, delete_job=False)
    except exceptions.ConnectorException:
        return  # its worker was slow, not dead, and has just finished it


def _hours(time: timedelta) -> int:
    return int(time / timedelta(hours=1))
