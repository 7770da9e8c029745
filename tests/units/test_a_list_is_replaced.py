"""A file that replaces a list removes what it does not hold, version by version."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from recalldesk.units.errors import ImportRefused
from recalldesk.units.models import SerialRemoval
from recalldesk.units.reads import count_covered, covered_ranges, covered_serials, dropped_count
from tests.units.desk import Desk, tally


def covered(desk: Desk, version: object = None) -> list[str]:
    return list(covered_serials(version or desk.version, desk.serial_list))  # type: ignore[arg-type] # a version, or the draft


def test_rows_of_the_same_draft_are_deleted(desk: Desk) -> None:
    desk.take("serial\nAB1201\nAB1202\n")
    report = desk.take("serial\nAB1202\nAB1203\n", replace=True)
    assert tally(report) == (3, 1, 1, 0, 1, 0)
    assert report.removed == 1
    assert desk.serials() == {"AB1202", "AB1203"}
    assert not SerialRemoval.objects.exists()


def test_rows_of_an_earlier_version_are_removed_from_this_one_on(desk: Desk) -> None:
    desk.take("serial\nAB1203\nAB1201\nAB1202\n")
    first = desk.version
    desk.approve()
    report = desk.take("serial\nAB1202\nAB1204\n", replace=True)
    assert report.removed == 2
    assert covered(desk, first) == ["AB1201", "AB1202", "AB1203"]
    assert covered(desk) == ["AB1202", "AB1204"]
    assert (dropped_count(first), dropped_count(desk.version)) == (0, 2)
    assert count_covered(desk.version)["main"].serials == 2


def test_a_removal_is_taken_back_in_the_same_draft(desk: Desk) -> None:
    desk.take("serial\nAB1201\nAB1202\n")
    desk.approve()
    desk.take("serial\nAB1202\n", replace=True)
    assert tally(desk.take("serial\nAB1201\n")) == (2, 1, 1, 0, 0, 0)
    assert covered(desk) == ["AB1201", "AB1202"]
    assert dropped_count(desk.version) == 0


def test_a_removed_serial_comes_back_in_a_later_version(desk: Desk) -> None:
    desk.take("serial\nAB1201\nAB1202\n")
    desk.approve()
    desk.take("serial\nAB1202\n", replace=True)
    second = desk.version
    desk.approve()
    report = desk.take("serial\nAB1201\nAB1202\n")
    assert tally(report) == (3, 1, 1, 0, 1, 0)
    assert covered(desk, second) == ["AB1202"]
    assert covered(desk) == ["AB1201", "AB1202"]
    report = desk.take("serial\nAB1202\n", replace=True)
    assert report.removed == 1
    assert covered(desk) == ["AB1202"]
    assert dropped_count(desk.version) == 0


def test_ranges_are_replaced_as_well(desk: Desk) -> None:
    desk.take("start,end\nAB1000,AB1099\nAB2000,AB2099\n")
    first = desk.version
    desk.approve()
    report = desk.take("start,end\nAB1000,AB1049\nAB2000,AB2099\n", replace=True)
    assert tally(report) == (3, 1, 1, 0, 1, 0)
    assert report.removed == 1
    assert next(iter(covered_ranges(first, desk.serial_list))) == ("AB1000", "AB1099")
    assert list(covered_ranges(desk.version, desk.serial_list)) == [
        ("AB1000", "AB1049"),
        ("AB2000", "AB2099"),
    ]
    back = desk.take("start,end\nAB1000,AB1099\n")
    assert tally(back) == (2, 1, 0, 1, 0, 0)
    assert count_covered(desk.version)["main"].units_in_ranges == 150


@pytest.mark.parametrize(
    ("first", "second"),
    [("serial\n{0}\n", "start,end\n{0},{0}\n"), ("start,end\n{0},{0}\n", "serial\n{0}\n")],
)
def test_a_range_of_one_unit_is_that_serial(desk: Desk, first: str, second: str) -> None:
    desk.take(first.format("AB1201"))
    desk.approve()
    report = desk.take(second.format("AB1201"), replace=True)
    assert (report.accepted, report.duplicate, report.removed) == (0, 1, 0)
    assert covered(desk) == ["AB1201"]
    assert list(covered_ranges(desk.version, desk.serial_list)) == []


def test_the_database_keeps_no_range_of_one_unit(
    desk: Desk, statement: Callable[[str], None]
) -> None:
    desk.take("start,end\nAB1000,AB1099\n")
    with pytest.raises(IntegrityError, match="range_of_several_units"):
        statement(
            'INSERT INTO units_rangeentry (serial_list_id, start, "end", serial_import_id)'
            " SELECT serial_list_id, start, start, serial_import_id FROM units_rangeentry"
        )


def test_a_file_with_nothing_right_in_it_never_empties_a_list(desk: Desk) -> None:
    desk.take("serial\nAB1201\n")
    with pytest.raises(ImportRefused, match="empty the list"):
        desk.take("serial\n?????\n", replace=True)
    assert covered(desk) == ["AB1201"]


def test_the_same_replacing_file_twice_changes_nothing(desk: Desk) -> None:
    desk.take("serial\nAB1201\nAB1202\n")
    desk.approve()
    desk.take("serial\nAB1202\n", replace=True)
    again = desk.take("serial\nAB1202\n", replace=True)
    assert again.pk is None
    assert again.removed == 0
    assert SerialRemoval.objects.count() == 1
