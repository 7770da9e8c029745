"""Parquet files come in like any serial file, row by row, and lose nothing on the way."""

import random
from contextlib import suppress
from pathlib import Path

import pytest

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ColumnsNotClear, FileNotReadable, ImportRefused
from recalldesk.units.importing.run import Columns, Progress
from recalldesk.units.importing.tables import parquet_file
from recalldesk.units.states import RejectReason
from tests.units.desk import Desk, tally
from tests.units.parquet import parquet

DIGITS = SerialForm(alphabet="0123456789", shortest=6, longest=6)
ROWS = """
    SELECT * FROM (VALUES
        ('AB1201', 'one, "two"' || chr(10) || 'three', 1.5), (NULL, NULL, NULL), ('ab-1202', '', 2),
        ('AB1201', 'again', 3), ('AB?', 'x', NULL), ('', 'y', NULL)
    ) AS t("Serial No.", note, weight)
"""


@pytest.mark.parametrize("options", ["", ", ROW_GROUP_SIZE 2", ", COMPRESSION zstd"])
def test_rows_of_texts(desk: Desk, options: str) -> None:
    path = parquet(desk.folder / "units.bin", ROWS, options)
    report = desk.take(path, reject_file=desk.folder / "rejects.csv")
    assert tally(report) == (6, 0, 2, 2, 1, 1)
    assert desk.serials() == {"AB1201", "AB1202"}
    assert desk.rejects() == [
        (5, RejectReason.UNKNOWN_CHARACTER, b"AB?,x,"),
        (6, RejectReason.EMPTY_CELL, b",y,"),
    ]
    assert desk.take(path).pk is None


def test_ranges_and_named_columns(desk: Desk) -> None:
    path = parquet(desk.folder / "r.parquet", "SELECT 'AB120000' AS a, 'AB120009' AS b")
    with pytest.raises(ColumnsNotClear):
        desk.take(path)
    assert desk.take(path, columns=Columns(start="a", end="b")).accepted == 1


def test_more_rows_than_one_portion(desk: Desk) -> None:
    select = "SELECT 'AB' || lpad(i::varchar, 8, '0') AS serial FROM range(250000) AS t(i)"
    told: list[Progress] = []
    report = desk.take(parquet(desk.folder / "many", select), progress=told.append)
    assert tally(report) == (250_000, 0, 250_000, 0, 0, 0)
    assert told[-1].bytes_read == told[-1].bytes_total


def test_bytes_that_are_text_and_bytes_that_are_not(desk: Desk) -> None:
    select = "SELECT * FROM (VALUES ('AB1201'::BLOB), ('\\xC3\\x28'::BLOB)) AS t(serial)"
    report = desk.take(parquet(desk.folder / "b.parquet", select))
    assert tally(report) == (2, 0, 1, 1, 0, 0)
    assert desk.rejects() == [(2, RejectReason.NOT_DECODABLE, b"\xc3\x28")]


def test_whole_numbers_are_serials_only_if_no_digit_can_be_lost(desk: Desk) -> None:
    select = "SELECT * FROM (VALUES (123456), (12345), (-123456), (NULL)) AS t(serial)"
    report = desk.take(parquet(desk.folder / "n.parquet", select), form=DIGITS)
    assert tally(report) == (4, 0, 1, 2, 0, 1)
    assert {reason for _, reason, _ in desk.rejects()} == {RejectReason.NUMBER_CELL}
    many = parquet(desk.folder / "h.parquet", "SELECT 1234567890123456789::UBIGINT AS serial")
    long = SerialForm(alphabet="0123456789", shortest=19, longest=19)
    assert desk.take(many, form=long, replace=True).accepted == 1


@pytest.mark.parametrize("kind", ["DOUBLE", "DECIMAL(9,2)", "BOOLEAN", "DATE", "UUID", "TIMESTAMP"])
def test_a_column_that_is_no_text_is_refused(desk: Desk, kind: str) -> None:
    path = parquet(desk.folder / "k.parquet", f"SELECT NULL::{kind} AS serial, 'x' AS note")
    with pytest.raises(FileNotReadable, match="no text"):
        desk.take(path)


@pytest.mark.parametrize("nested", ["['AB1201']", "{'serial': 'AB1201'}", "map(['a'], ['b'])"])
def test_lists_and_records_are_refused(desk: Desk, nested: str) -> None:
    path = parquet(desk.folder / "l.parquet", f"SELECT 'AB1201' AS serial, {nested} AS other")
    with pytest.raises(FileNotReadable, match="lists or records"):
        desk.take(path)


def test_a_second_column_of_serials_is_refused(desk: Desk) -> None:
    path = parquet(desk.folder / "2.parquet", "SELECT 'AB1201' AS serial, 'CD1201' AS other")
    with pytest.raises(ColumnsNotClear, match="More than one column"):
        desk.take(path)
    desk.take(path, columns=Columns("other"))
    assert desk.serials() == {"CD1201"}


def test_a_name_with_signs_opens_no_other_file(desk: Desk) -> None:
    parquet(desk.folder / "units2.parquet", "SELECT 'CD1201' AS serial")
    folder = desk.folder / "year=2024"
    folder.mkdir()
    starred = parquet(folder / "units.parquet", "SELECT 'AB1201' AS serial").rename(
        desk.folder / "units*.parquet"
    )
    assert tally(desk.take(starred)) == (1, 0, 1, 0, 0, 0)
    assert desk.serials() == {"AB1201"}


def test_no_rows(desk: Desk) -> None:
    path = parquet(desk.folder / "0.parquet", "SELECT 'x' AS serial WHERE false")
    with pytest.raises(FileNotReadable, match="no rows"):
        desk.take(path)


def test_rows_that_the_footer_does_not_know_of_are_caught(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = parquet_file._Rows.read
    monkeypatch.setattr(
        parquet_file._Rows, "read", lambda rows, columns: list(whole(rows, columns))[:-1]
    )
    path = parquet(desk.folder / "lost.parquet", ROWS)
    with pytest.raises(ImportRefused, match="6 lines, but 5 were read"):
        desk.take(path)
    assert desk.serials() == set()


def test_any_byte_turned_over_is_no_traceback(desk: Desk) -> None:
    path = parquet(desk.folder / "fine.parquet", ROWS)
    content = path.read_bytes()
    draw = random.Random(5)
    for _ in range(150):
        broken = bytearray(content)
        for _ in range(draw.choice([1, 1, 4])):
            broken[draw.randrange(len(broken))] ^= 1 << draw.randrange(8)
        changed = Path(desk.file(bytes(broken), "broken.parquet"))
        with suppress(ImportRefused):
            tally(desk.take(changed))
