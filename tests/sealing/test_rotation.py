"""All keys are rotated: every value is sealed anew under a new data key, and nothing is lost."""

from collections import Counter
from collections.abc import Collection, Iterator

import pytest
from pytest_django import Settings

from recalldesk.audit.actions import record_change
from recalldesk.audit.models import Note, StateChange
from recalldesk.audit.states import Subject
from recalldesk.outreach.models import GrowthWatch
from recalldesk.recalls.models import RecallVersion
from recalldesk.sealing import holders, rotation, tables, vault
from recalldesk.sealing.fields_of_rows import opened, sealed
from recalldesk.sealing.holders import Batch, register_holder
from recalldesk.sealing.keys import KeyRing, key_named_by, new_key
from recalldesk.sealing.models import DataKey, Rotation
from recalldesk.sealing.rotation import Step, rotate
from tests.sealing.wishes import NAME, all_opened, ask, names
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
NOTE = "Zoë asked for it by phone"


@pytest.fixture
def wishes(published_recall: RecallVersion, monkeypatch: pytest.MonkeyPatch) -> list[GrowthWatch]:
    """Seven wishes, of which three are read at once."""
    monkeypatch.setattr(tables, "ROWS", 3)
    return [ask(published_recall, number) for number in range(7)]


def test_every_value_opens_as_before_under_a_new_data_key(wishes: list[GrowthWatch]) -> None:
    scope, before = vault.recall_scope(wishes[0].recall_id), all_opened()
    rotated = rotate()
    assert all_opened() == before
    assert names() == {f"{scope}/2"}
    assert (rotated.resealed[NAME], rotated.left, rotated.unopened) == (14, 0, ())
    assert not rotated.went_on


def test_both_kinds_of_key_go_in_one_run(wishes: list[GrowthWatch], settings: Settings) -> None:
    before, alone = all_opened(), f"newer:{new_key()}"
    settings.SEALING_KEYS = f"{alone},{settings.SEALING_KEYS}"
    assert rotate().wrapped >= 1
    settings.SEALING_KEYS = alone
    assert all_opened() == before


def test_what_was_sealed_before_there_were_generations_is_reached(
    wishes: list[GrowthWatch],
) -> None:
    scope, before = vault.recall_scope(wishes[0].recall_id), all_opened()
    with unguarded("sealing_datakey"):
        DataKey.objects.filter(scope=scope).delete()
    wrapped = vault.outer_ring().seal(b"k" * 32, purpose=f"data key of {scope}")
    DataKey.objects.create(scope=scope, generation=0, wrapped=wrapped)
    ring = KeyRing({"data": b"k" * 32})
    for wish, (contact, serial) in zip(wishes, before, strict=True):
        wish.sealed_contact = ring.seal(contact.encode(), purpose=f"{NAME}.sealed_contact")
        wish.sealed_serial = ring.seal(serial.encode(), purpose=f"{NAME}.sealed_serial")
        wish.save()
    assert (all_opened(), names()) == (before, {"data"})
    rotate()
    assert (all_opened(), names()) == (before, {f"{scope}/1"})


def test_older_data_keys_are_marked_once_no_value_names_them(wishes: list[GrowthWatch]) -> None:
    scope = vault.recall_scope(wishes[0].recall_id)
    rotate()
    older, newest = DataKey.objects.filter(scope=scope).order_by("generation")
    assert older.retired_at is not None
    assert newest.retired_at is None


def test_a_value_that_turns_up_under_a_marked_key_opens_and_is_reached_next(
    wishes: list[GrowthWatch],
) -> None:
    late = GrowthWatch.objects.get(pk=wishes[0].pk)
    rotate()
    late.save()
    older = DataKey.objects.get(scope=vault.recall_scope(late.recall_id), generation=1)
    assert opened(GrowthWatch.objects.get(pk=late.pk), "sealed_contact") == "owner0@home.example"
    assert older.retired_at is not None
    rotate()
    assert len(names()) == 1
    assert all_opened()[0] == ("owner0@home.example", "TW0")


def test_an_erased_value_stays_erased(wishes: list[GrowthWatch]) -> None:
    GrowthWatch.objects.filter(pk=wishes[2].pk).update(sealed_contact=b"")
    assert rotate().resealed[NAME] == 13
    assert all_opened()[2] == ("", "TW2")


def test_notes_of_the_log_stay_byte_for_byte_and_open(wishes: list[GrowthWatch]) -> None:
    row = record_change(subject=Subject.RECALL, subject_id=1, to_state="closed", note=NOTE)
    note = Note.objects.get(pk=row.note_id)
    rotated = rotate()
    assert rotated.staying["audit.Note"] >= 1
    assert Note.objects.get(pk=note.pk).sealed_text == note.sealed_text
    assert bytes(StateChange.objects.get(pk=row.pk).note_digest or b"") == row.note_digest
    assert opened(note, "sealed_text") == NOTE
    older = DataKey.objects.get(scope=vault.DESK, generation=1)
    assert older.retired_at is None


