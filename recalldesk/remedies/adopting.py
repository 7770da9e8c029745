"""What a provider did before a restore is taken as its remedy's own, when that is granted again.

Guarantee: a remedy whose effect was found is never ordered a second time.
"""

from datetime import datetime

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.models import FoundEffect, Order, Remedy
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.states import RemedyState


def adopt_if_found(remedy: Remedy) -> bool:
    """Takes the effect found under this id, if there is one, as the remedy's. In a transaction."""
    found = FoundEffect.objects.select_for_update().filter(pk=remedy.pk).first()
    if found is None or found.adopted_at is not None:
        return False
    standing = Found(
        reference=found.reference,
        standing=Standing(found.standing),
        status=found.provider_status,
        at=found.done_at,
    )
    adopt(remedy, found.provider, standing)
    found.adopted_at = clock.now()
    found.save(update_fields=["adopted_at"])
    return True


def adopt(remedy: Remedy, provider: str, found: Found) -> None:
    """Gives a remedy that waits the order that its provider knows. The caller has locked it."""
    before, remedy.state = remedy.state, RemedyState.ORDERING
    remedy.save(update_fields=["state"])
    order = Order.objects.create(
        remedy=remedy,
        recall_id=remedy.recall_id,
        provider=provider,
        amount=found.amount,
        currency=found.currency,
        asked={"key": remedy.key, "kind": "", "title": "", "options": {}},
        frozen_at=_or_now(found.at),
    )
    record_change(
        subject=Subject.REMEDY,
        subject_id=remedy.entitlement_id,
        from_state=before,
        to_state=RemedyState.ORDERING,
        reason=Reason.ADOPTED,
        actor=Actor.MACHINE,
        recall_id=remedy.recall_id,
    )
    take_standing(order, found)
    remedy.refresh_from_db()


def _or_now(at: datetime | None) -> datetime:
    return at or clock.now()
