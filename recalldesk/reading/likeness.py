"""How a picture looks, in 256 bits, of which pictures that look alike differ in few.

Guarantees: the bits are those of imagehash's `phash` of 16 by 16; a picture that was turned by a
quarter or mirrored has those of one of the other's eight turns, but for what its pixels' rounding
decides; a picture without anything in it, which would be like any other such, has none; of two that
differ in 31 bits at most, one of their eleven parts differs in two at most.

Written out here: imagehash needs a quarter of a second to be loaded, in each process that cleans.
"""

from functools import cache
from itertools import combinations
from math import cos, pi
from operator import mul
from statistics import median

from PIL import Image

BITS = 256
BYTES = BITS // 8
TURNS = 8
NEAR = 31
"""So many bits differ at most in pictures that are taken for like ones."""
PARTS = 11
PART_NEAR = NEAR // PARTS
"""So many bits differ at most in one part or another of two that are near: else there were more."""
_SIDE, _KEPT = 64, 16
_FEWEST_SET = 100
"""Half of the bits are set but in a flat or symmetric picture."""
_ROUNDED = 6
"""Digits. What is only a rounding error is no pattern."""
Waves = list[list[float]]


def likeness_of(picture: Image.Image) -> bytes:
    """The bits of its eight turns and mirrors, 32 bytes each, as it stands first; or nothing."""
    waves = _waves(picture)
    upright = _bits(waves)
    if int.from_bytes(upright).bit_count() < _FEWEST_SET:
        return b""
    across = [list(column) for column in zip(*waves, strict=True)]
    turned = (
        _bits(_mirrored(each, left_right=left_right, top_bottom=top_bottom))
        for each in (waves, across)
        for left_right in (False, True)
        for top_bottom in (False, True)
    )
    return b"".join(turned)


def turns_of(likeness: bytes) -> tuple[bytes, ...]:
    """The bits of each turn, as the picture stands first."""
    return tuple(likeness[place : place + BYTES] for place in range(0, len(likeness), BYTES))


def distance(bits: bytes, others: bytes) -> int:
    """In how many bits two differ."""
    return (int.from_bytes(bits) ^ int.from_bytes(others)).bit_count()


def parts_of(bits: bytes) -> tuple[int, ...]:
    """Eleven numbers of 23 or 24 bits, by which bits that are near are found: every eleventh bit
    of all, so that each part says something of the whole picture."""
    digits = f"{int.from_bytes(bits):0{BITS}b}"
    return tuple(int(digits[place::PARTS], 2) for place in range(PARTS))


def near_parts_of(bits: bytes) -> tuple[tuple[int, ...], ...]:
    """For each part all numbers that it may be in bits that are near: some 300."""
    return tuple(
        tuple(part ^ change for change in _changes(place))
        for place, part in enumerate(parts_of(bits))
    )


@cache
def _changes(place: int) -> tuple[int, ...]:
    """What turns over two bits of a part at most."""
    one_bit = [1 << bit for bit in range(len(range(place, BITS, PARTS)))]
    return tuple(
        sum(bits) for count in range(PART_NEAR + 1) for bits in combinations(one_bit, count)
    )


@cache
def _cosines() -> tuple[tuple[float, ...], ...]:
    return tuple(
        tuple(cos(pi * wave * (2 * place + 1) / (2 * _SIDE)) for place in range(_SIDE))
        for wave in range(_KEPT)
    )


def _waves(picture: Image.Image) -> Waves:
    """The 16 by 16 longest waves of the grey picture: its discrete cosine transform."""
    grey = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    pixels = grey.tobytes()
    rows = [pixels[start : start + _SIDE] for start in range(0, len(pixels), _SIDE)]
    columns = [[sum(map(mul, row, wave)) for row in rows] for wave in _cosines()]
    return [
        [round(sum(map(mul, column, wave)), _ROUNDED) for column in columns] for wave in _cosines()
    ]


def _mirrored(waves: Waves, *, left_right: bool, top_bottom: bool) -> Waves:
    """A mirrored picture has the same waves, each second one upside down."""
    return [
        [
            -value if (left_right and column % 2) != (top_bottom and row % 2) else value
            for column, value in enumerate(values)
        ]
        for row, values in enumerate(waves)
    ]


def _bits(waves: Waves) -> bytes:
    middle = median(value for values in waves for value in values)
    number = 0
    for values in waves:
        for value in values:
            number = number << 1 | (value > middle)
    return number.to_bytes(BYTES)
