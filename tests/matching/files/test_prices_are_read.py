"""What a buyer paid: in the money and the signs of its country, and never guessed."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.matching.files.mapping import mapping_of
from recalldesk.matching.files.money import decimal_of, price_of
from recalldesk.matching.orders import Price
from tests.matching.files.made import AMAZON_NEW, EBAY, NEWEGG, SHOPIFY, read, table

NBSP, NARROW = "\u00a0", "\u202f"
MAPPED: dict[str, object] = {
    "columns": {"order": "Order", "sku": "SKU", "units": "Pieces", "price": "Paid"}
}


def priced(amount: str, currency: str = "") -> Price:
    return Price(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("AU $3,000.00", priced("3000.00", "AUD")),
        ("US $12.00", priced("12.00", "USD")),
        ("C $12.00", priced("12.00", "CAD")),
        ("EUR 90,00", priced("90.00", "EUR")),
        ("1 234,50 €", priced("1234.50", "EUR")),
        (f"1{NBSP}234,50{NBSP}€", priced("1234.50", "EUR")),
        (f"1{NARROW}234,50{NARROW}€", priced("1234.50", "EUR")),
        ("1.234,50 €", priced("1234.50", "EUR")),
        ("CHF 1'234.50", priced("1234.50", "CHF")),
        ("£49", priced("49", "GBP")),
        ("49,- €", priced("49", "EUR")),
        ("₹1,00,000.00", priced("100000.00", "INR")),
        ("$1,234.50 CAD", priced("1234.50", "CAD")),
        ("¥1,234", None),
        ("JPY 1,234", priced("1234", "JPY")),
        ("1,234,567", priced("1234567")),
        ("1234.500", priced("1234.500")),
        ("0.125", priced("0.125")),
        ("$12.00", priced("12.00")),
        ("29.99", priced("29.99")),
        ("0.00", priced("0.00")),
    ],
)
def test_an_amount_that_can_be_read_in_one_way_is_read(written: str, price: Price | None) -> None:
    assert price_of(written) == price


@pytest.mark.parametrize(
    "written",
    [
        *("1.234", "1,234", "1.234 €", "free", "-5.00", "(5.00)", "5.00 or 6.00", "1,2,3"),
        *("1.2.3,4", "12.00 apples", "EUR 5 USD", "9" * 30, "1e5", "$", "1,234.567,8"),
        *("0.123456", "", "١٢٫٥٠", "5\n.00"),
    ],
)
def test_an_amount_that_could_be_two_or_is_none_stays_unknown(written: str) -> None:
    assert price_of(written) is None


def test_the_files_other_prices_decide_what_could_be_two() -> None:
    assert decimal_of(["1.234", "90,00", "1.234,50 €"]) == ","
    assert decimal_of(["1.234", "29.99", "1,234,567"]) == "."
    assert decimal_of(["1.234", "29.99", "90,00"]) is None
    assert decimal_of(["1.234", "12"]) is None
    assert price_of("1.234 €", decimal=",") == priced("1234", "EUR")
    assert price_of("1.234 €", decimal=".") == priced("1.234", "EUR")


def test_a_currency_in_its_own_column_fills_a_sign_and_never_contradicts_it() -> None:
    assert price_of("$12.00", column="AUD") == priced("12.00", "AUD")
    assert price_of("12.00", column="gbp") == priced("12.00", "GBP")
    assert price_of("€12.00", column="USD") is None
    assert price_of("$12.00", column="EUR") is None
    assert price_of("12.00", column="nonsense") == priced("12.00")
    assert price_of("$12.00", default="USD") == priced("12.00", "USD")
    assert price_of("£12.00", default="USD") == priced("12.00", "GBP")


@given(
    st.decimals(0, 9_999_999, places=2, allow_nan=False),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), (NARROW, ","), ("'", "."), ("", ".")]),
)
def test_every_amount_with_its_cents_comes_back_as_it_was(
    amount: Decimal, marks: tuple[str, str]
) -> None:
    group, point = marks
    text = f"{amount:,.2f}".replace(",", "\0").replace(".", point).replace("\0", group)
    assert price_of(f"{text} EUR") == Price(amount, "EUR")


@given(st.text(max_size=30), st.sampled_from([None, ".", ","]))
def test_no_text_breaks_it_and_a_price_is_never_below_nothing(
    text: str, decimal: str | None
) -> None:
    found = price_of(text, decimal=decimal)
    assert found is None or 0 <= found.amount < 10**11


@pytest.mark.parametrize(
    ("channel", "heads", "row", "price"),
    [
        (
            "amazon",
            AMAZON_NEW,
            {"order-id": "111-1", "sku": "A1263-BLK", "quantity-purchased": "2"}
            | {"purchase-date": "2026-06-01", "currency": "GBP", "item-price": "59.98"},
            priced("59.98", "GBP"),
        ),
        (
            "ebay",
            EBAY,
            {"Order Number": "1", "Item Number": "110000012345", "Quantity": "1"}
            | {"Sale Date": "Jul-25-26", "Sold For": "$1,234.50"},
            priced("1234.50", "USD"),
        ),
        (
            "ebay",
            EBAY,
            {"Order Number": "1", "Item Number": "110000012345", "Quantity": "2"}
            | {"Sale Date": "Jul-25-26", "Sold For": "$1,234.50"},
            None,
        ),
        (
            "newegg",
            NEWEGG,
            {"Order Number": "1", "Item Seller Part #": "A1263-BLK", "Quantity Ordered": "2"}
            | {"Order Date & Time": "06/01/2026", "Extend Unit Price": "59.98"}
            | {"Item Unit Price": "29.99"},
            priced("59.98"),
        ),
        (
            "shopify",
            SHOPIFY,
            {"Name": "#1", "Lineitem sku": "A1263-BLK", "Lineitem quantity": "3"}
            | {"Created at": "2026-06-01", "Currency": "EUR", "Lineitem price": "29.99"},
            priced("89.97", "EUR"),
        ),
    ],
)
def test_each_shop_says_what_was_paid_for_the_line(
    tmp_path: Path, channel: str, heads: list[str], row: dict[str, str], price: Price | None
) -> None:
    separator = "\t" if channel == "amazon" else ","
    found = read(tmp_path, table(heads, row, separator=separator), channel)
    assert found.one.price == price


def test_a_later_row_of_an_order_has_the_currency_of_the_first(tmp_path: Path) -> None:
    first = {"Name": "#1", "Lineitem sku": "LAMP", "Lineitem quantity": "1", "Currency": "EUR"}
    first |= {"Created at": "2026-06-01", "Lineitem price": "5.00"}
    later = {"Name": "#1", "Lineitem sku": "A1263-BLK", "Lineitem quantity": "1"}
    later |= {"Lineitem price": "29.99"}
    assert read(tmp_path, table(SHOPIFY, first, later), "shopify").one.price == priced(
        "29.99", "EUR"
    )


def test_prices_that_cannot_be_read_cost_no_line_and_are_counted(tmp_path: Path) -> None:
    content = "Order;SKU;Pieces;Paid\n1;A1263-BLK;1;1.234\n2;A1263-BLK;1;free\n3;A1263-BLK;1;5,00"
    said = MAPPED | {"currency": "EUR"}
    found = read(tmp_path, content, "generic", mapping=mapping_of(said))
    assert [line.price for line in found.lines] == [
        priced("1234", "EUR"),
        None,
        priced("5.00", "EUR"),
    ]
    assert found.rejects == []
    assert any(remark.startswith("1 line: the price") for remark in found.remarks)
    assert found.described["decimal"] == ","


def test_a_mapping_says_which_sign_stands_before_the_cents(tmp_path: Path) -> None:
    content = "Order;SKU;Pieces;Paid\n1;A1263-BLK;1;1.234\n"
    alone = read(tmp_path, content, "generic", mapping=mapping_of(MAPPED))
    assert alone.one.price is None
    told = read(tmp_path, content, "generic", mapping=mapping_of(MAPPED | {"decimal": ","}))
    assert told.one.price == priced("1234")


def test_a_price_of_one_unit_is_taken_as_often_as_units_were_bought(tmp_path: Path) -> None:
    columns = {"order": "Order", "sku": "SKU", "units": "Pieces", "unit_price": "Each"}
    mapping = mapping_of({"columns": columns})
    content = "Order;SKU;Pieces;Each\n1;A1263-BLK;3;5,50\n2;A1263-BLK;some;5,50\n"
    found = read(tmp_path, content, "generic", mapping=mapping)
    assert [line.price for line in found.lines] == [priced("16.50"), None]
