"""A rotation of keys seals the files of photos anew, loses none, and brings none back."""

import tracemalloc
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.evidence import actions, files, holder, looking_after, reads
from recalldesk.evidence.errors import StoreUnreachable
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.sealing import vault
from recalldesk.sealing.keys import new_key
from recalldesk.sealing.models import DataKey, Rotation
from recalldesk.sealing.rotation import rotate
from tests.cast import Command
from tests.evidence.conftest import Send, files_in
from tests.evidence.rotated import (
    all_held,
    files_needed,
    keys_named,
    made_up_picture,
    newest_key,
    picture_of,
)

NAME = holder.FilesOfPhotos.name


@pytest.fixture(autouse=True)
def _made_up_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_after, "cleaned_apart", made_up_picture)
    monkeypatch.setattr(holder, "ROWS", 2)


@pytest.fixture
def sent(send: Send) -> list[Photo]:
    """Five photos: three clean ones, then two that wait, one of them begun."""
    photos = [send(b"made up %d" % number * 30_000) for number in range(5)]
    for photo in photos[:3]:
        looking_after.look_after(photo.pk)
    Photo.objects.filter(pk=photos[4].pk).update(state=PhotoState.SCANNING)
    for photo in photos:
        photo.refresh_from_db()
    return photos


def lies_at(folder: Path, photo: Photo) -> Path:
    file = files.file_of(photo)
    assert file is not None
    return folder / file.name


def test_every_file_opens_as_before_under_the_newest_key(
    sent: list[Photo], photos_folder: Path
) -> None:
    before, names = all_held(), files_in(photos_folder)
    rotated = rotate()
    assert (rotated.resealed[NAME], rotated.left, rotated.unopened) == (5, 0, ())
    assert all_held() == before
    assert keys_named() == {newest_key(sent[0].evidence_set.recall_id)}
    assert files_in(photos_folder) == names == files_needed()
    assert reads.picture_bytes(sent[0]) == picture_of(b"made up 0" * 30_000)


def test_what_waited_is_looked_after_as_ever(sent: list[Photo]) -> None:
    rotate()
    looking_after.look_after(sent[4].pk)
    assert reads.picture_bytes(sent[4]) == picture_of(b"made up 4" * 30_000)
    assert keys_named() == {newest_key(sent[0].evidence_set.recall_id)}


def test_without_the_older_outer_key_everything_opens(
    sent: list[Photo], settings: Settings
) -> None:
    before, alone = all_held(), f"newer:{new_key()}"
    settings.SEALING_KEYS = f"{alone},{settings.SEALING_KEYS}"
    rotate()
    settings.SEALING_KEYS = alone
    assert all_held() == before


def test_a_second_rotation_reaches_them_again_and_the_older_keys_are_marked(
    sent: list[Photo],
) -> None:
    scope = vault.recall_scope(sent[0].evidence_set.recall_id)
    for _ in range(2):
        assert rotate().resealed[NAME] == 5
    keys = DataKey.objects.filter(scope=scope).order_by("generation")
    assert [key.retired_at is None for key in keys] == [False, False, True]


def test_a_file_under_the_newest_key_is_left_alone(sent: list[Photo], photos_folder: Path) -> None:
    rotate()
    newest = [newest_key(sent[0].evidence_set.recall_id)]
    before = {name: (photos_folder / name).read_bytes() for name in files_in(photos_folder)}
    assert not sum(batch.resealed for batch in holder.FilesOfPhotos().reseal(newest))
    assert before == {name: (photos_folder / name).read_bytes() for name in before}


def test_counting_reads_no_more_than_the_heads(sent: list[Photo], photos_folder: Path) -> None:
    before = holder.FilesOfPhotos().count()
    for photo in sent:
        path = lies_at(photos_folder, photo)
        path.write_bytes(path.read_bytes()[:80])
    assert holder.FilesOfPhotos().count() == before
    assert set(before.values()) == {5}


def test_an_original_that_a_settled_photo_left_is_not_touched(
    sent: list[Photo], photos_folder: Path
) -> None:
    left = photos_folder / files.original_name(sent[0].storage_key)
    left.write_bytes(b"it goes after a day")
    assert rotate().resealed[NAME] == 5
    assert left.read_bytes() == b"it goes after a day"


def test_what_is_missing_or_damaged_is_named_and_stops_no_other(
    sent: list[Photo], photos_folder: Path, command: Command
) -> None:
    lies_at(photos_folder, sent[0]).unlink()
    damaged, empty = lies_at(photos_folder, sent[3]), lies_at(photos_folder, sent[1])
    damaged.write_bytes(damaged.read_bytes()[:-1])
    empty.write_bytes(b"")
    before = damaged.read_bytes()
    ran = command("keys", "rotate")
    assert ran.code == 1
    assert f"{NAME}: 2 values are sealed anew." in ran.out
    assert "3 values open under no key, or its file is missing" in ran.err
    for photo in (sent[0], sent[1], sent[3]):
        assert f"the file of photo {photo.pk}\n" in ran.err
        assert photo.storage_key not in ran.out + ran.err
    assert (damaged.read_bytes(), empty.read_bytes()) == (before, b"")
    assert not Rotation.objects.filter(finished_at=None).exists()
    scope = vault.recall_scope(sent[0].evidence_set.recall_id)
    older = DataKey.objects.get(scope=scope, generation=1)
    assert older.retired_at is None


