"""What the headings of each shop's files mean.

Headings are compared trimmed, with single spaces and without case; where several mean the same, the
first that is there counts.
"""

from dataclasses import dataclass

from recalldesk.matching.files.errors import OrderFileRefused
from recalldesk.matching.files.fields import Field
from recalldesk.matching.files.mapping import DayOrder, Mapping

Names = dict[Field, tuple[str, ...]]
F = Field


@dataclass(frozen=True)
class Format:
    """`title`: what its files are called, for people; `needed`: of each of these groups one column
    must be there; `literal_tabs`: in text with tabs quotation marks are characters like others;
    `first_row`: later rows of an order leave out what its first says; `cancelled`: words of a
    status; `never`: headings that only files of another kind have; `dollar`: the currency of a bare
    dollar sign; `is_price_of_line`: whether its price is clear where several units were bought."""

    name: str
    title: str
    names: Names
    needed: tuple[tuple[Field, ...], ...]
    literal_tabs: bool = False
    first_row: bool = False
    day_order: DayOrder | None = None
    cancelled: tuple[str, ...] = ("cancelled", "canceled", "void", "voided")
    mapping: Mapping | None = None
    never: frozenset[str] = frozenset()
    dollar: str = ""
    is_price_of_line: bool = True


def _plainly(**names: str) -> Names:
    return {Field(field): tuple(text.split("|")) for field, text in names.items()}


AMAZON = Format(
    "amazon",
    "an Amazon file",
    _plainly(
        order="amazon-order-id|order-id",
        item="order-item-id|amazon-order-item-id|amazon-order-item-code",
        asin="asin",
        sku="sku|seller-sku|merchant-sku",
        title="product-name|title",
        units="quantity-purchased|quantity|quantity-shipped",
        price="item-price",
        currency="currency",
        status="order-status",
        item_status="item-status",
        ordered_on="purchase-date|order-date",
        email="buyer-email",
        buyer_name="buyer-name",
        buyer_phone="buyer-phone-number",
        name="recipient-name",
        phone="ship-phone-number",
        street_1="ship-address-1",
        street_2="ship-address-2",
        street_3="ship-address-3",
        city="ship-city",
        state="ship-state",
        postal_code="ship-postal-code",
        country="ship-country",
    ),
    ((F.ORDER,), (F.SKU, F.ASIN), (F.UNITS,), (F.ORDERED_ON,)),
    literal_tabs=True,
)
AMAZON_RETURNS = Format(
    "amazon returns",
    "an Amazon file of returns",
    _plainly(
        order="order-id|amazon-order-id",
        asin="asin",
        sku="sku|merchant-sku",
        title="product-name",
        units_back="quantity|return-quantity",
        ordered_on="order-date",
        status="status",
    ),
    ((F.ORDER,), (F.SKU, F.ASIN), (F.UNITS_BACK,)),
    literal_tabs=True,
    never=frozenset({"purchase-date", "order-status"}),
)
EBAY = Format(
    "ebay",
    "an eBay file",
    _plainly(
        order="order number",
        item="transaction id",
        item_number="item number",
        title="item title",
        sku="custom label (sku)|custom label",
        units="quantity",
        price="sold for",
        ordered_on="sale date",
        paid_on="paid on date",
        email="buyer email",
        buyer_name="buyer name",
        buyer_street_1="buyer address 1",
        buyer_street_2="buyer address 2",
        buyer_city="buyer city",
        buyer_state="buyer state|buyer county",
        buyer_postal_code="buyer zip|buyer postcode",
        buyer_country="buyer country",
        name="ship to name|post to name",
        phone="ship to phone|post to phone",
        street_1="ship to address 1|post to address 1",
        street_2="ship to address 2|post to address 2",
        city="ship to city|post to city",
        state="ship to state|post to state|ship to county|post to county",
        postal_code="ship to zip|post to zip|ship to postcode|post to postcode",
        country="ship to country|post to country",
    ),
    ((F.ORDER,), (F.ITEM_NUMBER, F.SKU), (F.UNITS,), (F.ORDERED_ON,)),
    first_row=True,
    dollar="USD",
    is_price_of_line=False,
)
NEWEGG = Format(
    "newegg",
    "a Newegg file",
    _plainly(
        order="order number",
        item="order item id|item id",
        ordered_on="order date & time|order date",
        status="order status",
        sku="item seller part #|seller part #",
        item_number="item newegg #|newegg item #",
        upc="upc|item upc|upc/isbn",
        title="item title|product title|item description|product name",
        units="quantity ordered",
        units_sent="quantity shipped",
        price="extend unit price|extended unit price",
        unit_price="item unit price",
        email="order customer email|customer email",
        first_name="ship to first name",
        last_name="ship to lastname|ship to last name",
        name="ship to name",
        company="ship to company",
        phone="ship to phone number|ship to phone",
        street_1="ship to address line 1|ship to address 1",
        street_2="ship to address line 2|ship to address 2",
        city="ship to city",
        state="ship to state",
        postal_code="ship to zipcode|ship to zip code|ship to zip",
        country="ship to country",
    ),
    ((F.ORDER,), (F.SKU, F.ITEM_NUMBER), (F.UNITS,), (F.ORDERED_ON,)),
    day_order=DayOrder.MONTH_FIRST,
)
SHOPIFY = Format(
    "shopify",
    "a Shopify file",
    _plainly(
        order="name",
        title="lineitem name",
        sku="lineitem sku",
        units="lineitem quantity",
        unit_price="lineitem price",
        currency="currency",
        ordered_on="created at",
        paid_on="paid at",
        cancelled_on="cancelled at",
        item_status="lineitem fulfillment status",
        email="email",
        buyer_name="billing name",
        buyer_phone="billing phone",
        other_phone="phone",
        buyer_street_1="billing address1",
        buyer_street_2="billing address2",
        buyer_city="billing city",
        buyer_state="billing province",
        buyer_postal_code="billing zip",
        buyer_country="billing country",
        name="shipping name",
        phone="shipping phone",
        company="shipping company",
        street_1="shipping address1|shipping street",
        street_2="shipping address2",
        city="shipping city",
        state="shipping province",
        postal_code="shipping zip",
        country="shipping country",
    ),
    ((F.ORDER,), (F.SKU, F.TITLE), (F.UNITS,), (F.ORDERED_ON, F.PAID_ON)),
    first_row=True,
)
SHOPS = {"amazon": "Amazon", "ebay": "eBay", "newegg": "Newegg", "shopify": "Shopify"}
ORDERS = {each.name: each for each in (AMAZON, EBAY, NEWEGG, SHOPIFY)}
SHARED = (
    (F.STATUS,),
    (F.CANCELLED_ON,),
    (F.CURRENCY,),
    (F.ORDERED_ON,),
    (F.PAID_ON,),
    (F.EMAIL,),
    (F.PHONE,),
    (F.BUYER_PHONE,),
    (F.OTHER_PHONE,),
    (F.BUYER_NAME,),
    (F.COMPANY,),
    (F.NAME, F.FIRST_NAME, F.LAST_NAME),
    (F.STREET_1, F.STREET_2, F.STREET_3, F.CITY, F.STATE, F.POSTAL_CODE, F.COUNTRY),
    (
        F.BUYER_STREET_1,
        F.BUYER_STREET_2,
        F.BUYER_CITY,
        F.BUYER_STATE,
        F.BUYER_POSTAL_CODE,
        F.BUYER_COUNTRY,
    ),
)
"""What a row may leave to the order's first, together: no address is put together of two."""


