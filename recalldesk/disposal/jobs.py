"""What is done about sites by itself."""

from procrastinate.contrib.django import app

from recalldesk.disposal.importing.keeping import forget_rejected_rows
from recalldesk.jobs.waits import RETRY

QUEUE = "disposal"
EVERY_NIGHT = "40 3 * * *"


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="disposal.forget_rejected_rows", queue=QUEUE, retry=RETRY)
def forget_rejected_lines(timestamp: int) -> None:
    """Empties the lines of lists that were not taken, 90 days later."""
    forget_rejected_rows()
