"""The made-up warehouse counts every line once, wherever it is killed; none is a double to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from recalldesk.demo.providers.ledger import lines_of
from recalldesk.demo.providers.papers import Line, Trays, work_through

MARKS = ("A", "B", "A", "C")


class Killed(BaseException):
    """What nothing catches."""


def lines(path: Path, killed_at: int | None) -> Iterator[Line]:
    for number, mark in enumerate(path.read_text().split()):
        if number == killed_at:
            raise Killed
        yield mark, ""


def work(folder: Path, killed_at: int | None = None) -> int:
    return work_through(
        Trays.below(folder),
        folder / "ledger",
        "parcel",
        lambda path: lines(path, killed_at),
        lambda path, outgoing: None,
    )


@pytest.mark.parametrize("killed_at", range(len(MARKS)))
def test_killed_at_any_line_it_goes_on_with_the_next(tmp_path: Path, killed_at: int) -> None:
    trays = Trays.below(tmp_path)
    (trays.incoming / "list").write_text(" ".join(MARKS))
    with pytest.raises(Killed):
        work(tmp_path, killed_at)
    assert work(tmp_path) == 1
    assert work(tmp_path) == 0
    assert [line["mark"] for line in lines_of(tmp_path / "ledger")] == list(MARKS)


def test_a_line_that_comes_again_in_another_file_counts_again(tmp_path: Path) -> None:
    trays = Trays.below(tmp_path)
    for name in ("first", "second"):
        (trays.incoming / name).write_text("A")
    assert work(tmp_path) == 2
    assert [line["mark"] for line in lines_of(tmp_path / "ledger")] == ["A", "A"]
