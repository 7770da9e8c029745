"""The lines of a file, in chunks of some MiB, each with its number and its place.

Guarantees: LF, CR LF and a lone CR end a line, and nothing else; every line is in one chunk, once.
"""

from dataclasses import dataclass
from os import SEEK_END
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from recalldesk.matching.files.arrays import Bools, Bytes, Numbers
from recalldesk.matching.files.errors import OrderFileRefused

BLOCK = 16 << 20
LONGEST_LINE = 64 << 20
PART = 1 << 18
LF, CR = 10, 13


@dataclass(frozen=True)
class Chunk:
    """`text`: the lines, each ended by one LF; `starts`: where each begins in it, and the end of
    the last; `places`: where each begins in the file; `number`: the first one's, from 1."""

    text: bytes
    starts: Numbers
    places: Numbers
    number: int

    def __len__(self) -> int:
        return len(self.places)

    @property
    def lengths(self) -> Numbers:
        """Of the lines, without their ends."""
        return np.diff(self.starts) - 1

    def line(self, index: int, last: int | None = None) -> bytes:
        """A line without its end, or all from `index` to `last`."""
        stop = index if last is None else last
        return self.text[int(self.starts[index]) : int(self.starts[stop + 1]) - 1]

    def span(self, index: int, last: int) -> tuple[int, int]:
        """Where the lines from `index` to `last` begin in the file, and their bytes there."""
        place = int(self.places[index])
        end = int(self.places[last]) + int(self.starts[last + 1] - self.starts[last]) - 1
        return place, end - place

    def as_array(self) -> "pa.Array[pa.Scalar]":
        """The lines with their ends, without a copy."""
        offsets = self.starts.astype(np.int32)
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(self.text)]
        return pa.Array.from_buffers(pa.binary(), len(self), buffers)


class Lines:
    """Reads chunk by chunk; what a chunk was read too early for is put back."""

    def __init__(self, file: BinaryIO, skip: int, *, block: int = BLOCK) -> None:
        self._file = file
        self._size = file.seek(0, SEEK_END)
        self._file.seek(skip)
        self._place = skip
        self._number = 1
        self._rest = b""
        self._block = block
        self.at_end = skip >= self._size

    @property
    def place(self) -> int:
        """The bytes that are behind."""
        return self._place

    def chunk(self) -> Chunk | None:
        """The next lines, or None at the end. Raises `OrderFileRefused` for a line without end."""
        while not self.at_end:
            block = self._file.read(self._block)
            raw = self._rest + block
            self.at_end = not block or self._file.tell() >= self._size
            cut = len(raw) if self.at_end else _cut(raw)
            self._rest = raw[cut:]
            if cut:
                return self._chunk(raw[:cut])
            if len(raw) > LONGEST_LINE:
                raise OrderFileRefused(
                    f"Line {self._number:,} does not end within 64 MiB.",
                    "It is no list of orders. Export it again as CSV or tab-separated text.",
                )
        return None

    def put_back(self, chunk: Chunk, index: int) -> None:
        """Lines from `index` on come again, with those that follow."""
        place = int(chunk.places[index])
        self._file.seek(place)
        self.at_end = False
        self._place = place
        self._number = chunk.number + index
        # Read anew, with a block more: the next chunk is longer than what is put back.
        self._rest = b""

    def _chunk(self, raw: bytes) -> Chunk:
        text = raw
        if b"\r" in raw:
            text = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if not text.endswith(b"\n"):
            text += b"\n"
        ends = _ends(np.frombuffer(text, np.uint8))
        starts = np.concatenate([np.zeros(1, np.int64), ends + 1])
        places = starts[:-1] if text is raw or b"\r" not in raw else _starts(raw)
        chunk = Chunk(text, starts, places + self._place, self._number)
        self._place += len(raw)
        self._number += len(chunk)
        return chunk


def _ends(units: Bytes) -> Numbers:
    """Part by part, since what is compared then stays in the processor's cache."""
    parts = range(0, len(units), PART)
    return np.concatenate([np.flatnonzero(units[at : at + PART] == LF) + at for at in parts])


def _cut(raw: bytes) -> int:
    """Behind the last line end that is surely whole: a CR at the very end may go on with LF."""
    return raw.rfind(b"\n") + 1 or raw.rfind(b"\r", 0, len(raw) - 1) + 1


def _starts(raw: bytes) -> Numbers:
    units = np.frombuffer(raw, np.uint8)
    ends: Bools = (units == LF) | (units == CR)
    # Of CR LF only the LF ends the line.
    ends[:-1] &= ~((units[:-1] == CR) & (units[1:] == LF))
    found = np.flatnonzero(ends) + 1
    return np.concatenate([np.zeros(1, np.int64), found[found < len(raw)]])
