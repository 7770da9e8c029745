"""Of two pictures that are near, at least one part of the bits is near: the index misses none."""

import random

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.reading.likeness import (
    BITS,
    BYTES,
    NEAR,
    PART_NEAR,
    PARTS,
    distance,
    near_parts_of,
    parts_of,
)

all_bits = st.binary(min_size=BYTES, max_size=BYTES)


def changed(bits: bytes, places: list[int]) -> bytes:
    number = int.from_bytes(bits)
    for place in places:
        number ^= 1 << place
    return number.to_bytes(BYTES)


@given(all_bits, st.lists(st.integers(0, BITS - 1), max_size=NEAR, unique=True))
def test_whichever_bits_differ(bits: bytes, places: list[int]) -> None:
    other = changed(bits, places)
    assert distance(bits, other) == len(places)
    pairs = zip(near_parts_of(bits), parts_of(other), strict=True)
    assert any(part in near for near, part in pairs)


@given(all_bits, st.randoms(use_true_random=False))
def test_also_where_they_are_spread_over_the_parts_as_evenly_as_can_be(
    bits: bytes, draw: random.Random
) -> None:
    places = [
        BITS - 1 - (part + PARTS * turn)
        for part in range(PARTS)
        for turn in draw.sample(range(BITS // PARTS), 3)
    ]
    assert len(places) == NEAR + 2
    near_enough = changed(bits, places[:NEAR])
    pairs = zip(near_parts_of(bits), parts_of(near_enough), strict=True)
    assert any(part in near for near, part in pairs)


@given(all_bits)
def test_each_bit_is_in_one_part_and_each_near_number_is_named_once(bits: bytes) -> None:
    parts = parts_of(bits)
    assert sum(part.bit_count() for part in parts) == int.from_bytes(bits).bit_count()
    for part, near in zip(parts, near_parts_of(bits), strict=True):
        assert part in near
        assert len(near) == len(set(near))
        assert max((part ^ each).bit_count() for each in near) == PART_NEAR
