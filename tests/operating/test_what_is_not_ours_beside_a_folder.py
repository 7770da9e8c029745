"""Whatever stands in or beside the folder of a stand-in and was not put there by us stays."""

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.operating.errors import StandInProblem
from recalldesk.operating.stand_in import folder as folders
from recalldesk.operating.stand_in import swapping
from recalldesk.operating.stand_in.exporting import export
from recalldesk.operating.stand_in.manifest import NAME
from tests.operating.test_a_folder_is_put_in_place import FILES, NEW, content, put

PHOTO = {"family.jpg": b"photo"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "www" / "recall"


def somebodys(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "family.jpg").write_bytes(b"photo")
    return folder


@pytest.mark.parametrize("is_written", [True, False])
@pytest.mark.parametrize(
    "name", [".recall.old", ".recall.new-mine", ".recall.new-0123456789ab", ".recall.new-"]
)
def test_a_folder_beside_it_without_our_manifest_is_left_where_it_is(
    place: Path, name: str, is_written: bool
) -> None:
    if is_written:
        put(place, FILES)
    theirs = somebodys(place.with_name(name))
    put(place, NEW)
    assert content(theirs) == PHOTO
    assert content(place).keys() == {*NEW, NAME}


def test_nor_does_one_with_our_manifest_go_that_holds_something_else(place: Path) -> None:
    put(place, FILES)
    put(place.with_name("other"), FILES)
    left = place.with_name(".recall.new-0123456789ab")
    place.with_name("other").rename(left)
    (left / "en" / "mine.html").write_bytes(b"mine")
    before = content(left)
    put(place, NEW)
    assert content(left) == before


def test_what_we_left_beside_it_goes_also_where_it_was_only_begun(place: Path) -> None:
    put(place.with_name("other"), FILES)
    left = place.with_name(".recall.new-0123456789ab")
    place.with_name("other").rename(left)
    (left / "robots.txt").unlink()
    place.with_name(".recall.new-ba9876543210").mkdir()
    put(place, NEW)
    assert [path.name for path in place.parent.iterdir()] == ["recall"]


def test_a_file_or_a_link_of_such_a_name_stops_nothing(place: Path, tmp_path: Path) -> None:
    theirs = somebodys(tmp_path / "theirs")
    put(place, FILES)
    place.with_name(".recall.new-0123456789ab").write_bytes(b"a file")
    place.with_name(".recall.new-ba9876543210").symlink_to(theirs)
    place.with_name(".recall.old").symlink_to(theirs)
    assert put(place, NEW)
    assert content(theirs) == PHOTO
    assert len(list(place.parent.iterdir())) == 4


def test_a_name_is_never_read_as_a_pattern(tmp_path: Path) -> None:
    put(tmp_path / "other", FILES)
    left = tmp_path / ".a.new-0123456789ab"
    (tmp_path / "other").rename(left)
    put(tmp_path / "[ab]", NEW)
    put(tmp_path / "*", NEW)
    assert left.is_dir()


@pytest.mark.parametrize("kind", ["an empty folder", "a link to a folder", "a link to a file"])
def test_a_folder_in_which_somebody_put_no_file_is_left_alone_too(
    place: Path, tmp_path: Path, kind: str
) -> None:
    theirs = somebodys(tmp_path / "theirs")
    put(place, FILES)
    if kind == "an empty folder":
        (place / ".well-known").mkdir()
    else:
        (place / "mine").symlink_to(theirs if "folder" in kind else theirs / "family.jpg")
    with pytest.raises(StandInProblem, match=r"did not put there, as (\.well-known|mine)"):
        put(place, NEW)
    assert content(place)["en/index.html"] == b"first"


def test_a_link_in_the_place_of_one_of_ours_is_somebodys(place: Path, tmp_path: Path) -> None:
    put(place, FILES)
    (place / "en").rename(tmp_path / "en")
    (place / "en").symlink_to(tmp_path / "en")
    with pytest.raises(StandInProblem, match="as en"):
        put(place, NEW)
    assert (tmp_path / "en" / "index.html").read_bytes() == b"first"


def test_it_is_looked_at_again_before_the_new_one_takes_its_place(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place, FILES)
    written = folders._write_file

    def meanwhile(path: Path, file: bytes) -> None:
        (place / "mine.html").write_bytes(b"mine")
        written(path, file)

    monkeypatch.setattr(folders, "_write_file", meanwhile)
    with pytest.raises(StandInProblem, match=r"mine\.html"):
        put(place, NEW)
    assert (place / "mine.html").read_bytes() == b"mine"
    assert [path.name for path in place.parent.iterdir()] == ["recall"]


def test_what_came_in_the_very_last_moment_is_kept_and_named(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place, FILES)
    exchanged = swapping.exchange

    def just_then(one: Path, other: Path) -> bool:
        (other / "mine.html").write_bytes(b"mine")
        return exchanged(one, other)

    monkeypatch.setattr(swapping, "exchange", just_then)
    with pytest.raises(StandInProblem, match=r"\.recall\.(old|new-[0-9a-f]{12})"):
        put(place, NEW)
    assert content(place)["en/index.html"] == b"second"
    (kept,) = (path for path in place.parent.iterdir() if path != place)
    assert (kept / "mine.html").read_bytes() == b"mine"


def test_without_an_exchange_somebodys_folder_in_the_way_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "exchange", lambda _one, _other: False)
    put(place, FILES)
    theirs = somebodys(place.with_name(".recall.old"))
    with pytest.raises(StandInProblem, match="in the way"):
        put(place, NEW)
    assert content(theirs) == PHOTO
    assert content(place)["en/index.html"] == b"first"


def test_a_disk_that_is_full_leaves_nothing_beside(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(place, FILES)
    assert not list(place.parent.iterdir())


@pytest.mark.parametrize("where", ["", "www", "index/www", "..", "linked"])
def test_a_place_in_around_or_at_the_folder_of_the_installation_is_refused(
    settings: Settings, tmp_path: Path, where: str
) -> None:
    settings.HOME = tmp_path / "desk" / "home"
    settings.HOME.mkdir(parents=True)
    (tmp_path / "elsewhere").symlink_to(settings.HOME)
    place = tmp_path / "elsewhere" / "www" if where == "linked" else settings.HOME / where
    with pytest.raises(StandInProblem, match="RECALLDESK_HOME"):
        export(place)
    assert not list(settings.HOME.iterdir())
