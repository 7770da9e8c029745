"""Background work of outreach. Each job may run twice without harm.

What prepares and sends is loaded by the job that needs it: each program of Django loads this.
"""

from procrastinate.contrib.django import app

from recalldesk.jobs.jobs import UPKEEP
from recalldesk.jobs.queues import SENDING
from recalldesk.jobs.waits import RETRY, GrowingWaits

QUEUE = "outreach"
EVERY_MINUTE = "* * * * *"
EVERY_TEN_SECONDS = "* * * * * */10"
EVERY_FIVE_MINUTES = "*/5 * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(
    name="outreach.start_waves", queue=QUEUE, queueing_lock="outreach.start_waves", retry=RETRY
)
def start_waves(timestamp: int) -> None:
    """Makes the notices of approved waves whose time has come, and lets them go."""
    from recalldesk.outreach.waves.starting import start_due_waves

    start_due_waves()


@app.periodic(cron=EVERY_TEN_SECONDS)
@app.task(
    name="outreach.keep_sending",
    queue=UPKEEP,
    queueing_lock="outreach.keep_sending",
)
def keep_sending(timestamp: int) -> None:
    """Has some worker send what is due, and ends waves of which nothing is left."""
    from recalldesk.outreach.sending import rounds

    rounds.keep_sending()


@app.task(
    name="outreach.send_waves",
    queue=SENDING,
    queueing_lock="outreach.send_waves",
    retry=GrowingWaits(at_most=1),  # another round is due within seconds anyway
)
def send_waves() -> None:
    """Sends notices of waves, one after another, for a while."""
    from recalldesk.outreach.sending import rounds

    rounds.send_for_a_while()


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(
    name="outreach.follow_growth", queue=QUEUE, queueing_lock="outreach.follow_growth", retry=RETRY
)
def follow_growth(timestamp: int) -> None:
    """Makes a wave ready for each recall that grew, and marks who asked and was told."""
    from recalldesk.outreach.growing import make_growth_ready, mark_wishes_told

    make_growth_ready()
    mark_wishes_told()
