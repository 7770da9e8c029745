"""eBay's files: blank lines, trailers, rows of a whole order, the words and dates of countries."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.matching.files.made import EBAY, read, table

ITEM = {
    "Order Number": "12-00001-00001",
    "Buyer Name": "Ann Example",
    "Buyer Email": "ann@example.com",
    "Ship To Name": "Ann Example",
    "Ship To Address 1": "1 Example Street",
    "Ship To City": "Springfield",
    "Ship To Zip": "62701",
    "Ship To Country": "United States",
    "Item Number": "110000012345",
    "Item Title": "Power bank",
    "Custom Label": "A1263-BLK",
    "Quantity": "1",
    "Sold For": "AU $3,000.00",
    "Sale Date": "Jul-25-26",
    "Transaction ID": "2001",
}
ORDER = {
    heading: "" if heading.startswith(("Item", "Custom", "Trans")) else cell
    for heading, cell in ITEM.items()
}
OF_ORDER = ("Order Number", "Item Number", "Item Title", "Custom Label", "Quantity")
ITS_ITEM = {heading: ITEM[heading] for heading in OF_ORDER}
TRAILER = '\n"2 record(s) downloaded, from 1 to 2"\n"Seller ID: made-up-seller"\n'


def quoted(*rows: dict[str, str], headings: list[str] = EBAY, separator: str = ",") -> str:
    return "\n" + table(headings, *rows, quoting=csv.QUOTE_ALL, separator=separator)


def test_blank_lines_and_trailers_are_counted_and_no_purchases(tmp_path: Path) -> None:
    found = read(tmp_path, quoted(ITEM) + ",".join(['""'] * 51) + TRAILER, "ebay")
    assert found.one.buyer.name == "Ann Example"
    assert (found.counts.blank, found.counts.heading, found.counts.trailers) == (2, 3, 2)
    assert found.counts.rejected == 0


def test_an_item_has_the_buyer_of_its_orders_own_row(tmp_path: Path) -> None:
    other = ITS_ITEM | {"Item Number": "220000000001", "Custom Label": "LAMP"}
    found = read(tmp_path, quoted(ORDER | {"Quantity": "2"}, other, ITS_ITEM), "ebay")
    line = found.one
    assert (line.number, line.units) == (5, 1)
    assert (line.buyer.name, line.buyer.email) == ("Ann Example", "ann@example.com")
    assert line.ordered_on == date(2026, 7, 25)
    assert line.buyer.address["city"] == "Springfield"
    assert (found.counts.taken, found.counts.others) == (1, 2)


def test_nothing_is_taken_from_the_row_of_another_order(tmp_path: Path) -> None:
    strange = ITS_ITEM | {"Order Number": "12-00002-00002"}
    found = read(tmp_path, quoted(ORDER, strange), "ebay")
    assert found.one.buyer.name == ""
    assert any("nobody is named" in remark for remark in found.remarks)


def test_an_item_between_rows_of_another_order_gets_nobody_elses_buyer(tmp_path: Path) -> None:
    between = ORDER | {"Order Number": "12-00002-00002", "Buyer Name": "Bob Example"}
    assert read(tmp_path, quoted(ORDER, between, ITS_ITEM), "ebay").one.buyer.name == ""


def test_the_united_kingdom_posts(tmp_path: Path) -> None:
    def uk(heading: str) -> str:
        return heading.replace("Ship To", "Post To").replace("Shipping And", "Postage And")

    row = {uk(heading): cell for heading, cell in ITEM.items()}
    row |= {"Post To Country": "United Kingdom", "Sale Date": "25-Jul-26"}
    line = read(tmp_path, quoted(row, headings=[uk(each) for each in EBAY]), "ebay").one
    assert (line.country, line.buyer.address["street_address"]) == ("GB", "1 Example Street")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Jul-25-26", date(2026, 7, 25)),
        ("26-May-26", date(2026, 5, 26)),
        ("05-oct.-26", date(2026, 10, 5)),
        ("12-août-26", date(2026, 8, 12)),
        ("24-Mrz-26", date(2026, 3, 24)),
    ],
)
def test_dates_are_read_in_the_words_of_their_country(
    tmp_path: Path, written: str, day: date
) -> None:
    row = ITEM | {"Sale Date": written, "Sold For": "1 234,50 €", "Ship To Country": "Frankreich"}
    line = read(tmp_path, quoted(row, separator=";"), "ebay").one
    assert (line.ordered_on, line.country) == (day, "FR")


def test_the_line_that_says_what_separates_is_no_row(tmp_path: Path) -> None:
    found = read(tmp_path, "sep=;" + quoted(ITEM, separator=";"), "ebay")
    assert (found.counts.heading, found.counts.blank, found.one.number) == (2, 0, 3)
