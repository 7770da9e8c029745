"""Background work of second looks by photo. Each job may run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.checks import photo_looks
from recalldesk.jobs.waits import RETRY

EVERY_FIVE_MINUTES = "*/5 * * * *"


@app.task(name="checks.evidence_settled", queue="checks", retry=RETRY)
def evidence_settled(evidence_set_id: int) -> None:
    """A photo was read, or is of no use: what was read is kept, and the photo erased."""
    photo_looks.take_reading(evidence_set_id=evidence_set_id)


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(
    name="checks.go_on_with_looks",
    queue="checks",
    queueing_lock="checks.go_on_with_looks",
    retry=RETRY,
)
def go_on_with_looks(timestamp: int) -> None:
    """Goes on where a job was lost, and ends what is an hour old."""
    photo_looks.go_on_with_looks()
