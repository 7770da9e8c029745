"""Background work of what is done in public. Each job may run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.jobs.waits import RETRY
from recalldesk.publicity import forgetting, reminding

QUEUE = "publicity"
EVERY_HOUR = "17 * * * *"
EVERY_MORNING = "41 4 * * *"


@app.periodic(cron=EVERY_HOUR)
@app.task(name="publicity.remind", queue=QUEUE, queueing_lock="publicity.remind", retry=RETRY)
def remind(timestamp: int) -> None:
    """Reminds the desk of a home page that somebody is to look at."""
    reminding.remind_desk()


@app.periodic(cron=EVERY_MORNING)
@app.task(name="publicity.forget_sellers", queue=QUEUE, retry=RETRY)
def forget_sellers(timestamp: int) -> None:
    """Erases what leads to sellers, five years after it was entered."""
    forgetting.forget_sellers()
