"""Keeps the stand-in up to date. The job may run twice without harm."""

import structlog
from procrastinate.contrib.django import app

from recalldesk.jobs.waits import RETRY
from recalldesk.operating.errors import StandInProblem
from recalldesk.operating.stand_in.exporting import keep_up_to_date

log = structlog.get_logger()
EVERY_MINUTE = "* * * * *"
"""A publication is looked for, not announced: publishing knows nothing of who shows it."""


@app.periodic(cron=EVERY_MINUTE)
@app.task(
    name="operating.keep_stand_in",
    queue="operating",
    queueing_lock="operating.keep_stand_in",
    lock="operating.keep_stand_in",
    retry=RETRY,
)
def keep_stand_in(timestamp: int) -> None:
    """Writes the folder for a plain web server where a version went live, or a day went by."""
    try:
        done = keep_up_to_date()
    except StandInProblem as problem:
        # The next minute tries again by itself; the doctor says it until then.
        log.error("stand_in_not_written", problem=problem.message)
        return
    if done is not None and done.has_changed:
        log.info("stand_in_written", files=done.files)
