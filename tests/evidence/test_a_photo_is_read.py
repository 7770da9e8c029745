"""A clean label or marking is read once, kept sealed, told of; what cannot be read is given up."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from time_machine import travel

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.evidence import actions, files, looking_after, reading_photos, reads
from recalldesk.evidence.errors import FileMissing, StoreUnreachable
from recalldesk.evidence.models import EvidenceSet, Photo, Reading
from recalldesk.evidence.states import EvidencePurpose, PhotoKind, ReadingState
from recalldesk.foundation import clock
from recalldesk.reading.apart import ReadingDied, Unreadable
from recalldesk.reading.asked import ExpectedMarking, LabelForm
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.sealing.keys import SealingError, key_named_by
from recalldesk.sealing.rotation import rotate
from tests.cast import Desk
from tests.evidence.conftest import Send
from tests.evidence.pictures import photo
from tests.evidence.read import LABEL, MARKING, SERIAL, MadeUpReader
from tests.evidence.rotated import newest_key
from tests.worked import run_jobs, waiting


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> MadeUpReader:
    """In the place of the engine's process."""
    made_up = MadeUpReader()
    monkeypatch.setattr(reading_photos, "reader", lambda: made_up)
    return made_up


@pytest.fixture
def clean(send: Send, reader: MadeUpReader) -> Photo:
    """The clean photo of a label that waits to be read."""
    return cleaned(send())


def cleaned(sent: Photo) -> Photo:
    looking_after.look_after(sent.pk)
    sent.refresh_from_db()
    return sent


def read(sent: Photo) -> Photo:
    reading_photos.read_photo(sent.pk)
    sent.refresh_from_db()
    return sent


def told(task: str = "claims.evidence_settled") -> list[dict[str, int]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=task)]


def moves(sent: Photo) -> list[tuple[str, str]]:
    rows = StateChange.objects.filter(subject=Subject.PHOTO, subject_id=sent.pk)
    return list(rows.order_by("pk").values_list("from_state", "to_state"))


def raising(error: Exception) -> Callable[[], object]:
    def raises() -> None:
        raise error

    return raises


def test_what_a_label_says_is_kept_and_told_of(
    clean: Photo, reader: MadeUpReader, evidence_set: EvidenceSet
) -> None:
    assert reads.label_reading_of(clean) is None
    done = read(clean)
    assert (done.state, done.reading) == ("clean", "read")
    assert done.read_at is not None
    assert reads.label_reading_of(done) == LABEL
    assert reads.marking_reading_of(done) is None
    assert moves(done)[-2:] == [("scanning", "clean"), ("waiting", "read")]
    assert told() == [{"evidence_set_id": evidence_set.pk}]
    assert reads.is_settled(evidence_set)
    assert reads.photos_waiting() == 0
    assert [jpeg for jpeg, _ in reader.asked] == [reads.picture_bytes(done)]


def test_a_marking_is_held_against_what_was_to_be_written(
    kettles: Desk, photos_folder: Path, reader: MadeUpReader
) -> None:
    version = kettles.apply()
    its_set = actions.new_evidence_set(recall=version.recall, marking_code="4829-1375")
    sent = actions.receive_photo(evidence_set=its_set, kind=PhotoKind.MARKING, chunks=[photo()])
    done = read(cleaned(sent))
    assert reads.marking_reading_of(done) == MARKING
    assert reads.label_reading_of(done) is None
    assert [asked for _, asked in reader.asked] == [ExpectedMarking("RECALLED", "4829-1375")]


