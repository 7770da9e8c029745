"""Photos that came with a form of a filed claim.

Guarantees: they are sealed as they arrive; one that is refused takes none of the others with it,
and is answered in plain words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse

from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.evidence.words import Words
from recalldesk.portal.uploading.photos_busy import busy_page, too_much_page
from recalldesk.portal.uploading.receiving import Place, few_at_once, is_too_much, receive_one

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


def takes_photos(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose form may bring photos. It stands above whatever reads the form."""

    @few_at_once(busy_page)
    @wraps(view)
    def answer(request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponse:
        if is_too_much(request):
            return too_much_page(request)
        return view(request, *args, **kwargs)

    return answer


def has_photos(request: HttpRequest) -> bool:
    """Whether any file came."""
    return bool(request.FILES.getlist(FIELD))


def receive_sent(request: HttpRequest, evidence_set: EvidenceSet, kind: PhotoKind) -> Received:
    """Takes the files of the form's field `photos` into a set."""
    taken, refused, place = 0, [], Place(evidence_set, kind)
    for upload in request.FILES.getlist(FIELD):
        outcome = receive_one(request, place, upload.chunks())
        if isinstance(outcome, Photo):
            taken += 1
        else:
            refused.append(RefusedFile(upload.name or "", outcome))
    return Received(taken, tuple(refused))
