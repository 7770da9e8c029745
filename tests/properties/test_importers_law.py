"""Whatever a file holds: every line is accounted for, and every right serial is taken."""

import csv
import gzip
import io
import re
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.foundation.line_count import LineCount
from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.units.errors import ImportRefused
from recalldesk.units.importing import decoding, judging
from recalldesk.units.importing.layout import DELIMITERS, Layout
from recalldesk.units.importing.serial_rows import SerialRows
from recalldesk.units.states import RejectReason
from tests.units.desk import FORM, Desk, make_desk, tally

HARD = st.sampled_from('AB019-_ ",;\t|\x00\x0b\x1c\x85\u2028\u00a0é\u0661Ａ\'"\\\ufeff€ÿ')
CELL = st.text(HARD, max_size=12) | st.from_regex(r"[A-H0-9OI]{6,10}", fullmatch=True)
LINES = st.lists(CELL, max_size=12)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
ON_A_DATABASE = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def parted(content: str) -> list[str]:
    """The lines of a text, by a regular expression alone."""
    lines = re.split("\r\n|\n|\r", content)
    return lines[:-1] if lines[-1] == "" else lines


@ON_A_DATABASE
@given(lines=LINES, ends=st.lists(ENDS, min_size=13, max_size=13), encoding=ENCODINGS,
       packed=st.booleans(), junk=st.binary(max_size=3))  # fmt: skip
def test_the_law_for_any_lines(
    desk: Desk, lines: list[str], ends: list[str], encoding: str, packed: bool, junk: bytes
) -> None:
    text = "".join(line + end for line, end in zip(["serial", *lines], ends, strict=False))
    content = text.encode(encoding, "replace") + junk
    try:
        with transaction.atomic():
            report = desk.take(gzip.compress(content) if packed else content)
            found = desk.serials()
            rejected = {number for number, _, _ in desk.rejects()}
            transaction.set_rollback(True)
    except ImportRefused:
        return
    counts = tally(report)
    assert len(found) == counts[2]
    assert len(rejected) == counts[3]
    is_guessed = encoding in ("utf-16-le", "utf-16-be") and "\0" in text  # by its NUL pattern
    if not junk and not is_guessed:
        assert counts[0] == len(parted(text))
        for number, line in enumerate(parted(text), 1):
            expected = FORM.fold(normalise(line))
            plain = line.isascii() and not set(line) & set('\0",;\t|')
            if number > 1 and plain and FORM.is_well_formed(expected):
                assert expected in found
                assert number not in rejected


@ON_A_DATABASE
@given(content=st.binary(max_size=200))
def test_the_law_for_any_bytes(desk: Desk, content: bytes) -> None:
    try:
        with transaction.atomic():
            tally(desk.take(b"serial\n" + content))
            transaction.set_rollback(True)
    except ImportRefused:
        return


@ON_A_DATABASE
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=10), delimiter=st.sampled_from(DELIMITERS))
def test_whatever_a_csv_writer_writes_on_one_line_is_read(
    desk: Desk, rows: list[tuple[str, str]], delimiter: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerows([("serial", "note"), ("AB1201", "x"), *rows])
    with transaction.atomic():
        report = desk.take(written.getvalue())
        found = desk.serials()
        transaction.set_rollback(True)
    assert tally(report)[0] == len(rows) + 2
    expected = {
        outcome
        for serial, note in rows
        if "\0" not in serial + note
        and not isinstance(outcome := judging.judge(serial, FORM), RejectReason)
    }
    assert found == expected | {"AB1201"}


@settings(deadline=None)
@given(lines=st.lists(CELL, min_size=1, max_size=12), width=st.sampled_from([1, 2]))
def test_lines_together_are_judged_as_each_line_alone(lines: list[str], width: int) -> None:
    layout = Layout("", 1, (0,), (), DELIMITERS) if width == 1 else Layout(";", 2, (1,), ())
    rows = SerialRows(layout, FORM)
    together = rows.take(lines)
    alone = [rows.take([line]) for line in lines]
    assert sorted(together.serials) == sorted(s for one in alone for s in one.serials)
    assert together.blank == sum(one.blank for one in alone)
    assert sorted(together.rejects) == [
        (index, reason) for index, one in enumerate(alone) for _, reason in one.rejects
    ]


@given(
    text=st.text(st.sampled_from("AB01CZ"), max_size=5),
    shapes=st.lists(
        st.lists(st.sampled_from(["A", "AB", "01", "Z?"]).map(frozenset), max_size=4).map(tuple),
        max_size=3,
    ).map(tuple),
)
def test_the_fast_judgement_is_the_form_s_own(
    text: str, shapes: tuple[tuple[frozenset[str], ...], ...]
) -> None:
    form = SerialForm(alphabet="01ABC", shortest=2, longest=3, shapes=shapes)
    serials, doubtful = judging.SerialCheck(form).folded([text, "A0"])
    is_serial = form.is_well_formed(text)
    assert (text in serials[:1] and 0 not in doubtful) is is_serial or text == "A0"
    assert (1 not in doubtful) is form.is_well_formed("A0")


@given(content=st.binary(max_size=60), size=st.integers(1, 9), high_first=st.booleans())
def test_units_are_counted_as_decoding_sees_them(
    content: bytes, size: int, high_first: bool
) -> None:
    count = LineCount(unit=2, high_first=high_first, skip=0)
    for start in range(0, len(content), size):
        count.add(content[start : start + size])
    whole = content[: len(content) - len(content) % 2]
    text = whole.decode("utf-16-be" if high_first else "utf-16-le", "surrogatepass")
    assert count.total() == len(parted(text + "x" * (len(content) % 2)))


@settings(deadline=None)
@given(
    content=st.binary(max_size=60) | st.text(HARD, max_size=30).map(str.encode),
    encoding=st.sampled_from(list(decoding.Encoding)),
)
def test_decoding_loses_nothing(content: bytes, encoding: decoding.Encoding) -> None:
    from recalldesk.units.importing.opening import opened

    coding = decoding.Coding(encoding, 0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any"
        path.write_bytes(b"x" * coding.unit + content)
        with opened(path) as file:
            pieces = list(coding.decoded(file))
    again = b"".join(coding.encode(text) for text, _ in pieces) + pieces[-1][1]
    assert again == b"x" * coding.unit + content
