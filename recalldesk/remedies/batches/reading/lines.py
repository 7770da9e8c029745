"""What was said of one line is kept, where it is new and not against what is known.

Guarantees: an older word never takes back a newer one; a unit that was sent keeps its serial; the
order is read again by a job that commits with the line.
"""

import json
from dataclasses import asdict

from django.db import transaction
from django.db.models import Q

from recalldesk.foundation import clock
from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.batches.reading.said import Said
from recalldesk.remedies.batches.states import BatchKind, BatchState, LineState, ReadReason
from recalldesk.remedies.following import look_soon
from recalldesk.remedies.models import BatchLine, Order, SentUnit
from recalldesk.remedies.providers.interface import Tracking
from recalldesk.sealing.fields_of_rows import digest, opened, sealed

S = LineState
RANK = {S.LISTED: 0, S.SENT: 1, S.REFUSED: 2, S.DONE: 2, S.REFUSED_ACCOUNT: 3, S.RETURNED: 3}
"""Done after refused: a person settled it; refused after done: it came back."""
CAME_TO_NOTHING = (S.REFUSED_ACCOUNT, S.RETURNED)
AGAINST = {S.REFUSED_ACCOUNT: (S.DONE, S.RETURNED), S.RETURNED: (S.DONE, S.REFUSED_ACCOUNT)}
BY_TRANSFER = (BatchKind.IBAN, BatchKind.US_ACCOUNT)


@transaction.atomic
def take_said(said: Said) -> bool | ReadReason:
    """Whether it said something new; else why it was not taken."""
    if said.shipment:
        return _take_shipment(said)
    rows = BatchLine.objects.select_for_update(of=("self",)).select_related("batch", "order")
    line = rows.filter(mark=said.mark).first()
    if line is None:
        return ReadReason.UNKNOWN_MARK
    if problem := _problem(line, said):
        return problem
    changed = [_keep_state(line, said), _keep_tracking(line, said), _keep_unit(line.order, said)]
    if not any(changed):
        return False
    line.told_at = clock.now()
    line.save()
    look_soon(line.order.remedy_id)
    return True


def _take_shipment(said: Said) -> bool | ReadReason:
    """What was in a parcel that a carrier has, by the carrier's name of it or our own."""
    named = Q(reference=said.shipment)
    if not said.shipment.startswith("shp_"):
        named = Q(remedy_id=said.shipment)
    rows = Order.objects.select_for_update().filter(named, provider=ProviderName.EASYPOST.value)
    order = rows.first()
    if order is None:
        return ReadReason.UNKNOWN_MARK
    return ReadReason.AGAINST if _is_another_unit(order, said) else _keep_unit(order, said)


def _problem(line: BatchLine, said: Said) -> ReadReason | None:
    has_left = line.batch.state != BatchState.OPEN or line.left_in
    if not has_left or line.state == S.CANCELLED:
        return ReadReason.NOT_HANDED_OUT
    if _is_another_amount(line.order, said):
        return ReadReason.AMOUNT
    is_against = line.state in CAME_TO_NOTHING and _state(line, said) in AGAINST[S(line.state)]
    return ReadReason.AGAINST if is_against or _is_another_unit(line.order, said) else None


def _is_another_amount(order: Order, said: Said) -> bool:
    """Of an order that was adopted after a restore the amount may be known to nobody here."""
    return said.amount is not None and order.amount is not None and said.amount != order.amount


def _state(line: BatchLine, said: Said) -> LineState:
    """A transfer that came back is an account that did not take it."""
    is_back = said.state is S.RETURNED and line.batch.kind in BY_TRANSFER
    return S.REFUSED_ACCOUNT if is_back else said.state


def _keep_state(line: BatchLine, said: Said) -> bool:
    state, before = _state(line, said), S(line.state)
    if state == before or RANK[state] < RANK[before]:
        return False
    line.state, line.status, line.done_at = state, said.status, said.at
    return True


def _keep_tracking(line: BatchLine, said: Said) -> bool:
    if not said.tracking:
        return False
    text = json.dumps(asdict(Tracking(said.carrier, said.tracking)), sort_keys=True)
    if opened(line, "sealed_tracking") == text:
        return False
    line.sealed_tracking = sealed(
        BatchLine, "sealed_tracking", text, recall_id=line.order.recall_id
    )
    return True


def _is_another_unit(order: Order, said: Said) -> bool:
    kept = SentUnit.objects.filter(order=order).first() if said.serial or said.lot else None
    if kept is None:
        return False
    known = bytes(kept.serial_digest)
    is_another_serial = bool(said.serial and known) and known != serial_digest(said.serial)
    return is_another_serial or (bool(said.lot and kept.lot) and kept.lot != said.lot)


def _keep_unit(order: Order, said: Said) -> bool:
    if not said.serial and not said.lot:
        return False
    unit = SentUnit.objects.filter(order=order).first() or SentUnit(
        order=order, article=str(order.asked["options"].get("article") or "")
    )
    is_new = bool(said.serial and not unit.serial_digest) or bool(said.lot and not unit.lot)
    if not is_new:
        return False
    if said.serial:
        unit.serial_digest = serial_digest(said.serial)
        unit.sealed_serial = sealed(
            SentUnit, "sealed_serial", said.serial, recall_id=order.recall_id
        )
    unit.lot = unit.lot or said.lot
    unit.save()
    return True


def serial_digest(serial: str) -> bytes:
    """By what a unit that was sent is found again."""
    return digest(SentUnit, "serial_digest", normalise(serial))
