"""A photo is stored sealed, once, with its job; what is refused leaves nothing behind."""

import stat
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import ANY

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from recalldesk.accounts.models import Staff
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.evidence import actions, reads
from recalldesk.evidence.errors import PhotoRefused, Refusal
from recalldesk.evidence.limits import MOST_PHOTOS
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind, PhotoState
from tests.cast import Cast
from tests.evidence.conftest import Send, files_in
from tests.evidence.pictures import SECRET, loaded_with_metadata, photo


def jobs(name: str) -> list[dict[str, int]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=name)]


def test_it_is_a_row_a_job_a_file_and_a_line_of_the_log(
    send: Send, photos_folder: Path, evidence_set: EvidenceSet
) -> None:
    sent = send()
    assert (sent.state, sent.kind, sent.original_bytes) == ("received", "label", len(photo()))
    assert jobs("evidence.look_after_photo") == [{"photo_id": sent.pk}]
    assert files_in(photos_folder) == [f"quarantine/{sent.storage_key}"]
    logged = StateChange.objects.get(subject=Subject.PHOTO)
    assert (logged.subject_id, logged.to_state, logged.actor) == (sent.pk, "received", Actor.OWNER)
    assert logged.recall_id == evidence_set.recall_id
    assert reads.photos_of(evidence_set) == [sent]
    assert not reads.is_settled(evidence_set)


def test_no_byte_of_it_is_on_disk_in_the_clear(send: Send, photos_folder: Path) -> None:
    send(loaded_with_metadata("JPEG"))
    for path in photos_folder.rglob("*"):
        if path.is_file():
            kept = path.read_bytes()
            assert SECRET.encode() not in kept
            assert b"JFIF" not in kept
            assert b"Exif" not in kept


def test_only_its_user_may_look_at_it(send: Send, photos_folder: Path) -> None:
    send()
    for path in (photos_folder, *photos_folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_same_bytes_sent_twice_are_one_photo(send: Send, photos_folder: Path) -> None:
    first, second = send(), send()
    assert first == second
    assert len(files_in(photos_folder)) == len(jobs("evidence.look_after_photo")) == 1


def test_the_same_bytes_of_another_kind_or_set_are_another_photo(
    send: Send, evidence_set: EvidenceSet
) -> None:
    other_set = actions.new_evidence_set(recall=evidence_set.recall)
    other = actions.receive_photo(
        evidence_set=other_set, kind=PhotoKind.LABEL, chunks=iter([photo()])
    )
    assert len({send().pk, send(kind=PhotoKind.MARKING).pk, other.pk}) == 3


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"", Refusal.EMPTY), (bytes(MOST_BYTES + 1), Refusal.TOO_LARGE)],
    ids=["empty", "too large"],
)
def test_what_is_refused_leaves_nothing(
    send: Send, photos_folder: Path, content: bytes, refusal: Refusal
) -> None:
    with pytest.raises(PhotoRefused) as refused:
        send(content)
    assert refused.value.kind is refusal
    assert refused.value.hint
    assert (files_in(photos_folder), Photo.objects.count()) == ([], 0)


def test_as_many_bytes_as_are_said_are_taken(send: Send) -> None:
    assert send(bytes(MOST_BYTES)).original_bytes == MOST_BYTES


def test_an_upload_that_breaks_off_leaves_nothing(
    evidence_set: EvidenceSet, photos_folder: Path
) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield bytes(200_000)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        actions.receive_photo(evidence_set=evidence_set, kind=PhotoKind.LABEL, chunks=breaks_off())
    assert (files_in(photos_folder), Photo.objects.count()) == ([], 0)


def test_a_full_set_takes_no_more_but_knows_what_it_has(
    send: Send, photos_folder: Path, evidence_set: EvidenceSet
) -> None:
    sent = [send(b"%d" % number) for number in range(MOST_PHOTOS)]
    with pytest.raises(PhotoRefused) as refused:
        send(b"one more")
    assert refused.value.kind is Refusal.TOO_MANY
    assert send(b"3") == sent[3]
    assert len(files_in(photos_folder)) == MOST_PHOTOS
    actions.remove_photo(photo=sent[0])
    assert send(b"one more") in reads.photos_of(evidence_set)


def test_a_long_queue_refuses_new_photos_and_keeps_those_sent(
    send: Send, settings: Settings, evidence_set: EvidenceSet
) -> None:
    settings.MOST_WAITING_PHOTOS = 1
    sent = send()
    with pytest.raises(PhotoRefused) as refused:
        send(b"another")
    assert refused.value.kind is Refusal.BUSY
    assert reads.photos_of(evidence_set) == [sent]


def test_a_store_that_cannot_be_written_is_said(send: Send, photos_folder: Path) -> None:
    send(b"something")
    for path in photos_folder.rglob("*"):
        if path.is_file():
            path.unlink()
    (photos_folder / "quarantine").rmdir()
    (photos_folder / "quarantine").write_text("a file in its place")
    with pytest.raises(PhotoRefused) as refused:
        send(b"another")
    assert refused.value.kind is Refusal.NOT_STORED
    assert Photo.objects.count() == 1


def test_where_the_transaction_fails_there_is_neither_row_nor_job(send: Send) -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert (Photo.objects.count(), jobs("evidence.look_after_photo")) == (0, [])


def test_who_at_the_desk_sent_it_stands_in_the_log(evidence_set: EvidenceSet, cast: Cast) -> None:
    by: Staff = cast.author
    actions.receive_photo(
        evidence_set=evidence_set, kind=PhotoKind.RECEIPT, chunks=[photo()], by=by
    )
    logged = StateChange.objects.get(subject=Subject.PHOTO)
    assert (logged.actor, logged.actor_id, logged.to_state) == (Actor.STAFF, by.pk, ANY)
    assert logged.to_state == PhotoState.RECEIVED


def test_memory_does_not_grow_with_the_photo(evidence_set: EvidenceSet) -> None:
    """Python's own memory; the largest photo has some ten times as much."""
    piece = bytes(64 * 1024)
    tracemalloc.start()
    try:
        pieces = (piece for _ in range(MOST_BYTES // len(piece)))
        actions.receive_photo(evidence_set=evidence_set, kind=PhotoKind.OTHER, chunks=pieces)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000
