"""How soon a job is taken up again whose worker was killed: within a minute, whatever it was."""

from datetime import timedelta

HEARTBEAT = timedelta(seconds=5)
"""Between two signs of life of a worker."""
STALLED_AFTER = timedelta(seconds=30)
"""A worker that gave no sign for so long is dead; its jobs are anybody's."""
SECONDS_BETWEEN_LOOKS = 15
LOOK = f"* * * * * */{SECONDS_BETWEEN_LOOKS}"
"""When to look for jobs of dead workers; the last field is that of seconds."""
LOOKED_FOR_WORK = timedelta(seconds=5)
"""Where a message that there is work was lost, the worker finds it by itself."""
KEPT_FINISHED = timedelta(days=7)
KEPT_FAILED = timedelta(days=30)
KEPT_UPKEEP = timedelta(hours=1)