def format_of(channel: str, kind: str, mapping: Mapping | None) -> Format:
    """How the files of a shop are read. A mapping counts more. Raises `OrderFileRefused`."""
    if mapping is not None:
        return _mapped(mapping)
    if kind == "orders" and channel in ORDERS:
        return ORDERS[channel]
    if kind == "returns" and channel == "amazon":
        return AMAZON_RETURNS
    raise OrderFileRefused(
        f"Which columns {SHOPS.get(channel, channel)} gives a file of {kind} is not known.",
        "Choose another shop, with a mapping file that names them.",
    )


def _mapped(mapping: Mapping) -> Format:
    names: Names = {field: (heading_name(text),) for field, text in mapping.columns.items()}
    return Format(
        mapping.channel or "generic",
        "the mapping file",
        names,
        tuple((field,) for field in names),
        first_row=mapping.first_row,
        day_order=mapping.day_order,
        cancelled=mapping.cancelled or Format.cancelled,
        mapping=mapping,
    )


def heading_name(cell: str) -> str:
    """A heading as it is compared."""
    return " ".join(cell.lstrip("\ufeff").split()).casefold()


def variant_of(of: Format, headings: frozenset[str]) -> str:
    """Which form of a shop's file it is, for people."""
    if of is AMAZON:
        return "amazon, all orders" if "amazon-order-id" in headings else "amazon, new orders"
    if of is EBAY and any(each.startswith("post to") for each in headings):
        return "ebay, United Kingdom"
    if of is NEWEGG and "ship to name" in headings:
        return "newegg, one column of names"
    return of.name
