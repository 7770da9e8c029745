"""Background work of remedies. Each job may run twice without harm."""

import uuid

from procrastinate.contrib.django import app

from recalldesk.foundation import clock
from recalldesk.jobs.arguments import Id
from recalldesk.jobs.waits import RETRY
from recalldesk.remedies import hints
from recalldesk.remedies.batches.erasing import erase_what_is_over
from recalldesk.remedies.batches.freezing import freeze_due
from recalldesk.remedies.corrections.forgetting import forget_rejected_rows
from recalldesk.remedies.following import LOOK, look_again_at_open, look_at
from recalldesk.remedies.ordering import PLACE, QUEUE, place_soon
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.codes.emptying import empty_due
from recalldesk.remedies.providers.codes.restocked import send_on_restocked
from recalldesk.remedies.reconciling.asked import NOW
from recalldesk.remedies.reconciling.reconciling import reconcile, reconcile_if_due

EVERY_MINUTE = "* * * * *"
EVERY_QUARTER = "*/15 * * * *"
EVERY_HOUR = "37 * * * *"
EVERY_NIGHT = "35 3 * * *"
EVERY_DAY = "25 3 * * *"
MOST = 1_000


@app.periodic(cron=EVERY_MINUTE)
@app.task(name=PLACE, queue=QUEUE, queueing_lock=PLACE, retry=RETRY)
def place_due_orders(timestamp: int) -> None:
    """Places what is due. What is left when it has done many is for the next of its kind."""
    if place_due(most=MOST) >= MOST:
        place_soon()


@app.periodic(cron=EVERY_QUARTER)
@app.task(name="remedies.look_again", queue=QUEUE, queueing_lock="remedies.look_again", retry=RETRY)
def look_again(timestamp: int) -> None:
    """Reads again how orders stand that are on their way."""
    look_again_at_open()


@app.periodic(cron=EVERY_QUARTER)
@app.task(name="remedies.restocked", queue=QUEUE, queueing_lock="remedies.restocked", retry=RETRY)
def go_on_with_restocked(timestamp: int) -> None:
    """Has orders tried again that found no code while codes were just coming in."""
    send_on_restocked()


@app.periodic(cron=EVERY_QUARTER)
@app.task(
    name="remedies.freeze_files", queue=QUEUE, queueing_lock="remedies.freeze_files", retry=RETRY
)
def freeze_files(timestamp: int) -> None:
    """Freezes the files whose day's moment has come, and journals what a killed worker left."""
    freeze_due(clock.now())


@app.periodic(cron=EVERY_DAY)
@app.task(
    name="remedies.erase_files", queue=QUEUE, queueing_lock="remedies.erase_files", retry=RETRY
)
def erase_files(timestamp: int) -> None:
    """Erases names, addresses and accounts of what is confirmed, once nobody needs them."""
    while erase_what_is_over():
        pass


@app.task(name=LOOK, queue=QUEUE, retry=RETRY)
def look_at_one(remedy_id: Id) -> None:
    """Reads again how one order stands, of which a webhook spoke."""
    look_at(uuid.UUID(remedy_id))


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="remedies.empty_codes", queue=QUEUE, retry=RETRY)
def empty_codes(timestamp: int) -> None:
    """Empties the codes of owners who were erased a while ago."""
    empty_due()


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="remedies.forget_rejected_rows", queue=QUEUE, retry=RETRY)
def forget_rejected_lines(timestamp: int) -> None:
    """Empties the lines of shops' files that were not taken, 90 days later."""
    forget_rejected_rows()


@app.task(name=hints.FOLLOW, queue=QUEUE, retry=RETRY)
def follow_hint(provider: Id, kind: Id, name: Id) -> None:
    """Finds the order of what a webhook named."""
    hints.follow_hint(provider=provider, kind=kind, name=name)


@app.periodic(cron=EVERY_HOUR)
@app.task(name="remedies.reconcile", queue=QUEUE, queueing_lock="remedies.reconcile", retry=RETRY)
def reconcile_what_providers_did(timestamp: int) -> None:
    """Compares what providers did with the rows: daily, and each hour while a restore holds."""
    reconcile_if_due()


@app.task(name=NOW, queue=QUEUE, queueing_lock=NOW, retry=RETRY)
def reconcile_now(timestamp: int) -> None:
    """The same at once, as a person asked for it."""
    reconcile()
