"""The jobs that send. Safe to run twice: what has left is not sent again."""

from datetime import timedelta

from procrastinate.contrib.django import app

from recalldesk.jobs.jobs import UPKEEP
from recalldesk.jobs.waits import RETRY, GrowingWaits
from recalldesk.mailing import log_heads, requests
from recalldesk.mailing.sending import LONGEST_PAUSE, send_mailing, take_up_waiting


@app.task(
    name="mailing.send",
    queue="mailing",
    retry=GrowingWaits(first=timedelta(seconds=15), longest=LONGEST_PAUSE),
)
def send(*, mailing_id: int) -> None:
    """Sends one mail or text message. Raises NotSentYet where it is to be tried again."""
    send_mailing(mailing_id=mailing_id)


@app.task(name="mailing.mail_head", queue="mailing", retry=RETRY)
def mail_head(head_id: int) -> None:
    """Mails a head of the log to whoever keeps them."""
    log_heads.mail_head(head_id=head_id)


@app.task(name="mailing.tell_of_request", queue="mailing", retry=RETRY)
def tell_of_request(request_id: int) -> None:
    """Writes to those whom a version waits for, or to whoever sent it."""
    requests.tell_of_request(request_id=request_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="mailing.send_forgotten", queue=UPKEEP, queueing_lock="mailing.send_forgotten")
def send_forgotten(timestamp: int) -> None:
    """Gives a job to whatever waits and has lost its own."""
    take_up_waiting()
