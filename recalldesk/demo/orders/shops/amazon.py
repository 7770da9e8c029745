"""Amazon: all orders without buyers, new orders with aliases of them, and returns."""

from collections.abc import Iterable, Iterator

from recalldesk.demo.orders.sales import Sale, Shop, SoldLine
from recalldesk.demo.orders.shops.rows import PRICE, Row, alias, moment, order_number

OWN = frozenset({Shop.AMAZON, Shop.BY_AMAZON})


def all_orders(sales: Iterable[Sale]) -> Iterator[Row]:
    """A row for each line, of a buyer who is not named."""
    for sale in sales:
        for line in sale.lines if sale.shop in OWN else ():
            status = "Cancelled" if sale.is_cancelled else "Shipped"
            by = "Amazon" if sale.shop is Shop.BY_AMAZON else "Merchant"
            yield _goods(line) | {
                "amazon-order-id": order_number(sale),
                "purchase-date": f"{moment(sale)}+00:00",
                "order-status": status,
                "item-status": "" if sale.is_cancelled else "Shipped",
                "fulfillment-channel": by,
                "sales-channel": "Amazon.com",
                "asin": line.goods.asin,
                "quantity": "0" if sale.is_cancelled else str(line.units),
                "ship-city": sale.home.town,
                "ship-state": sale.home.state,
                "ship-postal-code": sale.home.postal_code,
                "ship-country": sale.home.country,
            }


def new_orders(sales: Iterable[Sale]) -> Iterator[Row]:
    """A row for each line that the merchant sends, with the buyer under an alias."""
    for sale in sales:
        if sale.shop is not Shop.AMAZON or sale.is_cancelled:
            continue
        for place, line in enumerate(sale.lines, 1):
            yield _goods(line) | {
                "order-id": order_number(sale),
                "order-item-id": f"{sale.number}{place:04}",
                "purchase-date": f"{moment(sale)}-08:00",
                "buyer-email": alias(sale),
                "buyer-name": sale.name,
                "buyer-phone-number": sale.person.phone,
                "quantity-purchased": str(line.units),
                "recipient-name": sale.name,
                "ship-address-1": sale.home.street,
                "ship-address-2": sale.home.flat,
                "ship-city": sale.home.town,
                "ship-state": sale.home.state,
                "ship-postal-code": sale.home.postal_code,
                "ship-country": sale.home.country,
                "ship-phone-number": sale.person.phone,
                "sales-channel": "Amazon.com",
            }


def returns(sales: Iterable[Sale]) -> Iterator[Row]:
    """A row for each unit that came back to Amazon."""
    for sale in sales:
        for line in sale.lines if sale.shop in OWN and not sale.is_cancelled else ():
            for _ in range(line.units_back):
                yield {
                    "return-date": f"{moment(sale)}+00:00",
                    "order-id": order_number(sale),
                    "sku": line.goods.skus["amazon"],
                    "asin": line.goods.asin,
                    "product-name": line.goods.title,
                    "quantity": "1",
                    "detailed-disposition": "CUSTOMER_DAMAGED",
                    "reason": "NO_REASON_GIVEN",
                    "status": "Unit returned to inventory",
                }


def _goods(line: SoldLine) -> Row:
    return {
        "sku": line.goods.skus["amazon"],
        "product-name": line.goods.title,
        "currency": "USD",
        "item-price": PRICE,
    }
