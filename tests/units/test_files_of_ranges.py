"""Ranges are taken as they are written, or rejected: nothing about them is guessed."""

import pytest

from recalldesk.units.errors import RangeNotCountable
from recalldesk.units.importing.run import Counting
from recalldesk.units.models import RangeEntry
from recalldesk.units.ranges_form import suggest, units_in_range
from recalldesk.units.reads import ListCount, count_covered
from recalldesk.units.states import RejectReason
from tests.units.desk import FORM, Desk, tally


@pytest.mark.parametrize("heading", ["start,end", "From,To", "range start,Range End", "first,last"])
def test_both_ends_are_found_by_their_headings(desk: Desk, heading: str) -> None:
    report = desk.take(f'{heading}\nab-1201,AB1209\n\'AB1300,"AB1399"\n,\n')
    assert tally(report) == (4, 1, 2, 0, 0, 1)
    stored = RangeEntry.objects.order_by("start").values_list("start", "end")
    assert list(stored) == [("AB1201", "AB1209"), ("AB1300", "AB1399")]
    assert count_covered(desk.version) == {"main": ListCount(0, 109)}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("JTD100,JTD1050", RejectReason.UNEQUAL_LENGTH),
        ("AB1209,AB1201", RejectReason.REVERSED),
        ("AB1000,AB1001", RejectReason.OVERLAPPING),
        ("AB0999,AB2000", RejectReason.OVERLAPPING),
        ("AB1099,AB1100", RejectReason.OVERLAPPING),
        ("AB5000,AC5000", RejectReason.NOT_COUNTABLE),
        ("AB5000,", RejectReason.EMPTY_CELL),
        ("AB500?,AB5001", RejectReason.UNKNOWN_CHARACTER),
        ("AB1,AB2", RejectReason.TOO_SHORT),
        ("AB5000", RejectReason.COLUMN_COUNT),
    ],
)
def test_a_doubtful_range_is_rejected(desk: Desk, row: str, reason: RejectReason) -> None:
    report = desk.take(f"start,end\nAB1000,AB1099\n{row}\nAB6000,AB6000\n")
    assert tally(report) == (4, 1, 2, 1, 0, 0)
    assert desk.rejects() == [(3, reason, row.encode())]


def test_a_range_that_overlaps_one_of_an_earlier_file(desk: Desk) -> None:
    desk.take("start,end\nAB1000,AB1099\n")
    report = desk.take("start,end\nAB1099,AB1200\nAB1100,AB1200\n")
    assert tally(report) == (3, 1, 1, 1, 0, 0)


def test_letters_count_on_if_the_product_says_so(desk: Desk) -> None:
    row = "start,end\nAB500Y,AC500Z\n"
    assert tally(desk.take(row, counting=Counting.ALPHABET)) == (2, 1, 1, 0, 0, 0)


def test_units_of_a_range() -> None:
    assert units_in_range("A100", "A100", Counting.DIGITS, FORM.alphabet) == 1
    assert units_in_range("A098", "A102", Counting.DIGITS, FORM.alphabet) == 5
    assert units_in_range("A1Y", "A20", Counting.ALPHABET, FORM.alphabet) == 3
    with pytest.raises(RangeNotCountable):
        units_in_range("A1Y", "A20", Counting.DIGITS, FORM.alphabet)
    with pytest.raises(RangeNotCountable):
        units_in_range("A1", "A100", Counting.DIGITS, FORM.alphabet)


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        ("JTD100", "JTD1050", "write two ranges, JTD100-JTD999 and JTD1000-JTD1050"),
        ("A9", "A1050", "write four ranges, A9-A9, A10-A99, A100-A999 and A1000-A1050"),
        ("JTD100", "JTE1050", "write the range again, with two ends of equal length"),
        ("JTD100", "JTD0150", "write the range again, with two ends of equal length"),
        ("JTD1050", "JTD100", "write the range again, with two ends of equal length"),
    ],
)
def test_a_suggestion_is_for_a_person(start: str, end: str, sentence: str) -> None:
    assert suggest(start, end).startswith(f"{start} to {end}: ")
    assert suggest(start, end).endswith(sentence)


def test_ends_of_unequal_length_are_sent_back_with_what_may_be_meant(desk: Desk) -> None:
    file = desk.folder / "rejects.csv"
    desk.take("start,end\nAB998,AB1002\n", reject_file=file)
    assert "write two ranges, AB998-AB999 and AB1000-AB1002" in file.read_text(encoding="utf-8")
