"""Of a list every line is accounted for, and no serial in it is hidden by what stands elsewhere."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recalldesk.claims.unit_lists.errors import ListRefused
from recalldesk.claims.unit_lists.lines import Line, LineState, lines_in, text_of
from recalldesk.claims.unit_lists.reading import MOST_LINES, ListRead, one_a_line, read_list
from recalldesk.claims.unit_lists.retyping import as_typed
from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.product import Serial
from recalldesk.recalls.recall_file import read_recall_file
from tests.cast import AFFECTED, recall_text
from tests.units.workbooks import number, workbook

KETTLE: Document = read_recall_file(recall_text())
TYPED = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=24)
CELL = st.text("ABCTW0123456789 -", max_size=12)
HEADINGS = ("Serial No.", "Room", "Note")


def read(text: str) -> ListRead:
    return read_bytes(text.encode("utf-8", "replace"), KETTLE)


def read_bytes(content: bytes, document: Document) -> ListRead:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(content)
        return read_list(path, document)


def of_digits(*lengths: int) -> Document:
    """The kettle in several products, whose serials are so many digits each."""
    product = KETTLE.products[0]
    serials = [
        Serial(where=product.serial.where, alphabet="0123456789", shortest=length, longest=length)
        for length in lengths
    ]
    products = [product.model_copy(update={"serial": serial}) for serial in serials]
    return KETTLE.model_copy(update={"products": tuple(products)})


def is_told_of(found: ListRead) -> bool:
    """Whether the recalled serial is looked up, or its line is shown as one that is not read."""
    return any(
        AFFECTED in normalise(line.text)
        or AFFECTED in line.beside
        or line.state is LineState.REJECTED
        for line in found.lines
    )


@given(st.binary(max_size=40))
@example(b"TW24013337\nTW\x00240\n")
@example(b"\x00")
@example("TW24013337\nTW240133".encode("utf-16") + b"\x38")
@example(b"serial\nTW24013337\nTW24\x81\x8d013337\xff\n")
def test_whatever_bytes_come_what_is_shown_and_kept_can_be_written(content: bytes) -> None:
    try:
        found = read_bytes(content, KETTLE)
    except ListRefused:
        return
    for text in (as_typed(found), text_of(found.lines, found.count)):
        assert "\0" not in text
        assert text.encode("utf-8")


@given(st.lists(TYPED, max_size=8))
@example(["serial", "TW24013337", "TW24013337", "", '"', "a;b"])
@example(["sep=;", "serial;room", "TW24013337;1"])
def test_every_line_is_counted_once(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    try:
        found = read(text)
    except ListRefused:
        return
    count = found.count
    parts = (count.heading, count.accepted, count.rejected, count.duplicate, count.blank)
    assert sum(parts) + count.continued == count.lines == text.count("\n")
    kept = {line.number for line in found.lines}
    assert len(kept) == len(found.lines) == count.accepted + count.rejected + count.duplicate
    assert lines_in(text_of(found.lines, count)) == (found.lines, count)


@given(st.lists(TYPED, max_size=6), st.lists(TYPED, max_size=6))
def test_no_other_line_hides_a_recalled_serial(before: list[str], after: list[str]) -> None:
    try:
        found = read("\n".join((*before, AFFECTED, *after)))
    except ListRefused:
        return  # then nothing of it is answered at all
    own = next((line for line in found.lines if line.number == len(before) + 1), None)
    if own is None:  # joined to a row that began above: that row is told of
        assert is_told_of(found)
    elif own.state is LineState.DUPLICATE:
        first = next(line for line in found.lines if line.number == own.of)
        assert AFFECTED in normalise(first.text)
    else:
        assert own.state is LineState.REJECTED or AFFECTED in normalise(own.text)


@given(
    st.permutations(HEADINGS),
    st.integers(0, 2),
    st.lists(st.tuples(CELL, CELL, CELL), max_size=4),
    st.sampled_from(",;\t|"),
)
def test_no_heading_over_another_column_hides_it(
    headings: list[str], place: int, rows: list[tuple[str, str, str]], mark: str
) -> None:
    own = ["12", "13", "14"]
    own[place] = AFFECTED
    kept = io.StringIO()
    csv.writer(kept, delimiter=mark, lineterminator="\n").writerows([headings, *rows, own])
    assert is_told_of(read(kept.getvalue()))


@given(st.lists(CELL, min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_what_is_pasted_in_one_line_is_read_as_several(cells: list[str], mark: str) -> None:
    text = one_a_line(mark.join((*cells, AFFECTED)), KETTLE)
    assert is_told_of(read(text))
    assert text.count("\n") == len(cells)


def test_a_list_is_taken_up_to_its_limit() -> None:
    lines = [f"TW{number:08}" for number in range(MOST_LINES)]
    assert read("\n".join(lines)).count.accepted == MOST_LINES
    with pytest.raises(ListRefused, match="too_many"):
        read("\n".join((*lines, "TW99999999")))


def test_two_serials_in_one_line_are_read_as_neither() -> None:
    line = read(f"serial\n{AFFECTED} TW24013338\n").lines[0]
    assert (line.state, line.why) == (LineState.REJECTED, "not_one_serial")


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_a_line_that_holds_a_serial_is_no_heading(mark: str) -> None:
    lines = [f"SN{mark}{AFFECTED}", f"SN{mark}TW24013338"]
    with pytest.raises(ListRefused, match="no_heading"):
        read("\n".join(lines))
    assert is_told_of(read(one_a_line("\n".join(lines), KETTLE)))


@given(st.lists(st.one_of(TYPED, st.just(AFFECTED)), max_size=8))
@example(["", "Serial;Asset;Room", f"TW33661902;{AFFECTED};1", "", ";TW33661902;2", 'TW24"1;;3'])
@example(["TW24013337", 'TW"2"4', "a;b"])
@example(["TW24013337 TW33661902"])
@example(["serial", '"TW""24"', '"a', 'b"'])
def test_a_file_that_stands_in_the_field_is_the_same_list(lines: list[str]) -> None:
    try:
        found = read("\n".join(lines))
    except ListRefused:
        return
    again = read(one_a_line(as_typed(found), KETTLE))
    moved = again.lines[0].number - found.lines[0].number
    assert moved == 0 or found.lines[0].number == 1

    def said(line: Line, moved: int) -> tuple[object, ...]:
        text = "" if line.state is LineState.REJECTED else line.text
        return line.number - moved, line.state, text, line.beside, line.of and line.of - moved

    assert [said(line, moved) for line in again.lines] == [said(line, 0) for line in found.lines]


def test_a_number_that_may_have_lost_zeros_of_any_product_is_read_as_none() -> None:
    book = workbook("Serial", number(123456), "123456")
    found = read_bytes(book, of_digits(6)).lines
    assert [line.state for line in found] == [LineState.WAITING, LineState.DUPLICATE]
    for lengths in ((6, 8), (8, 6)):
        first, second = read_bytes(book, of_digits(*lengths)).lines
        assert (first.state, first.why) == (LineState.REJECTED, "number_cell")
        assert second.state is LineState.WAITING
