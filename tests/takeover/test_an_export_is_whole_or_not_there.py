"""An export stands in its folder whole, or not at all: whoever else writes there, and wherever the
run is killed."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from recalldesk.takeover.errors import LeavingRefused
from recalldesk.takeover.leaving.folder import MANIFEST, begin

KILLED = """
import os, sys
from pathlib import Path
from recalldesk.takeover.leaving import folder
begun = folder.begin(Path(sys.argv[1]))
begun.write("one.csv", [b"1\\n"])
if sys.argv[2] == "named":
    Path.rename = lambda *_: os._exit(9)
    begun.finish({})
os._exit(9)
"""


def test_of_two_at_once_the_second_is_refused_and_the_first_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "left"
    first = begin(place)
    first.write("one.csv", [b"1\n"])
    with pytest.raises(LeavingRefused, match="at this moment"):
        begin(place)
    first.write("two.csv", [b"2\n"])
    first.finish({})
    assert sorted(each.name for each in place.iterdir()) == [MANIFEST, "one.csv", "two.csv"]
    with pytest.raises(LeavingRefused, match="is there already"):
        begin(place)


@pytest.mark.parametrize("where", ["written", "named"])
def test_what_a_killed_run_left_is_no_export_and_goes_before_the_next(
    tmp_path: Path, where: str
) -> None:
    place = tmp_path / "left"
    ran = subprocess.run([sys.executable, "-c", KILLED, str(place), where], check=False)
    assert ran.returncode == 9
    assert not place.exists()
    assert [each.name for each in tmp_path.iterdir()] == [".left.unfinished"]
    again = begin(place)
    again.write("two.csv", [b"2\n"])
    again.finish({})
    assert [each.name for each in tmp_path.iterdir()] == ["left"]
    assert sorted(each.name for each in place.iterdir()) == [MANIFEST, "two.csv"]


@pytest.mark.parametrize("kind", ["file", "folder", "empty folder", "link", "link to nothing"])
def test_what_is_there_is_never_touched(tmp_path: Path, kind: str) -> None:
    place, other = tmp_path / "left", tmp_path / "other"
    other.mkdir()
    match kind:
        case "file":
            place.write_text("mine")
        case "folder":
            place.mkdir()
            (place / "mine").write_text("mine")
        case "empty folder":
            place.mkdir()
        case "link":
            place.symlink_to(other)
        case _:
            place.symlink_to(tmp_path / "nothing")
    with pytest.raises(LeavingRefused, match="is there already"):
        begin(place)
    assert not (tmp_path / ".left.unfinished").exists()


def test_what_came_meanwhile_in_its_place_is_not_touched(tmp_path: Path) -> None:
    place = tmp_path / "left"
    begun = begin(place)
    place.mkdir()
    (place / "mine").write_text("mine")
    with pytest.raises(LeavingRefused, match="came to stand"):
        begun.finish({})
    assert [each.name for each in place.iterdir()] == ["mine"]


def test_a_place_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LeavingRefused, match="cannot be written"):
        begin(tmp_path / "no" / "left")


def test_the_lock_goes_with_its_run(tmp_path: Path) -> None:
    begun = begin(tmp_path / "left")
    unfinished = begun.unfinished
    begun.discard()
    assert not unfinished.exists()
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
    begin(tmp_path / "left").discard()
