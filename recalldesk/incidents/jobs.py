"""Background work of incidents. Each job may run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.incidents.importing.forgetting import forget_rejected_reports
from recalldesk.jobs.waits import RETRY

EVERY_NIGHT = "45 3 * * *"
QUEUE = "incidents"


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="incidents.forget_rejected_reports", queue=QUEUE, retry=RETRY)
def forget_rejected_lines(timestamp: int) -> None:
    """Empties the lines of files of reports that were not taken, 90 days later."""
    forget_rejected_reports()
