"""What stands in a cell: dates, order numbers, prices, aliases."""

from recalldesk.demo.orders.sales import Sale, Shop

Row = dict[str, str]
PRICE = "26.99"


def order_number(sale: Sale) -> str:
    """As each shop numbers its orders."""
    number = sale.number
    if sale.shop in {Shop.AMAZON, Shop.BY_AMAZON}:
        return f"{number % 1000:03}-{number:07}-{number * 7 % 10**7:07}"
    if sale.shop is Shop.EBAY:
        return f"{number % 100:02}-{number:05}-{number * 3 % 10**5:05}"
    return f"#{number}" if sale.shop is Shop.SHOPIFY else f"{100_000_000 + number}"


def alias(sale: Sale) -> str:
    """Amazon's own address for the buyer of an order."""
    return f"made-up-{sale.person.number:06x}@marketplace.amazon.com"


def moment(sale: Sale) -> str:
    """The day of an order with an hour."""
    return f"{sale.day.isoformat()}T{sale.number % 24:02}:{sale.number % 60:02}:00"
