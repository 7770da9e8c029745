"""The sealed files of photos in the file store: the original in quarantine, and the picture.

Guarantees: what lies in the store is sealed, under the recall's data key, for one photo and one of
its two places, so that no file can stand for another. Names are random and say nothing.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Protocol, runtime_checkable

from django.core.files import File
from django.core.files.storage import Storage, storages

from recalldesk.evidence.errors import FileMissing, StoreUnreachable
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import WAITING, PhotoState
from recalldesk.sealing import sealed_files, vault
from recalldesk.sealing.streams import Readable

QUARANTINE = "quarantine"


def original_purpose(key: str) -> str:
    """What an original is sealed for."""
    return f"evidence.Photo original {key}"


def picture_purpose(key: str) -> str:
    """What a picture is sealed for."""
    return f"evidence.Photo picture {key}"


def original_name(key: str) -> str:
    """Where an original lies in the store."""
    return f"{QUARANTINE}/{key}"


def picture_name(key: str) -> str:
    """Where a picture lies in the store. A folder holds a 256th part of them."""
    return f"pictures/{key[:2]}/{key}"


@dataclass(frozen=True)
class SealedFile:
    """One file of a photo: where it lies in the store, and what it is sealed for."""

    name: str
    purpose: str


def file_of(photo: Photo) -> SealedFile | None:
    """The one file that a photo of its state needs: its original, then its picture, then none."""
    key = photo.storage_key
    if photo.state in WAITING:
        return SealedFile(original_name(key), original_purpose(key))
    if photo.state == PhotoState.CLEAN:
        return SealedFile(picture_name(key), picture_purpose(key))
    return None


@runtime_checkable
class FetchesStarts(Protocol):
    """A store that would fetch a whole file to read its first bytes, and has this instead."""

    def start(self, name: str, size: int) -> bytes: ...


def _store() -> Storage:
    return storages["photos"]


@contextmanager
def _reaching_the_store() -> Iterator[None]:
    """Turns what a store raises into two errors. boto3 is an extra, so its errors go by name."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileMissing from error
    except Exception as error:
        package = type(error).__module__.partition(".")[0]
        if isinstance(error, OSError) or package in ("boto3", "botocore", "s3transfer"):
            raise StoreUnreachable from error
        raise


class _Reading:
    """A file of the store, whose errors are the store's: some stores fetch at the first read."""

    def __init__(self, file: "File[bytes]") -> None:
        self._file = file

    def read(self, size: int, /) -> bytes:
        with _reaching_the_store():
            chunk: bytes = self._file.read(size)
            return chunk


def _put(name: str, sealed: IO[bytes]) -> None:
    with _reaching_the_store():
        _store().save(name, File(sealed, name=name))


@contextmanager
def _opened(name: str) -> Iterator[Readable]:
    with _reaching_the_store():
        file = _store().open(name, "rb")
    with file:
        yield _Reading(file)


def is_there(file: SealedFile) -> bool:
    """Whether the store has it. Raises StoreUnreachable."""
    with _reaching_the_store():
        return _store().exists(file.name)


def key_of(file: SealedFile) -> str:
    """The name of the data key that a file is sealed under; nothing but its start is read.

    Raises FileMissing, StoreUnreachable or SealingError.
    """
    store = _store()
    if isinstance(store, FetchesStarts):
        with _reaching_the_store():
            return sealed_files.key_named_by(store.start(file.name, sealed_files.START))
    with _opened(file.name) as opened:
        return sealed_files.key_named_by(opened.read(sealed_files.START))


@contextmanager
def opened(file: SealedFile, *, scope: str) -> Iterator[Iterable[bytes]]:
    """What a file holds, chunk by chunk.

    Raises FileMissing, StoreUnreachable or SealingError, also while it is read.
    """
    with _opened(file.name) as source:
        yield sealed_files.opened(source, scope=scope, purpose=file.purpose)


def replace(file: SealedFile, sealed: IO[bytes]) -> None:
    """Puts sealed bytes in the place of a file, all at once. Raises StoreUnreachable."""
    _put(file.name, sealed)


def put_original(key: str, sealed: IO[bytes]) -> None:
    """Stores a sealed original. Raises StoreUnreachable."""
    _put(original_name(key), sealed)


@contextmanager
def original(photo: Photo) -> Iterator[Iterable[bytes]]:
    """The bytes of a photo as they were sent, chunk by chunk.

    Raises FileMissing, StoreUnreachable or SealingError, also while they are read.
    """
    key, scope = photo.storage_key, vault.recall_scope(photo.evidence_set.recall_id)
    with _opened(original_name(key)) as file:
        yield sealed_files.opened(file, scope=scope, purpose=original_purpose(key))


def put_picture(photo: Photo, picture: bytes) -> None:
    """Stores the picture of a photo, in place of one that is there. Raises StoreUnreachable."""
    key, scope = photo.storage_key, vault.recall_scope(photo.evidence_set.recall_id)
    sealed = sealed_files.sealed([picture], scope=scope, purpose=picture_purpose(key))
    _put(picture_name(key), io.BytesIO(b"".join(sealed)))


def open_picture(photo: Photo) -> bytes:
    """The picture of a photo. Raises FileMissing, StoreUnreachable or SealingError."""
    key, scope = photo.storage_key, vault.recall_scope(photo.evidence_set.recall_id)
    with _opened(picture_name(key)) as file:
        return b"".join(sealed_files.opened(file, scope=scope, purpose=picture_purpose(key)))


def forget_original(key: str) -> None:
    """Removes an original, if it is there. Raises StoreUnreachable."""
    with _reaching_the_store():
        _store().delete(original_name(key))


def forget(key: str) -> None:
    """Removes both files, if they are there. Raises StoreUnreachable."""
    with _reaching_the_store():
        _store().delete(original_name(key))
        _store().delete(picture_name(key))


def originals() -> list[str]:
    """The keys of all files in quarantine. Raises StoreUnreachable."""
    try:
        with _reaching_the_store():
            return _store().listdir(QUARANTINE)[1]
    except FileMissing:  # nothing was stored yet
        return []


def stored_at(key: str) -> datetime:
    """When a file came into quarantine. Raises FileMissing or StoreUnreachable."""
    with _reaching_the_store():
        return _store().get_modified_time(original_name(key))
