"""Whatever quotes stand in a file: no line that is a row is counted as a part of another row."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ImportRefused
from recalldesk.units.importing import judging
from recalldesk.units.importing.cells import cells_of, is_blank
from recalldesk.units.importing.joining import find_stretches
from recalldesk.units.importing.layout import Layout
from recalldesk.units.states import RejectReason
from tests.units.desk import FORM, Desk, make_desk, tally

SHAPED = SerialForm(
    alphabet="0123456789ABCDEF",
    shortest=6,
    longest=6,
    shapes=(tuple(map(frozenset, ("A", "B", *["0123456789"] * 4))),),
)
SERIAL = st.integers(1, 9).map("AB120{}".format)
TEXT = st.sampled_from(
    ["", "x", "a note", "5 inch", "one, two", "AB12?4", "AB 12 07", "AB-1208", "is AB1209!", "12"]
)
MARK = st.sampled_from(["", "", "", '"', '""', ' "', '" '])
CELL = st.tuples(MARK, SERIAL | TEXT, MARK).map("".join)
LINE = st.lists(CELL, min_size=1, max_size=4).map(",".join)
ROW = st.tuples(SERIAL, MARK, TEXT, MARK).map(lambda parts: f"{parts[0]},{''.join(parts[1:])}")
LINES = st.lists(ROW | LINE, max_size=14)
ON_A_DATABASE = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def alone(line: str, layout: Layout, form: SerialForm) -> list[str]:
    """The serials of a line that is a row by itself, if it is one."""
    if is_blank(line, layout):
        return []
    cells = cells_of(line, layout)
    if isinstance(cells, RejectReason):
        return []
    judged = (judging.judge(cells[place], form) for place in layout.places)
    return [serial for serial in judged if not isinstance(serial, RejectReason)]


@settings(max_examples=400, deadline=None)
@given(
    lines=LINES,
    width=st.integers(2, 4),
    place=st.integers(0, 3),
    form=st.sampled_from([FORM, SHAPED]),
)
def test_a_line_that_is_a_row_is_never_a_part_of_another(
    lines: list[str], width: int, place: int, form: SerialForm
) -> None:
    layout = Layout(",", width, (min(place, width - 1),), ())
    stretches, decided = find_stretches(lines, layout, form)
    assert decided == len(lines)
    assert all(one.stop <= other.start for one, other in pairwise(stretches))
    for stretch in stretches:
        if stretch.in_doubt:
            continue
        of_row = lines[stretch.start : stretch.stop]
        own = alone("\n".join(of_row), layout, form)
        if not own:
            continue  # such a row is rejected, and told of with all its lines
        for line in of_row[1:]:
            assert set(alone(line, layout, form)) <= set(own)
            for other in (f"AB120{n}" for n in range(10)):
                assert other in own or other not in "".join(line.split()).replace("-", "")


@settings(max_examples=200, deadline=None)
@given(lines=LINES, cuts=st.lists(st.integers(1, 5), max_size=10))
def test_it_does_not_matter_where_the_file_is_cut(lines: list[str], cuts: list[int]) -> None:
    layout = Layout(",", 2, (0,), ())
    whole, _ = find_stretches(lines, layout, FORM)
    found, kept, begun, rest = [], [], 0, lines
    for size in [*cuts, len(lines)]:
        kept, rest = kept + rest[:size], rest[size:]
        stretches, decided = find_stretches(kept, layout, FORM, more_follow=True)
        found += [(begun + s.start, begun + s.stop, s.in_doubt) for s in stretches]
        kept, begun = kept[decided:], begun + decided
    stretches, _ = find_stretches(kept, layout, FORM)
    found += [(begun + s.start, begun + s.stop, s.in_doubt) for s in stretches]
    assert found == [(s.start, s.stop, s.in_doubt) for s in whole]


@ON_A_DATABASE
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_serial_of_a_file_with_stray_quotes_is_taken_or_told_of(
    desk: Desk, lines: list[str], end: str
) -> None:
    layout = Layout(",", 2, (0,), (1,))
    try:
        with transaction.atomic():
            report = desk.take(end.join(["serial,note", "AB1200,first", *lines, ""]))
            found, rejected = desk.serials(), desk.rejects()
            transaction.set_rollback(True)
    except ImportRefused:
        return
    tally(report)
    told = {number for number, _, _ in rejected}
    said = b"\n".join(row for _, _, row in rejected)
    for number, line in enumerate(lines, 3):
        for serial in alone(line, layout, FORM):
            assert serial in found or number in told or serial.encode() in said


@ON_A_DATABASE
@given(
    rows=st.lists(
        st.tuples(SERIAL, st.lists(TEXT, min_size=1, max_size=4).map("\n".join)), max_size=8
    )
)
def test_whatever_a_csv_writer_writes_on_several_lines_is_taken_or_told_of(
    desk: Desk, rows: list[tuple[str, str]]
) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("serial", "note"), ("AB1200", "x"), *rows])
    with transaction.atomic():
        report = desk.take(written.getvalue())
        found, rejected = desk.serials(), desk.rejects()
        transaction.set_rollback(True)
    tally(report)
    said = b"\n".join(row for _, _, row in rejected)
    assert all(serial in found or serial.encode() in said for serial, _ in rows)
    if not any(has in note for _, note in rows for has in ("AB", ",", "\n\n", "note", "inch")):
        assert {serial for serial, _ in rows} <= found
