"""A file as a stream of bytes, unpacked if it is gzip, with what was read of it on the disk.

Guarantees: gzip is known by its first bytes, never by its name; a damaged or cut-off one is refused
in words, and so is what is packed in it or lies there in a well-known format that is not text.
"""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from recalldesk.foundation.workbooks import archive
from recalldesk.units.errors import FileNotReadable

GZIP = b"\x1f\x8b"
PLAIN_AT_MOST = 256 << 20
MOST_TIMES_PACKED = archive.MOST_TIMES_PACKED
SAVE_AS_TEXT = archive.SAVE_AS_TEXT
LONGEST_SIGN = 8
OTHER_FORMATS = {
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (.xls)",
    b"%PDF": "a PDF",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"\xff\xfe\x00\x00": "text in UTF-32",
    b"\x00\x00\xfe\xff": "text in UTF-32",
}
PACKED = {b"PK\x03\x04": "a workbook (.xlsx) or another zip archive", b"PAR1": "a Parquet file"}
"""What is read as it is, but not from within gzip."""


class _Watched(io.RawIOBase):
    """A file that counts and hashes what is read of it."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.bytes_read = 0
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override] # typeshed's Buffer needs Python 3.12
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        self.bytes_read += len(block)
        self.digest.update(block)
        return len(block)


@dataclass
class Opened:
    """The text's bytes to read in blocks, and the file behind them."""

    stream: BinaryIO
    watched: _Watched
    _unpacked: int = 0

    @property
    def bytes_read(self) -> int:
        """Bytes read of the file on the disk."""
        return self.watched.bytes_read

    def sha256(self) -> str:
        """The digest of the file on the disk, as far as it was read."""
        return self.watched.digest.hexdigest()

    def read(self, size: int) -> bytes:
        """The next block; empty at the end.

        Raises `FileNotReadable` for gzip that is damaged, or that unpacks without measure.
        """
        try:
            block = self.stream.read(size)
        except EOFError as error:
            raise FileNotReadable(
                "The gzip file ends too early.", "It was cut off: fetch it again and import it."
            ) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise FileNotReadable(
                "The gzip file is damaged.", "Pack or fetch it again and import it."
            ) from error
        self._unpacked += len(block)
        if self._unpacked > max(PLAIN_AT_MOST, self.bytes_read * MOST_TIMES_PACKED):
            raise FileNotReadable(
                f"The gzip file unpacks to more than {MOST_TIMES_PACKED} times its size.",
                "It is no list. Unpack it, look at what comes out, and import that.",
            )
        return block


def first_bytes(path: Path) -> bytes:
    """The first bytes of the file on the disk, as they are. Raises `FileNotReadable`."""
    with _on_the_disk(path) as file:
        return file.read(LONGEST_SIGN)


def refuse_changed(path: Path, *, before: str, after: str) -> None:
    """Raises `FileNotReadable` unless both digests of the file are the same."""
    if before != after:
        raise FileNotReadable(
            f"{path.name} was changed while it was read.",
            "Wait until it is complete, and import it again.",
        )


def file_digest(path: Path) -> tuple[str, int]:
    """The SHA-256 of the file on the disk, and its size. Raises `FileNotReadable`."""
    with _on_the_disk(path) as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
        return digest.hexdigest(), file.tell()


def _on_the_disk(path: Path) -> BinaryIO:
    if path.exists() and not path.is_file():
        kind = "a folder" if path.is_dir() else "a device or pipe, no ordinary file"
        raise FileNotReadable(
            f"{path.name} is {kind}.", "Name a file on the disk: it is read more than once."
        )
    try:
        return path.open("rb")
    except OSError as error:
        raise FileNotReadable(
            f"{path.name} cannot be opened: {error.strerror}.", "Check its name and place."
        ) from error


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The file, ready to be read from its start. Raises `FileNotReadable`."""
    with _on_the_disk(path) as file:
        watched = _Watched(file)
        buffered = io.BufferedReader(watched, 1 << 20)
        start = buffered.peek(LONGEST_SIGN)[:LONGEST_SIGN]
        if not start:
            raise FileNotReadable(f"{path.name} is empty.", "Check that the export worked.")
        if start.startswith(GZIP):
            with gzip.GzipFile(fileobj=buffered) as unpacked:
                yield Opened(unpacked, watched)  # type: ignore[arg-type] # GzipFile reads as a BinaryIO does
        else:
            yield Opened(buffered, watched)
        buffered.detach()


def refuse_other_formats(first_bytes: bytes) -> None:
    """Raises `FileNotReadable` if the first bytes are those of a well-known other format.

    Gzip among them was packed twice: once is unpacked before.
    """
    if first_bytes.startswith(GZIP):
        raise FileNotReadable(
            "The file is packed twice with gzip.", "Unpack it once, and import what comes out."
        )
    for magic, name in PACKED.items():
        if first_bytes.startswith(magic):
            raise FileNotReadable(
                f"What is packed here is {name}.", "Unpack it, and import what comes out."
            )
    for magic, name in OTHER_FORMATS.items():
        if first_bytes.startswith(magic):
            raise FileNotReadable(f"The file is {name}, not text.", SAVE_AS_TEXT)