def test_a_note_after_a_rotation_is_sealed_under_the_new_key() -> None:
    record_change(subject=Subject.RECALL, subject_id=1, to_state="closed", note=NOTE)
    rotate()
    row = record_change(subject=Subject.RECALL, subject_id=1, to_state="open", note=NOTE)
    assert row.note is not None
    assert key_named_by(bytes(row.note.sealed_text)) == "desk/2"


def test_a_value_changed_between_reading_and_writing_is_not_written_over(
    wishes: list[GrowthWatch], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An owner's change falls into the moment in which the old value is being sealed anew."""
    open_bytes, changed = vault.open_bytes, list[str]()

    def opened_while_it_changes(value: bytes, *, scope: str, purpose: str) -> bytes:
        if not changed and purpose.endswith("contact"):
            changed.append("new@home.example")
            newer = sealed(GrowthWatch, "sealed_contact", changed[0], recall_id=recall_id)
            GrowthWatch.objects.filter(pk=wishes[0].pk).update(sealed_contact=newer)
        return open_bytes(value, scope=scope, purpose=purpose)

    recall_id = wishes[0].recall_id
    monkeypatch.setattr(vault, "open_bytes", opened_while_it_changes)
    rotated = rotate()
    assert all_opened()[0] == ("new@home.example", "TW0")
    assert (len(names()), rotated.left, rotated.resealed[NAME]) == (1, 0, 13)


def test_a_rotation_that_was_broken_off_goes_on_under_its_own_keys(
    wishes: list[GrowthWatch],
) -> None:
    before = all_opened()

    def stopped(step: Step) -> None:
        if step.done >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(progress=stopped)
    assert len(names()) == 2
    assert all_opened() == before
    rotated = rotate()
    assert (rotated.went_on, rotated.resealed[NAME], rotated.left) == (True, 8, 0)
    assert names() == {f"{vault.recall_scope(wishes[0].recall_id)}/2"}
    assert not rotate().went_on
    assert not Rotation.objects.filter(finished_at=None).exists()


def test_progress_ends_at_its_total(wishes: list[GrowthWatch]) -> None:
    steps = list[Step]()
    rotate(progress=steps.append)
    assert (steps[0].done, steps[0].total) == (0, 14)
    assert (steps[-1].done, steps[-1].total) == (14, 14)


def test_a_value_that_no_key_opens_stays_and_is_named(wishes: list[GrowthWatch]) -> None:
    broken = bytearray(wishes[4].sealed_contact)
    broken[-1] ^= 1
    GrowthWatch.objects.filter(pk=wishes[4].pk).update(sealed_contact=bytes(broken))
    rotated = rotate()
    assert rotated.unopened == (f"{NAME}.sealed_contact of row {wishes[4].pk}",)
    assert (rotated.resealed[NAME], rotated.left) == (13, 0)
    kept = GrowthWatch.objects.get(pk=wishes[4].pk)
    assert bytes(kept.sealed_contact) == bytes(broken)
    assert DataKey.objects.filter(retired_at=None).count() == DataKey.objects.count()


class Shelf:
    """Sealed files, made up, as a package above might keep them."""

    name = "made-up files"

    def __init__(self) -> None:
        self.files = [vault.seal_text("photo", scope="recall:1", purpose="f") for _ in range(3)]

    def count(self) -> Counter[str]:
        return Counter(key_named_by(file) for file in self.files)

    def reseal(self, newest: Collection[str]) -> Iterator[Batch]:
        for place, file in enumerate(self.files):
            if key_named_by(file) not in newest:
                text = vault.open_text(file, scope="recall:1", purpose="f")
                self.files[place] = vault.seal_text(text, scope="recall:1", purpose="f")
                yield Batch(resealed=1)


def test_what_a_package_above_holds_is_reached_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders, "_registered", {})
    shelf = Shelf()
    register_holder(shelf)
    with pytest.raises(ValueError, match="registered already"):
        register_holder(shelf)
    rotated = rotate()
    assert rotated.resealed == {"made-up files": 3}
    assert shelf.count() == {"recall:1/2": 3}
    assert DataKey.objects.get(scope="recall:1", generation=1).retired_at is not None


def test_a_key_that_only_a_file_names_is_not_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders, "_registered", {})
    shelf = Shelf()
    monkeypatch.setattr(shelf, "reseal", lambda _newest: iter(()), raising=False)
    register_holder(shelf)
    rotated = rotate()
    assert rotated.left == 3
    assert DataKey.objects.get(scope="recall:1", generation=1).retired_at is None
    assert Rotation.objects.filter(finished_at=None).exists()


def test_with_nothing_sealed_there_is_nothing_to_do() -> None:
    rotated = rotation.rotate()
    assert (rotated.new_keys, rotated.resealed.total(), rotated.left) == (0, 0, 0)
