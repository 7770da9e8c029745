"""An old workbook (.xls) is read row by row, held against a count of its own records."""

import random
import struct
import tracemalloc
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from recalldesk.foundation.workbooks import old_book, old_records
from recalldesk.foundation.workbooks.row_count import RowCount
from recalldesk.matching.files.errors import OrderFileRefused, OrderLinesNotAccountedFor
from tests.matching.files.made import NEWEGG, read
from tests.matching.files.test_newegg_files import ROW
from tests.units.old_workbooks import old_workbook

CELLS: list[object] = [ROW.get(heading, "") for heading in NEWEGG]
CELLS[NEWEGG.index("Quantity Ordered")] = 3
CELLS[NEWEGG.index("Extend Unit Price")] = 89.97
CELLS[NEWEGG.index("Order Date & Time")] = date(2026, 7, 5)
OTHER = ["LAMP" if cell == "A1263-BLK" else cell for cell in CELLS]


def test_numbers_days_and_prices_come_as_they_are_meant(tmp_path: Path) -> None:
    line = read(tmp_path, old_workbook(NEWEGG, CELLS), "newegg").one
    assert (line.number, line.order, line.units) == (2, "100000001", 3)
    assert line.ordered_on == date(2026, 7, 5)
    assert str(line.price) == "89.97"
    assert line.buyer.email == "ann@example.com"


def test_every_row_is_counted_the_hidden_and_the_empty_ones_too(tmp_path: Path) -> None:
    content = old_workbook(NEWEGG, CELLS, [], OTHER, [None], CELLS, hidden=frozenset({3}))
    found = read(tmp_path, content, "newegg")
    assert [(line.number, line.copies) for line in found.lines] == [(2, 2)]
    counts = found.counts
    assert (counts.lines, counts.blank, counts.others, counts.duplicate) == (6, 2, 1, 1)
    assert "Rows hidden in the sheet, and read like the others: 1." in found.remarks


def test_of_several_sheets_only_one_may_hold_rows(tmp_path: Path) -> None:
    assert read(tmp_path, old_workbook(NEWEGG, CELLS, Empty=[]), "newegg").one.units == 3
    with pytest.raises(OrderFileRefused, match="2 sheets"):
        read(tmp_path, old_workbook(NEWEGG, CELLS, More=[["x"]]), "newegg")
    with pytest.raises(OrderFileRefused, match="no rows"):
        read(tmp_path, old_workbook(), "newegg")


def test_a_row_that_the_reader_loses_refuses_the_file(tmp_path: Path) -> None:
    counted = RowCount(3, 3)
    with (
        patch.object(old_book.OldBook, "count", lambda *_: counted),
        pytest.raises(OrderLinesNotAccountedFor, match="3 filled rows, but 2"),
    ):
        read(tmp_path, old_workbook(NEWEGG, CELLS), "newegg")


def test_a_small_workbook_lies_in_small_sectors(tmp_path: Path) -> None:
    """Programs put a stream of less than 4 KiB into sectors of 64 bytes."""
    content = old_workbook(NEWEGG, CELLS)
    assert read(tmp_path, _with_smallest(content, 1 << 12), "newegg").one.units == 3


def _with_smallest(content: bytes, size: int) -> bytes:
    return content[:56] + struct.pack("<I", size) + content[60:]


def _broken() -> list[tuple[str, bytes]]:
    sound = old_workbook(NEWEGG, *[CELLS] * 20)
    draw = random.Random(11)
    made = [("cut", sound[: draw.randrange(8, len(sound))]) for _ in range(12)]
    for _ in range(24):
        changed = bytearray(sound)
        for place in draw.sample(range(8, len(sound)), draw.choice((1, 5, 200))):
            changed[place] = draw.randrange(256)
        made.append(("changed", bytes(changed)))
    for _ in range(6):
        changed = bytearray(sound)
        start = draw.randrange(8, 4000)
        changed[start : start + 64] = draw.randbytes(64)
        made.append(("strewn", bytes(changed)))
    made.append(("nothing but a signature", sound[:8]))
    made.append(("zeros", sound[:8] + bytes(600)))
    made.append(("noise", sound[:8] + draw.randbytes(20_000)))
    return made


def test_whatever_is_broken_is_refused_in_words_or_read_by_the_law(tmp_path: Path) -> None:
    refused = 0
    for _, content in _broken():
        try:
            read(tmp_path, content, "newegg")
        except (OrderFileRefused, OrderLinesNotAccountedFor) as problem:
            refused += bool(problem.hint)
    assert refused > 15


def test_a_chain_in_a_circle_ends(tmp_path: Path) -> None:
    content = bytearray(old_workbook(NEWEGG, *[CELLS] * 40))
    at = (struct.unpack_from("<I", content, 76)[0] + 1) * 512
    content[at : at + 400] = struct.pack("<100I", *range(100))
    with pytest.raises(OrderFileRefused, match="does not end"):
        read(tmp_path, bytes(content), "newegg")


def test_a_locked_one_says_so(tmp_path: Path) -> None:
    content = old_workbook(NEWEGG, CELLS)
    name = "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(OrderFileRefused, match="password"):
        read(tmp_path, content[:8] + bytes(600) + name, "newegg")
    writes = struct.pack("<HH", 0x0809, 16)
    locked = content.replace(b"\x42\x00\x02\x00", struct.pack("<HH", old_records.LOCKED, 2), 1)
    assert writes in content
    assert locked != content
    with pytest.raises(OrderFileRefused, match="password"):
        read(tmp_path, locked, "newegg")


def test_one_that_is_beyond_any_list_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = old_workbook(NEWEGG, *[CELLS] * 40)
    monkeypatch.setattr(old_records, "MOST_CELLS", 100)
    with pytest.raises(OrderFileRefused, match="more cells"):
        read(tmp_path, content, "newegg")
    monkeypatch.setattr(old_book, "LARGEST", 1_000)
    with pytest.raises(OrderFileRefused, match="larger"):
        read(tmp_path, content, "newegg")


def test_memory_is_a_small_multiple_of_the_file(tmp_path: Path) -> None:
    content = old_workbook(NEWEGG, *([*CELLS[:-1], f"row {at}"] for at in range(1_500)))
    tracemalloc.start()
    try:
        read(tmp_path, content, "newegg")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 64 * len(content) + (96 << 20)
