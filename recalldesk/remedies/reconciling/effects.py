"""The effects of one provider, laid beside the rows: each is taken as its order's, adopted by the
unit that waits for it, or kept until its unit is granted again.

Guarantee: after this no effect under an id of ours can be ordered a second time.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from recalldesk.remedies.adopting import adopt, ids_of
from recalldesk.remedies.following import look_soon
from recalldesk.remedies.models import Entitlement, FoundEffect, Order, Remedy
from recalldesk.remedies.placing.alone import alone_with
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Effect, Found, Standing
from recalldesk.remedies.reconciling.rules import (
    CAME_TO_NOTHING,
    Difference,
    Row,
    differences,
    newest,
)
from recalldesk.remedies.states import EFFECTIVE, Differs, RemedyState

Effects = Mapping[uuid.UUID, list[Effect]]


@dataclass
class Laid:
    """What came of it: how many effects there were and moved rows, and what differs."""

    effects: int = 0
    seen: set[uuid.UUID] = field(default_factory=set)
    moved: int = 0
    adopted: int = 0
    kept: int = 0
    differing: list[tuple[uuid.UUID | None, Difference]] = field(default_factory=list)


def lay_beside(provider: str, effects: Iterable[Effect]) -> Laid:
    """Lays all effects of a provider beside the rows."""
    laid, by_id = Laid(), dict[uuid.UUID, list[Effect]]()
    for effect in effects:
        laid.effects += 1
        remedy_id = effect.id or _id_by_reference(provider, effect.found.reference)
        if remedy_id is None:
            laid.differing.append((None, _unknown(effect.found)))
        else:
            by_id.setdefault(remedy_id, []).append(effect)
    laid.seen = set(by_id)
    without = _lay_beside_orders(provider, by_id, laid)
    if without:
        _take_in({each: by_id[each] for each in without}, provider, laid)
    return laid


def _id_by_reference(provider: str, reference: str) -> uuid.UUID | None:
    if not reference:
        return None
    rows = Order.objects.filter(provider=provider, reference=reference)
    return rows.values_list("remedy_id", flat=True).first()


def _lay_beside_orders(provider: str, by_id: Effects, laid: Laid) -> list[uuid.UUID]:
    """The ids that have no order, and whose reference none has, as an adopted one's would."""
    without = list[uuid.UUID]()
    orders = Order.objects.select_related("remedy")
    for remedy_id, effects in by_id.items():
        order = orders.filter(remedy_id=remedy_id).first()
        if order is None and (other := _id_by_reference(provider, newest(effects).reference)):
            order = orders.get(remedy_id=other)
            laid.seen.add(other)
        if order is None:
            without.append(remedy_id)
        else:
            _beside(order, effects, laid)
    return without


def _beside(order: Order, effects: list[Effect], laid: Laid) -> None:
    found = newest(effects)
    with alone_with(order.remedy_id) as is_alone:
        if not is_alone:  # a worker is at it just now, and the next run sees what it did
            return
        if _takes_back(order, found):  # the list may be older than what was read meanwhile
            look_soon(order.remedy_id)
        else:
            laid.moved += take_standing(order, found)
    state = RemedyState(Remedy.objects.values_list("state", flat=True).get(pk=order.remedy_id))
    row = Row(state, order.amount, order.currency)
    laid.differing += [(order.remedy_id, each) for each in differences(row, effects)]


def _takes_back(order: Order, found: Found) -> bool:
    """Whether it says of a remedy that was delivered that it bounced."""
    delivered = Remedy.objects.filter(pk=order.remedy_id, state=RemedyState.DELIVERED)
    return found.standing is Standing.BOUNCED and delivered.exists()


def _take_in(effects: Effects, provider: str, laid: Laid) -> None:
    """Effects without an order: of a remedy that waits, of a unit whose remedy has another id by
    now, or of one that no row knows yet."""
    owned_by = _entitlements(set(effects))
    for remedy_id in _own_first(effects):
        found = newest(effects[remedy_id])
        with transaction.atomic():
            remedy = _remedy_for(remedy_id, owned_by.get(remedy_id), found)
            if remedy is not None and remedy.state == RemedyState.WAITING:
                adopt(remedy, provider, found)
                laid.adopted += 1
                _keep(remedy_id, provider, found, is_adopted=True)
                continue
            is_new = _keep(remedy_id, provider, found)
            laid.kept += is_new
        if remedy is not None and not _is_adopted(remedy_id):
            laid.differing.append((remedy_id, _beside_another(remedy, found)))


def _entitlements(ids: set[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Of which entitlements these are remedies, as far as rows know them."""
    found = dict[uuid.UUID, int]()
    for entitlement in Entitlement.objects.iterator():
        for each in ids_of(entitlement):
            if each in ids:
                found[each] = entitlement.pk
    return found


def _own_first(effects: Effects) -> list[uuid.UUID]:
    """The ids of remedies that wait before all others, in whatever order a provider lists them:
    what its unit got under a later turn is not laid under the turn that came to nothing."""
    waiting = Remedy.objects.filter(pk__in=list(effects), state=RemedyState.WAITING)
    own = set(waiting.values_list("pk", flat=True))
    return sorted(effects, key=lambda each: each not in own)


def _remedy_for(remedy_id: uuid.UUID, entitlement_id: int | None, found: Found) -> Remedy | None:
    """The remedy of that id where it waits, else the one that its unit has by now: that is touched
    only by what reached somebody."""
    rows = Remedy.objects.select_for_update()
    itself = rows.filter(pk=remedy_id, state=RemedyState.WAITING).first()
    if itself is not None or entitlement_id is None or found.standing in CAME_TO_NOTHING:
        return itself
    return rows.filter(entitlement_id=entitlement_id, state__in=EFFECTIVE).first()


def _keep(remedy_id: uuid.UUID, provider: str, found: Found, *, is_adopted: bool = False) -> bool:
    """Whether it was not kept before."""
    row, is_new = FoundEffect.objects.get_or_create(
        pk=remedy_id,
        defaults={
            "provider": provider,
            "reference": found.reference,
            "standing": found.standing.value,
            "provider_status": found.status[:60],
            "amount": found.amount,
            "currency": found.currency,
            "done_at": found.at,
        },
    )
    if is_adopted and row.adopted_at is None:
        row.adopted_at = row.found_at
        row.save(update_fields=["adopted_at"])
    elif not is_new and row.adopted_at is None and row.standing != found.standing.value:
        row.standing, row.provider_status = found.standing.value, found.status[:60]
        row.save(update_fields=["standing", "provider_status"])
    return is_new


def _is_adopted(remedy_id: uuid.UUID) -> bool:
    return FoundEffect.objects.filter(pk=remedy_id, adopted_at__isnull=False).exists()


def _beside_another(remedy: Remedy, found: Found) -> Difference:
    """The unit's remedy was ordered under another id: both may reach the owner."""
    said = f"also {found.standing.value} under another id"
    return Difference(
        Differs.DOUBLED,
        remedy.state,
        said,
        found.reference,
        could_double=True,
        beside=remedy.pk,
    )


def _unknown(found: Found) -> Difference:
    """Not ours: what we order carries our id, or its reference stands in a row."""
    return Difference(Differs.UNKNOWN, "", found.standing.value, found.reference)
