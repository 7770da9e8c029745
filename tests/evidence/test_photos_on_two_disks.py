"""Photos are copied to a second disk as they arrive, and found there when the first is lost."""

import shutil
from pathlib import Path

import pytest
from django.core.files.storage import storages
from pytest_django import Settings

from recalldesk.evidence import actions, files, looking_after
from recalldesk.evidence.copied_folder import MARK, CopiedFolder
from recalldesk.evidence.errors import StoreUnreachable
from recalldesk.evidence.matching import Matched, copy_what_is_missing, match_files
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoProblem, PhotoState, ReadingState
from tests.cast import PLAIN_FILES
from tests.evidence.conftest import Send, files_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def copies(photos_folder: Path, settings: Settings, tmp_path: Path) -> Path:
    """The folder on the second disk."""
    copies = tmp_path / "second" / "copies"
    options = {"location": photos_folder, "copies": copies}
    backend = "recalldesk.evidence.copied_folder.CopiedFolder"
    settings.STORAGES = PLAIN_FILES | {"photos": {"BACKEND": backend, "OPTIONS": options}}
    return copies


def looked_after(photo: Photo) -> Photo:
    looking_after.look_after(photo.pk)
    photo.refresh_from_db()
    assert photo.state == PhotoState.CLEAN
    return photo


def stored(folder: Path) -> list[str]:
    return [name for name in files_in(folder) if name != MARK]


def store() -> CopiedFolder:
    found = storages["photos"]
    assert isinstance(found, CopiedFolder)
    return found


def test_a_photo_and_its_picture_stand_on_both_disks_sealed(
    copies: Path, photos_folder: Path, send: Send
) -> None:
    sent = send()
    assert stored(copies) == stored(photos_folder) == [files.original_name(sent.storage_key)]
    looked_after(sent)
    assert stored(copies) == stored(photos_folder) == [files.picture_name(sent.storage_key)]
    name = stored(copies)[0]
    assert (copies / name).read_bytes() == (photos_folder / name).read_bytes()
    assert b"JFIF" not in (copies / name).read_bytes()


def test_what_the_first_disk_lost_is_read_from_the_second_and_put_back(
    copies: Path, photos_folder: Path, send: Send
) -> None:
    photo = looked_after(send())
    before = files.open_picture(photo)
    shutil.rmtree(photos_folder)
    assert files.open_picture(photo) == before
    assert stored(photos_folder) == stored(copies)


def test_a_photo_that_waited_is_looked_after_by_its_copy(
    copies: Path, photos_folder: Path, send: Send
) -> None:
    sent = send()
    shutil.rmtree(photos_folder)
    looked_after(sent)


def test_what_is_removed_is_on_neither(copies: Path, photos_folder: Path, send: Send) -> None:
    photo = looked_after(send())
    actions.remove_photo(photo=photo)
    files.forget(photo.storage_key)
    assert stored(copies) == stored(photos_folder) == []


def test_while_the_second_disk_is_away_photos_are_taken_in_and_none_is_removed(
    copies: Path, photos_folder: Path, send: Send
) -> None:
    first = looked_after(send())
    copies.rename(copies.with_name("unmounted"))
    copies.mkdir()
    second = send(b"another")
    assert stored(copies) == []
    assert store().is_away()
    with pytest.raises(StoreUnreachable):
        files.forget(first.storage_key)
    assert files.picture_name(first.storage_key) in stored(photos_folder)
    copies.rmdir()
    copies.with_name("unmounted").rename(copies)
    copy_what_is_missing()
    assert files.original_name(second.storage_key) in stored(copies)


def test_both_are_matched_both_ways_and_again_changes_nothing(
    copies: Path, photos_folder: Path, send: Send
) -> None:
    one, two = looked_after(send()), send(b"another")
    (copies / files.picture_name(one.storage_key)).unlink()
    (photos_folder / files.original_name(two.storage_key)).unlink()
    assert match_files() == Matched(files=2, copied=1, brought_back=1)
    assert match_files() == Matched(files=2)


def test_a_new_first_disk_takes_the_second_as_it_is(
    copies: Path, photos_folder: Path, send: Send
) -> None:
    looked_after(send())
    shutil.rmtree(photos_folder)
    assert not store().is_away()
    assert match_files() == Matched(files=1, brought_back=1)


def test_what_is_nowhere_is_lost_only_where_a_person_says_so(
    photos_folder: Path, send: Send
) -> None:
    photo = looked_after(send())
    shutil.rmtree(photos_folder)
    assert match_files() == Matched(files=1, missing=1)
    photo.refresh_from_db()
    assert photo.state == PhotoState.CLEAN
    assert match_files(says_lost=True) == Matched(files=1, missing=1, lost=1)
    photo.refresh_from_db()
    assert (photo.state, photo.problem) == (PhotoState.UNUSABLE, PhotoProblem.NOT_KEPT)
    assert photo.reading == ReadingState.GIVEN_UP
    assert match_files(says_lost=True) == Matched()


def test_nothing_is_said_lost_while_the_second_disk_is_away(
    copies: Path, photos_folder: Path, send: Send
) -> None:
    photo = looked_after(send())
    (photos_folder / files.picture_name(photo.storage_key)).unlink()
    copies.rename(copies.with_name("unmounted"))
    done = match_files(says_lost=True)
    assert (done.is_away, done.missing, done.lost) == (True, 1, 0)
