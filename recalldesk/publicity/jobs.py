"""Background work of what is done in public. Each job may run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.jobs.waits import RETRY
from recalldesk.publicity import reminding

QUEUE = "publicity"
EVERY_HOUR = "17 * * * *"


@app.periodic(cron=EVERY_HOUR)
@app.task(name="publicity.remind", queue=QUEUE, queueing_lock="publicity.remind", retry=RETRY)
def remind(timestamp: int) -> None:
    """Reminds the desk of a home page that somebody is to look at."""
    reminding.remind_desk()
