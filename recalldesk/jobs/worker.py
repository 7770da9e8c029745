"""The worker: does what waits in the queue until it is told to end.

Guarantees: of the slow queues (queues.py) one job each is at work, and all others wait for none of
them; a database that goes away is waited for; on SIGTERM or Ctrl-C no further job is begun,
those at work have some seconds to finish, and what is cut off then is taken up by another worker;
a second Ctrl-C changes nothing.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import psycopg
import structlog
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from recalldesk.jobs import ending, jobs, pace
from recalldesk.jobs.connector import WorkerConnector
from recalldesk.jobs.queues import ONE_AT_A_TIME
from recalldesk.jobs.waits import GrowingWaits
from recalldesk.postgres.errors import PostgresError

log = structlog.get_logger()
SECONDS_TO_FINISH = 4.0
"""What jobs have, less than a server has to end in."""
AWAY = (ConnectorException, psycopg.Error, PostgresError)
PAUSES = GrowingWaits(first=timedelta(seconds=1), longest=timedelta(seconds=30))


def work(
    *, at_once: int, ready: Callable[[], object], before_cut_off: Callable[[], object]
) -> None:
    """Does so many jobs at once, and one of each slow queue beside them.

    Calls `ready` when it can be told to end. Where a job must be cut off, the process ends in here,
    after `before_cut_off` was called.
    """
    asyncio.run(_work(at_once, ready, before_cut_off))


async def _work(
    at_once: int, ready: Callable[[], object], before_cut_off: Callable[[], object]
) -> None:
    loop = asyncio.get_running_loop()
    threads = at_once + len(ONE_AT_A_TIME) + 2
    loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="job"))
    ended = asyncio.Event()

    def end() -> None:
        if not ended.is_set():
            ended.set()
            ending.begin()
            loop.call_later(SECONDS_TO_FINISH, _cut_off, before_cut_off)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    ready()
    failures = 0
    while not ended.is_set():
        began = loop.time()
        with suppress(*AWAY):
            await _until(ended, at_once)
        if ended.is_set():
            return
        failures = 0 if loop.time() - began > pace.STALLED_AFTER.total_seconds() else failures + 1
        log.warning("jobs_wait_for_the_database")
        with suppress(TimeoutError):
            pause = PAUSES.wait_after(failures).total_seconds()
            await asyncio.wait_for(ended.wait(), pause)


async def _until(ended: asyncio.Event, at_once: int) -> None:
    """Works until it is ended, or the database is away. May raise one of AWAY then."""
    with app.replace_connector(WorkerConnector(most=at_once + 2 + 2 * len(ONE_AT_A_TIME))):
        async with app.open_async():
            others = {task.queue for task in app.tasks.values()} - {*ONE_AT_A_TIME}
            working = [
                asyncio.create_task(_work_off(sorted(others), at_once)),
                *(asyncio.create_task(_work_off([queue], 1)) for queue in ONE_AT_A_TIME),
                asyncio.create_task(_let_others_look()),
            ]
            end = asyncio.create_task(ended.wait())
            await asyncio.wait({*working, end}, return_when=asyncio.FIRST_COMPLETED)
            end.cancel()
            for each in working:
                each.cancel()  # it finishes what it has begun
            for how in await asyncio.gather(*working, return_exceptions=True):
                if isinstance(how, Exception):
                    raise how


async def _let_others_look() -> None:
    while True:
        await jobs.let_others_look()
        await asyncio.sleep(pace.STALLED_AFTER.total_seconds())


async def _work_off(queues: list[str], at_once: int) -> None:
    await app.run_worker_async(
        queues=queues,
        concurrency=at_once,
        fetch_job_polling_interval=pace.LOOKED_FOR_WORK.total_seconds(),
        update_heartbeat_interval=pace.HEARTBEAT.total_seconds(),
        stalled_worker_timeout=pace.STALLED_AFTER.total_seconds(),
        shutdown_graceful_timeout=SECONDS_TO_FINISH,
        install_signal_handlers=False,
    )


def _cut_off(before: Callable[[], object]) -> None:
    """A job's thread cannot be ended; the process can, and what it held is let go by the system."""
    with suppress(Exception):
        before()
    os._exit(0)
