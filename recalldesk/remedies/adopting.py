"""What a provider did before a restore is taken as its remedy's own, when that is granted again.

Guarantees: a remedy whose effect was found is never ordered a second time; nor is a unit whose
effect was found under another turn than its remedy has now, as an undone approval leaves it.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import ProviderName, RemedyKind
from recalldesk.remedies.models import Entitlement, FoundEffect, Order, Remedy, remedy_id
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.states import RemedyState

MOST_TURNS = 8
"""So many turns of a grant are looked for: each is one that came to nothing before."""
CAME_TO_NOTHING = (Standing.CANCELLED, Standing.FAILED, Standing.RETURNED)
KIND_BY_PROVIDER: Mapping[str, RemedyKind] = {
    ProviderName.CODES: RemedyKind.GIFT_CARD,
    ProviderName.TREMENDOUS: RemedyKind.GIFT_CARD,
    ProviderName.DISPATCH: RemedyKind.REPLACEMENT,
    ProviderName.EASYPOST: RemedyKind.REPLACEMENT,
    ProviderName.REFUND: RemedyKind.REFUND,
}


def ids_of(entitlement: Entitlement) -> list[uuid.UUID]:
    """The ids that remedies of an entitlement have, the first turn first."""
    digest = bytes(entitlement.unit_digest)
    return [
        remedy_id(unit_digest=digest, grant=entitlement.grant, turn=turn)
        for turn in range(1, MOST_TURNS + 1)
    ]


def adopt_if_found(remedy: Remedy) -> bool:
    """Takes the effect found under this id, or one of the unit that reached its owner, as the
    remedy's. In a transaction."""
    rows = FoundEffect.objects.select_for_update().filter(
        pk__in={remedy.pk, *ids_of(remedy.entitlement)}, adopted_at__isnull=True
    )
    by_id = {row.pk: row for row in rows}
    reached = [row for row in by_id.values() if row.standing not in CAME_TO_NOTHING]
    found = reached[0] if reached else by_id.get(remedy.pk)
    if found is None:
        return False
    standing = Found(
        reference=found.reference,
        standing=Standing(found.standing),
        status=found.provider_status,
        at=found.done_at,
        amount=found.amount,
        currency=found.currency,
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
        asked={
            "key": remedy.key,
            "kind": KIND_BY_PROVIDER.get(provider, RemedyKind.GIFT_CARD).value,
            "title": "",
            "options": {},
        },
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
