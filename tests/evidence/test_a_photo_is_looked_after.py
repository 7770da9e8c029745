"""A photo that waits is scanned, cleaned and settled once, however often its job runs."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from time_machine import travel

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.cleaning.apart import CleaningDied
from recalldesk.evidence import actions, files, looking_after, reads
from recalldesk.evidence.errors import FileMissing, NoPicture, ScannerAway, StoreUnreachable
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.scanners.interface import Scan
from recalldesk.evidence.states import (
    MOVES,
    SETTLED,
    WAITING,
    EvidencePurpose,
    PhotoKind,
    PhotoProblem,
    PhotoState,
    ScanOutcome,
)
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.sealing.keys import SealingError
from tests.clamd import MARKER, needs_clamd, running_clamd
from tests.evidence.conftest import Send, files_in
from tests.evidence.pictures import FORMATS, SECRET, loaded_with_metadata, odd_ones, photo
from tests.evidence.plain_jpeg import beside_the_picture
from tests.ports import free_port


class Saying:
    """A scanner that reads all, and says what the test wants."""

    name = "clamd"

    def __init__(self, outcome: ScanOutcome) -> None:
        self.outcome = outcome

    def scan(self, chunks: Iterable[bytes]) -> Scan:
        b"".join(chunks)
        return Scan(self.outcome, "made up")


@pytest.fixture
def scanner_says(monkeypatch: pytest.MonkeyPatch) -> Callable[[ScanOutcome], None]:
    """Sets what the scanner says from now on."""

    def says(outcome: ScanOutcome) -> None:
        monkeypatch.setattr(looking_after, "chosen_scanner", lambda: Saying(outcome))

    return says


def states(photo: Photo) -> list[str]:
    rows = StateChange.objects.filter(subject=Subject.PHOTO, subject_id=photo.pk)
    return list(rows.order_by("pk").values_list("to_state", flat=True))


def told(task: str = "claims.evidence_settled") -> list[dict[str, int]]:
    return [row.args for row in ProcrastinateJob.objects.filter(task_name=task)]


def to_be_read() -> list[dict[str, int]]:
    return told("evidence.read_photo")


def looked_after(sent: Photo) -> Photo:
    looking_after.look_after(sent.pk)
    sent.refresh_from_db()
    return sent


def test_a_sound_one_becomes_clean_and_is_shown(
    send: Send, photos_folder: Path, evidence_set: EvidenceSet
) -> None:
    sent = looked_after(send())
    assert (sent.state, sent.problem, sent.width, sent.height) == ("clean", "", 640, 480)
    assert (sent.scan, sent.scanned_with) == ("clean", "none")
    assert states(sent) == ["received", "scanning", "clean"]
    assert sent.settled_at is not None
    picture = reads.picture_bytes(sent)
    assert len(picture) == sent.picture_bytes
    assert beside_the_picture(picture) == []
    assert sent.reading == "waiting"
    assert to_be_read() == [{"photo_id": sent.pk}]
    assert not reads.is_settled(evidence_set), "it is to be read first"
    assert reads.photos_waiting() == 1
    assert told() == []


@pytest.mark.parametrize("kind", [PhotoKind.RECEIPT, PhotoKind.OTHER])
def test_what_is_not_to_be_read_is_settled_once_it_is_clean(
    send: Send, evidence_set: EvidenceSet, kind: PhotoKind
) -> None:
    sent = looked_after(send(kind=kind))
    assert (sent.state, sent.reading, to_be_read()) == ("clean", "", [])
    assert told() == [{"evidence_set_id": evidence_set.pk}]
    assert reads.is_settled(evidence_set)
    assert reads.photos_waiting() == 0


def test_the_photo_of_a_check_is_told_of_to_the_checks(send: Send) -> None:
    its_set = actions.new_evidence_set(
        recall=Recall.objects.create(slug="toaster-t5"), purpose=EvidencePurpose.CHECK
    )
    sent = actions.receive_photo(
        evidence_set=its_set, kind=PhotoKind.LABEL, chunks=[odd_ones()["svg"]]
    )
    assert looked_after(sent).state == "unusable"
    assert told("checks.evidence_settled") == [{"evidence_set_id": its_set.pk}]
    assert (told(), to_be_read()) == ([], [])


def test_the_original_goes_once_it_is_settled(send: Send, photos_folder: Path) -> None:
    sent = looked_after(send())
    key = sent.storage_key
    assert files_in(photos_folder) == [f"pictures/{key[:2]}/{key}"]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_served_or_stored_holds_metadata(
    send: Send, photos_folder: Path, form: str
) -> None:
    content = loaded_with_metadata(form, 6)
    assert SECRET.encode() in content
    sent = looked_after(send(content))
    assert SECRET.encode() not in reads.picture_bytes(sent)
    for path in photos_folder.rglob("*"):
        if path.is_file():
            kept = path.read_bytes()
            assert SECRET.encode() not in kept
            assert b"JFIF" not in kept


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("svg", PhotoProblem.NOT_A_PICTURE),
        ("one pixel", PhotoProblem.TOO_SMALL),
        ("jpeg cut off", PhotoProblem.DAMAGED),
        ("bomb of 41 megapixels", PhotoProblem.TOO_MANY_PIXELS),
    ],
)
def test_what_is_no_photo_is_unusable_and_not_shown(
    send: Send, photos_folder: Path, name: str, problem: PhotoProblem
) -> None:
    sent = looked_after(send(odd_ones()[name]))
    assert (sent.state, sent.problem) == ("unusable", problem)
    assert len(told()) == 1
    assert files_in(photos_folder) == []
    with pytest.raises(NoPicture):
        reads.picture_bytes(sent)


def test_an_infected_one_is_never_decoded_shown_or_kept(
    send: Send,
    photos_folder: Path,
    scanner_says: Callable[[ScanOutcome], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scanner_says(ScanOutcome.INFECTED)
    decoded: list[object] = []
    monkeypatch.setattr(looking_after, "cleaned_apart", decoded.append)
    sent = looked_after(send())
    assert (sent.state, sent.problem) == ("infected", "infected")
    assert states(sent)[-1] == "infected"
    assert len(told()) == 1
    assert (decoded, files_in(photos_folder)) == ([], [])
    with pytest.raises(NoPicture):
        reads.picture_bytes(sent)


@pytest.mark.parametrize("outcome", [ScanOutcome.ERROR, ScanOutcome.PENDING])
def test_without_an_answer_it_waits_for_the_scanner_and_nothing_is_deleted(
    send: Send,
    photos_folder: Path,
    scanner_says: Callable[[ScanOutcome], None],
    evidence_set: EvidenceSet,
    outcome: ScanOutcome,
) -> None:
    scanner_says(outcome)
    sent = send()
    for _ in range(3):
        with pytest.raises(ScannerAway):
            looked_after(sent)
    sent.refresh_from_db()
    assert (sent.state, sent.scan, told()) == ("scanner_error", outcome, [])
    assert states(sent) == ["received", "scanning", "scanner_error"]
    assert files_in(photos_folder) == [f"quarantine/{sent.storage_key}"]
    assert not reads.is_settled(evidence_set)
    with pytest.raises(NoPicture):
        reads.picture_bytes(sent)
    scanner_says(ScanOutcome.CLEAN)
    assert looked_after(sent).state == "clean"
    assert states(sent)[3:] == ["scanning", "clean"]


def test_a_clamd_that_is_not_there_is_waited_for(send: Send, settings: Settings) -> None:
    settings.CLAMD = f"tcp:127.0.0.1:{free_port()}"
    sent = send()
    with pytest.raises(ScannerAway):
        looking_after.look_after(sent.pk)
    sent.refresh_from_db()
    assert (sent.state, sent.scan) == ("scanner_error", "pending")


@needs_clamd
def test_a_real_clamd_tells_a_harmful_photo_from_a_sound_one(
    send: Send, settings: Settings, photos_folder: Path
) -> None:
    with running_clamd() as socket_at:
        settings.CLAMD = f"unix:{socket_at}"
        harmful, sound = looked_after(send(photo() + MARKER)), looked_after(send())
    assert (harmful.state, harmful.scan, harmful.scanned_with) == ("infected", "infected", "clamd")
    assert (sound.state, sound.scan, sound.scanned_with) == ("clean", "clean", "clamd")
    assert files_in(photos_folder) == [f"pictures/{sound.storage_key[:2]}/{sound.storage_key}"]


def test_its_job_again_changes_nothing(send: Send) -> None:
    sent = looked_after(send())
    picture, before = reads.picture_bytes(sent), states(sent)
    looked_after(sent)
    assert (reads.picture_bytes(sent), states(sent), len(to_be_read())) == (picture, before, 1)


@pytest.mark.parametrize("cut_at", ["_note", "cleaned_apart", "_settled"])
def test_cut_short_anywhere_it_is_taken_up_again(
    send: Send, monkeypatch: pytest.MonkeyPatch, cut_at: str
) -> None:
    sent = send()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(looking_after, cut_at, killed)
        with pytest.raises(KeyboardInterrupt):
            looking_after.look_after(sent.pk)
    assert looked_after(sent).state == "clean"
    assert reads.picture_bytes(sent)
    assert len(to_be_read()) == 1


def test_cut_short_after_the_settling_the_original_is_left_for_the_sweep(
    send: Send, monkeypatch: pytest.MonkeyPatch, photos_folder: Path
) -> None:
    sent = send()

    def away(_key: str) -> None:
        raise StoreUnreachable

    monkeypatch.setattr(files, "forget_original", away)
    assert looked_after(sent).state == "clean"
    assert f"quarantine/{sent.storage_key}" in files_in(photos_folder)


def test_two_jobs_at_once_settle_it_once(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one begins and ends while the first one decodes."""
    sent, decode = send(), looking_after.cleaned_apart

    def meanwhile_another(chunks: Iterable[bytes]) -> object:
        picture = decode(chunks)
        monkeypatch.setattr(looking_after, "cleaned_apart", decode)
        looking_after.look_after(sent.pk)
        return picture

    monkeypatch.setattr(looking_after, "cleaned_apart", meanwhile_another)
    assert looked_after(sent).state == "clean"
    assert states(sent) == ["received", "scanning", "clean"]
    assert len(to_be_read()) == 1
    assert reads.picture_bytes(sent)


