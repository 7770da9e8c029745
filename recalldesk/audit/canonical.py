"""The bytes of a row, of a block, and of what a row speaks of. Without Django.

Guarantees: two rows that differ in any column never have the same bytes; the bytes of a row are the
same in every program, language and time zone. docs/log.md describes them for whoever checks the log
without Recalldesk. A form never changes: one that must hold more is the next form, and each block
says in which it and its rows are.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

FORM = 2
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
    "content_digest",
)
"""Of `audit_statechange`, in their order."""
WIDTHS: Mapping[int, int] = {1: 12, 2: 13}
"""So many of COLUMNS are in a row's bytes, by form."""
Value = int | str | bytes | memoryview | datetime | Sequence["Value"] | None
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def row_bytes(values: Sequence[Value], *, form: int = FORM) -> bytes:
    """The bytes of a row; `values` are those of COLUMNS, in their order."""
    return b"recalldesk row %d\n" % form + _fields(values[: WIDTHS[form]])


def row_digest(values: Sequence[Value], *, form: int = FORM) -> bytes:
    """The SHA-256 of a row's bytes."""
    return hashlib.sha256(row_bytes(values, form=form)).digest()


def content_digest(subject: str, values: Sequence[Value]) -> bytes:
    """The SHA-256 of what a row of the log speaks of: the columns of it that never change."""
    return hashlib.sha256(b"recalldesk content 1\n" + _fields((subject, *values))).digest()


def json_text(value: str) -> str:
    """A JSON value in one spelling: its keys sorted, no spaces, ASCII."""
    return json.dumps(json.loads(value), sort_keys=True, separators=(",", ":"))


class BlockDigest:
    """The digest of a block, made row by row, so that no block has to be held in memory."""

    def __init__(
        self,
        *,
        number: int,
        previous: bytes,
        count: int,
        total: int,
        sealed_at: datetime,
        form: int = FORM,
    ) -> None:
        fields = _fields((number, previous, count, total, sealed_at))
        self._made = hashlib.sha256(b"recalldesk block %d\n" % form + fields)

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


def _fields(values: Sequence[Value]) -> bytes:
    return b"".join(_field(value) for value in values)


def _field(value: Value) -> bytes:
    """One byte 0 for nothing; else one byte 1, the length in eight bytes, and the value."""
    if value is None:
        return b"\x00"
    raw = _raw(value)
    return b"\x01" + len(raw).to_bytes(8, "big") + raw


def _raw(value: int | str | bytes | memoryview | datetime | Sequence[Value]) -> bytes:
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, datetime):
        return b"%d" % ((value - _EPOCH) // _MICROSECOND)
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return _fields(value)
