"""Numbers of bar codes: their lengths, and a check digit that sees every single slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.foundation.trade_number import gtin_14, wrong_in

UPC = "012345678905"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (UPC, "00012345678905"),
        ("0 12345 67890 5", "00012345678905"),
        ("4006381333931", "04006381333931"),
        ("96385074", "00000096385074"),
        ("10012345678902", "10012345678902"),
        ("012345678906", ""),
        ("12345", ""),
        ("", ""),
        ("٠١٢٣٤٥٦٧٨٩٠٥", ""),
        ("A12345678905", ""),
    ],
)
def test_a_number_as_fourteen_digits(text: str, number: str) -> None:
    assert gtin_14(text) == number


@given(st.integers(0, 11), st.integers(1, 9))
def test_a_wrong_digit_is_always_seen(place: int, more: int) -> None:
    digit = str((int(UPC[place]) + more) % 10)
    assert gtin_14(UPC[:place] + digit + UPC[place + 1 :]) == ""


@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        ("upc", UPC, ""),
        ("upc", "4006381333931", "12 digits"),
        ("ean", "4006381333931", ""),
        ("gtin", UPC, ""),
        ("gtin", "012345678906", "check digit"),
        ("sku", "anything", ""),
    ],
)
def test_what_is_wrong_is_said(kind: str, text: str, wrong: str) -> None:
    assert wrong in wrong_in(kind, text)
    assert bool(wrong) == bool(wrong_in(kind, text))
