"""Made-up order files of four shops, of any size: a block of rows, again and again, each time with
other numbers of orders. Nobody in them is anybody; the product looked for is the one of
examples/anker-a1263, as each shop lists it."""

import csv
import io
import random
from pathlib import Path

from recalldesk.demo.orders.goods import POWER_BANK
from tests.matching.files.made import AMAZON_ALL, EBAY, NEWEGG, SHOPIFY

ROWS_A_BLOCK = 20_000
TURN = b"@@@@@"
WANTED_SHARE = 0.001
SKUS = POWER_BANK.skus
ASIN, NEWEGG_ITEM, EBAY_ITEM = POWER_BANK.asin, POWER_BANK.newegg_item, POWER_BANK.ebay_item
SHOPS = ("amazon", "ebay", "newegg", "shopify")
SOLD = "2019-05-01T10:11:12+00:00"
STREETS = ("Example Street", "Example Road", "Example Avenue, Rear", 'Example "Old" Lane')


def write(path: Path, shop: str, lines: int) -> int:
    """Writes about so many lines; says how many rows of the wanted product are among them."""
    draw = random.Random(f"{shop} 12")
    rows = min(ROWS_A_BLOCK, max(lines - 5, 10))
    block, wanted, in_block = _block(shop, rows, draw)
    turns = max(1, lines // in_block)
    with path.open("wb") as file:
        file.write(_heading(shop))
        for turn in range(turns):
            file.write(block.replace(TURN, b"%05d" % turn))
        if shop == "ebay":
            file.write(b'\n"%d record(s) downloaded"\n"Seller ID: made-up"\n' % (turns * rows))
    return wanted * turns


def _heading(shop: str) -> bytes:
    headings = {"amazon": AMAZON_ALL, "ebay": EBAY, "newegg": NEWEGG, "shopify": SHOPIFY}[shop]
    above = {"ebay": "\n", "shopify": "\ufeff"}.get(shop, "")
    return (above + _written(shop, headings)).encode()


def _written(shop: str, cells: list[str]) -> str:
    if shop == "amazon":
        return "\t".join(cells) + "\n"
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if shop == "ebay" else csv.QUOTE_MINIMAL
    csv.writer(out, quoting=quoting, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _block(shop: str, rows: int, draw: random.Random) -> tuple[bytes, int, int]:
    """The block, the wanted rows in it, and its lines."""
    made, wanted, order = [], 0, 0
    headings = {"amazon": AMAZON_ALL, "ebay": EBAY, "newegg": NEWEGG, "shopify": SHOPIFY}[shop]
    while len(made) < rows:
        order += 1
        items = 1 if draw.random() < 0.85 else draw.randint(2, 3)
        if shop == "ebay" and items > 1:
            made.append(_row(shop, order, -1, draw, is_wanted=False))
        for item in range(items):
            is_wanted = draw.random() < WANTED_SHARE
            wanted += is_wanted
            made.append(_row(shop, order, item, draw, is_wanted=is_wanted))
    text = "".join(_written(shop, [row.get(each, "") for each in headings]) for row in made)
    return text.encode(), wanted, text.count("\n")


def _row(
    shop: str, order: int, item: int, draw: random.Random, *, is_wanted: bool
) -> dict[str, str]:
    kind = draw.randrange(5_000)
    number = f"{order:05}-{TURN.decode()}"
    person = f"Made Up {draw.randrange(10**6)}"
    street = f"{draw.randrange(1, 9999)} {draw.choice(STREETS)}"
    title = f"Made-up thing no. {kind} for the shelf, in a colour"
    sku = SKUS[shop] if is_wanted else f"SKU-{kind:05}"
    make = {"amazon": _amazon, "ebay": _ebay, "newegg": _newegg, "shopify": _shopify}[shop]
    return make(number, item, person, street, title, sku, kind)


def _amazon(
    number: str, item: int, person: str, street: str, title: str, sku: str, kind: int
) -> dict[str, str]:
    return {
        "amazon-order-id": f"111-{number}",
        "purchase-date": SOLD,
        "last-updated-date": SOLD,
        "order-status": "Shipped",
        "fulfillment-channel": "Amazon",
        "sales-channel": "Amazon.com",
        "ship-service-level": "Expedited",
        "product-name": title + ' 12"',
        "sku": sku,
        "asin": ASIN if sku == SKUS["amazon"] else f"B0{kind:08}",
        "item-status": "Shipped",
        "quantity": str(item + 1),
        "currency": "USD",
        "item-price": "29.99",
        "item-tax": "2.10",
        "ship-city": "Springfield",
        "ship-state": "IL",
        "ship-postal-code": f"{kind:05}",
        "ship-country": "US",
        "is-business-order": "false",
    }


def _ebay(
    number: str, item: int, person: str, street: str, title: str, sku: str, kind: int
) -> dict[str, str]:
    street = street.replace('"', "")
    found = {"Order Number": f"12-{number}", "Sale Date": "May-01-19", "Quantity": "1"}
    if item <= 0:
        found |= {
            "Buyer Username": person.replace(" ", ""),
            "Buyer Name": person,
            "Buyer Email": f"{person.replace(' ', '.').lower()}@example.com",
            "Ship To Name": person,
            "Ship To Phone": "555-0100",
            "Ship To Address 1": street,
            "Ship To City": "Springfield",
            "Ship To State": "IL",
            "Ship To Zip": f"{kind:05}",
            "Ship To Country": "United States",
        }
    if item >= 0:
        found |= {
            "Item Number": EBAY_ITEM if sku == SKUS["ebay"] else f"22{kind:010}",
            "Item Title": title,
            "Custom Label": sku,
            "Sold For": "$29.99",
            "Transaction ID": f"{kind}{item}",
        }
    return found


def _newegg(
    number: str, item: int, person: str, street: str, title: str, sku: str, kind: int
) -> dict[str, str]:
    first, last = person.rsplit(" ", 1)
    return {
        "Order Number": number,
        "Order Date & Time": "05/01/2019 10:11:12",
        "Sales Channel": "Newegg",
        "Fulfillment Option": "Ship by seller",
        "Ship To Address Line 1": street.replace('"', "").replace(",", ""),
        "Ship To City": "Springfield",
        "Ship To State": "IL",
        "Ship To ZipCode": f"{kind:05}",
        "Ship To Country": "UNITED STATES",
        "Ship To First Name": first,
        "Ship To LastName": last,
        "Ship To Phone Number": "555-0100",
        "Order Customer Email": f"{person.replace(' ', '.').lower()}@example.com",
        "Order Shipping Method": "Standard",
        "Item Seller Part #": sku,
        "Item Newegg #": NEWEGG_ITEM if sku == SKUS["newegg"] else f"9SI{kind:09}",
        "Item Unit Price": "29.99",
        "Order Total": "32.09",
        "Quantity Ordered": str(item + 1),
        "Quantity Shipped": str(item + 1),
    }


def _shopify(
    number: str, item: int, person: str, street: str, title: str, sku: str, kind: int
) -> dict[str, str]:
    found = {
        "Name": f"#{number}",
        "Email": f"{person.replace(' ', '.').lower()}@example.com",
        "Lineitem quantity": "1",
        "Lineitem name": title,
        "Lineitem price": "29.99",
        "Lineitem sku": sku,
        "Lineitem requires shipping": "true",
        "Lineitem discount": f"0.{item:02}",
    }
    if item == 0:
        found |= {
            "Financial Status": "paid",
            "Created at": "2019-05-01 10:11:12 -0400",
            "Currency": "USD",
            "Total": "32.09",
            "Billing Name": person,
            "Shipping Name": person,
            "Shipping Address1": street,
            "Shipping City": "Springfield",
            "Shipping Zip": f"'{kind:05}",
            "Shipping Province": "IL",
            "Shipping Country": "US",
            "Notes": 'rings "twice",\nthen waits' if kind % 50 == 0 else "",
        }
    return found
