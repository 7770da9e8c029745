"""Reads the sealed log in the order of its blocks, a batch at a time.

Guarantee: memory is that of one batch, however long the log is.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from recalldesk.audit.canonical import COLUMNS, Value
from recalldesk.audit.contents import Standing, Text, standing

BATCH = 5_000
SUBJECT, SUBJECT_ID, CONTENT_DIGEST = (
    COLUMNS.index(column) for column in ("subject", "subject_id", "content_digest")
)
SAID_TO_BE_ERASED = (
    "SELECT s.subject, s.subject_id, max(s.id) FROM audit_statechange s"
    " JOIN unnest(%s::text[], %s::bigint[]) AS asked (subject, subject_id)"
    " ON s.subject = asked.subject AND s.subject_id = asked.subject_id"
    " WHERE s.reason = 'erased' GROUP BY s.subject, s.subject_id"
)
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

    `note` is the sealed text of its note, None where there is none. `content`: what it speaks of
    as that stands, None where it is gone, or the row holds no digest of it. `is_said_erased`: a
    later row says of the same thing that something of it was erased.
    """

    row_id: int
    block: int
    place: int
    digest: bytes
    values: tuple[Value, ...] | None
    note: bytes | None
    note_is_erased: bool
    content: Standing | None = None
    is_said_erased: bool = False

    @property
    def thing(self) -> tuple[str, int]:
        """What the row is about."""
        assert self.values is not None
        subject, subject_id = self.values[SUBJECT], self.values[SUBJECT_ID]
        assert isinstance(subject, str)
        assert isinstance(subject_id, int)
        return subject, subject_id

    @property
    def content_digest(self) -> bytes | None:
        """The digest of what it speaks of, as the row says it."""
        value: Any = self.values[CONTENT_DIGEST] if self.values else None
        return None if value is None else bytes(value)

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
        yield from _with_contents([_row(*columns) for columns in batch])
        last = batch[-1][1], batch[-1][2]


def _row(
    row_id: int,
    block: int,
    place: int,
    digest: bytes,
    note_id: int | None,
    sealed_text: bytes,
    erased_at: datetime | None,
    *values: Value,
) -> StoredRow:
    return StoredRow(
        row_id=row_id,
        block=block,
        place=place,
        digest=bytes(digest),
        values=None if values[0] is None else values,
        note=None if note_id is None else bytes(sealed_text),
        note_is_erased=erased_at is not None,
    )


def _with_contents(batch: list[StoredRow]) -> Iterator[StoredRow]:
    """The rows of a batch with what they speak of: one question a subject, one about erasures."""
    asked: dict[str, list[int]] = defaultdict(list)
    for row in batch:
        if row.content_digest is not None:
            subject, subject_id = row.thing
            asked[subject].append(subject_id)
    found = {
        (subject, number): each
        for subject, numbers in asked.items()
        for number, each in standing(subject, numbers).items()
    }
    told = [
        replace(row, content=found.get(row.thing)) if row.content_digest is not None else row
        for row in batch
    ]
    erased = _said_to_be_erased({row.thing for row in told if _has_erased(row)})
    for row in told:
        is_said = _has_erased(row) and erased.get(row.thing, row.row_id) > row.row_id
        yield replace(row, is_said_erased=True) if is_said else row


def _has_erased(row: StoredRow) -> bool:
    """Whether something that the row names is erased, by its note or by what it speaks of."""
    if row.values is None:
        return False
    return row.note_is_erased or (row.content is not None and row.content.text is Text.ERASED)


def _said_to_be_erased(things: set[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """The last row about each of these things that says that something of it was erased."""
    if not things:
        return {}
    columns: list[Any] = [list(column) for column in zip(*things, strict=True)]
    rows = _asked(SAID_TO_BE_ERASED, columns)
    return {(subject, number): row_id for subject, number, row_id in rows}


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


def _asked(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
