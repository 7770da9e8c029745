"""Background work of reports. Each job may run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.jobs.jobs import UPKEEP
from recalldesk.jobs.waits import RETRY

EVERY_MINUTE = "* * * * *"
EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_HOUR = "17 * * * *"
QUEUE = "reports"


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name="reports.keep_moves", queue=QUEUE, queueing_lock="reports.keep_moves", retry=RETRY)
def keep_moves(timestamp: int) -> None:
    """Writes what moved the figures of incidents and registrations."""
    from recalldesk.reports.progress.moving import keep_all_moves

    keep_all_moves()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="reports.remind", queue=QUEUE, queueing_lock="reports.remind", retry=RETRY)
def remind(timestamp: int) -> None:
    """Reminds whoever may file of reports that are due, or late."""
    from recalldesk.reports.progress.reminding import remind_of_reports

    remind_of_reports()


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="reports.fold_sums", queue=UPKEEP, queueing_lock="reports.fold_sums")
def fold_sums(timestamp: int) -> None:
    """Folds what was added to sums of days."""
    from recalldesk.reports.sums.folding import fold

    fold()
