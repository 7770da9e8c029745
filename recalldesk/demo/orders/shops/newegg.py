"""Newegg: names in two columns, or in a variant in one, with the bar code number."""

from collections.abc import Iterable, Iterator

from recalldesk.demo.orders.sales import Sale, Shop, SoldLine
from recalldesk.demo.orders.shops.rows import PRICE, Row, order_number

COUNTRIES = {"US": "UNITED STATES", "CA": "CANADA", "MX": "MEXICO"}


def orders(sales: Iterable[Sale], *, one_name: bool) -> Iterator[Row]:
    """The rows of a file: orders of even numbers stand in one variant, others in the other."""
    for sale in sales:
        if sale.shop is not Shop.NEWEGG or (sale.number % 2 == 0) != one_name:
            continue
        for line in sale.lines:
            yield _row(sale, line, one_name=one_name)


def _row(sale: Sale, line: SoldLine, *, one_name: bool) -> Row:
    home, (first, _, last) = sale.home, sale.name.partition(" ")
    has_number = not line.is_listed_by_title
    who = (
        {
            "Ship To Name": sale.name,
            "Order Status": "Voided" if sale.is_cancelled else "Shipped",
            "UPC": line.goods.upc,
        }
        if one_name
        else {"Ship To First Name": first, "Ship To LastName": last}
    )
    return who | {
        "Order Number": order_number(sale),
        "Order Date & Time": f"{sale.day:%m/%d/%Y} 10:{sale.number % 60:02}:00",
        "Sales Channel": "Newegg.com",
        "Ship To Address Line 1": home.street,
        "Ship To Address Line 2": home.flat,
        "Ship To City": home.town,
        "Ship To State": home.state,
        "Ship To ZipCode": home.postal_code,
        "Ship To Country": COUNTRIES[home.country],
        "Ship To Phone Number": sale.person.phone,
        "Order Customer Email": sale.person.email(sale.day),
        "Item Seller Part #": line.goods.skus["newegg"],
        "Item Newegg #": line.goods.newegg_item if has_number else "",
        "Item Unit Price": PRICE,
        "Quantity Ordered": str(line.units),
        "Quantity Shipped": "0" if sale.is_cancelled else str(line.units),
    }
