"""The sealed files of photos, for a rotation of keys: the originals that wait, the clean pictures.

Guarantees: a file is replaced whole, by what it holds, and only while its photo's row is locked and
needs it, so that nothing removed comes back; what is missing or does not open stays, is named, and
stops no other. No byte is on disk in the clear; memory holds a few chunks, whatever the photo.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from django.db import transaction

from recalldesk.evidence import files
from recalldesk.evidence.arriving import nameless_file
from recalldesk.evidence.errors import FileMissing, StoreUnreachable
from recalldesk.evidence.models import Photo
from recalldesk.evidence.moving import locked
from recalldesk.evidence.states import WAITING, PhotoState
from recalldesk.sealing import sealed_files, vault
from recalldesk.sealing.holders import Batch
from recalldesk.sealing.keys import SealingError

ROWS = 200
"""Read at once."""
GIVEN_UP_AFTER = 3
"""Files in a row that the store does not give: then it is away, and the others are not tried."""


class FilesOfPhotos:
    """A Holder (sealing/holders.py)."""

    name = "files of photos"

    def count(self) -> Counter[str]:
        """How many files name each data key; only their heads are read."""
        found, refused = Counter[str](), 0
        for photo in _with_a_file():
            key: str | None = ""
            if refused < GIVEN_UP_AFTER:
                try:
                    key, refused = _key_of(photo), 0
                except StoreUnreachable:
                    refused += 1
                except (FileMissing, SealingError):
                    refused = 0
            if key is not None:
                found[key] += 1
        return found

    def reseal(self, newest: Collection[str]) -> Iterator[Batch]:
        """Seals anew the files that name none of these keys, one after the other."""
        refused = 0
        for photo in _with_a_file():
            named = (f"the file of photo {photo.pk}",)
            if refused == GIVEN_UP_AFTER:
                yield Batch(unreached=named)
                continue
            try:
                batch, refused = _reached(photo, newest), 0
            except StoreUnreachable:
                batch, refused = Batch(unreached=named), refused + 1
            except (FileMissing, SealingError):
                batch, refused = Batch(unopened=named), 0
            yield batch


def _with_a_file() -> Iterator[Photo]:
    kept = Photo.objects.filter(state__in=[*WAITING, PhotoState.CLEAN])
    rows = kept.order_by("pk")
    batch = list(rows[:ROWS])
    while batch:
        yield from batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:ROWS])


def _key_of(photo: Photo) -> str | None:
    """The data key that its file names; None where it needs no file any more.

    Raises FileMissing, StoreUnreachable or SealingError.
    """
    while (file := files.file_of(photo)) is not None:
        try:
            return files.key_of(file)
        except FileMissing:
            photo.refresh_from_db(fields=["state", "storage_key"])
            if files.file_of(photo) == file:
                raise
    return None


def _reached(photo: Photo, newest: Collection[str]) -> Batch:
    key = _key_of(photo)
    if key is None or key in newest:
        return Batch()
    try:
        return _sealed_anew(photo.pk, newest)
    except OSError as error:  # of the disk on which it is sealed anew
        raise StoreUnreachable from error


@transaction.atomic
def _sealed_anew(photo_id: int, newest: Collection[str]) -> Batch:
    """Whoever settles or removes the photo waits: a removal takes away what is stored here."""
    photo = locked(photo_id)
    file, scope = files.file_of(photo), vault.recall_scope(photo.evidence_set.recall_id)
    if file is None or files.key_of(file) in newest:
        return Batch(changed=1)
    with files.opened(file, scope=scope) as chunks, nameless_file() as anew:
        for sealed in sealed_files.sealed(chunks, scope=scope, purpose=file.purpose):
            anew.write(sealed)
        anew.seek(0)
        files.replace(file, anew)
    return Batch(resealed=1)
