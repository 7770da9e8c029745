"""The jobs of photos. Each may run twice, and is tried again for as long as it takes."""

from datetime import timedelta

from procrastinate.contrib.django import app

from recalldesk.evidence import deferring, forgetting, looking_after, matching, reading_photos
from recalldesk.jobs.queues import READING
from recalldesk.jobs.waits import GrowingWaits

FOR_EVER = GrowingWaits(longest=timedelta(minutes=10))
"""Nothing is ever given up: a scanner that is down comes back."""


@app.task(name=deferring.LOOK_AFTER, queue=deferring.QUEUE, retry=FOR_EVER)
def look_after_photo(photo_id: int) -> None:
    """Scans, cleans and settles a photo."""
    looking_after.look_after(photo_id)


@app.task(name=deferring.READ_PHOTO, queue=READING, retry=FOR_EVER)
def read_photo(photo_id: int) -> None:
    """Reads a clean photo."""
    reading_photos.read_photo(photo_id)


@app.periodic(cron="37 * * * *")
@app.task(name="evidence.read_what_waits", queue=deferring.QUEUE, retry=FOR_EVER)
def read_what_waits(timestamp: int) -> None:
    """Puts into the queue what waits to be read and does not stand there."""
    reading_photos.put_into_the_queue()


@app.periodic(cron="47 * * * *")
@app.task(
    name="evidence.copy_missing",
    queue=deferring.QUEUE,
    queueing_lock="evidence.copy_missing",
    retry=FOR_EVER,
)
def copy_missing(timestamp: int) -> None:
    """Puts on the other disk what only one of two has."""
    matching.copy_what_is_missing()


@app.task(name=deferring.FORGET_FILES, queue=deferring.QUEUE, retry=FOR_EVER)
def forget_files(photo_id: int) -> None:
    """Removes the files of a removed photo."""
    forgetting.forget_files_of(photo_id)


@app.periodic(cron="17 * * * *")
@app.task(name="evidence.forget_orphans", queue=deferring.QUEUE, retry=FOR_EVER)
def forget_orphans(timestamp: int) -> None:
    """Removes what no photo needs from quarantine; in an hour it is done again."""
    forgetting.forget_orphans()
