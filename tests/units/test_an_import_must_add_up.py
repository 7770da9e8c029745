"""If rows and lines do not add up, nothing is stored."""

import pytest

from recalldesk.foundation.line_count import LineCount
from recalldesk.units.errors import FileNotReadable, LinesNotAccountedFor
from recalldesk.units.importing.run import Progress
from recalldesk.units.importing.serial_rows import SerialRows
from recalldesk.units.importing.taken import Taken
from tests.units.desk import Desk


def test_a_reader_that_loses_a_line_is_caught(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = SerialRows.take

    def careless(self: SerialRows, lines: list[str]) -> Taken:
        return whole(self, lines[:-1])

    monkeypatch.setattr(SerialRows, "take", careless)
    with pytest.raises(LinesNotAccountedFor, match="4 lines, but 3 were read"):
        desk.take("serial\nAB1201\nAB1202\nAB1203\n")
    assert desk.serials() == set()


def test_a_file_that_changes_meanwhile_is_refused(desk: Desk) -> None:
    rows = "".join(f"AB{number:08d}\n" for number in range(600_000))
    path = desk.file("serial\n" + rows)

    def change(progress: Progress) -> None:
        with path.open("r+b") as file:
            file.seek(-5, 2)
            file.write(b"0000\n")

    with pytest.raises(FileNotReadable, match="changed"):
        desk.take(path, progress=change)
    assert desk.serials() == set()


@pytest.mark.parametrize(
    ("content", "lines"),
    [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\r\nb", 2), (b"\r\r\n\n", 3), (b"\r", 1), (b"a\r\n", 1)],
)
def test_lines_counted_in_blocks_of_any_length(content: bytes, lines: int) -> None:
    wide = content.decode().encode("utf-16-be")
    for size in (1, 2, 3, 100):
        narrow = LineCount(unit=1, high_first=False, skip=0)
        units = LineCount(unit=2, high_first=True, skip=2)
        for start in range(0, len(content), size):
            narrow.add(content[start : start + size])
        marked = b"\xfe\xff" + wide
        for start in range(0, len(marked), size):
            units.add(marked[start : start + size])
        assert (narrow.total(), units.total()) == (lines, lines)


def test_a_character_that_only_looks_like_a_line_end_in_utf_16() -> None:
    count = LineCount(unit=2, high_first=False, skip=0)
    count.add("\u0a0a\u0d0a\u0a0d\u000b".encode("utf-16-le"))
    assert count.total() == 1
