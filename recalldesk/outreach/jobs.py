"""Background work of outreach. Each job may run twice without harm.

What prepares and sends is loaded by the job that needs it: each program of Django loads this.
"""

from procrastinate.contrib.django import app

from recalldesk.jobs.waits import RETRY

QUEUE = "outreach"
EVERY_MINUTE = "* * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(
    name="outreach.start_waves", queue=QUEUE, queueing_lock="outreach.start_waves", retry=RETRY
)
def start_waves(timestamp: int) -> None:
    """Makes the notices of approved waves whose time has come, and lets them go."""
    from recalldesk.outreach.waves.starting import start_due_waves

    start_due_waves()
