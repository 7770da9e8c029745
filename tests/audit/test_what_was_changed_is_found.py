"""Whatever is changed behind the program's back is found, and the first row of it is named."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from recalldesk.audit import sealing_blocks
from recalldesk.audit.actions import erase_notes
from recalldesk.audit.canonical import COLUMNS
from recalldesk.audit.findings import Finding, Kind, Verified
from recalldesk.audit.heads import make_head
from recalldesk.audit.models import Note, StateChange
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.states import Actor, Subject
from recalldesk.audit.verifying import YOUNG, verify
from recalldesk.foundation import clock
from tests.audit.written import a_row, behind_the_back, sealed_rows

pytestmark = pytest.mark.django_db
ONE_BYTE: Mapping[str, str] = {
    "id": "id + 1000",
    "at": "at + interval '1 microsecond'",
    "recall_id": "recall_id + 1",
    "subject": "overlay(subject PLACING 'R' FROM 1)",
    "subject_id": "subject_id + 1",
    "from_state": "overlay(from_state PLACING 'L' FROM 1)",
    "to_state": "overlay(to_state PLACING 'C' FROM 1)",
    "reason": "overlay(reason PLACING 'A' FROM 1)",
    "actor": "overlay(actor PLACING 'S' FROM 1)",
    "actor_id": "actor_id + 1",
    "note_id": "NULL",
    "note_digest": "set_byte(note_digest, 31, (get_byte(note_digest, 31) # 1))",
    "content_digest": "note_digest",
}
EMPTIED = ("recall_id", "actor_id", "note_digest")


def alter(statement: str, *values: object) -> None:
    with behind_the_back() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0, "the test changed something"


def first(verified: Verified) -> Finding:
    assert not verified.is_whole
    return verified.findings.kept[0]


@pytest.fixture
def rows() -> list[StateChange]:
    """Nine rows in three blocks; a head was made after each of the first two."""
    found = sealed_rows(3)
    make_head()
    found += sealed_rows(4)
    make_head()
    return found + sealed_rows(2)


def test_a_log_that_nobody_touched_is_whole(rows: list[StateChange]) -> None:
    verified = verify()
    assert verified.is_whole
    assert (verified.rows, verified.blocks, verified.notes) == (9, 3, 9)
    assert [head.block for head in verified.holding] == [1, 2]
    assert verified.unheld == 1


def test_every_column_is_tried() -> None:
    assert set(ONE_BYTE) == set(COLUMNS)


@pytest.mark.parametrize("column", COLUMNS)
def test_one_byte_of_a_row_is_found(rows: list[StateChange], column: str) -> None:
    row = rows[4]
    alter(f"UPDATE audit_statechange SET {column} = {ONE_BYTE[column]} WHERE id = %s", row.pk)
    found = first(verify())
    assert (found.row_id, found.block) == (row.pk, 2)
    if column == "id":  # nobody can tell that it is the same one
        assert found.kind is Kind.ROW_REMOVED
        return
    assert found.kind is Kind.ROW_TOUCHED
    assert found.says is not None
    as_it_is = StateChange.objects.values_list(column, flat=True).get(pk=row.pk)
    if isinstance(as_it_is, str | int):
        assert found.says[column] == str(as_it_is)


@pytest.mark.parametrize("column", EMPTIED)
def test_an_emptied_column_is_found(rows: list[StateChange], column: str) -> None:
    alter(f"UPDATE audit_statechange SET {column} = NULL WHERE id = %s", rows[0].pk)
    found = first(verify())
    assert (found.kind, found.row_id) == (Kind.ROW_TOUCHED, rows[0].pk)


def test_the_first_of_several_is_named_first(rows: list[StateChange]) -> None:
    touched = [rows[8], rows[2], rows[5]]
    for row in touched:
        alter("UPDATE audit_statechange SET to_state = 'open' WHERE id = %s", row.pk)
    verified = verify()
    assert first(verified).row_id == rows[2].pk
    assert verified.findings.counts[Kind.ROW_TOUCHED] == 3


def test_it_says_between_which_heads_the_row_was_sealed(rows: list[StateChange]) -> None:
    alter("UPDATE audit_statechange SET to_state = 'open' WHERE id = %s", rows[4].pk)
    verified = verify()
    before, after = verified.between(first(verified).block or 0)
    assert before is not None
    assert after is not None
    assert (before.block, after.block) == (1, 2)


def test_a_row_that_was_removed_is_named(rows: list[StateChange]) -> None:
    alter("DELETE FROM audit_statechange WHERE id = %s", rows[3].pk)
    found = first(verify())
    assert (found.kind, found.row_id, found.block) == (Kind.ROW_REMOVED, rows[3].pk, 2)


def test_a_row_that_was_removed_with_its_seal_leaves_its_place(rows: list[StateChange]) -> None:
    alter("DELETE FROM audit_statechange WHERE id = %s", rows[3].pk)
    alter("DELETE FROM audit_sealedchange WHERE change_id = %s", rows[3].pk)
    found = first(verify())
    assert (found.kind, found.block) == (Kind.ROW_REMOVED, 2)
    assert "place 1 of block 2" in found.words


def test_a_row_that_was_added_past_the_triggers_is_named_at_once(rows: list[StateChange]) -> None:
    columns = ", ".join(column for column in COLUMNS if column not in ("id", "note_id"))
    alter(
        f"INSERT INTO audit_statechange (id, {columns}) SELECT 99999, {columns}"
        " FROM audit_statechange WHERE id = %s",
        rows[4].pk,
    )
    found = first(verify())
    assert (found.kind, found.row_id) == (Kind.ROW_ADDED, 99999)
    assert found.says is not None
    assert found.says["to_state"] == "closed"


def test_a_row_that_was_put_into_a_block_is_named(rows: list[StateChange]) -> None:
    added = a_row(77)
    alter("DELETE FROM audit_unsealedchange WHERE change_id = %s", added.pk)
    alter("INSERT INTO audit_sealedchange VALUES (%s, 5, '\\x00', 2)", added.pk)
    found = first(verify())
    assert (found.kind, found.row_id, found.block) == (Kind.ROW_ADDED, added.pk, 2)


def test_two_rows_that_changed_places_are_both_named(rows: list[StateChange]) -> None:
    one, other = rows[3].pk, rows[5].pk
    for a, b in ((one, -1), (other, one), (-1, other)):
        alter("UPDATE audit_statechange SET id = %s WHERE id = %s", b, a)
    verified = verify()
    touched = [each.row_id for each in verified.findings.kept if each.kind is Kind.ROW_TOUCHED]
    assert touched == [one, other]


def test_two_seals_that_changed_places_are_found(rows: list[StateChange]) -> None:
    one, other = rows[3].pk, rows[5].pk
    for a, place in ((one, 99), (other, 1), (one, 3)):
        alter("UPDATE audit_sealedchange SET place = %s WHERE change_id = %s", place, a)
    found = first(verify())
    assert (found.kind, found.block) == (Kind.BLOCK_TOUCHED, 2)


def test_a_row_changed_with_its_seal_gives_its_block_away(rows: list[StateChange]) -> None:
    alter("UPDATE audit_statechange SET to_state = 'open' WHERE id = %s", rows[4].pk)
    _seal_again(rows[4].pk)
    verified = verify()
    assert [each.kind for each in verified.findings.kept] == [Kind.BLOCK_TOUCHED]
    assert first(verified).block == 2


@pytest.mark.parametrize(
    "change",
    [
        "digest = previous",
        "previous = digest",
        "sealed_at = sealed_at + interval '1 microsecond'",
        "total = total + 1",
        "form = 3",
    ],
)
def test_a_changed_block_is_named(rows: list[StateChange], change: str) -> None:
    alter(f"UPDATE audit_block SET {change} WHERE number = 2")
    found = first(verify())
    assert (found.kind, found.block) == (Kind.BLOCK_TOUCHED, 2)


def test_a_block_that_says_an_older_form_is_found(rows: list[StateChange]) -> None:
    alter("UPDATE audit_block SET form = 1 WHERE number = 2")
    found = verify().findings
    assert {each.block for each in found.kept} == {2}
    assert found.counts[Kind.BLOCK_TOUCHED] == 1


def test_a_block_that_is_gone_is_named(rows: list[StateChange]) -> None:
    alter("DELETE FROM audit_block WHERE number = 2")
    found = first(verify())
    assert (found.kind, found.block, found.row_id) == (Kind.BLOCK_REMOVED, 2, rows[3].pk)


def test_a_chain_that_was_made_anew_does_not_fit_the_head(rows: list[StateChange]) -> None:
    alter("UPDATE audit_statechange SET to_state = 'open' WHERE id = %s", rows[4].pk)
    _make_anew(from_block=2)
    verified = verify()
    found = first(verified)
    assert (found.kind, found.block) == (Kind.CHAIN_REBUILT, 2)
    assert "the head of block 1 still holds" in found.words
    assert [head.block for head in verified.holding] == [1]


def test_without_any_head_a_chain_made_anew_is_not_seen(rows: list[StateChange]) -> None:
    """What the documents say of it: only a head that left speaks against who owns the database."""
    alter("UPDATE audit_statechange SET to_state = 'open' WHERE id = %s", rows[4].pk)
    alter("DELETE FROM audit_head")
    _make_anew(from_block=2)
    verified = verify()
    assert verified.is_whole
    assert not verified.holding


def test_an_end_that_was_cut_off_is_missed_by_the_head(rows: list[StateChange]) -> None:
    make_head()
    with behind_the_back() as cursor:
        for row in rows[3:]:
            cursor.execute("DELETE FROM audit_statechange WHERE id = %s", [row.pk])
        cursor.execute("DELETE FROM audit_sealedchange WHERE block_id > 1")
        cursor.execute("DELETE FROM audit_block WHERE number > 1")
    verified = verify()
    assert first(verified).kind is Kind.CHAIN_CUT
    assert "there were 2 blocks with 7 rows; there are 1 with 3" in first(verified).words
    assert verified.findings.counts[Kind.CHAIN_CUT] == 2
    assert [head.block for head in verified.holding] == [1]


def test_seals_whose_end_was_cut_off_are_found_without_a_head(rows: list[StateChange]) -> None:
    alter("DELETE FROM audit_head")
    alter("DELETE FROM audit_block WHERE number = 3")
    found = first(verify())
    assert (found.kind, found.row_id, found.block) == (Kind.BLOCK_REMOVED, rows[7].pk, 3)


def test_a_note_that_is_another_one_is_found(rows: list[StateChange]) -> None:
    note_id = rows[4].note_id
    alter("UPDATE audit_note SET sealed_text = sealed_text || '\\x00' WHERE id = %s", note_id)
    found = first(verify())
    assert (found.kind, found.row_id) == (Kind.NOTE_TOUCHED, rows[4].pk)


def test_a_note_that_is_gone_or_was_emptied_by_hand_is_found(rows: list[StateChange]) -> None:
    alter("DELETE FROM audit_note WHERE id = %s", rows[4].note_id)
    Note.objects.filter(pk=rows[6].note_id).update(sealed_text=b"")
    verified = verify()
    assert [each.row_id for each in verified.findings.kept] == [rows[4].pk, rows[6].pk]


def test_a_note_that_was_emptied_as_if_erased_is_found(rows: list[StateChange]) -> None:
    Note.objects.filter(pk=rows[4].note_id).update(sealed_text=b"", erased_at=clock.now())
    found = first(verify())
    assert (found.kind, found.row_id) == (Kind.NOTE_TOUCHED, rows[4].pk)
    assert "no row of the log says so" in found.words


def test_what_the_log_said_before_is_no_word_for_a_later_erasure(rows: list[StateChange]) -> None:
    subject_id = rows[4].subject_id
    erase_notes(subject=Subject.RECALL, subject_ids=[subject_id], actor=Actor.OWNER)
    later = a_row(subject_id, note="written afterwards")
    seal_what_waits()
    assert verify().is_whole
    Note.objects.filter(pk=later.note_id).update(sealed_text=b"", erased_at=clock.now())
    assert first(verify()).row_id == later.pk


def test_an_erased_note_leaves_the_log_whole(rows: list[StateChange]) -> None:
    erase_notes(subject=Subject.RECALL, subject_ids=[rows[4].subject_id], actor=Actor.OWNER)
    verified = verify()
    assert verified.is_whole
    assert (verified.notes, verified.erased_notes) == (6, 3)


def test_a_young_row_is_told_of_and_an_old_one_is_a_finding(rows: list[StateChange]) -> None:
    young = a_row(50)
    assert verify().waiting == 1
    assert verify().is_whole
    alter("UPDATE audit_statechange SET at = %s WHERE id = %s", clock.now() - 2 * YOUNG, young.pk)
    found = first(verify())
    assert (found.kind, found.row_id) == (Kind.ROW_LEFT, young.pk)


def test_a_row_removed_before_it_was_sealed_is_named(rows: list[StateChange]) -> None:
    waiting = a_row(50)
    alter("DELETE FROM audit_statechange WHERE id = %s", waiting.pk)
    assert seal_what_waits() == 0
    found = first(verify())
    assert (found.kind, found.row_id) == (Kind.ROW_REMOVED, waiting.pk)


def test_rows_that_say_another_time_than_their_block_are_told_of(rows: list[StateChange]) -> None:
    StateChange.objects.create(
        at=clock.now() - timedelta(days=90),
        subject="recall",
        subject_id=1,
        to_state="closed",
        actor="machine",
    )
    seal_what_waits()
    verified = verify()
    assert verified.is_whole
    assert verified.late == 1


def test_what_is_kept_of_many_findings_is_bounded(settings: Settings) -> None:
    sealed_rows(150)
    alter("UPDATE audit_statechange SET to_state = 'open'")
    verified = verify()
    assert len(verified.findings.kept) == 100
    assert verified.findings.counts[Kind.ROW_TOUCHED] == 150


def _seal_again(row_id: int) -> None:
    """As whoever knows the code would: the digest of the row as it is now."""
    values = StateChange.objects.values_list(*COLUMNS).get(pk=row_id)
    alter(
        "UPDATE audit_sealedchange SET digest = %s WHERE change_id = %s",
        sealing_blocks.row_digest(values),
        row_id,
    )


def _make_anew(*, from_block: int) -> None:
    """Seals everything from a block on once more, block for block, as the program itself does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT block_id, array_agg(change_id) FROM audit_sealedchange WHERE block_id >= %s"
            " GROUP BY block_id ORDER BY block_id",
            [from_block],
        )
        blocks = cursor.fetchall()
    with behind_the_back() as cursor:
        cursor.execute("DELETE FROM audit_sealedchange WHERE block_id >= %s", [from_block])
        cursor.execute("DELETE FROM audit_block WHERE number >= %s", [from_block])
    for _, ids in blocks:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO audit_unsealedchange SELECT unnest(%s::bigint[])", [ids])
        seal_what_waits()
