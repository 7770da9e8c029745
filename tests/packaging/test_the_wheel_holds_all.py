"""The wheel holds all that the program needs besides what it depends on, and nothing else."""

import subprocess
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from tests.packaging.wheels import ROOT, built

LEFT_OUT = (".po", ".pot", ".md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("dist")
    built(place)
    return place


@pytest.fixture(scope="module")
def wheel(folder: Path) -> zipfile.ZipFile:
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture
def metadata(wheel: zipfile.ZipFile) -> Message:
    (name,) = [each for each in wheel.namelist() if each.endswith("/METADATA")]
    return message_from_bytes(wheel.read(name))


def ours(*folders: str) -> set[str]:
    """The files that git knows, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return {name for name in listed if (ROOT / name).exists()}


def test_every_file_of_the_package_is_in_it(wheel: zipfile.ZipFile) -> None:
    held = {name for name in wheel.namelist() if name.startswith("recalldesk/")}
    missing = {name for name in ours("recalldesk") - held if not name.endswith(LEFT_OUT)}
    assert missing == set()
    assert {Path(name).suffix for name in held} >= {".html", ".css", ".mo", ".typ", ".ttf", ".js"}


def test_what_a_server_needs_and_the_examples_come_along(wheel: zipfile.ZipFile) -> None:
    held = {name.partition("/share/recalldesk/")[2] for name in wheel.namelist()}
    assert ours("deploy", "examples") <= held


def test_nothing_else_is_in_it(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0].split("-")[0] for name in wheel.namelist()}
    assert tops == {"recalldesk"}
    assert not [name for name in wheel.namelist() if "__pycache__" in name or "tests/" in name]


def test_it_says_what_it_needs_and_how_it_is_started(
    metadata: Message, wheel: zipfile.ZipFile
) -> None:
    needed = metadata.get_all("Requires-Dist") or []
    assert any(each.startswith("django<5.3") for each in needed)
    assert metadata["Requires-Python"] == ">=3.11"
    (name,) = [each for each in wheel.namelist() if each.endswith("entry_points.txt")]
    assert "recalldesk = recalldesk.__main__:run" in wheel.read(name).decode()


def test_the_versions_beside_it_are_those_that_are_locked(folder: Path) -> None:
    locked = (folder / "requirements.txt").read_text()
    assert locked == (ROOT / "requirements.txt").read_text()
    pinned = [line.split("==")[0] for line in locked.splitlines() if line[:1].isalnum()]
    constraints = (folder / "constraints.txt").read_text()
    assert [line.split("==")[0] for line in constraints.splitlines()] == pinned
    assert "--hash" not in constraints
    assert "http" not in constraints + locked
