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
from recalldesk.portal.claiming.script_answers import refused_answer, taken_answer
from recalldesk.portal.claiming.visitor import Visitor
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
    """Which were taken, and which were not."""

    taken: tuple[Photo, ...]
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
    taken, refused, place = [], [], Place(evidence_set, kind)
    for upload in request.FILES.getlist(FIELD):
        outcome = receive_one(request, place, upload.chunks())
        if isinstance(outcome, Photo):
            taken.append(outcome)
        else:
            refused.append(RefusedFile(upload.name or "", outcome))
    return Received(tuple(taken), tuple(refused))


def told_script(visitor: Visitor, received: Received) -> HttpResponse:
    """What the script is told of the one photo that it sent."""
    if received.refused:
        return refused_answer(received.refused[0].words)
    return taken_answer(visitor, received.taken[0])
