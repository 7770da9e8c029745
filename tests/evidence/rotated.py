"""What the tests of rotating keys ask of photos: which key each file names, and what it holds.

Pictures are made up here, and no process decodes them: how a photo looks does not matter.
"""

import hashlib
from collections.abc import Iterable

from recalldesk.cleaning.answers import Picture
from recalldesk.evidence import files
from recalldesk.evidence.models import Photo
from recalldesk.sealing import vault
from recalldesk.sealing.models import DataKey


def picture_of(content: bytes) -> bytes:
    """The made-up picture of a made-up photo."""
    return b"picture of " + hashlib.sha256(content).digest()


def made_up_picture(chunks: Iterable[bytes]) -> Picture:
    """In the place of the process that decodes."""
    return Picture(picture_of(b"".join(chunks)), 640, 480)


def held(photo: Photo) -> bytes | None:
    """What the file of a photo holds, in full; None where its state needs none."""
    file, scope = files.file_of(photo), vault.recall_scope(photo.evidence_set.recall_id)
    if file is None:
        return None
    with files.opened(file, scope=scope) as chunks:
        return b"".join(chunks)


def all_held() -> dict[int, bytes | None]:
    """The same of all photos."""
    return {photo.pk: held(photo) for photo in Photo.objects.order_by("pk")}


def keys_named() -> set[str]:
    """The data keys that the files of photos name."""
    kept = [files.file_of(photo) for photo in Photo.objects.all()]
    return {files.key_of(file) for file in kept if file is not None}


def newest_key(recall_id: int) -> str:
    """The name of the data key that seals this recall's photos from now on."""
    keys = DataKey.objects.filter(scope=vault.recall_scope(recall_id))
    return keys.latest("generation").name


def files_needed() -> list[str]:
    """Where the files of all photos lie that need one."""
    kept = [files.file_of(photo) for photo in Photo.objects.all()]
    return sorted(file.name for file in kept if file is not None)
