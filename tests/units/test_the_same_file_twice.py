"""The same file twice changes nothing, and says so."""

from recalldesk.units.models import SerialImport
from tests.units.desk import Desk, tally

FILE = "serial\nAB1201\nAB1202\nAB1201\nbad!!!\n"


def test_the_second_time_all_rows_are_duplicates(desk: Desk) -> None:
    first = desk.take(FILE)
    second = desk.take(FILE)
    assert tally(first) == (5, 1, 2, 1, 1, 0)
    assert tally(second) == (5, 1, 0, 1, 3, 0)
    assert second.pk is None
    assert SerialImport.objects.count() == 1
    assert len(desk.rejects()) == 1


def test_another_file_adds_only_what_is_new(desk: Desk) -> None:
    desk.take(FILE)
    report = desk.take("serial\nAB1202\nAB1203\nbad!!!\n")
    assert tally(report) == (4, 1, 1, 1, 1, 0)
    assert desk.serials() == {"AB1201", "AB1202", "AB1203"}
    assert len(desk.rejects()) == 2


def test_ranges_twice(desk: Desk) -> None:
    content = "start,end\nAB1201,AB1209\nAB1301,AB1302\nAB1201,AB1209\n"
    assert tally(desk.take(content)) == (4, 1, 2, 0, 1, 0)
    assert tally(desk.take(content)) == (4, 1, 0, 0, 3, 0)
