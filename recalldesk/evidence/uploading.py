"""Photos of a form on their way to `receive_photo`: sealed piece by piece as they arrive.

Guarantees: no byte is on disk in the clear, as it would be with Django's own handlers; the key is
in this process only and goes with the request; memory holds one piece of one file; of a file that
is too large no more is kept than the limit, and the other files and fields of the form are read on.
"""

import os
from collections.abc import Iterator
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.evidence.arriving import nameless_file
from recalldesk.evidence.errors import PhotoRefused, Refusal
from recalldesk.sealing.keys import KEY_BYTES, KeyRing

LENGTH_BYTES = 4


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # it has none when it runs
    """One file of a form. Its name is the owner's: show it, and keep it nowhere."""

    def __init__(self, name: str | None, size: int, pieces: "_Pieces") -> None:
        super().__init__(file=None, name=name, size=size)
        self._pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The bytes, once, for `receive_photo`. Raises PhotoRefused."""
        return self._pieces.opened()

    def close(self) -> None:
        """Gives up the sealed bytes."""
        self._pieces.close()


class SealedUploads(FileUploadHandler):
    """For `request.upload_handlers`, in place of Django's, before the form is read."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self._pieces = _Pieces()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it. No other handler sees it."""
        self._pieces.add(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        """The file as the form gets it."""
        return SealedUpload(self.file_name, file_size, self._pieces)

    def upload_interrupted(self) -> None:
        """The sender has gone."""
        if hasattr(self, "_pieces"):
            self._pieces.close()


class _Pieces:
    """The pieces of one file, each sealed for its place, in a file without a name."""

    def __init__(self) -> None:
        self._ring = KeyRing({"upload": os.urandom(KEY_BYTES)})
        self._size = self._count = 0
        self._refusal: Refusal | None = None
        self._file: IO[bytes] | None = None

    def add(self, piece: bytes) -> None:
        """One more, or the reason why the file is refused."""
        self._size += len(piece)
        if self._size > MOST_BYTES:
            self._refusal = Refusal.TOO_LARGE
        if self._refusal is not None:
            return
        sealed = self._ring.seal(piece, purpose=str(self._count))
        self._count += 1
        try:
            if self._file is None:
                self._file = nameless_file()
            self._file.write(len(sealed).to_bytes(LENGTH_BYTES, "big") + sealed)
            self._file.flush()
        except OSError:
            self._refusal = Refusal.NOT_STORED

    def opened(self) -> Iterator[bytes]:
        """All of them. Raises PhotoRefused."""
        if self._refusal is not None:
            raise PhotoRefused(self._refusal)
        if self._file is None:
            return
        self._file.seek(0)
        for place in range(self._count):
            length = int.from_bytes(self._file.read(LENGTH_BYTES), "big")
            yield self._ring.open(self._file.read(length), purpose=str(place))

    def close(self) -> None:
        """The operating system frees what was written."""
        if self._file is not None:
            self._file.close()
