"""The jobs of photos. Each may run twice, and is tried again for as long as it takes."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from recalldesk.evidence import deferring, forgetting, looking_after

FIRST_WAIT, LONGEST_WAIT = 10, 600
"""Seconds."""


class ForEver(BaseRetryStrategy):
    """Tries again after a wait that doubles up to ten minutes: nothing is ever given up."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """The next try."""
        wait = min(FIRST_WAIT * 2 ** min(job.attempts, 10), LONGEST_WAIT)
        return RetryDecision(retry_in={"seconds": wait})


@app.task(name=deferring.LOOK_AFTER, queue=deferring.QUEUE, retry=ForEver())
def look_after_photo(photo_id: int) -> None:
    """Scans, cleans and settles a photo."""
    looking_after.look_after(photo_id)


@app.task(name=deferring.FORGET_FILES, queue=deferring.QUEUE, retry=ForEver())
def forget_files(photo_id: int) -> None:
    """Removes the files of a removed photo."""
    forgetting.forget_files_of(photo_id)


@app.periodic(cron="17 * * * *")
@app.task(name="evidence.forget_orphans", queue=deferring.QUEUE)
def forget_orphans(timestamp: int) -> None:
    """Removes what no photo needs from quarantine; in an hour it is done again."""
    forgetting.forget_orphans()
