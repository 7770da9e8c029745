"""The folder of a stand-in: whole or not at all, whatever happens on the way."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from recalldesk.operating.errors import StandInProblem
from recalldesk.operating.stand_in import swapping
from recalldesk.operating.stand_in.folder import is_whole, write
from recalldesk.operating.stand_in.manifest import NAME, Manifest, Shown, manifest_of

FILES = {"en/index.html": b"first", "static/a.css": b"p {}", "robots.txt": b"x"}
NEW = {**FILES, "en/index.html": b"second"}


def manifest(files: dict[str, bytes]) -> Manifest:
    shown = (Shown(recall="kettle", version=1, is_closed=False),)
    return manifest_of(files, site="https://recall.example", recalls=shown)


def put(folder: Path, files: dict[str, bytes]) -> bool:
    return write(folder, files, manifest(files))


def content(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "www" / "recall"


def test_a_new_folder_is_written_and_everybody_may_read_it(place: Path) -> None:
    assert put(place, FILES)
    assert content(place).keys() == {*FILES, NAME}
    for path in (place, *place.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o755 if path.is_dir() else 0o644), path
    assert [path.name for path in place.parent.iterdir()] == ["recall"]


def test_the_same_again_is_the_same_bytes_and_writes_nothing(place: Path) -> None:
    put(place, FILES)
    before, inode = content(place), place.stat().st_ino
    os.utime(place / NAME, (0, 0))
    assert not put(place, FILES)
    assert content(place) == before
    assert place.stat().st_ino == inode
    assert (place / NAME).stat().st_mtime > 0, "when it was found unchanged is noted"


def test_what_changed_takes_the_place_of_the_old(place: Path) -> None:
    put(place, FILES)
    assert put(place, NEW)
    assert content(place)["en/index.html"] == b"second"
    assert [path.name for path in place.parent.iterdir()] == ["recall"]


def test_a_file_that_somebody_changed_is_written_again(place: Path) -> None:
    put(place, FILES)
    (place / "robots.txt").write_bytes(b"changed")
    assert not is_whole(place)
    assert put(place, FILES)
    assert is_whole(place)


def test_an_empty_folder_may_be_taken(place: Path) -> None:
    place.mkdir(parents=True)
    assert put(place, FILES)


def test_a_folder_that_is_not_ours_is_left_alone(place: Path) -> None:
    place.mkdir(parents=True)
    (place / "family.jpg").write_bytes(b"photo")
    with pytest.raises(StandInProblem, match="not one that this command wrote"):
        put(place, FILES)
    assert content(place) == {"family.jpg": b"photo"}


def test_nor_one_with_a_file_that_we_did_not_put_there(place: Path) -> None:
    put(place, FILES)
    (place / "en" / "mine.html").write_bytes(b"mine")
    with pytest.raises(StandInProblem, match=r"en/mine\.html"):
        put(place, NEW)
    assert content(place)["en/index.html"] == b"first"


@pytest.mark.parametrize("kind", ["link", "file"])
def test_nor_what_is_no_folder(place: Path, tmp_path: Path, kind: str) -> None:
    place.parent.mkdir()
    if kind == "link":
        place.symlink_to(tmp_path)
    else:
        place.write_bytes(b"a file")
    with pytest.raises(StandInProblem, match="no folder"):
        put(place, FILES)


def test_where_folders_cannot_be_exchanged_two_steps_do_the_same(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "exchange", lambda _one, _other: False)
    put(place, FILES)
    put(place, NEW)
    assert content(place)["en/index.html"] == b"second"
    assert [path.name for path in place.parent.iterdir()] == ["recall"]


def test_the_old_one_is_taken_back_where_a_program_died_between_the_two(place: Path) -> None:
    put(place, FILES)
    place.rename(swapping.old_of(place))
    swapping.mend(place)
    assert content(place)["en/index.html"] == b"first"


def test_the_old_one_goes_where_the_new_one_is_in_place(place: Path) -> None:
    put(place, FILES)
    swapping.old_of(place).mkdir()
    swapping.mend(place)
    assert [path.name for path in place.parent.iterdir()] == ["recall"]


KILLED = """
import os, signal, sys
from pathlib import Path
import tests.operating.test_a_folder_is_put_in_place as these
step, place = int(sys.argv[1]), Path(sys.argv[2])
steps = [0]
def watch(name):
    real = getattr(os, name)
    def stepped(*given, **more):
        steps[0] += 1
        if steps[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **more)
    setattr(os, name, stepped)
for name in ("mkdir", "fsync", "chmod", "rename", "unlink", "rmdir"):
    watch(name)
these.put(place, these.NEW)
print(steps[0])
"""


def killed_at(step: int, place: Path) -> "subprocess.CompletedProcess[str]":
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", KILLED, str(step), str(place)]
    environment = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def test_a_program_that_is_killed_at_any_step_leaves_the_old_or_the_new_one_whole(
    place: Path,
) -> None:
    put(place, FILES)
    ran = killed_at(0, place.with_name("other"))
    assert ran.returncode == 0, ran.stderr
    steps, seen = int(ran.stdout) + 8, set()
    for step in range(1, steps):
        ended = killed_at(step, place)
        assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
        assert is_whole(place), step
        seen.add(content(place)["en/index.html"])
        put(place, FILES)
        assert [path.name for path in place.parent.iterdir() if path.name != "other"] == ["recall"]
    assert seen == {b"first", b"second"}
