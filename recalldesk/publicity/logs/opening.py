"""A log is opened, plain or gzipped, and read line by line.

Guarantees: however large the file or a line of it, little of it is held at once; lines are counted
by their ends in the bytes alone, which shares no code with the reader; a log that grows while it is
read is read as far as it was counted.
"""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from recalldesk.publicity.errors import LogNotRead

LONGEST_LINE = 16_384
BLOCK = 1 << 20
GZIPPED = b"\x1f\x8b"


@dataclass(frozen=True)
class Log:
    """A log as it was found. `size` and `lines` are those of what is in it; `sha256` is of that."""

    path: Path
    sha256: str
    size: int
    lines: int


class TooLong:
    """A line that is longer than any that is read."""


class NoEnd:
    """What stands after the last end of a line."""


TOO_LONG, NO_END = TooLong(), NoEnd()
Line = bytes | TooLong | NoEnd


def log_at(path: Path) -> Log:
    """Counts what is in a log. Raises LogNotRead."""
    digest, size, ends, last = hashlib.sha256(), 0, 0, b"\n"
    with _opened(path) as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
            ends += block.count(b"\n")
            last = block[-1:]
    return Log(path, digest.hexdigest(), size, ends + (last != b"\n"))


def lines_of(log: Log) -> Iterator[Line]:
    """Its lines, without their ends, as far as they were counted. Raises LogNotRead."""
    left = log.size
    with _opened(log.path) as file:
        while left > 0:
            line = file.readline(min(left, LONGEST_LINE))
            if not line:
                return
            left -= len(line)
            if line.endswith(b"\n"):
                yield line[:-1]
            elif left == 0:
                yield NO_END
            else:
                left -= _rest(file, left)
                yield TOO_LONG


def _rest(file: BinaryIO, left: int) -> int:
    """Passes over what is left of a line; returns its length."""
    passed = 0
    while passed < left:
        piece = file.readline(min(left - passed, BLOCK))
        passed += len(piece)
        if not piece or piece.endswith(b"\n"):
            break
    return passed


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as plain:
            is_gzipped = plain.read(2) == GZIPPED
            plain.seek(0)
            if is_gzipped:
                with gzip.open(plain) as file:
                    yield cast(BinaryIO, io.BufferedReader(file, BLOCK))
            else:
                yield plain
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise LogNotRead(
            "The file is gzipped, and broken or cut off.", "Take it once more; nothing was kept."
        ) from error
    except OSError as error:
        raise LogNotRead(
            f"The file cannot be read: {error.strerror or 'it is no file'}.", "Nothing was kept."
        ) from error
