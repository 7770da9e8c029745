"""Photos of a folder, each under the claim whose line names it, by the way of every photo.

Guarantees: a photo is cleaned, sealed, scanned and read as if its owner sent it now, and trusted in
nothing; one that came in before is not taken again, so that an interrupted run goes on; a name
leads to no file outside the folder; nobody is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.errors import PhotoRefused, Refusal
from recalldesk.evidence.states import PhotoKind
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.models import TakenPhoto
from recalldesk.takeover.states import PhotoProblem

BLOCK = 1 << 16
LATER = frozenset({Refusal.BUSY, Refusal.NOT_STORED})
"""These are over later: the run stops, and goes on from here when it is run again."""


@dataclass
class PhotosTaken:
    """`named` by lines of claims; each of them is one of the others."""

    named: int = 0
    taken: int = 0
    known: int = 0
    not_found: int = 0
    refused: int = 0


def take_photos(*, recall: Recall, folder: Path, by: Staff, only_look: bool = False) -> PhotosTaken:
    """Takes what lines name and is not here yet. Raises NotPermitted, TakeoverRefused."""
    require(by, Permission.TAKE_OVER)
    done = PhotosTaken()
    rows = TakenPhoto.objects.filter(claim__recall_id=recall.pk).order_by("pk")
    for row in rows.select_related("claim__claim__evidence").iterator(chunk_size=500):
        done.named += 1
        if row.photo_id is not None:
            done.known += 1
            continue
        path = _file(folder, opened(row, "sealed_name"))
        if path is None:
            done.not_found += 1
            _note(row, PhotoProblem.NOT_FOUND, only_look)
        elif only_look:
            done.taken += 1
        else:
            _take(row, path, by, done)
    return done


def photos_waited_for(recall: Recall) -> int:
    """How many lines name that are not here yet."""
    rows = TakenPhoto.objects.filter(claim__recall_id=recall.pk, photo=None)
    return rows.exclude(sealed_name=b"").count()


def _take(row: TakenPhoto, path: Path, by: Staff, done: PhotosTaken) -> None:
    try:
        row.photo = receive_photo(
            evidence_set=row.claim.claim.evidence,
            kind=PhotoKind(row.kind),
            chunks=_blocks(path),
            by=by,
        )
    except PhotoRefused as refused:
        if refused.kind in LATER:
            raise TakeoverRefused(
                f"Photos cannot be taken at this moment; {done.taken:,} were.",
                "Let the worker look through them, then run it again: it goes on from there.",
            ) from refused
        done.refused += 1
        _note(row, PhotoProblem.REFUSED, only_look=False)
        return
    row.problem, row.sealed_name = PhotoProblem.NONE, b""
    row.save(update_fields=["photo", "problem", "sealed_name"])
    done.taken += 1


def _note(row: TakenPhoto, problem: PhotoProblem, only_look: bool) -> None:
    if not only_look and row.problem != problem:
        row.problem = problem
        row.save(update_fields=["problem"])


def _file(folder: Path, name: str) -> Path | None:
    """A file of that name in the folder, or below it; none that lies elsewhere."""
    try:
        path = (folder / name).resolve()
        if name and path.is_relative_to(folder.resolve()) and path.is_file():
            return path
    except (OSError, ValueError):  # a name that no file can have
        return None
    return None


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
