"""Takes files out of the store that nobody may have any longer.

Guarantees: a removed photo names its files until they are gone, so that a removal cut short is
taken up again; a file in quarantine that belongs to no photo goes after a day.
"""

from contextlib import suppress
from datetime import timedelta

from recalldesk.evidence import files
from recalldesk.evidence.errors import FileMissing, StoreUnreachable
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import WAITING, PhotoState
from recalldesk.foundation import clock

ORPHAN_AFTER = timedelta(days=1)


def forget_files_of(photo_id: int) -> None:
    """Removes the files of a removed photo. Raises StoreUnreachable."""
    photo = Photo.objects.get(pk=photo_id)
    if photo.state == PhotoState.REMOVED and photo.storage_key:
        files.forget(photo.storage_key)
        Photo.objects.filter(pk=photo_id).update(storage_key="")


def forget_soon(photo_id: int) -> None:
    """The same, at once; where the store does not answer, the job does it later."""
    with suppress(StoreUnreachable):
        forget_files_of(photo_id)


def forget_if_possible(key: str) -> None:
    """Removes files that no row names; where the store does not answer, they go after a day."""
    with suppress(StoreUnreachable):
        files.forget(key)


def forget_orphans() -> int:
    """Removes what lies in quarantine for a day and waits for nothing; returns how many files."""
    forgotten = 0
    before = clock.now() - ORPHAN_AFTER
    for key in files.originals():
        if Photo.objects.filter(storage_key=key, state__in=WAITING).exists():
            continue
        with suppress(FileMissing):
            if files.stored_at(key) < before:
                files.forget_original(key)
                forgotten += 1
    return forgotten
