"""A second column that could hold serials is never passed over without a word."""

import pytest

from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.run import Columns
from tests.units.desk import Desk


@pytest.mark.parametrize(
    "heading",
    ["SN,SN2", "Serial Number,Serial Number 2", "Serial,Battery serial", "serial,S/N", "SN,VIN 2",
     "serial,Número de serie de la batería", "SN,batterySN", "serial,2nd serial no.",
     "serial,Seriennummer Akku"],
)  # fmt: skip
@pytest.mark.parametrize("second", ["AB1301", "no serial at all"])
def test_one_that_says_so_is_refused(desk: Desk, heading: str, second: str) -> None:
    with pytest.raises(ColumnsNotClear, match="More than one column") as refusal:
        desk.take(f"{heading}\nAB1201,{second}\n")
    assert all(f'"{cell}"' in refusal.value.message for cell in heading.split(","))
    assert "--column" in refusal.value.hint
    assert desk.serials() == set()


@pytest.mark.parametrize("heading", ["Battery", "", "Unit number", "Replaced by", "Barcode"])
def test_one_that_looks_like_it_is_refused(desk: Desk, heading: str) -> None:
    with pytest.raises(ColumnsNotClear, match="More than one column"):
        desk.take(f"serial,{heading}\nAB1201,AB1301\nAB1202,\nAB1203,\nAB1204,?\nAB1205,AB1302\n")


def test_one_that_looks_like_it_below_many_empty_cells_is_refused(desk: Desk) -> None:
    rows = [
        f"AB{number},{'' if number < 1900 else number + 100000}" for number in range(1000, 1999)
    ]
    with pytest.raises(ColumnsNotClear):
        desk.take("\n".join(["serial,battery", *rows]))


@pytest.mark.parametrize(
    ("heading", "second"),
    [("EAN", "4006381"), ("UPC code", "01234567"), ("Order number", "100200"), ("PO", "4500123"),
     ("orderNo", "100200"), ("Fecha", "20240101"), ("Model", "KX1000"), ("Lot no.", "AB1301"),
     ("Battery", "12"), ("Unit", "Bob & Sons"), ("EAN13", "4006381")],
)  # fmt: skip
def test_one_that_holds_something_else_is_passed_over(
    desk: Desk, heading: str, second: str
) -> None:
    desk.take(f"serial,{heading}\nAB1201,{second}\nAB1202,{second}\n")
    assert desk.serials() == {"AB1201", "AB1202"}


def test_the_same_serials_again_are_no_second_column(desk: Desk) -> None:
    desk.take("serial,label\nAB1201,ab-1201\nAB1202,AB1202\n")
    assert desk.serials() == {"AB1201", "AB1202"}


def test_whoever_names_the_column_settles_it(desk: Desk) -> None:
    content = "Serial,Battery serial\nAB1201,AB1301\n"
    desk.take(content, columns=Columns(serial="Serial"))
    desk.take(content, columns=Columns(serial="battery serial"))
    assert desk.serials() == {"AB1201", "AB1301"}


def test_a_column_of_serials_beside_ranges_is_refused(desk: Desk) -> None:
    content = "start,end,extra unit\nAB1201,AB1209,AB1301\n"
    with pytest.raises(ColumnsNotClear) as refusal:
        desk.take(content)
    assert "--start-column" in refusal.value.hint
    report = desk.take(content, columns=Columns(start="start", end="end"))
    assert report.accepted == 1
