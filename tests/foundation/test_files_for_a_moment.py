"""A file that stands on disk in the clear is nobody else's to read, and is gone afterwards."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from recalldesk.foundation.passing_files import folder_for_a_moment, sweep

KILLED = """
import os, sys
from pathlib import Path
from recalldesk.foundation.passing_files import folder_for_a_moment
with folder_for_a_moment(Path(sys.argv[1])) as folder:
    (folder / "k20.csv").write_text("TW24550001")
    os._exit(9)
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "passing"


def test_it_is_closed_to_others_and_goes_with_the_moment(store: Path) -> None:
    with folder_for_a_moment(store) as folder:
        (folder / "k20.csv").write_text("TW24550001")
        assert [stat.S_IMODE(each.stat().st_mode) for each in (store, folder)] == [0o700, 0o700]
    assert list(store.iterdir()) == []


def test_it_goes_where_reading_it_failed(store: Path) -> None:
    with pytest.raises(FileNotFoundError), folder_for_a_moment(store) as folder:
        (folder / "k20.csv").rename(folder / "another.csv")
    assert list(store.iterdir()) == []


def test_what_a_killed_process_left_goes_but_nothing_that_is_in_use(store: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(store)], check=False)
    (left,) = store.iterdir()
    with folder_for_a_moment(store) as folder:
        sweep(store)
        assert set(store.iterdir()) == {left, folder}
    assert list(store.iterdir()) == []


def test_there_is_nothing_to_sweep_where_nothing_ever_came(store: Path) -> None:
    sweep(store)
    assert not store.exists()


def test_a_link_in_its_place_is_refused(store: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "theirs").mkdir(parents=True)
    store.symlink_to(elsewhere)
    with pytest.raises(OSError, match="passing"), folder_for_a_moment(store):
        pass
    assert (elsewhere / "theirs").is_dir()
