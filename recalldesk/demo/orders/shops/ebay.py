"""eBay: an order of several items has a summary row first, and only that one says who bought."""

from collections.abc import Iterable, Iterator

from recalldesk.demo.orders.sales import Sale, Shop, SoldLine
from recalldesk.demo.orders.shops.rows import PRICE, Row, order_number

COUNTRIES = {"US": "United States", "CA": "Canada", "MX": "Mexico"}


def orders(sales: Iterable[Sale]) -> Iterator[Row]:
    """The rows of the file; cancelled orders are not in it."""
    for sale in sales:
        if sale.shop is not Shop.EBAY or sale.is_cancelled:
            continue
        first = {"Order Number": order_number(sale), "Sales Record Number": str(sale.number)}
        if len(sale.lines) == 1:
            yield first | _buyer(sale) | _item(sale, sale.lines[0], 1)
            continue
        yield first | _buyer(sale) | {"Quantity": str(sum(line.units for line in sale.lines))}
        for place, line in enumerate(sale.lines, 1):
            yield first | _item(sale, line, place)


def _item(sale: Sale, line: SoldLine, place: int) -> Row:
    is_relisted = line.is_listed_by_title
    return {
        "Item Number": f"90000088{sale.number % 10**4:04}" if is_relisted else line.goods.ebay_item,
        "Item Title": line.goods.title,
        "Custom Label": "" if is_relisted else line.goods.skus["ebay"],
        "Quantity": str(line.units),
        "Sold For": f"${PRICE}",
        "Sale Date": _day(sale),
        "Transaction ID": f"{sale.number}{place:03}",
    }


def _buyer(sale: Sale) -> Row:
    home = sale.home
    return {
        "Buyer Username": f"made-up-{sale.person.number}",
        "Buyer Name": sale.name,
        "Buyer Email": sale.person.email(sale.day),
        "Ship To Name": sale.name,
        "Ship To Phone": sale.person.phone,
        "Ship To Address 1": home.street,
        "Ship To Address 2": home.flat,
        "Ship To City": home.town,
        "Ship To State": home.state,
        "Ship To Zip": home.postal_code,
        "Ship To Country": COUNTRIES[home.country],
        "Total Price": f"${PRICE}",
        "Sale Date": _day(sale),
        "Paid On Date": _day(sale),
    }


def _day(sale: Sale) -> str:
    return f"{sale.day:%b-%d-%y}"
