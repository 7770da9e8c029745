"""What a buyer paid stands with the purchase, as the file says that says most."""

from decimal import Decimal

import pytest

from recalldesk.matching.orders import Price
from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.reads.behind import behind, cells_of
from recalldesk.purchasers.reads.purchases import PurchaseFilters, purchases_listed
from recalldesk.purchasers.states import FileKind
from tests.purchasers.shops import MAPPING, Shops

pytestmark = pytest.mark.django_db

PRICED = MAPPING.format(kind="orders").replace(
    "name =", 'price = "Paid"\ncurrency = "Money"\nname ='
)
HEADS = "Order;Article;Pieces;Day;Customer;Mail;Phone;Street;Town;State;Code;Country;Paid;Money"


def sold(order: str, pieces: str, paid: str, money: str = "EUR") -> str:
    who = "Ana Example;ana@example.org;;12 Example Street;Springfield;IL;62704;US"
    return f"{order};TW-K20;{pieces};2024-06-01;{who};{paid};{money}"


def took(shops: Shops, *rows: str) -> tuple[str, ...]:
    path = shops.file("\n".join([HEADS, *rows]) + "\n")
    return shops.take_mapped(path, PRICED, FileKind.ORDERS).remarks


def paid(shops: Shops) -> list[Price | None]:
    page = purchases_listed(shops.recall, PurchaseFilters(), by=shops.by)
    return [row.price for row in reversed(page.rows)]


def test_a_price_is_kept_with_its_currency_and_an_unreadable_one_costs_nothing(
    shops: Shops,
) -> None:
    told = took(
        shops, sold("1001", "1", "1.234,50"), sold("1002", "1", "?"), sold("1003", "1", "1.234")
    )
    assert paid(shops) == [
        Price(Decimal("1234.50"), "EUR"),
        None,
        Price(Decimal("1234.00"), "EUR"),
    ]
    assert [remark for remark in told if remark.startswith("1 line: the price")]
    assert Purchase.objects.count() == 3


def test_the_lines_of_one_product_are_one_price_where_all_of_them_say_it(shops: Shops) -> None:
    took(
        shops,
        sold("1001", "1", "5,00"),
        sold("1001", "2", "10,00"),
        sold("1002", "1", "5,00"),
        sold("1002", "2", "?"),
        sold("1003", "1", "5,00"),
        sold("1003", "2", "5,00", "USD"),
    )
    assert paid(shops) == [Price(Decimal("15.00"), "EUR"), None, None]


def test_a_file_that_says_more_units_says_the_price_of_them_too(shops: Shops) -> None:
    took(shops, sold("1001", "1", "5,00"), sold("1002", "2", "10,00"))
    took(shops, sold("1001", "2", "10,00"), sold("1002", "1", "5,00"), sold("1003", "1", "5,00"))
    assert [str(each) for each in paid(shops)] == ["10.00 EUR", "10.00 EUR", "5.00 EUR"]


def test_sums_beyond_any_amount_stay_unknown(shops: Shops) -> None:
    much = "99999999999,00"
    took(
        shops,
        *(sold("1001", str(pieces), much) for pieces in range(1, 13)),
        sold("1002", "1", "1,00"),
    )
    assert [str(each or "") for each in paid(shops)] == ["", "1.00 EUR"]


def test_the_rows_behind_a_figure_say_what_was_paid(shops: Shops) -> None:
    took(shops, sold("1001", "1", "1.234,50"))
    found = behind(shops.recall, "purchases", None, by=shops.by)
    (cells,) = cells_of(list(found.rows), found.columns)
    named = dict(zip((column.title for column in found.columns), cells, strict=True))
    assert (named["Paid"], named["Currency"]) == ("1234.50", "EUR")
