"""What web providers are asked for in tests, made up."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from recalldesk.recalls.document.remedy import Ordering, RemedyKind
from recalldesk.remedies.providers.interface import Wanted
from recalldesk.remedies.recipient import Recipient
from tests.remedies.ids import made_up_id

OLIVE = Recipient(
    name="Olive Owner",
    email="olive@home.example",
    phone="+1 555 0100",
    language="es",
    address={
        "country_code": "US",
        "street_address": "12 Made Up Street\nFlat 4",
        "city": "Springfield",
        "country_area": "IL",
        "postal_code": "62701",
    },
    address_lines=("12 Made Up Street", "Flat 4", "Springfield, IL 62701"),
)
PARCEL = {"length_mm": 254, "width_mm": 100, "height_mm": 51, "weight_g": 500}
BATTERY = {"un_number": "UN3481", "packing_instruction": "966-II"}


def a_card(number: int = 1, **changed: Any) -> Wanted:
    """A gift card of 30 dollars."""
    wanted = Wanted(
        id=made_up_id(number),
        recall="kettle-k20",
        remedy_key="card",
        kind=RemedyKind.GIFT_CARD,
        recipient=OLIVE,
        amount=Decimal("30.00"),
        currency="USD",
        title="A gift card",
        options=Ordering(campaign="CAMPAIGN1").model_dump(mode="json"),
    )
    return replace(wanted, **changed)


def a_parcel(number: int = 1, goods: dict[str, Any] | None = None, **changed: Any) -> Wanted:
    """A new unit by parcel."""
    ordering = Ordering.model_validate({"parcel": PARCEL | {"dangerous_goods": goods}})
    wanted = Wanted(
        id=made_up_id(number),
        recall="kettle-k20",
        remedy_key="unit",
        kind=RemedyKind.REPLACEMENT,
        recipient=OLIVE,
        title="A new kettle",
        options=ordering.model_dump(mode="json"),
    )
    return replace(wanted, **changed)
