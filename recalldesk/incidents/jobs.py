"""Work on incidents that nobody asks for: what is kept no longer."""

from procrastinate.contrib.django import app

from recalldesk.incidents import erasing
from recalldesk.incidents.importing.forgetting import forget_rejected_reports
from recalldesk.jobs.waits import RETRY

EVERY_NIGHT = "45 3 * * *"
EVERY_MORNING = "33 4 * * *"
QUEUE = "incidents"


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="incidents.forget_rejected_reports", queue=QUEUE, retry=RETRY)
def forget_rejected_lines(timestamp: int) -> None:
    """Empties the lines of files of reports that were not taken, 90 days later."""
    forget_rejected_reports()


@app.periodic(cron=EVERY_MORNING)
@app.task(
    name="incidents.erase_people",
    queue=QUEUE,
    queueing_lock="incidents.erase_people",
    retry=RETRY,
)
def erase_people(timestamp: int) -> None:
    """Erases what incidents tell of people, five years after it was obtained."""
    erasing.erase_people_of_old_incidents()
