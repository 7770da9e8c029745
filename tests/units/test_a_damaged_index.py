"""An index that is not byte for byte what was written is refused, and never answers."""

from pathlib import Path

import pytest

from recalldesk.units.index import manifest
from recalldesk.units.index.manifest import FORMAT
from recalldesk.units.index.version_index import is_whole, open_version
from tests.example_indexes import A1263, build_a1263


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build_a1263(tmp_path)


def test_an_undamaged_index_opens(folder: Path) -> None:
    assert open_version(folder).recall == A1263


@pytest.mark.parametrize(
    "name", ["exact.marisa", "skeleton.marisa", "shortened.marisa", "ends.marisa"]
)
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


def test_an_index_of_another_format_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "FORMAT", FORMAT + 1)
    with pytest.raises(ValueError, match=f"of format {FORMAT}, not {FORMAT + 1}"):
        open_version(folder)


def test_a_damaged_index_is_built_again_in_its_place(folder: Path) -> None:
    (folder / "group-0" / "skeleton.marisa").write_bytes(b"")
    assert not is_whole(folder)
    assert build_a1263(folder.parent) == folder
    assert is_whole(folder)


def test_a_missing_file_is_seen(folder: Path) -> None:
    (folder / "group-0" / "skeleton.marisa").unlink()
    with pytest.raises(OSError, match="skeleton"):
        open_version(folder)
