"""Two rows of the log that differ anywhere have different bytes, and so have two blocks."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import assume, given
from hypothesis import strategies as st

from recalldesk.audit.canonical import COLUMNS, BlockDigest, Value, row_bytes

NUMBERS = st.integers(-(2**63), 2**63 - 1)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
TIMES = st.integers(-(10**15), 10**17).map(
    lambda number: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number)
)
BYTES = st.binary(max_size=40)
KINDS = {
    "at": TIMES,
    **dict.fromkeys(("note_digest", "content_digest"), st.none() | BYTES),
    **dict.fromkeys(("id", "subject_id"), NUMBERS),
    **dict.fromkeys(("recall_id", "actor_id", "note_id"), st.none() | NUMBERS),
    **dict.fromkeys(("subject", "from_state", "to_state", "reason", "actor"), WORDS),
}
ROWS = st.tuples(*(KINDS[column] for column in COLUMNS))
DIGESTS = st.binary(min_size=32, max_size=32)
SEALS = st.lists(st.tuples(NUMBERS, DIGESTS), max_size=5)
HEADS = st.tuples(NUMBERS, DIGESTS, NUMBERS, NUMBERS, TIMES)


def read_back(content: bytes) -> list[bytes | None]:
    """The fields that bytes hold, as docs/log.md says how to read them."""
    title = b"recalldesk row 2\n"
    assert content.startswith(title)
    fields, place = list[bytes | None](), len(title)
    while place < len(content):
        if content[place] == 0:
            fields.append(None)
            place += 1
            continue
        length = int.from_bytes(content[place + 1 : place + 9], "big")
        fields.append(content[place + 9 : place + 9 + length])
        place += 9 + length
    return fields


@given(ROWS, ROWS)
def test_rows_that_differ_have_different_bytes(one: tuple[Value], other: tuple[Value]) -> None:
    assume(one != other)
    assert row_bytes(one) != row_bytes(other)


@given(ROWS, st.data())
def test_rows_that_differ_in_one_column_have_different_bytes(
    row: tuple[Value], draw: st.DataObject
) -> None:
    place = draw.draw(st.integers(0, len(COLUMNS) - 1))
    value = draw.draw(KINDS[COLUMNS[place]])
    assume(value != row[place])
    assert row_bytes(row) != row_bytes((*row[:place], value, *row[place + 1 :]))


@given(ROWS)
def test_the_bytes_can_be_read_back_into_the_row(row: tuple[Value, ...]) -> None:
    fields = read_back(row_bytes(row))
    assert len(fields) == len(COLUMNS)
    for column, value, field in zip(COLUMNS, row, fields, strict=True):
        if value is None:
            assert field is None
            continue
        assert field is not None
        if isinstance(value, datetime):
            assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(field)) == value
        elif isinstance(value, int):
            assert int(field) == value
        elif isinstance(value, str):
            assert field.decode() == value
        else:
            assert field == value, column


@given(ROWS, st.integers(-14, 14))
def test_the_zone_of_a_time_changes_nothing(row: tuple[Value, ...], hours: int) -> None:
    elsewhere = timezone(timedelta(hours=hours))
    moved = [v.astimezone(elsewhere) if isinstance(v, datetime) else v for v in row]
    assert row_bytes(moved) == row_bytes(row)


@given(HEADS, SEALS, HEADS, SEALS)
def test_blocks_that_differ_have_different_digests(
    one: tuple[int, bytes, int, int, datetime],
    rows: list[tuple[int, bytes]],
    other: tuple[int, bytes, int, int, datetime],
    other_rows: list[tuple[int, bytes]],
) -> None:
    assume((one, rows) != (other, other_rows))
    assert _digest(one, rows) != _digest(other, other_rows)
    assert _digest(one, rows) == _digest(one, rows)


def _digest(head: tuple[int, bytes, int, int, datetime], rows: list[tuple[int, bytes]]) -> bytes:
    number, previous, count, total, sealed_at = head
    made = BlockDigest(
        number=number, previous=previous, count=count, total=total, sealed_at=sealed_at
    )
    return made.add_all(rows).done()
