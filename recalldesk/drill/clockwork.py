"""What the clock would bring about, brought about when a drill's clock jumps.

Guarantee: a job is done no sooner than the drill's clock says; nothing is done that the product
would not do by itself.
"""

import time
from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.foundation import clock

PERIODIC = (
    "outreach.start_waves",
    "outreach.keep_sending",
    "claims.go_on",
    "claims.order_due",
    "remedies.place_due",
    "remedies.look_again",
    "remedies.freeze_files",
)
"""What comes by the machine's clock each minute or quarter; in a drill days pass in seconds."""
DUE = """
UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 second'
WHERE status = 'todo' AND scheduled_at > now() AND scheduled_at <= %s
"""
QUIET_WITHIN = 20.0
LOOKS_EVERY = 0.1


def bring_what_is_due() -> None:
    """Jobs that were put off until a moment that has come; and what comes periodically."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, [clock.now()])
    for name in PERIODIC:
        task = app.tasks.get(name)
        if task is None:
            continue
        try:
            job = app.configure_task(name, queue=task.queue, queueing_lock=task.queueing_lock)
            job.defer(timestamp=0)
        except AlreadyEnqueued:
            continue


def wait_until_quiet(within: float = QUIET_WITHIN) -> bool:
    """Until no job is due or being done; whether it came to that."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not _at_work(clock.now()):
            return True
        time.sleep(LOOKS_EVERY)
    return False


def _at_work(now: datetime) -> bool:
    rows = ProcrastinateJob.objects.filter(status__in=("todo", "doing"))
    jobs = rows.values_list("status", "scheduled_at", "task_name")
    return any(
        status == "doing" or scheduled_at is None or scheduled_at <= now
        for status, scheduled_at, name in jobs
        if not name.startswith(("outreach.send", "jobs."))
    )
