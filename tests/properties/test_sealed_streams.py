"""A sealed stream gives back exactly what was sealed, or ends in an error."""

import io
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.sealing.keys import KEY_BYTES, KeyRing, SealingError
from recalldesk.sealing.streams import CHUNK, TAG_BYTES, open_stream, seal_stream

RING = KeyRing({"data": bytes(range(KEY_BYTES))})
HEAD = 2 + len("data") + 32
SEALED_CHUNK = CHUNK + TAG_BYTES
SIZES = st.one_of(
    st.integers(0, 3_000),
    st.builds(lambda n, more: max(0, n * CHUNK + more), st.integers(1, 3), st.integers(-2, 2)),
)


def content(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def sealed(plain: bytes, purpose: str = "p") -> bytes:
    return b"".join(seal_stream([plain], ring=RING, purpose=purpose))


def opened(stream: bytes, purpose: str = "p") -> bytes:
    return b"".join(open_stream(io.BytesIO(stream), ring=RING, purpose=purpose))


def is_noticed(stream: bytes, plain: bytes) -> bool:
    """Whether reading ends in an error, with nothing but the true beginning before it."""
    got = b""
    try:
        for chunk in open_stream(io.BytesIO(stream), ring=RING, purpose="p"):
            got += chunk
    except SealingError:
        return plain.startswith(got)
    return False


@given(SIZES, st.integers(0, 2**32))
def test_however_it_is_cut_into_pieces_it_comes_back(size: int, seed: int) -> None:
    plain, draw = content(size), random.Random(seed)

    def pieces() -> Iterator[bytes]:
        place = 0
        while place < size:
            length = draw.choice((0, 1, 500, CHUNK, CHUNK + 1, 3 * CHUNK))
            yield plain[place : place + length]
            place += length

    class ShortReads(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 1, draw.randrange(1, 50_000)))

    stream = b"".join(seal_stream(pieces(), ring=RING, purpose="p"))
    assert b"".join(open_stream(ShortReads(stream), ring=RING, purpose="p")) == plain


@given(SIZES, st.data())
def test_one_altered_bit_is_noticed(size: int, data: st.DataObject) -> None:
    stream = bytearray(sealed(content(size)))
    place = data.draw(st.integers(0, len(stream) - 1))
    stream[place] ^= 1 << data.draw(st.integers(0, 7))
    assert is_noticed(bytes(stream), content(size))


@given(SIZES, st.data())
def test_a_cut_anywhere_is_noticed(size: int, data: st.DataObject) -> None:
    stream = sealed(content(size))
    end = data.draw(st.integers(0, len(stream) - 1))
    assert is_noticed(stream[:end], content(size))


@given(SIZES, st.binary(min_size=1, max_size=100))
def test_whatever_is_added_is_noticed(size: int, more: bytes) -> None:
    assert is_noticed(sealed(content(size)) + more, content(size))


@settings(max_examples=30)
@given(st.integers(CHUNK, 4 * CHUNK), st.data())
def test_chunks_left_out_doubled_swapped_or_from_another_file_are_noticed(
    size: int, data: st.DataObject
) -> None:
    stream = sealed(content(size))
    head, body = stream[:HEAD], stream[HEAD:]
    parts = [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]
    others = sealed(content(size))[HEAD:]
    strange = [others[at : at + SEALED_CHUNK] for at in range(0, len(others), SEALED_CHUNK)]
    places = st.integers(0, len(parts) - 1)
    one, two = data.draw(places), data.draw(places)
    changed = list(parts)
    match data.draw(st.sampled_from(["out", "doubled", "swapped", "strange", "whole"])):
        case "out":
            del changed[one]
        case "doubled":
            changed.insert(two, changed[one])
        case "swapped":
            changed[one], changed[two] = changed[two], changed[one]
        case "strange":
            changed[one] = strange[one]
        case _:
            changed = strange
    if changed != parts:
        assert is_noticed(head + b"".join(changed), content(size))


@given(SIZES)
def test_it_opens_for_its_purpose_and_under_its_key_only(size: int) -> None:
    stream = sealed(content(size))
    with pytest.raises(SealingError):
        opened(stream, purpose="q")
    with pytest.raises(SealingError, match="altered"):
        list(open_stream(io.BytesIO(stream), ring=KeyRing({"data": bytes(32)}), purpose="p"))
    with pytest.raises(SealingError, match="not at hand"):
        list(open_stream(io.BytesIO(stream), ring=KeyRing({"b": bytes(32)}), purpose="p"))


def test_the_same_bytes_sealed_twice_have_nothing_in_common_but_their_head() -> None:
    one, two = sealed(bytes(100)), sealed(bytes(100))
    assert one[:6] == two[:6]
    assert one[HEAD:] != two[HEAD:]


def test_a_newer_key_seals_while_the_older_one_still_opens() -> None:
    both = KeyRing({"new": bytes(32), **RING.keys})
    assert b"".join(open_stream(io.BytesIO(sealed(b"x")), ring=both, purpose="p")) == b"x"
    after = b"".join(seal_stream([b"y"], ring=both, purpose="p"))
    with pytest.raises(SealingError, match="new"):
        opened(after)
