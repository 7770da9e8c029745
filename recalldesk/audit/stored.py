"""Reads the sealed log in the order of its blocks, a batch at a time.

Guarantee: memory is that of one batch, however long the log is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from recalldesk.audit.canonical import COLUMNS, Value

BATCH = 5_000
ROWS = (
    "SELECT s.change_id, s.block_id, s.place, s.digest, n.id, n.sealed_text, n.erased_at,"  # noqa: S608 - columns of ours
    f" {', '.join('c.' + column for column in COLUMNS)}"
    " FROM audit_sealedchange s LEFT JOIN audit_statechange c ON c.id = s.change_id"
    " LEFT JOIN audit_note n ON n.id = c.note_id"
    " WHERE (s.block_id, s.place) > (%s, %s) AND s.block_id <= %s"
    " ORDER BY s.block_id, s.place LIMIT %s"
)
BLOCKS = (
    "SELECT number, form, count, total, previous, digest, sealed_at FROM audit_block"
    " WHERE number > %s AND number <= %s ORDER BY number LIMIT %s"
)
IN_NO_BLOCK = (
    f"SELECT u.change_id IS NOT NULL, {', '.join('c.' + column for column in COLUMNS)}"  # noqa: S608 - columns of ours
    " FROM audit_statechange c LEFT JOIN audit_unsealedchange u ON u.change_id = c.id"
    " WHERE c.id > %s AND NOT EXISTS"
    " (SELECT FROM audit_sealedchange s WHERE s.change_id = c.id) ORDER BY c.id LIMIT %s"
)
WAIT_IN_VAIN = (
    "SELECT u.change_id FROM audit_unsealedchange u WHERE u.change_id > %s AND NOT EXISTS"
    " (SELECT FROM audit_statechange c WHERE c.id = u.change_id) ORDER BY u.change_id LIMIT %s"
)
BEHIND_THE_END = (
    "SELECT change_id, block_id FROM audit_sealedchange WHERE block_id >"
    " (SELECT COALESCE(max(number), 0) FROM audit_block) ORDER BY block_id, place LIMIT %s"
)


@dataclass(frozen=True)
class StoredBlock:
    """A block as it stands."""

    number: int
    form: int
    count: int
    total: int
    previous: bytes
    digest: bytes
    sealed_at: datetime


@dataclass(frozen=True)
class StoredRow:
    """A row at its place in a block; `values` are None where it is gone.

    `note` is the sealed text of its note, None where there is none.
    """

    row_id: int
    block: int
    place: int
    digest: bytes
    values: tuple[Value, ...] | None
    note: bytes | None
    note_is_erased: bool

    @property
    def note_id(self) -> Value:
        """The note that the row names."""
        return self.values[COLUMNS.index("note_id")] if self.values else None

    @property
    def note_digest(self) -> bytes:
        """The digest of the note as the row says it."""
        value: Any = self.values[COLUMNS.index("note_digest")] if self.values else None
        return bytes(value or b"")


def newest_number() -> int:
    """The number of the newest block; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(number), 0) FROM audit_block")
        return int((cursor.fetchone() or (0,))[0])


def blocks(*, up_to: int) -> Iterator[StoredBlock]:
    """All blocks up to a number, in their order."""
    last = -1
    while batch := _asked(BLOCKS, [last, up_to, BATCH]):
        for number, form, count, total, previous, digest, sealed_at in batch:
            yield StoredBlock(number, form, count, total, bytes(previous), bytes(digest), sealed_at)
        last = batch[-1][0]


def rows(*, up_to: int) -> Iterator[StoredRow]:
    """All rows of the blocks up to a number, in the order of their blocks and places."""
    last = (-1, -1)
    while batch := _asked(ROWS, [*last, up_to, BATCH]):
        for row_id, block, place, digest, note_id, sealed_text, erased_at, *values in batch:
            yield StoredRow(
                row_id=row_id,
                block=block,
                place=place,
                digest=bytes(digest),
                values=None if values[0] is None else tuple(values),
                note=None if note_id is None else bytes(sealed_text),
                note_is_erased=erased_at is not None,
            )
        last = batch[-1][1], batch[-1][2]


def rows_in_no_block() -> Iterator[tuple[bool, tuple[Value, ...]]]:
    """Rows that no block holds, by number, each with whether it waits to be sealed."""
    last = -(2**63)
    while batch := _asked(IN_NO_BLOCK, [last, BATCH]):
        for waits, *values in batch:
            yield waits, tuple(values)
        last = batch[-1][1]


def gone_before_sealed() -> Iterator[int]:
    """Numbers of rows that waited to be sealed and are not there any more."""
    last = -(2**63)
    while batch := _asked(WAIT_IN_VAIN, [last, BATCH]):
        yield from (number for (number,) in batch)
        last = batch[-1][0]


def rows_behind_the_end() -> list[tuple[int, int]]:
    """The first rows, each with its block, whose block would be a newer one than there is."""
    return [(row_id, block) for row_id, block in _asked(BEHIND_THE_END, [BATCH])]


def _asked(statement: str, values: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
