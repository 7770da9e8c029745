"""Background work of the log. Each job may run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.audit import heads
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.jobs.jobs import UPKEEP
from recalldesk.jobs.waits import RETRY

EVERY_FIVE_SECONDS = "* * * * * */5"
"""The last field is that of seconds."""
EVERY_HOUR = "41 * * * *"


@app.periodic(cron=EVERY_FIVE_SECONDS)
@app.task(name="audit.seal", queue=UPKEEP, queueing_lock="audit.seal")
def seal(timestamp: int) -> None:
    """Seals what was committed to the log since."""
    seal_what_waits()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="audit.make_head", queue=UPKEEP, queueing_lock="audit.make_head")
def make_head(timestamp: int) -> None:
    """Makes the head of the day, which then leaves."""
    heads.make_head_if_due()


@app.task(name=heads.WRITE, queue=heads.WRITE_QUEUE, retry=RETRY)
def write_head(head_id: int) -> None:
    """Puts a head into the folder for heads."""
    heads.write_head(head_id=head_id)
