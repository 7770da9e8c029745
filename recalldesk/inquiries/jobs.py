"""Background work of questions. Each job may run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.inquiries.reminding import remind_of_questions
from recalldesk.jobs.waits import RETRY

EVERY_HOUR = "23 * * * *"
QUEUE = "inquiries"


@app.periodic(cron=EVERY_HOUR)
@app.task(name="inquiries.remind", queue=QUEUE, queueing_lock="inquiries.remind", retry=RETRY)
def remind(timestamp: int) -> None:
    """Reminds the firm of questions that nobody has answered."""
    remind_of_questions()
