"""The door to workers: whether any is there."""

from procrastinate.contrib.django.models import ProcrastinateWorker

from recalldesk.foundation import clock
from recalldesk.jobs import pace


def is_any_worker_alive() -> bool:
    """Whether some worker gave a sign of life lately. One that was killed seems so for a while."""
    since = clock.now() - pace.STALLED_AFTER
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=since).exists()
