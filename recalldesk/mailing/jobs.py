"""The job that sends. Safe to run twice: what has left is not sent again."""

from datetime import timedelta

from procrastinate.contrib.django import app

from recalldesk.jobs.waits import GrowingWaits
from recalldesk.mailing.sending import send_mailing


@app.task(
    name="mailing.send",
    queue="mailing",
    retry=GrowingWaits(first=timedelta(seconds=15), longest=timedelta(hours=1)),
)
def send(*, mailing_id: int) -> None:
    """Sends one mail or text message. Raises NotSentYet where it is to be tried again."""
    send_mailing(mailing_id=mailing_id)
