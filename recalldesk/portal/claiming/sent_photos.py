"""Photos that came with a form of a filed claim.

Guarantee: one that is refused takes none of the others with it, and is answered in plain words.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.models import EvidenceSet
from recalldesk.evidence.states import PhotoKind
from recalldesk.evidence.words import REFUSALS, Words

FIELD = "photos"


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not taken. `name` is the sender's own."""

    name: str
    words: Words


@dataclass(frozen=True)
class Received:
    """How many were taken, and which were not."""

    taken: int
    refused: tuple[RefusedFile, ...]


def has_photos(request: HttpRequest) -> bool:
    """Whether any file came."""
    return bool(request.FILES.getlist(FIELD))


def receive_sent(request: HttpRequest, evidence_set: EvidenceSet, kind: PhotoKind) -> Received:
    """Takes the files of the form's field `photos` into a set."""
    taken, refused = 0, []
    for upload in request.FILES.getlist(FIELD):
        try:
            receive_photo(evidence_set=evidence_set, kind=kind, chunks=upload.chunks())
            taken += 1
        except PhotoRefused as problem:
            refused.append(RefusedFile(upload.name or "", REFUSALS[problem.kind]))
    return Received(taken, tuple(refused))
