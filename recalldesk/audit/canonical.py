"""The bytes of a row and of a block, by which they are known again. Without Django.

Guarantees: two rows that differ in any column never have the same bytes; the bytes of a row are the
same in every program, language and time zone. docs/log.md describes them for whoever checks the log
without Recalldesk. A form never changes: one that must hold more is the next form, and each block
says in which its rows are.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

FORM = 1
DIGEST_BYTES = 32
NOTHING_BEFORE = bytes(DIGEST_BYTES)
"""What the first block says of the block before it."""
COLUMNS = (
    "id",
    "at",
    "recall_id",
    "subject",
    "subject_id",
    "from_state",
    "to_state",
    "reason",
    "actor",
    "actor_id",
    "note_id",
    "note_digest",
)
"""Of `audit_statechange`, in the order of form 1."""
Value = int | str | bytes | memoryview | datetime | None
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def row_bytes(values: Sequence[Value]) -> bytes:
    """The bytes of a row; `values` are those of COLUMNS, in their order."""
    return b"recalldesk row 1\n" + b"".join(_field(value) for value in values)


def row_digest(values: Sequence[Value]) -> bytes:
    """The SHA-256 of a row's bytes."""
    return hashlib.sha256(row_bytes(values)).digest()


class BlockDigest:
    """The digest of a block, made row by row, so that no block has to be held in memory."""

    def __init__(
        self, *, number: int, previous: bytes, count: int, total: int, sealed_at: datetime
    ) -> None:
        head: tuple[Value, ...] = (number, previous, count, total, sealed_at)
        fields = b"".join(_field(value) for value in head)
        self._made = hashlib.sha256(b"recalldesk block 1\n" + fields)

    def add(self, row_id: int, digest: bytes) -> None:
        """The next row, in the order of their places."""
        self._made.update(_field(row_id) + _field(digest))

    def add_all(self, rows: Iterable[tuple[int, bytes]]) -> "BlockDigest":
        """All these rows; returns itself."""
        for row_id, digest in rows:
            self.add(row_id, digest)
        return self

    def done(self) -> bytes:
        """The digest of all that was added."""
        return self._made.digest()


def _field(value: Value) -> bytes:
    """One byte 0 for nothing; else one byte 1, the length in eight bytes, and the value."""
    if value is None:
        return b"\x00"
    raw = _raw(value)
    return b"\x01" + len(raw).to_bytes(8, "big") + raw


def _raw(value: int | str | bytes | memoryview | datetime) -> bytes:
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, datetime):
        return b"%d" % ((value - _EPOCH) // _MICROSECOND)
    return bytes(value)
