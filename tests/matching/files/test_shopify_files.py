"""Shopify's export: later rows of an order leave out what its first says."""

from datetime import date
from pathlib import Path

import pytest

from recalldesk.matching.files import scanning
from tests.matching.files.made import SHOPIFY, read, table

FIRST = {
    "Name": "#1001",
    "Email": "ann@example.com",
    "Created at": "2026-05-01 23:10:11 -0400",
    "Lineitem quantity": "1",
    "Lineitem name": "Lamp, red",
    "Lineitem sku": "LAMP",
    "Shipping Name": "Ann Example",
    "Shipping Address1": "1 Example Street",
    "Shipping City": "Springfield",
    "Shipping Zip": "'01234",
    "Shipping Country": "US",
    "Notes": 'says "hello",\nand more',
}
LATER = {
    "Name": "#1001",
    "Email": "ann@example.com",
    "Lineitem quantity": "2",
    "Lineitem name": "Power bank",
    "Lineitem sku": "A1263-BLK",
}


def test_a_later_row_has_the_buyer_and_the_day_of_its_order(tmp_path: Path) -> None:
    found = read(tmp_path, b"\xef\xbb\xbf" + table(SHOPIFY, FIRST, LATER).encode(), "shopify")
    line = found.one
    assert (line.number, line.units, line.ordered_on) == (4, 2, date(2026, 5, 1))
    assert (line.buyer.name, line.country) == ("Ann Example", "US")
    assert line.buyer.address["postal_code"] == "01234"
    assert (found.counts.lines, found.counts.continued) == (4, 1)


def test_the_orders_cancelling_counts_for_its_later_rows(tmp_path: Path) -> None:
    first = FIRST | {"Cancelled at": "2026-05-02 10:00:00 -0400"}
    assert read(tmp_path, table(SHOPIFY, first, LATER), "shopify").one.is_cancelled


def test_what_was_sent_before_its_order_was_cancelled_is_sold(tmp_path: Path) -> None:
    first = FIRST | {"Cancelled at": "2026-05-02 10:00:00 -0400"}
    sent = LATER | {"Lineitem fulfillment status": "fulfilled"}
    assert not read(tmp_path, table(SHOPIFY, first, sent), "shopify").one.is_cancelled
    waiting = LATER | {"Lineitem fulfillment status": "pending"}
    assert read(tmp_path, table(SHOPIFY, first, waiting), "shopify").one.is_cancelled


@pytest.mark.parametrize("code", ["01234", "SW1A 1AA", "K1A 0B1"])
def test_the_mark_before_a_postal_code_is_no_part_of_it(tmp_path: Path, code: str) -> None:
    row = FIRST | {"Lineitem sku": "A1263-BLK", "Shipping Zip": f"'{code}"}
    assert read(tmp_path, table(SHOPIFY, row), "shopify").one.buyer.address["postal_code"] == code


def test_a_phone_number_is_read_where_only_the_order_itself_has_one(tmp_path: Path) -> None:
    first = FIRST | {"Email": "", "Phone": "'+15550100"}
    line = read(tmp_path, table(SHOPIFY, first, LATER | {"Email": ""}), "shopify").one
    assert (line.buyer.email, line.buyer.phone) == ("", "+15550100")


def test_money_paid_back_alone_is_nothing(tmp_path: Path) -> None:
    first = FIRST | {"Refunded Amount": "59.98"}
    line = read(tmp_path, table(SHOPIFY, first, LATER), "shopify").one
    assert (line.is_cancelled, line.units, line.units_back) == (False, 2, 0)


def test_the_first_row_may_stand_in_an_earlier_part_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(scanning.Scanner.scan.__kwdefaults__, "block", 500)
    others = [LATER | {"Lineitem sku": f"X{at}"} for at in range(40)]
    found = read(tmp_path, table(SHOPIFY, FIRST, *others, LATER), "shopify")
    assert found.one.buyer.name == "Ann Example"


def test_the_very_same_row_counts_once_and_says_how_often_it_stands(tmp_path: Path) -> None:
    found = read(tmp_path, table(SHOPIFY, FIRST, LATER, LATER, FIRST, LATER), "shopify")
    assert [(line.number, line.copies) for line in found.lines] == [(4, 3)]
    assert found.counts.duplicate == 3


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_candidate_over_several_lines_is_one_line(tmp_path: Path, end: str) -> None:
    row = FIRST | {"Lineitem sku": "A1263-BLK"}
    found = read(tmp_path, table(SHOPIFY, row, end=end), "shopify")
    assert (found.one.number, found.counts.lines, found.counts.continued) == (2, 3, 1)


@pytest.mark.parametrize(
    ("cells", "remark"),
    [
        ({"Created at": "some day"}, "the date cannot be read"),
        ({"Created at": "05/06/2026"}, "the date cannot be read"),
        ({"Created at": ""}, "there is no date"),
        ({"Lineitem quantity": "two"}, "number of units"),
    ],
)
def test_nobody_is_lost_because_of_a_date_or_a_number(
    tmp_path: Path, cells: dict[str, str], remark: str
) -> None:
    row = FIRST | {"Lineitem sku": "A1263-BLK"} | cells
    found = read(tmp_path, table(SHOPIFY, row), "shopify")
    assert found.one.ordered_on is None or found.one.units == 1
    assert any(remark in each for each in found.remarks)


def test_other_rows_tell_in_which_order_dates_are_written(tmp_path: Path) -> None:
    rows = [
        FIRST | {"Created at": "25/06/2026 10:00"},
        FIRST | {"Created at": "05/06/2026 10:00", "Lineitem sku": "A1263-BLK"},
    ]
    assert read(tmp_path, table(SHOPIFY, *rows), "shopify").one.ordered_on == date(2026, 6, 5)
