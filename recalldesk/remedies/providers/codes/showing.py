"""A code is shown to its owner.

Guarantees: each showing is in the log, the first one in the journal before anything is seen; with
it the remedy is delivered; a code that was taken back is shown to nobody.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.errors import NoCode
from recalldesk.remedies.models import GiftCode, Order
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.codes import given
from recalldesk.remedies.providers.codes.handing_out import code_of
from recalldesk.remedies.providers.codes.provider import found_of
from recalldesk.remedies.providers.interface import Standing
from recalldesk.remedies.states import RemedyState
from recalldesk.sealing.fields_of_rows import opened

WITH_OWNER = (RemedyState.SENT, RemedyState.DELIVERED)


@dataclass(frozen=True, repr=False)
class ShownCode:
    """What the owner sees. `pin` may be empty."""

    code: str
    pin: str
    value: Decimal
    currency: str
    expires_on: date | None
    is_over: bool


def ready_codes(remedy_ids: list[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of the remedies that are codes which their owner can have shown."""
    orders = Order.objects.filter(
        remedy_id__in=remedy_ids, provider=ProviderName.CODES.value, remedy__state__in=WITH_OWNER
    )
    return frozenset(orders.values_list("remedy_id", flat=True))


@transaction.atomic
def show_code(*, remedy_id: uuid.UUID) -> ShownCode:
    """The code of a remedy, opened, with its showing noted. Raises NoCode, SealingError, OSError.

    The caller made sure that it is the owner who asks.
    """
    if not ready_codes([remedy_id]):
        raise NoCode
    order = Order.objects.select_related("remedy").get(remedy_id=remedy_id)
    code = code_of(remedy_id)
    if code is None or not code.sealed_code:
        raise NoCode
    if found_of(remedy_id, code.digest, code).standing is Standing.CANCELLED:
        raise NoCode
    text, pin = opened(code, "sealed_code"), opened(code, "sealed_pin")
    _note(remedy_id, code)
    # Not alone with the order, and need not be: nothing is placed of one whose code is handed out.
    take_standing(order, found_of(remedy_id, code.digest, code))
    return ShownCode(
        code=text,
        pin=pin,
        value=code.pool.value,
        currency=code.pool.currency,
        expires_on=code.pool.expires_on,
        is_over=code.pool.is_over(clock.now().date()),
    )


def _note(remedy_id: uuid.UUID, code: GiftCode) -> None:
    if not given.was_shown(remedy_id):
        given.note_shown(remedy_id)
    before = "shown" if code.shown_at else "handed_out"
    code.shown_at = code.shown_at or clock.now()
    GiftCode.objects.filter(pk=code.pk).update(
        shown_at=code.shown_at, times_shown=F("times_shown") + 1
    )
    record_change(
        subject=Subject.GIFT_CODE,
        subject_id=code.pk,
        from_state=before,
        to_state="shown",
        actor=Actor.OWNER,
        recall_id=code.recall_id,
    )
