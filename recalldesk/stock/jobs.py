"""Background work of stock. Each job may run twice without harm."""

from contextlib import suppress

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.evidence.enclosures.scanning import FOR_EVER
from recalldesk.evidence.enclosures.scanning import QUEUE as SCANNED_IN
from recalldesk.evidence.errors import StoreUnreachable
from recalldesk.jobs.waits import RETRY
from recalldesk.stock import reminding
from recalldesk.stock.certificates import scanning, taking
from recalldesk.stock.certificates.shelf import CERTIFICATES
from recalldesk.stock.partners import access
from recalldesk.stock.reads.notices import partner_numbered

QUEUE = "stock"
EVERY_QUARTER = "*/15 * * * *"
EVERY_HOUR = "41 * * * *"
EVERY_NIGHT = "17 4 * * *"
HOUR, MINUTE = (int(part) for part in settings.ENVIRONMENT.desk_morning.split(":"))
EVERY_MORNING = f"{MINUTE} {HOUR} * * *"


@app.task(name=access.MAIL_LINK, queue=access.QUEUE, retry=RETRY)
def mail_link(partner_id: int) -> None:
    """Mails a link to a partner that asked for one; for 0, of whom nothing was found, there is
    nothing."""
    partner = partner_numbered(partner_id)
    if partner is not None:
        access.mail_new_link(partner=partner)


@app.periodic(cron=EVERY_MORNING)
@app.task(
    name="stock.remind_partners", queue=QUEUE, queueing_lock="stock.remind_partners", retry=RETRY
)
def remind_partners(timestamp: int) -> None:
    """Reminds partners that have not answered, and tells the desk who is late."""
    reminding.remind_partners()
    reminding.tell_desk_who_is_late()


@app.task(name=taking.SCAN, queue=SCANNED_IN, retry=FOR_EVER)
def scan_certificate(file_id: int) -> None:
    """Scans a certificate."""
    scanning.scan_certificate(file_id)


@app.periodic(cron=EVERY_QUARTER)
@app.task(
    name="stock.scan_what_waits", queue=QUEUE, queueing_lock="stock.scan_what_waits", retry=RETRY
)
def scan_what_waits(timestamp: int) -> None:
    """Puts into the queue what waits for the scanner, and may not stand there."""
    for number in scanning.waiting_certificates():
        with suppress(AlreadyEnqueued):
            taking.have_scanned(number)


@app.periodic(cron=EVERY_HOUR)
@app.task(name="stock.forget_passes", queue=QUEUE, queueing_lock="stock.forget_passes", retry=RETRY)
def forget_passes(timestamp: int) -> None:
    """Deletes passes of browsers whose time is over."""
    access.forget_old_passes()


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="stock.look_after_files", queue=QUEUE, retry=RETRY)
def look_after_files(timestamp: int) -> None:
    """Removes certificates that no row names, and puts on each disk what only the other has."""
    with suppress(StoreUnreachable, OSError):
        CERTIFICATES.forget_orphans()
        CERTIFICATES.copy_what_is_missing()
