"""Order files in the file store: sealed under the recall's data key, each by a random name.

Guarantees: what lies in the store is sealed, for this one file of this recall; a copy in the clear,
which the reader of files needs, stands in a folder that only this user may enter, for as long as it
is read.
"""

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages

from recalldesk.evidence import files
from recalldesk.evidence.arriving import nameless_file
from recalldesk.evidence.copied_folder import CopiedFolder
from recalldesk.evidence.errors import StoreUnreachable
from recalldesk.foundation import clock, private_files
from recalldesk.purchasers.errors import OrdersRefused
from recalldesk.purchasers.models import OrderFile
from recalldesk.sealing import sealed_files, vault

FOLDER = "orders"
CHUNK = 1 << 20
ORPHAN_AFTER = timedelta(days=1)
WORKING = "working"


@dataclass(frozen=True)
class Digested:
    """A file as it was met: the digest of its bytes, and how many they are."""

    sha256: str
    size: int


def digested(path: Path) -> Digested:
    """The digest of a file's bytes. Raises OrdersRefused."""
    found, size = hashlib.sha256(), 0
    for chunk in _chunks(path):
        found.update(chunk)
        size += len(chunk)
    return Digested(found.hexdigest(), size)


def new_key() -> str:
    """A random name."""
    return secrets.token_hex(16)


def sealed_file(key: str) -> files.SealedFile:
    """Where a file lies in the store, and what it is sealed for."""
    return files.SealedFile(f"{FOLDER}/{key}", f"purchasers.OrderFile file {key}")


def keep(key: str, path: Path, *, recall_id: int) -> None:
    """Stores a file, sealed. Raises OrdersRefused where the store does not take it."""
    scope, file = vault.recall_scope(recall_id), sealed_file(key)
    try:
        with nameless_file() as sealed:
            for chunk in sealed_files.sealed(_chunks(path), scope=scope, purpose=file.purpose):
                sealed.write(chunk)
            sealed.seek(0)
            files.replace(file, sealed)
    except (StoreUnreachable, OSError) as error:
        raise OrdersRefused(
            "The file cannot be kept: the file store does not answer.",
            "Try again later; `recalldesk doctor` says what is wrong.",
        ) from error


def forget(key: str) -> None:
    """Removes a file, if it is there. Raises StoreUnreachable."""
    try:
        storages["photos"].delete(sealed_file(key).name)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreUnreachable from error


def forget_if_possible(key: str) -> None:
    """Removes a file that no row names; where the store does not answer, it goes after a day."""
    with suppress(StoreUnreachable):
        forget(key)


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for what is laid down while a file is read; gone at the end."""
    home = settings.HOME / WORKING
    if not home.is_dir():
        private_files.make_home(home)
    with tempfile.TemporaryDirectory(prefix="orders-", dir=home) as name:
        yield Path(name)


@contextmanager
def in_the_clear(file: OrderFile, folder: Path) -> Iterator[Path]:
    """A kept file as it came, for as long as it is read. Raises FileMissing, StoreUnreachable,
    SealingError."""
    path = folder / f"{file.pk}{file.reading.get('suffix', '')}"
    scope = vault.recall_scope(file.recall_id)
    try:
        with (
            files.opened(sealed_file(file.storage_key), scope=scope) as chunks,
            open(private_files.create_private(path), "wb") as copy,
        ):
            for chunk in chunks:
                copy.write(chunk)
        yield path
    finally:
        path.unlink(missing_ok=True)


def forget_orphans() -> int:
    """Removes files that no row names a day after they came, and working folders that a killed
    program left; how many files."""
    named = set(OrderFile.objects.exclude(storage_key="").values_list("storage_key", flat=True))
    before, count = clock.now() - ORPHAN_AFTER, 0
    for key in _stored():
        if key not in named and _stored_at(key) < before:
            forget_if_possible(key)
            count += 1
    _forget_working_folders(before)
    return count


def copy_what_is_missing() -> int:
    """Where there are two disks, puts on each what only the other has; how many files. Raises
    OSError."""
    store = storages["photos"]
    if not isinstance(store, CopiedFolder) or store.is_away():
        return 0
    count = 0
    for key in OrderFile.objects.exclude(storage_key="").values_list("storage_key", flat=True):
        name = sealed_file(key).name
        is_here, is_copied = store.exists(name), store.is_copied(name)
        if is_here and not is_copied:
            store.copy(name)
        elif is_copied and not is_here:
            store.bring_back(name)
        count += is_here != is_copied
    return count


def _forget_working_folders(before: datetime) -> None:
    for folder in (settings.HOME / WORKING).glob("orders-*"):
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < before.timestamp():
                shutil.rmtree(folder, ignore_errors=True)


def _stored() -> list[str]:
    try:
        return storages["photos"].listdir(FOLDER)[1]
    except FileNotFoundError:  # nothing was stored yet
        return []


def _stored_at(key: str) -> datetime:
    try:
        return storages["photos"].get_modified_time(sealed_file(key).name)
    except FileNotFoundError:
        return clock.now()


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise OrdersRefused(
            f"{path.name} cannot be read: {error.strerror}.", "Check its name and place."
        ) from error
