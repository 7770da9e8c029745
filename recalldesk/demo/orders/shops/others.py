"""Lists of the firm's own: registrations of owners, and units that its warehouse got back."""

from collections.abc import Iterable, Iterator, Sequence

from recalldesk.demo.orders.sales import Sale, Shop
from recalldesk.demo.orders.shops.rows import Row, order_number

EACH_REGISTERS = 6
"""One of so many buyers."""
LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"

REGISTRATIONS_MAPPING = """# What the columns of registrations.csv mean. Made up.
channel = "registrations"
kind = "registrations"
day_order = "ymd"

[columns]
title = "Model"
serial = "Serial Number"
ordered_on = "Bought On"
first_name = "First Name"
last_name = "Last Name"
email = "Email"
phone = "Phone"
street_1 = "Address"
city = "City"
state = "State"
postal_code = "ZIP"
country = "Country"
"""
RETURNS_MAPPING = """# What the columns of the warehouse's list mean. Made up.
channel = "{shop}"
kind = "returns"

[columns]
order = "Order"
sku = "SKU"
item_number = "Item Number"
units_back = "Units Received"
"""


def registrations(sales: Iterable[Sale], serials: Sequence[str]) -> Iterator[Row]:
    """Some buyers under the name, mail address and home that they have now. `serials`: of the
    recall, for those who have a unit of it."""
    listed = iter(serials)
    for sale in sales:
        if sale.is_cancelled or sale.number % EACH_REGISTERS or not sale.lines[0].goods.is_recalled:
            continue
        if sale.lines[0].units_back or sale.lines[0].units_back_unseen:
            continue
        person, home = sale.person, sale.person.homes[-1]
        yield {
            "Registered On": sale.day.isoformat(),
            "First Name": person.given,
            "Last Name": person.families[-1],
            "Email": person.emails[-1],
            "Phone": person.phone,
            "Address": " ".join(filter(None, (home.street, home.flat))),
            "City": home.town,
            "State": home.state,
            "ZIP": home.postal_code,
            "Country": home.country,
            "Model": "PowerCore 10000 (A1263)",
            "Serial Number": _serial(sale, listed),
            "Bought On": sale.day.isoformat(),
        }


def warehouse_returns(sales: Iterable[Sale], shop: Shop) -> Iterator[Row]:
    """What the firm's warehouse got back of the orders of a shop."""
    for sale in sales:
        if sale.shop is not shop or sale.is_cancelled:
            continue
        for line in sale.lines:
            if line.units_back:
                yield {
                    "RMA": f"R{sale.number}",
                    "Order": order_number(sale),
                    "SKU": line.goods.skus[sale.shop],
                    "Item Number": line.goods.ebay_item if sale.shop is Shop.EBAY else "",
                    "Units Received": str(line.units_back),
                }


def _serial(sale: Sale, listed: Iterator[str]) -> str:
    """One of those in the recall, where the unit is; else a well-formed one that is in no list but
    by chance."""
    if sale.affected_units and (serial := next(listed, "")):
        return serial
    places, drawn = [], sale.number * 2_654_435_761
    for _ in range(16):
        drawn = drawn * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407 & (1 << 64) - 1
        places.append(LETTERS[drawn >> 59])
    return "".join(places)
