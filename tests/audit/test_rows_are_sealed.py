"""Committed rows are sealed in blocks that name one another, once each, whoever seals them."""

import hashlib
import threading
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from recalldesk.audit import jobs, sealing_blocks
from recalldesk.audit.canonical import COLUMNS, NOTHING_BEFORE, row_digest
from recalldesk.audit.models import Block, SealedChange, StateChange, UnsealedChange
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.verifying import verify
from tests.audit.written import a_row, behind_the_back, sealed_rows

pytestmark = pytest.mark.django_db


def test_each_row_stands_in_one_block_at_its_place() -> None:
    rows = sealed_rows(2, 3)
    found = SealedChange.objects.order_by("block_id", "place").values_list(
        "change_id", "block_id", "place"
    )
    assert list(found) == [
        (row.pk, block, place)
        for row, block, place in zip(rows, (1, 1, 2, 2, 2), (1, 2, 1, 2, 3), strict=True)
    ]
    assert not UnsealedChange.objects.exists()


def test_blocks_follow_on_one_another() -> None:
    sealed_rows(2, 3, 1)
    first, second, third = Block.objects.order_by("number")
    assert bytes(first.previous) == NOTHING_BEFORE
    assert bytes(second.previous) == bytes(first.digest)
    assert bytes(third.previous) == bytes(second.digest)
    assert [block.total for block in (first, second, third)] == [2, 5, 6]


def test_where_nothing_is_new_nothing_is_written() -> None:
    sealed_rows(1)
    assert seal_what_waits() == 0
    assert Block.objects.count() == 1


def test_many_rows_become_several_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing_blocks, "MOST_ROWS", 3)
    rows = [a_row(number) for number in range(1, 9)]
    assert seal_what_waits() == len(rows)
    assert list(Block.objects.order_by("number").values_list("count", flat=True)) == [3, 3, 2]
    assert verify().is_whole


def test_rows_from_before_there_were_blocks_are_sealed_in_the_first() -> None:
    rows = [a_row(number) for number in range(1, 5)]
    with behind_the_back() as cursor:
        cursor.execute("DELETE FROM audit_unsealedchange")
        cursor.execute(
            import_module("recalldesk.audit.migrations.0009_sealed_blocks").WHAT_IS_THERE_WAITS
        )
    assert seal_what_waits() == len(rows)
    assert verify().is_whole


def test_the_form_covers_every_column_of_a_row() -> None:
    """A column that is added needs another form: nobody would see that it was changed."""
    assert {field.column for field in StateChange._meta.local_concrete_fields} == set(COLUMNS)


def test_the_digest_of_a_row_is_that_of_its_bytes_as_documented() -> None:
    row = sealed_rows(1)[0]
    sealed = SealedChange.objects.get(pk=row.pk)
    values = StateChange.objects.values_list(*COLUMNS).get(pk=row.pk)
    assert bytes(sealed.digest) == row_digest(values)
    fields = b"".join(
        b"\x01" + len(raw).to_bytes(8, "big") + raw
        for raw in (
            str(row.pk).encode(),
            str(round(row.at.timestamp() * 1_000_000)).encode(),
            b"1",
            b"recall",
            b"1",
            b"live",
            b"closed",
            b"applied",
            b"staff",
            b"7",
            str(row.note_id).encode(),
            bytes(row.note_digest or b""),
        )
    )
    assert bytes(sealed.digest) == hashlib.sha256(b"recalldesk row 2\n" + fields + b"\x00").digest()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_block SET digest = previous",
        "DELETE FROM audit_block",
        "UPDATE audit_sealedchange SET place = 9",
        "DELETE FROM audit_sealedchange",
        "INSERT INTO audit_block SELECT number + 5, form, count, total + count, digest, digest,"
        " sealed_at FROM audit_block",
        "INSERT INTO audit_block SELECT number + 1, form, count, total + count, previous, digest,"
        " sealed_at FROM audit_block",
        "INSERT INTO audit_block SELECT number + 1, form, count, total, digest, digest, sealed_at"
        " FROM audit_block",
    ],
)
def test_the_database_refuses_to_change_the_chain(statement: str) -> None:
    sealed_rows(1)
    with (
        pytest.raises(DatabaseError, match=r"pgtrigger:|a block follows on the newest one"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_job_seals_and_may_run_twice() -> None:
    a_row()
    jobs.seal(timestamp=0)
    jobs.seal(timestamp=5)
    assert Block.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestCommits:
    """Several programs at once, each with a connection of its own."""

    def test_a_row_that_commits_late_is_sealed_in_a_later_block(self) -> None:
        begun, may_commit = threading.Event(), threading.Event()
        early: list[int] = []

        def slow() -> None:
            try:
                with transaction.atomic():
                    early.append(a_row(1).pk)
                    begun.set()
                    assert may_commit.wait(20)
            finally:
                connection.close()

        thread = threading.Thread(target=slow)
        thread.start()
        assert begun.wait(20)
        later = a_row(2).pk
        assert seal_what_waits() == 1
        may_commit.set()
        thread.join()
        assert seal_what_waits() == 1
        blocks = dict(SealedChange.objects.values_list("change_id", "block_id"))
        assert early[0] < later
        assert blocks == {later: 1, early[0]: 2}
        assert verify().is_whole

    def test_two_workers_make_one_chain(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sealing_blocks, "MOST_ROWS", 4)
        rows = [a_row(number) for number in range(1, 81)]
        together = threading.Barrier(4)
        sealed: list[int] = []

        def worker() -> None:
            try:
                together.wait(20)
                sealed.append(seal_what_waits())
            finally:
                connection.close()

        workers = [threading.Thread(target=worker) for _ in range(4)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
        assert sum(sealed) == len(rows)
        verified = verify()
        assert verified.is_whole
        assert (verified.rows, verified.waiting) == (80, 0)
        assert SealedChange.objects.count() == 80
