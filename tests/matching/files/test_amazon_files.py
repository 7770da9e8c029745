"""Amazon's reports: tabs, marks that are characters, aliases."""

from datetime import date
from pathlib import Path

import pytest

from recalldesk.matching.files.errors import OrderFileRefused
from tests.matching.files.made import AMAZON_ALL, AMAZON_NEW, read

ALL = {
    "amazon-order-id": "111-0000001-0000001",
    "purchase-date": "2026-05-01T23:11:12+00:00",
    "order-status": "Shipped",
    "product-name": 'Power bank 5" wide, "black"',
    "sku": "A1263-BLK",
    "asin": "B0MADEUP01",
    "item-status": "Shipped",
    "quantity": "2",
    "ship-city": "Springfield",
    "ship-state": "IL",
    "ship-postal-code": "00501",
    "ship-country": "US",
}
NEW = {
    "order-id": "111-0000001-0000001",
    "order-item-id": "900001",
    "purchase-date": "2026-05-01T23:11:12-07:00",
    "buyer-email": "madeup1@marketplace.amazon.co.uk",
    "buyer-name": "Ann Example",
    "buyer-phone-number": "555-0100",
    "sku": "a1263-blk",
    "product-name": "Power bank",
    "quantity-purchased": "1",
    "recipient-name": "Bob Example",
    "ship-address-1": "1 Example Street",
    "ship-address-2": "Flat 2",
    "ship-city": "Springfield",
    "ship-country": "US",
}


def tabbed(headings: list[str], *rows: dict[str, str], end: str = "\n") -> str:
    lines = ["\t".join(headings), *("\t".join(row.get(h, "") for h in headings) for row in rows)]
    return "".join(line + end for line in lines)


def test_all_orders_name_a_place_and_nobody(tmp_path: Path) -> None:
    found = read(tmp_path, tabbed(AMAZON_ALL, ALL), "amazon")
    line = found.one
    assert (line.order, line.asin, line.sku, line.units) == (
        "111-0000001-0000001",
        "B0MADEUP01",
        "A1263-BLK",
        2,
    )
    assert (line.ordered_on, line.country) == (date(2026, 5, 1), "US")
    assert (line.buyer.name, line.buyer.email) == ("", "")
    assert line.buyer.address["postal_code"] == "00501"
    assert found.described["variant"] == "amazon, all orders"
    assert any("nobody is named" in remark for remark in found.remarks)


def test_quotation_marks_are_characters_of_the_title(tmp_path: Path) -> None:
    rows = [ALL | {"product-name": title} for title in ('12" shelf', '"quoted', 'a ""b', '"')]
    found = read(tmp_path, tabbed(AMAZON_ALL, *rows), "amazon")
    assert [line.title for line in found.lines] == ['12" shelf', '"quoted', 'a ""b', '"']


def test_new_orders_name_the_buyer_by_an_alias(tmp_path: Path) -> None:
    line = read(tmp_path, tabbed(AMAZON_NEW, NEW), "amazon").one
    assert line.item == "900001"
    assert line.buyer.is_alias
    assert (line.buyer.name, line.buyer.phone) == ("Ann Example", "555-0100")
    assert line.buyer.address == {
        "street_address": "1 Example Street\nFlat 2",
        "city": "Springfield",
        "country_code": "US",
        "name": "Bob Example",
    }


def test_an_address_of_ones_own_is_no_alias(tmp_path: Path) -> None:
    own = NEW | {"buyer-email": "marketplace.amazon.com@example.com"}
    assert not read(tmp_path, tabbed(AMAZON_NEW, own), "amazon").one.buyer.is_alias


def test_a_cancelled_line_is_marked_and_not_dropped(tmp_path: Path) -> None:
    order = ALL | {"order-status": "Canceled", "item-status": ""}
    rows = [ALL | {"item-status": "Cancelled", "quantity": "0"}, order]
    lines = read(tmp_path, tabbed(AMAZON_ALL, *rows), "amazon").lines
    assert [(line.is_cancelled, line.units) for line in lines] == [(True, 0), (True, 2)]


def test_a_line_that_was_sent_is_sold_though_its_order_was_cancelled(tmp_path: Path) -> None:
    row = ALL | {"order-status": "Cancelled", "item-status": "Shipped"}
    assert not read(tmp_path, tabbed(AMAZON_ALL, row), "amazon").one.is_cancelled


def test_an_order_to_puerto_rico_is_one_of_the_united_states(tmp_path: Path) -> None:
    line = read(tmp_path, tabbed(AMAZON_NEW, NEW | {"ship-country": "PR"}), "amazon").one
    assert (line.country, line.buyer.address["country_code"]) == ("US", "PR")


def test_columns_are_known_by_their_headings_in_any_order_and_case(tmp_path: Path) -> None:
    moved = [f" {heading.upper()} " for heading in reversed(AMAZON_NEW)] + ["something-new"]
    row = {heading: NEW.get(heading.strip().lower(), "") for heading in moved}
    line = read(tmp_path, tabbed(moved, row), "amazon").one
    assert (line.order, line.buyer.name) == ("111-0000001-0000001", "Ann Example")


@pytest.mark.parametrize("missing", ["amazon-order-id", "quantity", "purchase-date"])
def test_a_column_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    headings = [heading for heading in AMAZON_ALL if heading != missing]
    with pytest.raises(OrderFileRefused, match=missing) as refused:
        read(tmp_path, tabbed(headings, ALL), "amazon")
    assert "mapping" in refused.value.hint


def test_a_report_of_returns_says_what_came_back(tmp_path: Path) -> None:
    headings = ["return-date", "order-id", "sku", "asin", "quantity", "status"]
    row = {"order-id": "111-1", "sku": "A1263-BLK", "quantity": "1", "status": "Unit returned"}
    line = read(tmp_path, tabbed(headings, row), "amazon", kind="returns").one
    assert (line.order, line.units, line.units_back) == ("111-1", 0, 1)


def test_orders_are_never_read_as_units_that_came_back(tmp_path: Path) -> None:
    with pytest.raises(OrderFileRefused, match=r"purchase-date|order-status") as refused:
        read(tmp_path, tabbed(AMAZON_ALL, ALL), "amazon", kind="returns")
    assert "read it as orders" in refused.value.hint


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_any_line_end_and_encoding_is_read(tmp_path: Path, end: str, encoding: str) -> None:
    row = NEW | {"buyer-name": "Zoë Exåmple"}
    text = tabbed(AMAZON_NEW, row, NEW | {"sku": "another", "buyer-name": "Zoë Exåmple"}, end=end)
    found = read(tmp_path, text.encode(encoding), "amazon")
    assert found.one.buyer.name == "Zoë Exåmple"
    assert (found.counts.lines, found.counts.others, found.one.number) == (3, 1, 2)


def test_a_japanese_file_is_read_in_its_encoding(tmp_path: Path) -> None:
    row = NEW | {
        "buyer-name": "れいの はなこ",
        "product-name": "モバイルバッテリー ＰｏｗｅｒＢｒｉｃｋ 10000",
    }
    text = tabbed(AMAZON_NEW, row | {"sku": "x"})
    found = read(tmp_path, text.encode("cp932"), "amazon")
    assert found.one.buyer.name == "れいの はなこ"
    assert found.described["encoding"] == "cp932"