def test_a_store_that_is_away_is_asked_for_a_few_only_and_the_next_run_goes_on(
    sent: list[Photo], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = all_held(), list[files.SealedFile]()

    def away(file: files.SealedFile) -> str:
        asked.append(file)
        raise StoreUnreachable

    with monkeypatch.context() as patch:
        patch.setattr(files, "key_of", away)
        ran = command("keys", "rotate")
    assert len(asked) == 3 * holder.GIVEN_UP_AFTER  # counted, sealed anew, counted
    assert (ran.code, "5 files could not be read or written now" in ran.err) == (1, True)
    assert f"the file of photo {sent[4].pk}\n" in ran.err
    ran = command("keys", "rotate")
    assert (ran.code, "went on" in ran.out) == (0, True)
    assert f"{NAME}: 5 values are sealed anew." in ran.out
    assert all_held() == before


def test_a_disk_that_takes_no_more_changes_nothing_and_is_told(
    sent: list[Photo], photos_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    before, names = all_held(), files_in(photos_folder)
    with monkeypatch.context() as patch:
        patch.setattr(holder, "nameless_file", full)
        rotated = rotate()
    assert (len(rotated.unreached), rotated.left, rotated.retired) == (5, 0, 0)
    assert (all_held(), files_in(photos_folder)) == (before, names)
    assert (rotate().went_on, rotate().left) == (True, 0)


@pytest.mark.parametrize("which", [0, 3], ids=["clean", "waiting"])
def test_what_is_removed_before_its_turn_does_not_come_back(
    sent: list[Photo],
    photos_folder: Path,
    which: int,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """The removal falls between the first look at a photo and its lock."""
    take, gone = holder.locked, sent[which]

    def removed_first(photo_id: int) -> Photo:
        if photo_id == gone.pk:
            with django_capture_on_commit_callbacks(execute=True):
                actions.remove_photo(photo=gone)
        return take(photo_id)

    monkeypatch.setattr(holder, "locked", removed_first)
    rotated = rotate()
    assert (rotated.resealed[NAME], rotated.left, rotated.unopened) == (4, 0, ())
    assert files_in(photos_folder) == files_needed()
    assert len(files_needed()) == 4


def test_what_is_settled_before_its_turn_is_reached_as_a_picture(
    sent: list[Photo], photos_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, settled = holder.locked, list[int]()

    def settled_first(photo_id: int) -> Photo:
        if photo_id == sent[3].pk and not settled:
            settled.append(photo_id)
            looking_after.look_after(photo_id)
        return take(photo_id)

    monkeypatch.setattr(holder, "locked", settled_first)
    rotated = rotate()
    assert (rotated.left, rotated.unopened, settled) == (0, (), [sent[3].pk])
    assert files_in(photos_folder) == files_needed()
    assert keys_named() == {newest_key(sent[0].evidence_set.recall_id)}


def test_a_file_that_went_while_it_was_counted_is_counted_where_it_went(
    sent: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, settled = files.key_of, list[Photo]()

    def settled_first(file: files.SealedFile) -> str:
        if file == files.file_of(sent[3]) and not settled:
            settled.append(sent[3])
            looking_after.look_after(sent[3].pk)
        return ask(file)

    monkeypatch.setattr(files, "key_of", settled_first)
    assert sorted(holder.FilesOfPhotos().count().values()) == [5]
    assert settled


def test_a_key_made_between_opening_a_file_and_reading_it_is_known(
    sent: list[Photo], evidence_set: EvidenceSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some stores fetch a file when it is first read: the whole rotation falls before that."""
    read, rotated = files._Reading.read, list[object]()

    def rotated_first(self: files._Reading, size: int) -> bytes:
        if not rotated:
            rotated.append(True)
            rotate()
            self._file.close()
            self._file.open("rb")
        return read(self, size)

    monkeypatch.setattr(files._Reading, "read", rotated_first)
    assert reads.picture_bytes(sent[0]) == picture_of(b"made up 0" * 30_000)
    assert keys_named() == {newest_key(evidence_set.recall_id)}


def test_memory_does_not_grow_with_the_photo(evidence_set: EvidenceSet) -> None:
    """Python's own memory; the largest photo has some ten times as much."""
    piece = bytes(64 * 1024)
    pieces = (piece for _ in range(MOST_BYTES // len(piece)))
    actions.receive_photo(evidence_set=evidence_set, kind=PhotoKind.OTHER, chunks=pieces)
    tracemalloc.start()
    try:
        assert rotate().resealed[NAME] == 1
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000
