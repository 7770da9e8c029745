"""What an order of Tremendous says, as far as it concerns us.

Guarantees: an order is taken for ours only with our id, amount and campaign; a status that is not
known is kept as it stands; neither a link nor a code is taken over.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from recalldesk.remedies.providers.interface import Effect, Found, Standing, Wanted
from recalldesk.remedies.providers.web import rows_of, text_of

Order = Mapping[str, Any]
CANCELLED = frozenset({"CANCELED", "CANCELLED"})
BY_DELIVERY = {"SUCCEEDED": Standing.DELIVERED, "FAILED": Standing.BOUNCED}


def order_in(body: Mapping[str, Any]) -> Order | None:
    """The order of an answer; None where there is none with an id."""
    order = body.get("order")
    return order if isinstance(order, dict) and text_of(order, "id") else None


def is_ours(order: Order, wanted: Wanted) -> bool:
    """Whether it bears our id."""
    return text_of(order, "external_id").lower() == str(wanted.id)


def differs(order: Order, wanted: Wanted) -> bool:
    """Whether something else than what is wanted stands under our id."""
    rewards = rows_of(order, "rewards")
    campaigns = {text_of(each, "campaign_id") for each in (order, *rewards)} - {""}
    emails = {text_of(each, "recipient", "email").lower() for each in rewards} - {""}
    return (
        not is_ours(order, wanted)
        or len(rewards) != 1
        or _value(order) != (wanted.amount, wanted.currency)
        or not campaigns <= {wanted.options.get("campaign")}
        or not emails <= {wanted.recipient.email.lower()}
    )


def reward_id(order: Order) -> str:
    """The one reward's id; "" where it has none."""
    rewards = rows_of(order, "rewards")
    return text_of(rewards[0], "id") if rewards else ""


def found_in(order: Order) -> Found:
    """How it stands."""
    standing, status = _standing(order)
    amount, currency = _value(order)
    return Found(
        reference=text_of(order, "id"),
        standing=standing,
        status=status,
        at=_created_at(order) if standing is Standing.ORDERED else None,
        amount=amount,
        currency=currency,
    )


def effect_in(order: Order) -> Effect:
    """As it is listed. One without our id was ordered by somebody else."""
    try:
        ours = uuid.UUID(text_of(order, "external_id"))
    except ValueError:
        ours = None
    return Effect(found_in(order), ours)


def told_of(order: Order) -> str:
    """A line about it, without link, code and person."""
    return f"order {text_of(order, 'id')} {_standing(order)[1]}"


def _standing(order: Order) -> tuple[Standing, str]:
    rewards = rows_of(order, "rewards")
    said = text_of(order, "status")
    delivery = text_of(rewards[0], "delivery", "status") if rewards else ""
    status = f"{said} {delivery}".strip()
    states = {said.upper(), *(text_of(each, "status").upper() for each in rewards)}
    if states & CANCELLED:
        return Standing.CANCELLED, status
    if said.upper() == "FAILED":
        return Standing.FAILED, status
    return BY_DELIVERY.get(delivery.upper(), Standing.ORDERED), status


def _value(order: Order) -> tuple[Decimal | None, str]:
    rewards = rows_of(order, "rewards")
    value = rewards[0].get("value") if rewards else None
    if not isinstance(value, dict):
        return None, ""
    try:
        amount = Decimal(str(value.get("denomination")))
    except InvalidOperation:
        return None, ""
    return (amount if amount.is_finite() else None), text_of(value, "currency_code")


def _created_at(order: Order) -> datetime | None:
    try:
        at = datetime.fromisoformat(text_of(order, "created_at"))
    except ValueError:
        return None
    return at if at.tzinfo else None
