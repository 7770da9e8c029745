"""Building takes more than a gigabyte: one program at a time, and a killed one leaves no trace."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from recalldesk.foundation import clock
from recalldesk.units.index.folders import BEING_BUILT, Unneeded
from recalldesk.units.index.version_index import is_whole, open_version
from tests.example_indexes import SERIALS, build_a1263

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys, time
from pathlib import Path
from tests.example_indexes import build_a1263

folder, name, me = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])

def reading():
    me.with_suffix(".reads").touch()
    while not me.with_suffix(".may_end").exists():
        time.sleep(0.01)

me.with_suffix(".begins").touch()
build_a1263(folder, name, reading)
"""


class Builder:
    """Another program that builds an index, and reads its list until it is told to go on."""

    def __init__(self, folder: Path, name: str, me: Path) -> None:
        self._me = me
        self.running = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, folder, name, me],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    def reads(self) -> bool:
        return self._me.with_suffix(".reads").exists()

    def wait_until(self, what: str) -> None:
        until = time.monotonic() + 60
        while not self._me.with_suffix(f".{what}").exists():
            assert self.running.poll() is None, "it ended too early"
            assert time.monotonic() < until, f"it never {what}"
            time.sleep(0.01)

    def go_on(self) -> None:
        self._me.with_suffix(".may_end").touch()

    def ends_well(self) -> bool:
        return self.running.wait(60) == 0


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[Callable[[str], Builder]]:
    """Starts a program that builds an index of this name; killed after the test."""
    made: list[Builder] = []

    def start(name: str) -> Builder:
        made.append(Builder(tmp_path / "index", name, tmp_path / str(len(made))))
        return made[-1]

    yield start
    for each in made:
        each.running.kill()
        each.running.wait()


def drafts(root: Path) -> list[Path]:
    return list(root.glob(f"{BEING_BUILT}*"))


def test_a_second_program_waits_for_the_first(
    builder: Callable[[str], Builder], tmp_path: Path
) -> None:
    first = builder("one")
    first.wait_until("reads")
    second = builder("two")
    second.wait_until("begins")
    time.sleep(0.3)
    assert not second.reads()
    assert len(drafts(tmp_path / "index")) == 1
    first.go_on()
    second.wait_until("reads")
    assert is_whole(tmp_path / "index" / "one")
    second.go_on()
    assert first.ends_well()
    assert second.ends_well()
    assert is_whole(tmp_path / "index" / "two")


def test_who_waited_for_the_same_index_finds_it_and_reads_nothing(
    builder: Callable[[str], Builder],
) -> None:
    first = builder("one")
    first.wait_until("reads")
    second = builder("one")
    second.wait_until("begins")
    time.sleep(0.3)
    first.go_on()
    assert first.ends_well()
    assert second.ends_well()
    assert not second.reads()


def test_a_killed_builder_frees_its_place_and_the_next_removes_what_it_left(
    builder: Callable[[str], Builder], tmp_path: Path
) -> None:
    killed = builder("one")
    killed.wait_until("reads")
    (left,) = drafts(tmp_path / "index")
    os.kill(killed.running.pid, signal.SIGKILL)
    killed.running.wait()
    assert left.exists()
    build_a1263(tmp_path / "index", "one")
    assert open_version(tmp_path / "index" / "one").scopes[0].holds(SERIALS["a1263"][0])
    assert drafts(tmp_path / "index") == []


def test_what_a_killed_builder_left_is_removed_where_nothing_is_built(
    builder: Callable[[str], Builder], tmp_path: Path
) -> None:
    killed = builder("one")
    killed.wait_until("reads")
    Unneeded().remove(tmp_path / "index", needed=(), at=clock.now())
    assert len(drafts(tmp_path / "index")) == 1
    os.kill(killed.running.pid, signal.SIGKILL)
    killed.running.wait()
    Unneeded().remove(tmp_path / "index", needed=(), at=clock.now())
    assert drafts(tmp_path / "index") == []
