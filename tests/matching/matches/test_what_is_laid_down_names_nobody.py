"""Lines lie on disk only while they are matched, and nobody can read there who bought."""

from datetime import date
from pathlib import Path

import pytest

from recalldesk.matching.matches import spill as spilling
from recalldesk.matching.matches.matching import match_orders
from recalldesk.matching.matches.spill import Spill
from recalldesk.matching.orders import Buyer, ListedSerial, OrderLine
from tests.matching.matches.wanted_goods import WANTED, matches_of

BUYER = Buyer(
    "Aurora Madeupson",
    "aurora@example.com",
    phone="+1 212-555-0101",
    address={"street_address": "1 Example Street", "city": "Exampleton"},
)
LINE = OrderLine(
    7,
    "112-0000001-0000001",
    asin="B0MADEUP01",
    serial="SN-LISTED",
    ordered_on=date(2019, 5, 5),
    country="US",
    buyer=BUYER,
)
NAMED = (b"Aurora", b"aurora@", b"555-0101", b"Example Street", b"0000001-0000001", b"SN-LISTED")


def test_no_buyer_order_or_serial_stands_on_the_disk(tmp_path: Path) -> None:
    spill = Spill(tmp_path, lambda _: ListedSerial("bank"))
    spill.write_lines([LINE])
    spill.write_returns([LINE])
    written = b"".join(path.read_bytes() for path in sorted(tmp_path.rglob("*.parquet")))
    assert b"b0madeup01" in written
    assert not [text for text in NAMED if text in written]


def test_a_line_comes_back_as_it_was_from_any_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spilling, "PART", 3)
    found, _ = matches_of([LINE] * 10, tmp_path)
    assert [match.line for match in found] == [LINE] * 10


def test_nothing_is_left_behind_read_to_the_end_or_not(tmp_path: Path) -> None:
    matches_of([LINE] * 3, tmp_path)
    assert list(tmp_path.iterdir()) == []
    matches = match_orders([LINE] * 3, WANTED, channel="amazon", folder=tmp_path)
    next(iter(matches))
    assert len(list(tmp_path.iterdir())) == 1
    matches.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_lines_has_no_matches(tmp_path: Path) -> None:
    found, matches = matches_of([], tmp_path)
    assert (found, matches.outside.total(), matches.others) == ([], 0, 0)
