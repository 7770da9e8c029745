"""What left the house stands outside the database, whole, whatever crashed."""

import errno
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import override_settings
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


def test_where_the_disk_is_full_it_says_so_and_hides_no_line_that_follows(
    tmp_path: Path, settings: Settings
) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    full = override_settings(JOURNAL_APPENDS=f"{__name__}.half_a_line")
    with full, pytest.raises(OSError, match="No space left"):
        journal.note("code", {"remedy": "1"})
    journal.note("code", {"remedy": "2"})
    assert [line["remedy"] for line in journal.lines()] == ["2"]


def half_a_line(path: Path, entries: Sequence[Mapping[str, str]]) -> None:
    path.write_text(json.dumps(dict(entries[0]))[:20])
    raise OSError(errno.ENOSPC, "No space left on device")
