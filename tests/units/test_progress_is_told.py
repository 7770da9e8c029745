"""Whoever waits is told how far the import is, and not too often."""

from recalldesk.units.importing.run import Progress
from tests.units.desk import Desk


def test_the_last_word_is_that_all_was_read(desk: Desk) -> None:
    told: list[Progress] = []
    rows = "".join(f"AB{number:08d}\n" for number in range(450_000))
    desk.take("serial\n" + rows, progress=told.append)
    assert told[-1].bytes_read == told[-1].bytes_total == len(rows) + 7
    assert told[-1].rows == 450_001
    assert told[-1].seconds_left == 0
    assert told[-1].rows_per_second > 0
    assert [word.rows for word in told] == sorted({word.rows for word in told})
