"""A quoted cell may hold line ends; two stray marks never swallow a row between them."""

import csv
import io

import pytest

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.joining import MOST_LINES
from recalldesk.units.states import RejectReason
from tests.units.desk import Desk, tally

DOUBT = RejectReason.LINES_IN_DOUBT


def written(*rows: tuple[str, ...]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def test_a_note_with_commas_quotes_and_line_ends(desk: Desk) -> None:
    content = written(
        ("serial", "note", "by"),
        ("AB1201", 'got "hot",\nthen went out', "a, b"),
        ("AB1202", "", ""),
        ("AB1203", "one\r\n\r\nthree", "c"),
    )
    report = desk.take(content)
    assert tally(report) == (7, 1, 3, 0, 0, 0)
    assert report.continued == 3
    assert desk.serials() == {"AB1201", "AB1202", "AB1203"}


@pytest.mark.parametrize("note", ["12 Main St\nAustin, Texas", "hot, smoky\nreturned, refunded"])
def test_a_note_whose_lines_are_as_wide_as_a_row(desk: Desk, note: str) -> None:
    form = SerialForm(alphabet="0123456789ABCDEF", shortest=16, longest=16)
    serial = "AB12345678901234"
    report = desk.take(written(("serial", "note"), (serial, note)), form=form)
    assert tally(report) == (3, 1, 1, 0, 0, 0)
    assert desk.serials() == {serial}


def test_the_serial_after_the_note_and_a_line_end_around_it(desk: Desk) -> None:
    report = desk.take('note,serial\n"a few\nwords","AB1201\n"\nx,AB1202\n')
    assert tally(report) == (5, 1, 2, 0, 0, 0)
    assert desk.serials() == {"AB1201", "AB1202"}


def test_a_row_of_several_lines_is_rejected_once_and_whole(desk: Desk) -> None:
    report = desk.take('serial,note\nAB1,"a\nb"\nAB1202,x\n', reject_file=desk.folder / "rejects")
    assert tally(report) == (4, 1, 1, 1, 0, 0)
    assert report.continued == 1
    assert desk.rejects() == [(2, RejectReason.TOO_SHORT, b'AB1,"a\nb"')]
    with (desk.folder / "rejects").open(newline="") as file:
        assert list(csv.reader(file))[1] == ["2", "too_short", 'AB1,"a\nb"', ""]


@pytest.mark.parametrize(
    "between",
    [
        "AB1202,ok",
        "AB1202",
        "AB1202;ok",
        "AB1202,,",
        "no 1,AB1202,x",
        "AB12?2,ok",
        "AB,damaged",
        "AB12?2",
        'AB1202,""',
        "see AB-1202",
        "AB 12 02,x",
        "no 1,AB 12 02,x",
        'AB1202,",",x',
        "'AB1202",
        "",
    ],
)
def test_two_stray_quotes_swallow_no_row(desk: Desk, between: str) -> None:
    content = f'serial,note\nAB1201,"5 inch\n{between}\nAB1203,6"\nAB1204,last\n'
    report = desk.take(content)
    assert desk.serials() >= {"AB1204"}
    reasons = {number: reason for number, reason, _ in desk.rejects()}
    assert reasons == dict.fromkeys((2, 3, 4), DOUBT) or reasons == {
        2: RejectReason.STRAY_QUOTE,
        4: RejectReason.STRAY_QUOTE,
        **({3: reasons[3]} if 3 in reasons else {}),
    }
    assert tally(report)[0] == 5
    assert report.continued == 0


def test_a_row_that_only_ends_in_another_one(desk: Desk) -> None:
    """Both lines lack columns; together they are as wide as the heading."""
    report = desk.take('serial,note,colour,shop\nAB1201,x,"y\nz",AB1203\nAB1204,,,\n')
    assert [number for number, _, _ in desk.rejects()] == [2, 3]
    assert tally(report) == (4, 1, 1, 2, 0, 0)


def test_a_mark_that_is_never_closed_costs_its_own_line(desk: Desk) -> None:
    rows = [f"AB{number:06d},x" for number in range(3 * MOST_LINES)]
    content = "\n".join(["serial,note", 'AB1201,"open', *rows, 'AB1202,"', *rows[:3]])
    report = desk.take(content)
    assert {number: reason for number, reason, _ in desk.rejects()} == {
        2: RejectReason.STRAY_QUOTE,
        3 * MOST_LINES + 3: RejectReason.STRAY_QUOTE,
    }
    assert tally(report)[2] == 3 * MOST_LINES


def test_rows_across_the_blocks_that_are_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"AB{number:04d}", "one, \ntwo\nthree") for number in range(60)]
    content = written(("serial", "note"), *rows)
    for size in (7, 64, 1000):
        monkeypatch.setattr("recalldesk.units.importing.decoding.BLOCK", size)
        report = desk.take(content, replace=True)
        assert report.pk is None or tally(report)[:3] == (181, 1, 60)
        assert not desk.rejects()
    assert len(desk.serials()) == 60


@pytest.mark.parametrize(
    "heading",
    ['"Serial\nNumber",note', 'note,"Serial\n\nNumber"', '"Serial\r\nNumber"', '"my\nnote",serial'],
)
def test_a_heading_over_several_lines(desk: Desk, heading: str) -> None:
    row = {0: "AB1201", 1: "AB1201,x"}[heading.count(",")]
    row = row if heading.startswith('"Serial') else "x,AB1201"
    report = desk.take(f"{heading}\n{row}\n")
    assert desk.serials() == {"AB1201"}
    assert report.heading == report.lines - 1


def test_such_a_heading_by_name(desk: Desk) -> None:
    from recalldesk.units.importing.run import Columns

    desk.take('"Unit\ncode",x\nAB1201,y\n', columns=Columns("unit code"))
    assert desk.serials() == {"AB1201"}


def test_a_heading_with_a_stray_quote_swallows_no_row(desk: Desk) -> None:
    with pytest.raises(ColumnsNotClear, match="may hold serials"):
        desk.take('serial,"note\nAB1201,x\nAB1202,y"\nAB1203,z\n')
    with pytest.raises(ColumnsNotClear):
        desk.take('"serial\nAB1201\nAB1202"\nAB1203\n')


def test_a_second_column_of_serials_beside_notes_of_several_lines(desk: Desk) -> None:
    rows = [(f"AB12{n:02d}", "one\ntwo", f"CD12{n:02d}") for n in range(20)]
    with pytest.raises(ColumnsNotClear, match="More than one column"):
        desk.take(written(("serial", "note", "code"), *rows))


def test_lines_of_one_column_are_never_joined(desk: Desk) -> None:
    report = desk.take('serial\n"AB1201\nAB1202"\nAB1203\n')
    assert tally(report) == (4, 1, 1, 2, 0, 0)
    assert {reason for _, reason, _ in desk.rejects()} == {RejectReason.STRAY_QUOTE}
