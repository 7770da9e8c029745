"""A line that is wrong costs itself and no other; the reason is precise."""

import gzip
from collections.abc import Callable

import pytest

from recalldesk.units.states import RejectReason
from tests.units.desk import Desk, tally

GOOD = 10_000


def rows(form: str = "AB{:06d}") -> list[str]:
    return [form.format(number) for number in range(GOOD)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('AB"120', RejectReason.STRAY_QUOTE),
        ('"AB1201', RejectReason.STRAY_QUOTE),
        ('"AB1201"x', RejectReason.STRAY_QUOTE),
        ("AB\x001201", RejectReason.NUL),
        ("A" * 200_000, RejectReason.CELL_TOO_LONG),
        ("-" * 1_001 + "AB1201", RejectReason.CELL_TOO_LONG),
        ("AB1201,note", RejectReason.COLUMN_COUNT),
        ("AB1201\t", RejectReason.COLUMN_COUNT),
        ("AB12", RejectReason.TOO_SHORT),
        ("AB123456789", RejectReason.TOO_LONG),
        ("AB12?1", RejectReason.UNKNOWN_CHARACTER),
        ("Total: 9", RejectReason.UNKNOWN_CHARACTER),
        ("---", RejectReason.EMPTY_CELL),
        ('""', RejectReason.EMPTY_CELL),
    ],
)
def test_one_bad_line_among_ten_thousand(desk: Desk, line: str, reason: RejectReason) -> None:
    lines = ["serial", rows()[0], line, *rows()[1:]]
    report = desk.take("\n".join(lines))
    assert tally(report) == (GOOD + 2, 1, GOOD, 1, 0, 0)
    assert desk.rejects() == [(3, reason, line.encode()[: 64 << 10])]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('AB1201,"unclosed', RejectReason.STRAY_QUOTE),
        ('AB1201,5" screen', RejectReason.STRAY_QUOTE),
        ("AB1201", RejectReason.COLUMN_COUNT),
        ("AB1201,a,b", RejectReason.COLUMN_COUNT),
        ("AB1201,n\0te", RejectReason.NUL),
        ("AB1201," + "x" * 200_000, RejectReason.CELL_TOO_LONG),
        (",note", RejectReason.EMPTY_CELL),
    ],
)
def test_one_bad_row_of_two_columns(desk: Desk, line: str, reason: RejectReason) -> None:
    lines = ["serial,note", *rows("AB{:06d},é"), line, "ZZ9999,last"]
    assert tally(desk.take("\r\n".join(lines))) == (GOOD + 3, 1, GOOD + 1, 1, 0, 0)
    assert desk.rejects() == [(GOOD + 2, reason, line.encode()[: 64 << 10])]


@pytest.mark.parametrize("strange", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_only_real_line_ends_end_a_line(desk: Desk, strange: str) -> None:
    report = desk.take(f"serial\nAB1{strange}201\nAB1202{strange}\n{strange}\n")
    assert tally(report) == (4, 1, 1, 1, 0, 1)
    assert desk.rejects() == [(2, RejectReason.NOT_ONE_SERIAL, f"AB1{strange}201".encode())]
    assert desk.serials() == {"AB1202"}


def test_line_ends_of_all_kinds_in_one_file(desk: Desk) -> None:
    report = desk.take("serial\rAB1201\r\nAB1202\n\rAB1203\r\r\nAB1204")
    assert tally(report) == (7, 1, 4, 0, 0, 2)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_half_a_unit_at_the_end_of_utf_16(desk: Desk, pack: Callable[[bytes], bytes]) -> None:
    content = "serial\nAB1201\nAB1202".encode("utf-16") + b"\x41"
    assert tally(desk.take(pack(content))) == (3, 1, 1, 1, 0, 0)
    raw = "AB1202".encode("utf-16-le") + b"\x41"
    assert desk.rejects() == [(3, RejectReason.NOT_DECODABLE, raw)]


def test_a_lone_surrogate_in_utf_16(desk: Desk) -> None:
    content = "serial\nAB1201\nAB".encode("utf-16") + b"\x00\xd8" + "\nAB1203\n".encode("utf-16-le")
    assert tally(desk.take(content)) == (4, 1, 2, 1, 0, 0)
    assert desk.rejects()[0][2] == "AB".encode("utf-16-le") + b"\x00\xd8"


def test_bytes_that_no_encoding_has(desk: Desk) -> None:
    content = b"serial;place\nAB1201;K\xf6ln\nAB1202;\x81\nAB1203;x\n"
    assert tally(desk.take(content)) == (4, 1, 2, 1, 0, 0)
    assert desk.rejects() == [(3, RejectReason.NOT_DECODABLE, b"AB1202;\x81")]


def test_a_marked_utf_8_file_with_a_broken_line(desk: Desk) -> None:
    content = b"\xef\xbb\xbfserial\nAB1201\nAB12\xff2\nAB1203\n"
    assert tally(desk.take(content)) == (4, 1, 2, 1, 0, 0)
    assert desk.rejects() == [(3, RejectReason.NOT_DECODABLE, b"AB12\xff2")]
