"""Rows of photos against their files, on both disks where there are two.

Guarantees: what only one disk has is put on the other; a photo is said to be lost only by a person
who asks for it, since a disk may just not be mounted; of one that is, its reading stays, and
whoever uses it is told in the same transaction.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import storages
from django.db import transaction

from recalldesk.audit.states import Actor
from recalldesk.evidence import deferring, files
from recalldesk.evidence.copied_folder import CopiedFolder
from recalldesk.evidence.models import Photo
from recalldesk.evidence.moving import locked, move
from recalldesk.evidence.states import WAITING, PhotoProblem, PhotoState, ReadingState
from recalldesk.foundation import clock

ROWS = 500


@dataclass
class Matched:
    """How many files were looked for, copied, brought back, and are nowhere; how many of these
    photos were said to be lost. `is_away`: the second disk is not there."""

    files: int = 0
    copied: int = 0
    brought_back: int = 0
    missing: int = 0
    lost: int = 0
    is_away: bool = False


def match_files(*, says_lost: bool = False) -> Matched:
    """Looks for the file of each photo. `says_lost`: those that are nowhere are lost.

    Raises StoreUnreachable, OSError.
    """
    store, done = storages["photos"], Matched()
    copied = store if isinstance(store, CopiedFolder) else None
    done.is_away = copied is not None and copied.is_away()
    for photo in _with_a_file():
        file = files.file_of(photo)
        if file is None:
            continue
        done.files += 1
        is_here = files.is_there(file)
        if copied is not None and not done.is_away:
            is_here = _on_both(copied, file.name, done, is_here=is_here)
        if not is_here:
            done.missing += 1
            if says_lost and not done.is_away:
                done.lost += say_lost(photo.pk)
    return done


def copy_what_is_missing() -> None:
    """The same where there are two disks, and both are there."""
    store = storages["photos"]
    if isinstance(store, CopiedFolder) and not store.is_away():
        match_files()


@transaction.atomic
def say_lost(photo_id: int) -> bool:
    """Whether a clean photo is of no use any more. One that waits is given up by its own job."""
    photo = locked(photo_id)
    if photo.state != PhotoState.CLEAN:
        return False
    photo.problem, photo.settled_at = PhotoProblem.NOT_KEPT, clock.now()
    if photo.reading == ReadingState.WAITING:
        photo.reading, photo.read_at = ReadingState.GIVEN_UP, clock.now()
    move(photo, PhotoState.UNUSABLE, actor=Actor.MACHINE)
    deferring.evidence_settled(photo)
    return True


def _on_both(store: CopiedFolder, name: str, done: Matched, *, is_here: bool) -> bool:
    """Whether any disk has it, and so both have it now."""
    is_copied = store.is_copied(name)
    if is_here and not is_copied:
        store.copy(name)
        done.copied += 1
    elif is_copied and not is_here:
        store.bring_back(name)
        done.brought_back += 1
    return is_here or is_copied


def _with_a_file() -> Iterator[Photo]:
    rows = Photo.objects.filter(state__in=[*WAITING, PhotoState.CLEAN]).order_by("pk")
    batch = list(rows[:ROWS])
    while batch:
        yield from batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:ROWS])
