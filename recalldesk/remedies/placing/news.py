"""Tells whoever asked for a remedy how it stands, by a job named only: nothing imports upwards.

Guarantee: the job commits with the row that it tells of.
"""

from collections.abc import Iterable
from enum import StrEnum

from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from recalldesk.remedies.models import Remedy

TOLD, QUEUE = "claims.remedy_news", "claims"


class News(StrEnum):
    """What happened to a remedy."""

    ORDERED = "ordered"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    SENT_AGAIN = "sent_again"
    RETURNED = "returned"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NEEDS_ADDRESS = "needs_address"
    NEEDS_PAYEE = "needs_payee"


def tell(remedy: Remedy, news: News) -> None:
    """Defers the job that moves the claim and writes to its owner. In a transaction."""
    tell_all([(remedy, news)])


def tell_all(told: Iterable[tuple[Remedy, News]]) -> None:
    """Defers one for each, in one statement. In a transaction."""
    jobs: list[JSONDict] = [
        {"remedy_id": str(remedy.pk), "news": news.value} for remedy, news in told
    ]
    if jobs:
        app.configure_task(TOLD, queue=QUEUE).batch_defer(*jobs)
