"""The door to workers and jobs: whether any is there."""

from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from recalldesk.foundation import clock
from recalldesk.jobs import pace


def is_any_worker_alive() -> bool:
    """Whether some worker gave a sign of life lately. One that was killed seems so for a while."""
    since = clock.now() - pace.STALLED_AFTER
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=since).exists()


def is_under_way(task: str) -> bool:
    """Whether a job of this name waits for a worker, or one is at it."""
    return ProcrastinateJob.objects.filter(task_name=task, status__in=("todo", "doing")).exists()
