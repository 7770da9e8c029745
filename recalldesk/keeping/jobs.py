"""Background work of keeping. Each job may run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.jobs.waits import RETRY
from recalldesk.keeping import daily, waiting
from recalldesk.keeping.holding import CARRY_OUT, DUE, QUEUE

EVERY_NIGHT = "5 4 * * *"


@app.periodic(cron=EVERY_NIGHT)
@app.task(name=DUE, queue=QUEUE, queueing_lock=DUE, retry=RETRY)
def erase_due(timestamp: int) -> None:
    """Erases what was kept as long as it may be, and what waited for the end of a hold."""
    waiting.carry_out()
    daily.erase_due()


@app.task(name=CARRY_OUT, queue=QUEUE, queueing_lock=CARRY_OUT, retry=RETRY)
def carry_out(timestamp: int) -> None:
    """Erases what waited for the end of a hold that was lifted."""
    waiting.carry_out()
