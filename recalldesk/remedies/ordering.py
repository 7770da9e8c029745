"""A remedy's order is frozen, whole, before its provider is first asked.

Guarantees: what is ordered is counted into the day's budget in the same transaction; from then on
the remedy is not taken back quietly, and what it asks for never changes.
"""

import uuid
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import Budget, RemedyKind
from recalldesk.recalls.document.remedy import Remedy as Offered
from recalldesk.remedies.errors import NotOrderable
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing import budgets
from recalldesk.remedies.recipient import Recipient
from recalldesk.remedies.states import RemedyState, Stopped
from recalldesk.sealing.fields_of_rows import sealed

PLACE, QUEUE = "remedies.place_due", "remedies"


@transaction.atomic
def begin_order(
    *, remedy_id: uuid.UUID, offered: Offered, budget: Budget | None, recipient: Recipient
) -> Order:
    """Freezes the order of a remedy that waits; `place_soon` has it placed.

    Raises NotOrderable where it waits no more, or is held by now; OverBudget.
    """
    remedy = Remedy.objects.select_for_update().select_related("recall").get(pk=remedy_id)
    if remedy.state != RemedyState.WAITING or remedy.held:
        raise NotOrderable("The remedy does not wait to be ordered.")
    value = offered.value
    amount, currency = (value.amount, value.currency) if value else (None, "")
    budgets.book(remedy.recall, budget, amount, currency)
    remedy.state = RemedyState.ORDERING
    remedy.save(update_fields=["state"])
    text, stopped = recipient.as_text(), _stopped(offered)
    now = clock.now()
    order = Order.objects.create(
        remedy=remedy,
        recall_id=remedy.recall_id,
        provider=offered.provider_name.value,
        sealed_recipient=sealed(Order, "sealed_recipient", text, recall_id=remedy.recall_id),
        amount=amount,
        currency=currency,
        asked=_asked(offered, recipient.language),
        next_try_at=None if stopped else now,
        stopped=stopped,
        stopped_at=now if stopped else None,
    )
    record_change(
        subject=Subject.REMEDY,
        subject_id=remedy.entitlement_id,
        from_state=RemedyState.WAITING,
        to_state=RemedyState.ORDERING,
        actor=Actor.MACHINE,
        recall_id=remedy.recall_id,
    )
    return order


def _stopped(offered: Offered) -> Stopped:
    """A card or a refund without an amount cannot be ordered: a person must know."""
    is_money = offered.kind in (RemedyKind.GIFT_CARD, RemedyKind.REFUND)
    return Stopped.NO_AMOUNT if is_money and offered.value is None else Stopped.NONE


def _asked(offered: Offered, language: str) -> dict[str, Any]:
    """What else its provider needs, as it is now: a later version of the recall changes nothing."""
    return {
        "key": offered.key,
        "kind": offered.kind.value,
        "title": offered.title.get(language) or next(iter(offered.title.values())),
        "options": offered.ordering.model_dump(mode="json") if offered.ordering else {},
    }


def place_soon() -> None:
    """Has a worker place what is due; one that waits already is enough."""
    try:
        with transaction.atomic():
            app.configure_task(PLACE, queue=QUEUE, queueing_lock=PLACE).defer(timestamp=0)
    except AlreadyEnqueued:
        return
