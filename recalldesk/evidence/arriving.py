"""A photo on its way in: counted, digested and sealed chunk by chunk, into a file without a name.

Guarantees: no byte of it is on disk in the clear; however it ends, the operating system frees what
was written here; memory holds a few chunks, whatever is sent.
"""

import hashlib
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.conf import settings

from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.evidence.errors import PhotoRefused, Refusal
from recalldesk.evidence.files import original_purpose
from recalldesk.foundation import private_files
from recalldesk.sealing import sealed_files


@dataclass(frozen=True)
class Arrived:
    """All of a photo: its size and digest as it was sent, and the sealed bytes, at their start."""

    key: str
    size: int
    sha256: str
    sealed: IO[bytes]


class _Counted:
    """The chunks, counted and digested as they pass. Raises PhotoRefused."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.size = 0
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            if self.size > MOST_BYTES:
                raise PhotoRefused(Refusal.TOO_LARGE)
            self.digest.update(chunk)
            yield chunk
        if not self.size:
            raise PhotoRefused(Refusal.EMPTY)


def nameless_file() -> IO[bytes]:
    """A new file that no name leads to; it goes with its last user. Raises OSError."""
    folder = settings.PHOTOS_FOLDER
    if not folder.is_dir():
        private_files.make_home(folder)
    return tempfile.TemporaryFile(dir=folder)


@contextmanager
def _full_disk_refused() -> Iterator[None]:
    """Around writing only: an error of whoever sends the chunks is none of ours."""
    try:
        yield
    except OSError as error:
        raise PhotoRefused(Refusal.NOT_STORED) from error


@contextmanager
def arriving(chunks: Iterable[bytes], *, scope: str) -> Iterator[Arrived]:
    """Takes all chunks in. Raises PhotoRefused, or whatever `chunks` raises."""
    key, counted = secrets.token_hex(16), _Counted(chunks)
    with _full_disk_refused():
        file = nameless_file()
    with file:
        for sealed in sealed_files.sealed(counted, scope=scope, purpose=original_purpose(key)):
            with _full_disk_refused():
                file.write(sealed)
        with _full_disk_refused():
            file.seek(0)
        yield Arrived(key, counted.size, counted.digest.hexdigest(), file)
