"""Shopify: later lines of an order leave most fields empty, and postal codes have an apostrophe."""

from collections.abc import Iterable, Iterator

from recalldesk.demo.orders.sales import Sale, Shop
from recalldesk.demo.orders.shops.rows import PRICE, Row, order_number


def orders(sales: Iterable[Sale]) -> Iterator[Row]:
    """The rows of the file."""
    for sale in sales:
        for place, line in enumerate(sale.lines if sale.shop is Shop.SHOPIFY else ()):
            goods = {
                "Name": order_number(sale),
                "Email": sale.person.email(sale.day),
                "Created at": f"{sale.day.isoformat()} 12:00:00 -0500",
                "Lineitem quantity": str(line.units),
                "Lineitem name": line.goods.title,
                "Lineitem price": PRICE,
                "Lineitem sku": "" if line.is_listed_by_title else line.goods.skus["shopify"],
            }
            yield goods | (_order(sale) if place == 0 else {})


def _order(sale: Sale) -> Row:
    home = sale.home
    return {
        "Financial Status": "voided" if sale.is_cancelled else "paid",
        "Fulfillment Status": "unfulfilled" if sale.is_cancelled else "fulfilled",
        "Paid at": "" if sale.is_cancelled else f"{sale.day.isoformat()} 12:00:09 -0500",
        "Cancelled at": f"{sale.day.isoformat()} 18:00:00 -0500" if sale.is_cancelled else "",
        "Currency": "USD",
        "Total": PRICE,
        "Billing Name": sale.name,
        "Shipping Name": sale.name,
        "Shipping Street": ", ".join(filter(None, (home.street, home.flat))),
        "Shipping Address1": home.street,
        "Shipping Address2": home.flat,
        "Shipping City": home.town,
        "Shipping Zip": f"'{home.postal_code}",
        "Shipping Province": home.state,
        "Shipping Country": home.country,
        "Shipping Phone": sale.person.phone,
    }
