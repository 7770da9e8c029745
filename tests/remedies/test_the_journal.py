"""What left the house stands outside the database, whole, whatever crashed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pytest_django import Settings

from recalldesk.remedies import journal


def test_a_line_that_a_crash_cut_costs_no_other(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    journal.note("code", {"remedy": "1"})
    with (tmp_path / "journal" / journal.FILE).open("a") as file:
        file.write('{"kind": "code", "rem')
    journal.note("code", {"remedy": "2"})
    journal.note("file", {"remedy": "3"})
    assert [line["remedy"] for line in journal.lines("code")] == ["1", "2"]
    assert [line["remedy"] for line in journal.lines()] == ["1", "2", "3"]


def test_many_at_once_lose_nothing(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    journal.note("code", {"remedy": "first"})
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: journal.note("code", {"remedy": str(each)}), range(80)))
    assert len({line["remedy"] for line in journal.lines()}) == 81


def test_before_anything_left_it_is_empty(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    assert list(journal.lines()) == []