def test_a_label_of_a_claim_is_one_of_its_recall_and_of_a_check_one_of_any_published(
    published_recall: RecallVersion, photos_folder: Path, reader: MadeUpReader
) -> None:
    unpublished = Recall.objects.create(slug="toaster-t5")
    for recall, purpose in (
        (published_recall.recall, EvidencePurpose.CLAIM),
        (unpublished, EvidencePurpose.CLAIM),
        (unpublished, EvidencePurpose.CHECK),
    ):
        its_set = actions.new_evidence_set(recall=recall, purpose=purpose)
        sent = actions.receive_photo(evidence_set=its_set, kind=PhotoKind.LABEL, chunks=[photo()])
        read(cleaned(sent))
    of_recall, of_none, of_any = (asked for _, asked in reader.asked)
    assert isinstance(of_recall, LabelForm)
    assert [product.models[0] for product in of_recall.products] == ["K20"]
    assert (of_none, of_any) == (LabelForm(), of_recall)
    assert len(told("checks.evidence_settled")) == 1


def test_its_job_again_changes_nothing(clean: Photo, reader: MadeUpReader) -> None:
    read(clean)
    before = moves(clean)
    read(clean)
    assert (moves(clean), len(reader.asked), len(told())) == (before, 1, 1)


def test_two_jobs_at_once_keep_one_reading(clean: Photo, reader: MadeUpReader) -> None:
    """The second one begins and ends while the first one reads."""

    def meanwhile_another() -> None:
        reader.before = lambda: None
        reading_photos.read_photo(clean.pk)

    reader.before = meanwhile_another
    assert read(clean).reading == "read"
    assert (Reading.objects.count(), len(reader.asked), len(told())) == (1, 2, 1)


