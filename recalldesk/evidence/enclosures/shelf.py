"""Enclosed files in the file store: sealed under the recall's data key, each by a random name.

Guarantees: what lies in the store is sealed, for this one file of this recall; no byte of it is on
disk in the clear.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import storages

from recalldesk.evidence import files
from recalldesk.evidence.arriving import nameless_file
from recalldesk.evidence.copied_folder import CopiedFolder
from recalldesk.evidence.enclosures.errors import FileProblem, FileRefused
from recalldesk.evidence.enclosures.recognising import LONGEST_MARK, kind_of
from recalldesk.evidence.enclosures.rows import EnclosedFile
from recalldesk.evidence.enclosures.states import FileKind
from recalldesk.evidence.errors import StoreUnreachable
from recalldesk.foundation import clock
from recalldesk.sealing import sealed_files, vault

MOST_BYTES = 10_000_000
ORPHAN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """A file that lies in the store and that no row names yet."""

    key: str
    kind: FileKind
    size: int
    sha256: str


@dataclass(frozen=True)
class Shelf:
    """Where the files of one table lie. `folder`: in the store; `purpose`: what they are sealed
    for; `one`: what one of them is called."""

    model: type[EnclosedFile]
    folder: str
    purpose: str
    one: str

    def sealed_file(self, key: str) -> files.SealedFile:
        """Where a file lies in the store, and what it is sealed for."""
        return files.SealedFile(f"{self.folder}/{key}", f"{self.purpose} {key}")

    def keep(self, chunks: Iterable[bytes], *, recall_id: int) -> Kept:
        """Stores a file, sealed as it comes. Raises FileRefused, or whatever `chunks` raises."""
        key, counted = secrets.token_hex(16), _Counted(chunks)
        file = self.sealed_file(key)
        try:
            with nameless_file() as sealed:
                scope = vault.recall_scope(recall_id)
                for chunk in sealed_files.sealed(counted, scope=scope, purpose=file.purpose):
                    sealed.write(chunk)
                kept = Kept(key, counted.kind, counted.size, counted.digest.hexdigest())
                sealed.seek(0)
                files.replace(file, sealed)
        except (StoreUnreachable, OSError) as error:
            raise FileRefused(FileProblem.NOT_STORED) from error
        return kept

    def forget(self, key: str) -> None:
        """Removes a file, if it is there. Raises StoreUnreachable."""
        try:
            storages["photos"].delete(self.sealed_file(key).name)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreUnreachable from error

    def forget_if_possible(self, key: str) -> None:
        """Removes a file that no row names; where the store does not answer, it goes after a
        day."""
        with suppress(StoreUnreachable):
            self.forget(key)

    @contextmanager
    def opened(self, file: EnclosedFile) -> Iterator[Iterable[bytes]]:
        """What a file holds, chunk by chunk. Raises FileMissing, StoreUnreachable, SealingError,
        also while it is read."""
        scope = vault.recall_scope(file.recall_id)
        with files.opened(self.sealed_file(file.storage_key), scope=scope) as chunks:
            yield chunks

    def forget_orphans(self) -> int:
        """Removes files that no row names a day after they came; how many."""
        named = set(self._named())
        before, count = clock.now() - ORPHAN_AFTER, 0
        for key in self.stored():
            if key not in named and self._stored_at(key) < before:
                self.forget_if_possible(key)
                count += 1
        return count

    def copy_what_is_missing(self) -> int:
        """Where there are two disks, puts on each what only the other has; how many files. Raises
        OSError."""
        store = storages["photos"]
        if not isinstance(store, CopiedFolder) or store.is_away():
            return 0
        count = 0
        for key in self._named():
            name = self.sealed_file(key).name
            is_here, is_copied = store.exists(name), store.is_copied(name)
            if is_here and not is_copied:
                store.copy(name)
            elif is_copied and not is_here:
                store.bring_back(name)
            count += is_here != is_copied
        return count

    def stored(self) -> list[str]:
        """The names of all that lies there."""
        try:
            return storages["photos"].listdir(self.folder)[1]
        except FileNotFoundError:  # nothing was stored yet
            return []

    def _named(self) -> list[str]:
        rows = self.model._default_manager.exclude(storage_key="")
        return list(rows.values_list("storage_key", flat=True))

    def _stored_at(self, key: str) -> datetime:
        try:
            return storages["photos"].get_modified_time(self.sealed_file(key).name)
        except FileNotFoundError:
            return clock.now()


class _Counted:
    """The chunks, counted, digested and recognised as they pass. Raises FileRefused."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self._start = b""
        self.size = 0
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            if self.size > MOST_BYTES:
                raise FileRefused(FileProblem.TOO_LARGE)
            if len(self._start) < LONGEST_MARK:
                self._start += chunk[:LONGEST_MARK]
            self.digest.update(chunk)
            yield chunk
        if not self.size:
            raise FileRefused(FileProblem.EMPTY)

    @property
    def kind(self) -> FileKind:
        """What came. Raises FileRefused."""
        kind = kind_of(self._start)
        if kind is None:
            raise FileRefused(FileProblem.NOT_KNOWN)
        return kind
