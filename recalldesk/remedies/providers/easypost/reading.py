"""What a shipment of EasyPost says, as far as it concerns us.

Guarantees: what was not bought is no effect; a label counts as taken back once the carrier says so,
not when it was asked; a status that is not known is kept as it stands.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from recalldesk.remedies.providers.interface import Effect, Found, Standing, Tracking, Wanted
from recalldesk.remedies.providers.web import rows_of, text_of

Shipment = Mapping[str, Any]
BY_TRACKER = {
    "in_transit": Standing.SENT,
    "out_for_delivery": Standing.SENT,
    "available_for_pickup": Standing.SENT,
    "failure": Standing.SENT,
    "delivered": Standing.DELIVERED,
    "return_to_sender": Standing.RETURNED,
}
"""A delivery that failed is tried again or comes back: until then it is on its way."""


def shipment_in(body: Mapping[str, Any]) -> Shipment | None:
    """The shipment of an answer; None where it has no id."""
    return body if text_of(body, "id").startswith("shp_") else None


def is_ours(shipment: Shipment, wanted: Wanted) -> bool:
    """Whether it bears our id."""
    return text_of(shipment, "reference").lower() == str(wanted.id)


def is_bought(shipment: Shipment) -> bool:
    """Whether it has a label."""
    return bool(shipment.get("postage_label"))


def found_in(shipment: Shipment) -> Found:
    """How a shipment stands that was bought."""
    standing, status = _standing(shipment)
    return Found(
        reference=text_of(shipment, "id"),
        standing=standing,
        status=status,
        at=bought_at(shipment) if standing is Standing.ORDERED else _moved_at(shipment),
        tracking=Tracking(
            carrier=text_of(shipment, "selected_rate", "carrier"),
            code=text_of(shipment, "tracking_code"),
            page=text_of(shipment, "tracker", "public_url"),
            expected_on=text_of(shipment, "tracker", "est_delivery_date")[:10],
            label=text_of(shipment, "postage_label", "label_url"),
        ),
    )


def effect_in(shipment: Shipment) -> Effect:
    """As it is listed. One without our id was bought by somebody else."""
    try:
        ours = uuid.UUID(text_of(shipment, "reference"))
    except ValueError:
        ours = None
    return Effect(found_in(shipment), ours)


def bought_at(shipment: Shipment) -> datetime | None:
    """When its label was made; None where it does not say."""
    return _moment(text_of(shipment, "postage_label", "created_at"))


def _moved_at(shipment: Shipment) -> datetime | None:
    """When the carrier last saw the parcel."""
    details = rows_of(shipment.get("tracker"), "tracking_details")
    return _moment(text_of(details[-1], "datetime")) if details else None


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def told_of(shipment: Shipment) -> str:
    """A line about it, without address, tracking code and label."""
    status = _standing(shipment)[1] if is_bought(shipment) else "not bought"
    return f"shipment {text_of(shipment, 'id')} {status}"


def _standing(shipment: Shipment) -> tuple[Standing, str]:
    said, refund = text_of(shipment, "tracker", "status"), text_of(shipment, "refund_status")
    standing = BY_TRACKER.get(said, Standing.ORDERED)
    if refund == "refunded" and standing is Standing.ORDERED:
        standing = Standing.CANCELLED
    return standing, f"{said} refund {refund}" if refund else said
