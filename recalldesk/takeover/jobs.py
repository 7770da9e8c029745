"""Background work of takeovers. Each job may run twice without harm."""

from procrastinate.contrib.django import app

from recalldesk.jobs.waits import RETRY
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind
from recalldesk.outreach.told_before import name_what_was_told
from recalldesk.takeover.forgetting import forget_names_of_photos, forget_rejected_rows

EVERY_HOUR = "13 * * * *"
EVERY_NIGHT = "45 3 * * *"


@app.periodic(cron=EVERY_HOUR)
@app.task(name="takeover.name_purchases", queue="outreach", retry=RETRY)
def name_purchases(timestamp: int) -> None:
    """Ties notices of before to what was bought, as order files come in."""
    waves = Wave.objects.filter(kind=WaveKind.BEFORE)
    for recall_id in set(waves.values_list("recall_id", flat=True)):
        name_what_was_told(recall_id)


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="takeover.forget_rejected_rows", queue="claims", retry=RETRY)
def forget_rejected_lines(timestamp: int) -> None:
    """Empties the lines that were not taken, and names of photos of owners who were erased."""
    forget_rejected_rows()
    forget_names_of_photos()
