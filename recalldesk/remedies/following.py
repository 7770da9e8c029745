"""Reads again, from the provider, how orders stand: at times, and when a webhook hints at one.

Guarantees: a webhook is believed in nothing, it only says which order to read; an order that came
to its end is read no more; one that cannot be read stays as it is, and keeps no other waiting.
"""

import uuid
from contextlib import suppress
from datetime import timedelta

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.foundation import clock
from recalldesk.remedies.errors import ProviderUnknown
from recalldesk.remedies.models import Order
from recalldesk.remedies.placing.alone import alone_with
from recalldesk.remedies.placing.circuits import open_providers
from recalldesk.remedies.placing.notebook import open_notebook
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.placing.wanted import wanted_of
from recalldesk.remedies.providers.interface import Found, Looking, NoAnswer, NotNow, NotThere
from recalldesk.remedies.providers.registry import provider_named
from recalldesk.remedies.states import ELSEWHERE, Outcome, RemedyState, Verb

log = structlog.get_logger()
LOOK, QUEUE = "remedies.look_at", "remedies"
AGAIN_AFTER = timedelta(hours=4)
FOLLOWED_FOR = timedelta(days=120)
AT_ONCE = 500
OTHER_IS_DONE_AFTER = timedelta(seconds=10)
"""Whoever has the order for itself is given so long."""


def look_soon(remedy_id: uuid.UUID, after: timedelta | None = None) -> None:
    """Has an order read again, as something hinted at news; once, while that waits."""
    lock, seconds = f"{LOOK}:{remedy_id}", int(after.total_seconds()) if after else 0
    job = app.configure_task(
        LOOK,
        queue=QUEUE,
        queueing_lock=lock,
        schedule_in={"seconds": seconds} if seconds else None,
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(remedy_id=str(remedy_id))


def look_again_at_open() -> int:
    """Reads orders that are on their way and were not read for hours; how many."""
    now = clock.now()
    rows = Order.objects.filter(
        Q(looked_at__isnull=True) | Q(looked_at__lt=now - AGAIN_AFTER),
        remedy__state__in=(RemedyState.ORDERED, RemedyState.SENT),
        frozen_at__gt=now - FOLLOWED_FOR,
    ).exclude(provider__in=[ELSEWHERE, *open_providers(now)])
    found = rows.order_by(F("looked_at").asc(nulls_first=True), "pk")[:AT_ONCE]
    return sum(_look_or_leave(order) for order in found)


def _look_or_leave(order: Order) -> bool:
    """One that cannot be read keeps no other from being read: it is looked at later again."""
    try:
        return look_at(order.remedy_id)
    except (OperationalError, InterfaceError):
        raise  # The database is not there: none can be read.
    except Exception as error:
        log.error("order_not_read", order=order.pk, error=type(error).__name__)
        Order.objects.filter(pk=order.pk).update(looked_at=clock.now())
        return False


def look_at(remedy_id: uuid.UUID) -> bool:
    """Reads how one order stands; whether anything moved."""
    order = Order.objects.select_related("remedy__recall").filter(remedy_id=remedy_id).first()
    if order is None:
        return False
    with alone_with(remedy_id) as is_alone:
        if not is_alone:
            look_soon(remedy_id, OTHER_IS_DONE_AFTER)
            return False
        try:
            provider = provider_named(order.provider)
        except ProviderUnknown:
            return False
        notebook = open_notebook(order, Verb.LOOK)
        answer: Looking = provider.look(wanted_of(order), notebook)
        with transaction.atomic():
            match answer:
                case Found():
                    notebook.close(Outcome.DONE)
                    return take_standing(order, answer)
                case NotThere():
                    notebook.close(Outcome.DONE, "not there")
                case NoAnswer(problem):
                    notebook.close(Outcome.NO_ANSWER, problem)
                case NotNow(problem):
                    notebook.close(Outcome.NOT_NOW, problem)
            order.looked_at = clock.now()
            order.save(update_fields=["looked_at"])
        return False
