"""How long a job waits before it is tried again: longer each time, up to a bound.

Guarantee: a job that fails is never dropped while it has attempts left, and never tried without a
pause.
"""

from dataclasses import dataclass
from datetime import timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job


@dataclass(frozen=True)
class GrowingWaits(BaseRetryStrategy):
    """Waits `first`, then twice as long each time, never longer than `longest`.

    `at_most` attempts are made in all; without it the job itself must know when to give up.
    """

    first: timedelta = timedelta(seconds=10)
    longest: timedelta = timedelta(hours=1)
    at_most: int | None = None

    def wait_after(self, attempts: int) -> timedelta:
        """The pause after so many attempts before the one that failed just now."""
        doublings = min(attempts, 30)  # far beyond any bound, and no number grows out of hand
        return min(self.first * (1 << doublings), self.longest)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None where that was the last attempt."""
        if self.at_most is not None and job.attempts + 1 >= self.at_most:
            return None
        # From the queue's own clock on: by ours, should it be wrong, the job might wait for hours.
        seconds = int(self.wait_after(job.attempts).total_seconds())
        return RetryDecision(retry_in={"seconds": seconds})


RETRY = GrowingWaits()
"""For a job that must be done in the end, however long that takes."""
