"""Photos as they come in: read from the request piece by piece, and never held whole in memory.

Guarantees: no byte of a photo is on disk in the clear; of several in one form each is taken or
refused by itself, and the others and all fields are kept; a request that breaks off leaves nothing
half.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.utils.translation import gettext_lazy

from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.evidence.uploading import SealedUploads
from recalldesk.evidence.words import REFUSALS, Words
from recalldesk.foundation.body_length import body_length
from recalldesk.portal.uploading.upload_limits import (
    MOST_BYTES_TOGETHER,
    may_send_photo,
    sending,
    upload_slots,
)

P = ParamSpec("P")
CHUNK = 64 * 1024
FORM = "multipart/form-data"
BARE = "application/octet-stream"
TOO_MANY_OF_ONE = Words(
    gettext_lazy("Very many photos came from your connection; others may share it."),
    gettext_lazy("Try again in a few minutes. What you sent before is kept."),
)
TOO_MUCH = Words(
    gettext_lazy("These photos are too much to take at once: together they have over 130 MB."),
    gettext_lazy("Send one after the other. What you sent before is kept."),
)
NO_PLACE = Words(
    gettext_lazy("We do not know what this photo is of."),
    gettext_lazy("Load the page again, and send it from there."),
)


@dataclass(frozen=True)
class Place:
    """Where a photo belongs."""

    evidence_set: EvidenceSet
    kind: PhotoKind


@dataclass(frozen=True)
class Unreceived:
    """A file that was not taken, by the field that it came in, and why."""

    field: str
    name: str
    words: Words


@dataclass
class Received:
    """What came with a form: its fields, the photos that were taken, and those that were not."""

    fields: QueryDict = field(default_factory=QueryDict)
    photos: list[tuple[str, Photo]] = field(default_factory=list)
    refused: list[Unreceived] = field(default_factory=list)


PlaceOf = Callable[[str], Place | None]
"""The place of a photo by the name of its field; None where there is no such one."""


def reads_its_own_body(request: HttpRequest, view: Callable[..., object]) -> bool:
    """Whether the body of this request is left to the view: it holds photos."""
    takes = getattr(view, "takes_photos", False)
    return bool(takes) and request.content_type in (FORM, BARE)


def is_too_much(request: HttpRequest) -> bool:
    """Whether more is announced than is taken in one form."""
    length = body_length(request.META)
    return length is None or length > MOST_BYTES_TOGETHER


def few_at_once(
    busy: Callable[[HttpRequest], HttpResponse],
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Marks a view that reads photos from its requests, few at once; `busy` answers the others.

    A form that breaks off, or is given up since it comes too slowly, ends with BadRequest.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not reads_its_own_body(request, answer) or request.method != "POST":
                return view(request, *args, **kwargs)
            with sending(request.META) as may_send:
                if not may_send or not upload_slots.take():
                    return busy(request)
                # Whoever reads the form first, also to say that a pass ran out: sealed as it comes.
                request.upload_handlers = [SealedUploads(request)]
                try:
                    return view(request, *args, **kwargs)
                except UnreadablePostError as error:
                    raise BadRequest("the body broke off") from error
                finally:
                    upload_slots.give_back()

        answer.takes_photos = True  # type: ignore[attr-defined]  # read by `reads_its_own_body`
        return answer

    return decorate


class _Body:
    """The body of a request, as far as it was announced. Raises BadRequest where it breaks off."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        length = body_length(request.META)
        if length is None or length > most:
            raise RequestDataTooBig
        self._request, self._left = request, length

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes, or none at the end."""
        if not self._left:
            return b""
        try:
            piece: bytes = self._request.read(min(size, self._left, CHUNK))
        except UnreadablePostError as error:
            raise BadRequest("the body broke off") from error
        if not piece:
            raise BadRequest("the body broke off")
        self._left -= len(piece)
        return piece

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read():
            yield piece


def receive_bare(request: HttpRequest, place: Place) -> Photo | Words:
    """The photo that is the whole body, or why it was not taken. Raises BadRequest."""
    body = _Body(request, MOST_BYTES_TOGETHER)
    return receive_one(request, place, iter(body))


def receive_one(request: HttpRequest, place: Place, chunks: Iterable[bytes]) -> Photo | Words:
    """One photo, charged to its sender, or why it was not taken."""
    if not may_send_photo(request.META):
        return TOO_MANY_OF_ONE
    return receive_charged(place, chunks)


def receive_charged(place: Place, chunks: Iterable[bytes]) -> Photo | Words:
    """The same of a sender who was charged for it already."""
    try:
        return receive_photo(evidence_set=place.evidence_set, kind=place.kind, chunks=chunks)
    except PhotoRefused as refused:
        return REFUSALS[refused.kind]


def receive_form(request: HttpRequest, place_of: PlaceOf) -> Received:
    """All that came with a form. Raises RequestDataTooBig."""
    if request.content_type == FORM and is_too_much(request):
        raise RequestDataTooBig
    received = Received(fields=request.POST)
    for name, files in request.FILES.lists():
        for file in files:
            _take_file(request, received, place_of(name), name, file)
    return received


def _take_file(
    request: HttpRequest,
    received: Received,
    place: Place | None,
    name: str,
    file: UploadedFile,  # type: ignore[type-arg]  # it has none when it runs
) -> None:
    outcome = receive_one(request, place, file.chunks()) if place else NO_PLACE
    if isinstance(outcome, Photo):
        received.photos.append((name, outcome))
    else:
        received.refused.append(Unreceived(name, (file.name or "")[:100], outcome))
