"""The log is only ever added to, and free text stands sealed beside it."""

import hashlib
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

import recalldesk
from recalldesk.audit import notes
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import Note, StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.sealing import vault

pytestmark = pytest.mark.django_db
NOTE = "Zoë asked for it by phone"


def a_row(note: str = "") -> StateChange:
    return record_change(
        subject=Subject.RECALL, subject_id=1, to_state="closed", reason=Reason.APPLIED, note=note
    )


def test_the_database_refuses_to_change_a_row() -> None:
    row = a_row()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        StateChange.objects.filter(pk=row.pk).update(to_state="open")
    row.refresh_from_db()
    assert row.to_state == "closed"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_statechange SET actor_id = 7",
        "UPDATE audit_statechange SET note_digest = NULL",
        "DELETE FROM audit_statechange",
    ],
)
def test_the_database_refuses_plain_sql_too(statement: str) -> None:
    row = a_row(NOTE)
    with (
        pytest.raises(DatabaseError, match="pgtrigger"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert StateChange.objects.filter(pk=row.pk).exists()


def test_a_row_cannot_be_deleted() -> None:
    row = a_row()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        row.delete()


def test_a_note_is_sealed_and_its_digest_stands_in_the_row() -> None:
    row = a_row(NOTE)
    note = Note.objects.get()
    sealed = bytes(note.sealed_text)
    assert NOTE.encode() not in sealed
    assert bytes(row.note_digest or b"") == hashlib.sha256(sealed).digest()
    assert vault.open_text(sealed, scope=vault.DESK, purpose="audit.Note.sealed_text") == NOTE


def test_erasing_a_note_leaves_the_row_whole_and_shows() -> None:
    row = a_row(NOTE)
    Note.objects.update(sealed_text=b"")
    row.refresh_from_db()
    assert row.note is not None
    assert bytes(row.note_digest or b"") != hashlib.sha256(bytes(row.note.sealed_text)).digest()


def test_a_note_is_opened_through_one_door_and_an_erased_one_says_nothing() -> None:
    row = a_row(NOTE)
    assert text_of(row.note) == NOTE
    Note.objects.update(sealed_text=b"", erased_at=clock.now())
    assert text_of(Note.objects.get()) == ""
    assert text_of(None) == ""


def test_nobody_else_knows_under_which_purpose_notes_are_sealed() -> None:
    package = Path(recalldesk.__file__).parent
    named = [path for path in package.rglob("*.py") if notes.PURPOSE in path.read_text("utf-8")]
    assert {path.name for path in named} == {"notes.py", "register.py"}


def test_without_a_note_nothing_is_sealed() -> None:
    assert a_row().note_id is None
    assert Note.objects.count() == 0


def test_a_note_is_erased_but_never_rewritten_or_deleted(db: None) -> None:
    note = Note.objects.create(sealed_text=b"sealed")
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(sealed_text=b"other")
    with pytest.raises(DatabaseError), transaction.atomic():
        note.delete()
    Note.objects.filter(pk=note.pk).update(sealed_text=b"")
