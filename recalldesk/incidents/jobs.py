"""Background work of incidents. Each job may run twice without harm."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from recalldesk.incidents import claims_found, erasing, following, found_again, reminding
from recalldesk.incidents.importing.forgetting import forget_rejected_reports
from recalldesk.jobs.waits import RETRY

EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_NIGHT = "45 3 * * *"
EVERY_MORNING = "33 4 * * *"
QUEUE = "incidents"


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name="incidents.remind", queue=QUEUE, queueing_lock="incidents.remind", retry=RETRY)
def remind(timestamp: int) -> None:
    """Reminds the desk of incidents about which nothing is decided."""
    reminding.remind_desk()


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(
    name="incidents.key_reports", queue=QUEUE, queueing_lock="incidents.key_reports", retry=RETRY
)
def key_reports(timestamp: int) -> None:
    """Makes the digests by which reports of one unit or person are found, and joins to a report the
    claim that its owner made later."""
    found_again.keep_digests_current()
    claims_found.join_later_claims()


@app.task(name=following.FOLLOW_EVENT, queue=QUEUE, retry=RETRY)
def follow_event(incident_id: int, microsecond: int) -> None:
    """Takes news of a joined report to the one that is counted."""
    told_at = datetime.fromtimestamp(microsecond / following.SECOND, UTC)
    following.follow_event(incident_id=incident_id, told_at=told_at)


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="incidents.forget_rejected_reports", queue=QUEUE, retry=RETRY)
def forget_rejected_lines(timestamp: int) -> None:
    """Empties the lines of files of reports that were not taken, 90 days later."""
    forget_rejected_reports()


@app.periodic(cron=EVERY_MORNING)
@app.task(
    name="incidents.erase_people", queue=QUEUE, queueing_lock="incidents.erase_people", retry=RETRY
)
def erase_people(timestamp: int) -> None:
    """Erases what incidents tell of people, five years after it was obtained."""
    erasing.erase_people_of_old_incidents()
