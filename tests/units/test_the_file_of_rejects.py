"""The rejects go back to their sender: line, reason and the row as it came."""

import csv

import pytest

from recalldesk.units.errors import ImportRefused
from tests.units.desk import Desk


def test_it_can_be_parsed_and_holds_rows_in_full(desk: Desk) -> None:
    long = "x" * 200_000
    desk.take(
        f'serial\n"AB1201\nAB1202\n=1+1\nA,"b"\n{long}\nAB\x0012\n',
        reject_file=desk.folder / "rejects.csv",
    )
    with (desk.folder / "rejects.csv").open(encoding="utf-8", newline="") as file:
        csv.field_size_limit(1_000_000)
        rows = list(csv.reader(file))
    assert rows == [
        ["line", "reason", "row", "advice"],
        ["2", "stray_quote", '"AB1201', ""],
        ["4", "unknown_character", "=1+1", ""],
        ["5", "stray_quote", 'A,"b"', ""],
        ["6", "cell_too_long", long, ""],
        ["7", "nul", "AB\x0012", ""],
    ]
    assert len(desk.rejects()[3][2]) == 64 << 10
    assert sorted(path.name for path in desk.folder.iterdir()) == ["rejects.csv", "serials.csv"]


def test_bytes_that_cannot_be_read_are_escaped(desk: Desk) -> None:
    desk.take(b"serial\nAB12\x8101\n", reject_file=desk.folder / "rejects.csv")
    assert "\\udc81" in (desk.folder / "rejects.csv").read_text(encoding="utf-8")


def test_it_is_never_the_file_that_is_imported(desk: Desk) -> None:
    path = desk.file("serial\nAB1201\nnonsense!\n")
    with pytest.raises(ImportRefused, match="is the file that is imported"):
        desk.take(path, reject_file=desk.folder / "." / path.name)
    assert path.read_text() == "serial\nAB1201\nnonsense!\n"
    assert desk.serials() == set()


def test_a_repeat_that_brings_nothing_writes_none(desk: Desk) -> None:
    desk.take("serial\nAB1201\nnonsense!\n")
    report = desk.take("serial\nAB1201\nnonsense!\n", reject_file=desk.folder / "rejects.csv")
    assert report.pk is None
    assert not (desk.folder / "rejects.csv").exists()


def test_without_rejects_there_is_no_file(desk: Desk) -> None:
    desk.take("serial\nAB1201\n", reject_file=desk.folder / "rejects.csv")
    assert not (desk.folder / "rejects.csv").exists()