def test_cut_short_anywhere_it_is_taken_up_again(
    clean: Photo, reader: MadeUpReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for cut_at in ("_read", "_end", "record_change"):
        with monkeypatch.context() as patch:
            patch.setattr(reading_photos, cut_at, killed)
            with pytest.raises(KeyboardInterrupt):
                reading_photos.read_photo(clean.pk)
        assert (Reading.objects.count(), told()) == (0, [])
    assert read(clean).reading == "read"
    assert len(told()) == 1


def test_a_reader_that_dies_is_tried_three_times_and_then_given_up(
    clean: Photo, reader: MadeUpReader, evidence_set: EvidenceSet
) -> None:
    reader.before = raising(ReadingDied("made up"))
    for _ in range(2):
        with pytest.raises(ReadingDied):
            reading_photos.read_photo(clean.pk)
    assert not reads.is_settled(evidence_set)
    assert read(clean).reading == "given_up"
    assert (clean.state, reads.label_reading_of(clean)) == ("clean", None)
    assert reads.picture_bytes(clean), "people see it"
    assert moves(clean)[-1] == ("waiting", "given_up")
    assert len(told()) == 1
    assert reads.is_settled(evidence_set)


@pytest.mark.parametrize("fault", [AttributeError, KeyError, TypeError, ValueError])
def test_a_fault_of_our_own_holds_no_claim_up_for_ever(
    clean: Photo, reader: MadeUpReader, fault: type[Exception]
) -> None:
    reader.before = raising(fault("made up"))
    for _ in range(2):
        with pytest.raises(fault):
            reading_photos.read_photo(clean.pk)
    assert read(clean).reading == "given_up"


def test_what_cannot_be_read_is_given_up_at_once(clean: Photo, reader: MadeUpReader) -> None:
    reader.before = raising(Unreadable("made up"))
    assert read(clean).reading == "given_up"
    assert len(reader.asked) == 1


def test_a_picture_that_is_not_found_is_waited_for_a_day(
    clean: Photo, reader: MadeUpReader, photos_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies_at = photos_folder / "pictures" / clean.storage_key[:2] / clean.storage_key
    kept = lies_at.read_bytes()
    lies_at.unlink()
    with pytest.raises(FileMissing):
        reading_photos.read_photo(clean.pk)
    lies_at.write_bytes(kept[:-1])
    with pytest.raises(SealingError):
        reading_photos.read_photo(clean.pk)
    with monkeypatch.context() as patch:
        patch.setattr(files, "open_picture", lambda _: raising(StoreUnreachable())())
        with pytest.raises(StoreUnreachable):
            reading_photos.read_photo(clean.pk)
    with travel(clock.now() + timedelta(days=1, minutes=1), tick=True):
        assert read(clean).reading == "given_up"


def test_removed_while_it_is_read_it_leaves_no_reading(clean: Photo, reader: MadeUpReader) -> None:
    reader.before = lambda: actions.remove_photo(photo=Photo.objects.get(pk=clean.pk))
    assert (read(clean).state, clean.reading) == ("removed", "")
    assert (Reading.objects.count(), told()) == (0, [])


def test_removed_before_it_is_read_its_job_finds_nothing_to_do(
    clean: Photo, reader: MadeUpReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files_that_just_went(_photo: Photo) -> bytes:
        actions.remove_photo(photo=Photo.objects.get(pk=clean.pk))
        raise FileMissing

    monkeypatch.setattr(files, "open_picture", files_that_just_went)
    for _ in range(2):
        assert read(clean).state == "removed"
    assert (reader.asked, told()) == ([], [])


def test_what_was_read_goes_with_its_photo(clean: Photo, evidence_set: EvidenceSet) -> None:
    read(clean)
    actions.erase_evidence(evidence_set=evidence_set, actor=Actor.OWNER)
    clean.refresh_from_db()
    assert (clean.state, clean.reading, Reading.objects.count()) == ("removed", "", 0)
    assert reads.label_reading_of(clean) is None
    assert clean.read_at is not None, "that it was read is counted on"


def test_it_stands_in_the_database_sealed_and_rotates_with_the_keys(clean: Photo) -> None:
    read(clean)
    kept = bytes(Reading.objects.get().sealed_answer)
    assert SERIAL.encode() not in kept
    rotated = rotate()
    assert (rotated.unopened, rotated.left) == ((), 0)
    again = bytes(Reading.objects.get().sealed_answer)
    assert key_named_by(again) == newest_key(clean.evidence_set.recall_id)
    assert reads.label_reading_of(clean) == LABEL


def test_the_job_is_on_a_queue_of_its_own_and_waits_there_once(
    clean: Photo, reader: MadeUpReader
) -> None:
    (job,) = waiting("evidence.read_photo")
    assert (job.queue_name, job.args) == ("reading", {"photo_id": clean.pk})
    with travel(clock.now() + timedelta(hours=1, minutes=1), tick=True):
        assert reading_photos.put_into_the_queue() == 0
        ProcrastinateJob.objects.filter(pk=job.pk).update(status="failed")
        assert reading_photos.put_into_the_queue() == 1
        run_jobs(tasks=["evidence.read_photo"], also_later=True)
    clean.refresh_from_db()
    assert clean.reading == "read"


@pytest.mark.parametrize("reading", [ReadingState.NOT_ASKED, ReadingState.READ])
def test_the_database_refuses_what_would_contradict_itself(
    clean: Photo, reading: ReadingState
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Photo.objects.filter(pk=clean.pk).update(reading=reading, read_at=clock.now())


def test_the_database_keeps_a_reading_with_its_photo(clean: Photo, send: Send) -> None:
    read(clean)
    kept = Reading.objects.get()
    with pytest.raises(DatabaseError, match="has a reading"), transaction.atomic():
        kept.delete()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Reading.objects.update(engine="another")
    for never_read in (send(photo(seed=2)), cleaned(send(photo(seed=3), PhotoKind.RECEIPT))):
        with pytest.raises(DatabaseError, match="waits for it"), transaction.atomic():
            Reading.objects.create(photo=never_read, sealed_answer=b"", engine="made up")
        with pytest.raises(DatabaseError), transaction.atomic():
            Photo.objects.filter(pk=never_read.pk).update(reading=ReadingState.GIVEN_UP)
    receipt = Photo.objects.get(kind=PhotoKind.RECEIPT)
    with pytest.raises(DatabaseError, match="what_is_read_was_clean"), transaction.atomic():
        Photo.objects.filter(pk=receipt.pk).update(reading=ReadingState.WAITING)


def test_a_set_stays_for_what_it_was_made(evidence_set: EvidenceSet) -> None:
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        EvidenceSet.objects.filter(pk=evidence_set.pk).update(purpose=EvidencePurpose.CHECK)
