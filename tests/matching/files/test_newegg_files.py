"""Newegg's lists and their variants."""

from datetime import date
from pathlib import Path

import pytest

from recalldesk.matching.files.errors import OrderFileRefused
from tests.matching.files.made import NEWEGG, read, table
from tests.units.workbooks import number, workbook

ROW = {
    "Order Number": "100000001",
    "Order Date & Time": "07/05/2026 10:11:12",
    "Ship To Address Line 1": "1 Example Street",
    "Ship To City": "Springfield",
    "Ship To ZipCode": "62701",
    "Ship To Country": "UNITED STATES",
    "Ship To First Name": "Ann",
    "Ship To LastName": "Example",
    "Ship To Company": "Example School",
    "Order Customer Email": "ann@example.com",
    "Item Seller Part #": "A1263-BLK",
    "Item Newegg #": "9SIA0000001",
    "Quantity Ordered": "3",
    "Quantity Shipped": "2",
}


def test_a_list_names_order_item_and_buyer(tmp_path: Path) -> None:
    line = read(tmp_path, table(NEWEGG, ROW), "newegg").one
    assert (line.order, line.sku, line.units, line.units_sent) == ("100000001", "A1263-BLK", 3, 2)
    assert (line.ordered_on, line.country) == (date(2026, 7, 5), "US")
    assert (line.buyer.name, line.buyer.email) == ("Ann Example", "ann@example.com")
    assert line.buyer.address["company_name"] == "Example School"


def test_a_variant_has_more_columns_and_one_of_names(tmp_path: Path) -> None:
    headings = ["Order Status", *NEWEGG, "Item UPC"]
    headings[headings.index("Ship To First Name")] = "Ship To Name"
    headings.remove("Ship To LastName")
    row = {heading: cell for heading, cell in ROW.items() if heading in headings}
    row |= {"Ship To Name": "Ann Example", "Order Status": "Voided", "Item UPC": "0194644098728"}
    found = read(tmp_path, table(headings, row), "newegg")
    assert (found.one.buyer.name, found.one.is_cancelled) == ("Ann Example", True)
    assert found.described["variant"] == "newegg, one column of names"


@pytest.mark.parametrize("between", ["\t,", ",\t", "\t"])
def test_tabs_within_a_heading_of_commas_are_seen(tmp_path: Path, between: str) -> None:
    written = table(NEWEGG, ROW)
    heading, rows = written.split("\n", 1)
    heading = heading.replace(",", between, 3) if between != "\t" else heading.replace(",", "\t", 3)
    assert read(tmp_path, f"{heading}\n{rows}", "newegg").one.order == "100000001"


def test_a_number_that_a_spreadsheet_shortened_is_in_doubt(tmp_path: Path) -> None:
    headings = [*NEWEGG, "UPC"]
    shortened = ROW | {"Item Seller Part #": "x", "UPC": "1.94644E+11"}
    other = ROW | {"Item Seller Part #": "x", "UPC": "8.50001E+11"}
    by_part = ROW | {"UPC": "1.94644E+11"}
    found = read(tmp_path, table(headings, shortened, other, by_part), "newegg")
    assert [(each.number, each.reason) for each in found.rejects] == [(2, "number_shortened")]
    assert b"1.94644E+11" in found.rejects[0].raw
    assert (found.one.number, found.counts.others) == (4, 1)


def test_a_workbook_is_read_row_by_row(tmp_path: Path) -> None:
    row = [ROW.get(heading, "") for heading in NEWEGG]
    row[NEWEGG.index("Quantity Ordered")] = number(3)
    row[NEWEGG.index("Order Date & Time")] = number(46208, 2)
    blank = ["" for _ in NEWEGG]
    found = read(tmp_path, workbook(NEWEGG, row, blank, row), "newegg")
    assert [(line.number, line.units, line.copies) for line in found.lines] == [(2, 3, 2)]
    assert found.one.ordered_on == date(2026, 7, 5)
    assert (found.counts.blank, found.counts.duplicate) == (1, 1)


def test_a_cell_whose_formula_was_not_computed_costs_its_row(tmp_path: Path) -> None:
    row = [ROW.get(heading, "") for heading in NEWEGG]
    row[NEWEGG.index("Item Seller Part #")] = "<c><f>A1</f></c>"
    (reject,) = read(tmp_path, workbook(NEWEGG, row), "newegg").rejects
    assert (reject.number, reject.reason) == (2, "formula_cell")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old workbook"),
        (b"<html><table><tr><td>Order Number</td></tr></table>", "web page"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
        (b"\n \n", "blank"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(
    tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(OrderFileRefused, match=words) as refused:
        read(tmp_path, content, "newegg")
    assert refused.value.hint


def test_text_named_as_a_workbook_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert read(tmp_path, table(NEWEGG, ROW, separator="\t"), "newegg").one.units == 3
