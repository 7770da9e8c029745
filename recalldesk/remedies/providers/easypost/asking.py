"""What EasyPost is asked for: a shipment to the owner, in its measures; and the rate that is taken.

Guarantees: a parcel is never declared smaller or lighter than it is; dangerous goods are declared,
go by ground where the recall says so, and are refused where EasyPost has no word for them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal, InvalidOperation
from typing import Any

from recalldesk.remedies.providers.interface import Refused, Wanted
from recalldesk.remedies.providers.web import text_of
from recalldesk.remedies.states import Stopped

MM_AN_INCH = Decimal("25.4")
G_AN_OUNCE = Decimal("28.349523125")
TENTH = Decimal("0.1")
GROUND = re.compile("ground", re.IGNORECASE)
HAZMAT = {
    "UN3480": "CLASS_9_NEW_LITHIUM_INDIVIDUAL",
    "UN3090": "CLASS_9_NEW_LITHIUM_INDIVIDUAL",
    "UN3481": "CLASS_9_NEW_LITHIUM_DEVICE",
    "UN3091": "CLASS_9_NEW_LITHIUM_DEVICE",
}
"""EasyPost's words for batteries alone, and in or with their device."""


@dataclass(frozen=True)
class Rate:
    """One way for a parcel, with its price."""

    id: str
    carrier: str
    service: str
    price: Decimal
    currency: str


def shipment_for(wanted: Wanted, sender: str) -> dict[str, Any] | Refused:
    """The body that asks for it. `sender`: the warehouse's address as EasyPost knows it."""
    parcel = wanted.options.get("parcel")
    if not parcel:
        return Refused("no parcel in the recall")
    if not wanted.recipient.address:
        return Refused("no address", Stopped.ADDRESS)
    shipment: dict[str, Any] = {
        "reference": str(wanted.id),
        "from_address": {"id": sender},
        "to_address": _address(wanted),
        "parcel": _measures(parcel),
    }
    if goods := parcel.get("dangerous_goods"):
        if goods["un_number"] not in HAZMAT:
            return Refused(f"no word for {goods['un_number']}")
        shipment["options"] = {"hazmat": HAZMAT[goods["un_number"]]}
    return {"shipment": shipment}


def best_rate(rates: Sequence[Mapping[str, Any]], wanted: Wanted) -> Rate | Refused:
    """The cheapest that may be taken."""
    goods = (wanted.options.get("parcel") or {}).get("dangerous_goods") or {}
    by_ground = bool(goods.get("ground_only"))
    suitable = [each for each in _rates(rates) if not by_ground or GROUND.search(each.service)]
    if not suitable:
        return Refused("no rate by ground" if by_ground else "no rate")
    # Prices of two currencies cannot be compared.
    currency = suitable[0].currency
    return min(
        (each for each in suitable if each.currency == currency),
        key=lambda each: (each.price, each.carrier, each.service),
    )


def _rates(rates: Sequence[Mapping[str, Any]]) -> Iterator[Rate]:
    for each in rates:
        try:
            price = Decimal(text_of(each, "rate"))
        except InvalidOperation:
            continue
        if text_of(each, "id") and price.is_finite() and price >= 0:
            yield Rate(
                id=text_of(each, "id"),
                carrier=text_of(each, "carrier"),
                service=text_of(each, "service"),
                price=price,
                currency=text_of(each, "currency"),
            )


def _address(wanted: Wanted) -> dict[str, Any]:
    address, recipient = wanted.recipient.address, wanted.recipient
    first, _, rest = address.get("street_address", "").partition("\n")
    found = {
        "name": recipient.name,
        "company": address.get("company_name", ""),
        "street1": first.strip(),
        "street2": ", ".join(filter(None, (rest.replace("\n", ", "), address.get("city_area")))),
        "city": address.get("city", ""),
        "state": address.get("country_area", ""),
        "zip": address.get("postal_code", ""),
        "country": address.get("country_code", ""),
        "email": recipient.email,
        "phone": recipient.phone,
    }
    # One that nobody can deliver to is refused before it costs a label.
    return {name: text for name, text in found.items() if text} | {"verify_strict": True}


def _measures(parcel: Mapping[str, Any]) -> dict[str, float]:
    sizes = {name: parcel[f"{name}_mm"] / MM_AN_INCH for name in ("length", "width", "height")}
    sizes["weight"] = parcel["weight_g"] / G_AN_OUNCE
    return {name: float(size.quantize(TENTH, ROUND_UP)) for name, size in sizes.items()}
