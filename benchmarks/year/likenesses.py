"""All likenesses of a year, searched by looking at each: what an index must find too."""

import numpy
from numpy.typing import NDArray

from recalldesk.reading.likeness import BYTES, turns_of

WORDS = BYTES // 8


class Likenesses:
    """Likenesses of photos by their numbers, which only grow."""

    def __init__(self, most: int) -> None:
        self._words: NDArray[numpy.uint64] = numpy.zeros((WORDS, most), dtype=numpy.uint64)
        self._numbers: NDArray[numpy.int64] = numpy.zeros(most, dtype=numpy.int64)
        self._count = 0

    def keep(self, number: int, likeness: bytes) -> None:
        """One more; a photo with nothing in it has none."""
        if likeness:
            upright = numpy.frombuffer(likeness[:BYTES], dtype=numpy.uint64)
            self._words[:, self._count] = upright
            self._numbers[self._count] = number
            self._count += 1

    def like(self, number: int, likeness: bytes, within: int) -> list[tuple[int, int]]:
        """Photos that differ from one of its turns in so many bits at most, the likest first."""
        nearest: dict[int, int] = {}
        for turn in dict.fromkeys(turns_of(likeness)):
            apart = self._apart(turn)
            for at in numpy.flatnonzero(apart <= within):
                other = int(self._numbers[at])
                nearest[other] = min(int(apart[at]), nearest.get(other, within))
        nearest.pop(number, None)
        return sorted(nearest.items(), key=lambda each: (each[1], each[0]))

    def _apart(self, turn: bytes) -> NDArray[numpy.uint16]:
        """In how many bits each differs."""
        apart = numpy.zeros(self._count, dtype=numpy.uint16)
        for known, asked in zip(
            self._words, numpy.frombuffer(turn, dtype=numpy.uint64), strict=True
        ):
            apart += numpy.bitwise_count(known[: self._count] ^ asked)
        return apart