def test_removed_meanwhile_it_stays_removed(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    sent, decode = send(), looking_after.cleaned_apart

    def meanwhile_removed(chunks: Iterable[bytes]) -> object:
        picture = decode(chunks)
        actions.remove_photo(photo=Photo.objects.get(pk=sent.pk))
        return picture

    monkeypatch.setattr(looking_after, "cleaned_apart", meanwhile_removed)
    assert looked_after(sent).state == "removed"
    assert told() == []


def test_a_decoder_that_dies_is_tried_three_times(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_chunks: object) -> None:
        raise CleaningDied("made up")

    monkeypatch.setattr(looking_after, "cleaned_apart", dies)
    sent = send()
    for _ in range(2):
        with pytest.raises(CleaningDied):
            looking_after.look_after(sent.pk)
    assert looked_after(sent).state == "unusable"
    assert sent.problem == PhotoProblem.TOO_MUCH_WORK


def test_a_file_that_is_missing_is_waited_for_and_after_a_day_is_asked_again(
    send: Send, photos_folder: Path
) -> None:
    sent = send()
    lies_at = photos_folder / "quarantine" / sent.storage_key
    kept = lies_at.read_bytes()
    lies_at.unlink()
    with pytest.raises(FileMissing):
        looking_after.look_after(sent.pk)
    lies_at.write_bytes(kept[:-1])
    with pytest.raises(SealingError):
        looking_after.look_after(sent.pk)
    with travel(clock.now() + timedelta(days=1, minutes=1), tick=True):
        assert looked_after(sent).state == "unusable"
    assert sent.problem == PhotoProblem.NOT_KEPT


@pytest.mark.parametrize("state", PhotoState)
def test_the_database_refuses_any_other_move(send: Send, state: PhotoState) -> None:
    sent = send()
    illegal = set(PhotoState) - MOVES[PhotoState.RECEIVED] - {PhotoState.RECEIVED}
    if state not in illegal:
        return
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Photo.objects.filter(pk=sent.pk).update(state=state)


def test_every_state_waits_is_settled_or_removed() -> None:
    assert WAITING | SETTLED | {PhotoState.REMOVED} == set(PhotoState) == set(MOVES)
    assert not WAITING & SETTLED


def test_a_photo_row_is_never_deleted(send: Send) -> None:
    sent = send()
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        sent.delete()


def test_the_same_picture_is_known_by_its_digest_alone(
    send: Send, evidence_set: EvidenceSet
) -> None:
    one = looked_after(send())
    again = looked_after(send(photo() + b"other bytes after its end"))
    assert bytes(one.picture_digest) == bytes(again.picture_digest)
    assert bytes(one.original_digest) != bytes(again.original_digest)
    assert len(bytes(one.picture_digest)) == 32
