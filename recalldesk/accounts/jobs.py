"""Upkeep of what staff leave behind. May run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.accounts.desk_sessions import remove_ended
from recalldesk.jobs.waits import RETRY

HOURLY = "41 * * * *"


@app.periodic(cron=HOURLY)
@app.task(
    name="accounts.remove_ended_sessions",
    queue="accounts",
    queueing_lock="accounts.remove_ended_sessions",
    retry=RETRY,
)
def remove_ended_sessions(timestamp: int) -> None:
    """Removes the sessions of the desk whose time is over."""
    remove_ended()
