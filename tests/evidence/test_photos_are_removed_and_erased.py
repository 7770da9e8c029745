"""What is removed leaves a stub, and its files are gone, whatever dies meanwhile."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from time_machine import travel

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.evidence import actions, files, forgetting, looking_after, reads
from recalldesk.evidence.errors import NoPicture, PhotoRefused, Refusal, StoreUnreachable
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from tests.evidence.conftest import Send, files_in
from tests.evidence.pictures import photo

Commit = DjangoCaptureOnCommitCallbacks


def is_a_stub(row: Photo) -> bool:
    row.refresh_from_db()
    kept = (row.storage_key, bytes(row.original_digest), bytes(row.picture_digest), row.width)
    return row.state == "removed" and row.removed_at is not None and kept == ("", b"", b"", None)


def test_a_removed_photo_is_a_stub_without_files(
    send: Send,
    photos_folder: Path,
    evidence_set: EvidenceSet,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    sent = send()
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo=sent)
    assert is_a_stub(sent)
    assert files_in(photos_folder) == []
    assert reads.photos_of(evidence_set) == []
    actions.remove_photo(photo=sent)
    assert StateChange.objects.filter(to_state="removed").count() == 1


def test_after_it_was_removed_the_same_photo_may_be_sent_again(send: Send) -> None:
    first = send()
    actions.remove_photo(photo=first)
    assert send() != first


def test_erasing_takes_every_file_in_both_places(
    send: Send,
    photos_folder: Path,
    evidence_set: EvidenceSet,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    clean, waiting = send(), send(photo(seed=2))
    looking_after.look_after(clean.pk)
    assert len(files_in(photos_folder)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_evidence(evidence_set=evidence_set, actor=Actor.OWNER)
    assert files_in(photos_folder) == []
    assert is_a_stub(clean)
    assert is_a_stub(waiting)
    assert clean.settled_at is not None
    assert evidence_set.erased_at is not None
    with pytest.raises(NoPicture):
        reads.picture_bytes(clean)


def test_a_photo_removed_while_it_is_decoded_leaves_no_picture(
    send: Send,
    photos_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    sent, decode = send(), looking_after.cleaned_apart

    def meanwhile_removed(chunks: Iterable[bytes]) -> object:
        picture = decode(chunks)
        with django_capture_on_commit_callbacks(execute=True):
            actions.remove_photo(photo=Photo.objects.get(pk=sent.pk))
        return picture

    monkeypatch.setattr(looking_after, "cleaned_apart", meanwhile_removed)
    looking_after.look_after(sent.pk)
    assert is_a_stub(sent)
    assert files_in(photos_folder) == []


def test_an_erased_set_takes_nothing_more_and_is_erased_once(
    send: Send, evidence_set: EvidenceSet, photos_folder: Path
) -> None:
    for _ in range(2):
        actions.erase_evidence(evidence_set=evidence_set, actor=Actor.OWNER)
    with pytest.raises(PhotoRefused) as refused:
        send()
    assert refused.value.kind is Refusal.CLOSED
    assert files_in(photos_folder) == []
    assert StateChange.objects.filter(subject=Subject.EVIDENCE_SET).count() == 1


def test_a_removal_that_was_cut_short_is_finished_by_its_job(
    send: Send, photos_folder: Path
) -> None:
    """Here nothing runs after the commit, as after a kill."""
    sent = send()
    actions.remove_photo(photo=sent)
    assert len(files_in(photos_folder)) == 1
    forgetting.forget_files_of(sent.pk)
    assert is_a_stub(sent)
    assert files_in(photos_folder) == []
    forgetting.forget_files_of(sent.pk)


def test_the_job_removes_no_files_of_a_photo_that_is_not_removed(
    send: Send, photos_folder: Path
) -> None:
    sent = send()
    forgetting.forget_files_of(sent.pk)
    assert len(files_in(photos_folder)) == 1


def test_a_store_that_is_away_delays_a_removal_and_does_not_fail_it(
    send: Send,
    photos_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    def away(_key: str) -> None:
        raise StoreUnreachable

    sent = send()
    with monkeypatch.context() as patch:
        patch.setattr(files, "forget", away)
        with django_capture_on_commit_callbacks(execute=True):
            actions.remove_photo(photo=sent)
        with pytest.raises(StoreUnreachable):
            forgetting.forget_files_of(sent.pk)
    assert files_in(photos_folder)
    forgetting.forget_files_of(sent.pk)
    assert files_in(photos_folder) == []


def test_files_in_quarantine_that_belong_to_no_photo_go_after_a_day(
    send: Send, photos_folder: Path
) -> None:
    waiting = send()
    settled = send(photo(seed=2), PhotoKind.MARKING)
    looking_after.look_after(settled.pk)
    left = photos_folder / "quarantine" / settled.storage_key
    left.write_bytes(b"what a killed worker left")
    (photos_folder / "quarantine" / "0a0b.0c.part").write_bytes(b"what a killed server left")
    assert forgetting.forget_orphans() == 0
    with travel(clock.now() + timedelta(days=1, minutes=5)):
        assert forgetting.forget_orphans() == 2
    assert files_in(photos_folder) == [
        f"pictures/{settled.storage_key[:2]}/{settled.storage_key}",
        f"quarantine/{waiting.storage_key}",
    ]
    assert reads.picture_bytes(settled)


def test_what_a_killed_program_left_beside_a_file_goes_with_it(
    send: Send, photos_folder: Path
) -> None:
    sent = send()
    (photos_folder / "quarantine" / f"{sent.storage_key}.0c.part").write_bytes(b"half of it")
    files.forget(sent.storage_key)
    assert files_in(photos_folder) == []


def test_an_empty_store_has_no_orphans(photos_folder: Path) -> None:
    assert forgetting.forget_orphans() == 0
