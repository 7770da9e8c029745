"""Background work of questions. Each job may run twice without harm."""

from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.evidence.enclosures import scanning
from recalldesk.evidence.errors import StoreUnreachable
from recalldesk.inquiries import attaching
from recalldesk.inquiries.reminding import remind_of_questions
from recalldesk.jobs.waits import RETRY

EVERY_HOUR = "23 * * * *"
EVERY_QUARTER = "*/15 * * * *"
EVERY_NIGHT = "19 4 * * *"
QUEUE = "inquiries"


@app.periodic(cron=EVERY_HOUR)
@app.task(name="inquiries.remind", queue=QUEUE, queueing_lock="inquiries.remind", retry=RETRY)
def remind(timestamp: int) -> None:
    """Reminds the firm of questions that nobody has answered."""
    remind_of_questions()


@app.task(name=attaching.SCAN, queue=scanning.QUEUE, retry=scanning.FOR_EVER)
def scan_attachment(file_id: int) -> None:
    """Scans a file that is attached to an answer."""
    attaching.scan_attachment(file_id)


@app.periodic(cron=EVERY_QUARTER)
@app.task(
    name="inquiries.scan_what_waits",
    queue=QUEUE,
    queueing_lock="inquiries.scan_what_waits",
    retry=RETRY,
)
def scan_what_waits(timestamp: int) -> None:
    """Puts into the queue what waits for the scanner, and may not stand there."""
    for number in attaching.waiting_attachments():
        with suppress(AlreadyEnqueued):
            scanning.have_scanned(attaching.SCAN, number)


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="inquiries.look_after_files", queue=QUEUE, retry=RETRY)
def look_after_files(timestamp: int) -> None:
    """Removes attached files that no row names, and puts on each disk what only the other has."""
    with suppress(StoreUnreachable, OSError):
        attaching.ATTACHMENTS.forget_orphans()
        attaching.ATTACHMENTS.copy_what_is_missing()
