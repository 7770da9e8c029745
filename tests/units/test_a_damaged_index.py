"""An index that is not byte for byte what was written is refused, and never answers."""

from pathlib import Path

import pytest

from recalldesk.units.index.version_index import open_version
from tests.example_indexes import example_versions

A1263 = "anker-a1263"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    example_versions(tmp_path)
    return tmp_path / A1263


def test_an_undamaged_index_opens(folder: Path) -> None:
    assert open_version(folder).recall == A1263


@pytest.mark.parametrize("name", ["exact.marisa", "skeleton.marisa", "shortened.marisa"])
@pytest.mark.parametrize("place", [0, 40, -1])
def test_one_changed_byte_is_seen(folder: Path, name: str, place: int) -> None:
    path = folder / "group-0" / name
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(ValueError, match="damaged"):
        open_version(folder)


def test_a_manifest_that_lost_its_groups_is_seen(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace('"groups":[', '"groups":[],"other":['))
    with pytest.raises(ValueError, match="damaged"):
        open_version(folder)


def test_a_missing_file_is_seen(folder: Path) -> None:
    (folder / "group-0" / "skeleton.marisa").unlink()
    with pytest.raises(OSError, match="skeleton"):
        open_version(folder)
