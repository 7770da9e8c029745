"""The jobs of purchasers, by their names: whoever puts one into the queue need not import it."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "purchasers"
KEEP_PEOPLE, MATCH_ANEW = "purchasers.keep_people", "purchasers.match_anew"
NAME_BUYERS = "purchasers.name_buyers"


def keep_people_soon(recall_id: int) -> None:
    """Who is one person is found anew, by a worker; once, however often it is asked for."""
    _once(KEEP_PEOPLE, recall_id)


def match_files_soon(recall_id: int) -> None:
    """The kept files of a recall are matched anew, by a worker."""
    _once(MATCH_ANEW, recall_id)


def name_buyers_soon(recall_id: int) -> None:
    """Kept files are looked through for the buyers of purchases that have none, by a worker."""
    _once(NAME_BUYERS, recall_id)


def _once(name: str, recall_id: int) -> None:
    job = app.configure_task(name, queue=QUEUE, queueing_lock=f"{name}:{recall_id}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(recall_id=recall_id)
