"""The index holds every serial of every list: only its user reads it, from the first byte on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from recalldesk.foundation import clock
from recalldesk.postgres import privileges
from recalldesk.postgres.privileges import Account
from recalldesk.units.index.folders import Unneeded
from tests.example_indexes import build_a1263
from tests.strangers import careless_umask, find_stranger, mode, place_for_everybody, run_as


@pytest.fixture
def home() -> Iterator[Path]:
    """A data folder that is open to all, so that the index must close itself."""
    with place_for_everybody() as folder:
        yield folder


@pytest.fixture
def stranger() -> Account:
    return find_stranger()


def open_to_others(index: Path) -> dict[str, str]:
    return {
        str(path): oct(mode(path))
        for path in (index, index.with_name("index.lock"), *index.rglob("*"))
        if mode(path) != (0o700 if path.is_dir() else 0o600)
    }


def test_it_is_closed_to_others_whatever_the_umask(home: Path) -> None:
    with careless_umask():
        build_a1263(home / "index")
    assert len(list((home / "index").rglob("*.marisa"))) == 4
    assert open_to_others(home / "index") == {}


def test_it_is_closed_while_it_is_written(home: Path) -> None:
    seen: list[dict[str, str]] = []
    with careless_umask():
        build_a1263(
            home / "index", while_reading=lambda: seen.append(open_to_others(home / "index"))
        )
    assert seen == [{}]


def test_one_that_was_left_open_is_closed(home: Path) -> None:
    folder = build_a1263(home / "index")
    for path in (home / "index", folder, folder / "group-0"):
        path.chmod(0o755)
    (folder / "group-0" / "exact.marisa").chmod(0o644)
    Unneeded().remove(home / "index", needed=(), at=clock.now())
    assert open_to_others(home / "index") == {}


def test_another_user_reads_nothing_of_it(home: Path, stranger: Account) -> None:
    build_a1263(home / "index")
    assert privileges.passes(stranger, "-x", home)
    for test in ("-x", "-r", "-w"):
        assert not privileges.passes(stranger, test, home / "index")


def test_what_root_builds_in_a_users_folder_is_that_users(home: Path, stranger: Account) -> None:
    os.chown(home, stranger.uid, stranger.gid)
    folder = build_a1263(home / "index")
    owners = {path.stat().st_uid for path in (home / "index.lock", *(home / "index").rglob("*"))}
    assert owners == {stranger.uid}
    assert privileges.passes(stranger, "-r", folder / "group-0" / "exact.marisa")
    assert open_to_others(home / "index") == {}


def test_an_ordinary_user_builds_it_alike(home: Path, stranger: Account) -> None:
    os.chown(home, stranger.uid, stranger.gid)
    run_as(
        stranger,
        "from pathlib import Path\nfrom tests.example_indexes import build_a1263",
        f"os.umask(0)\nbuild_a1263(Path({str(home / 'index')!r}))",
    )
    assert open_to_others(home / "index") == {}
    assert (home / "index").stat().st_uid == stranger.uid
