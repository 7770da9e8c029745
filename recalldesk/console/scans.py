"""Scans that staff attach: read piece by piece, sealed as they come, few at once.

Guarantees: no byte is on disk in the clear; nothing is read before the guard has let the person in;
the form's token is asked for all the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from recalldesk.console.answering import page
from recalldesk.evidence.uploading import SealedUploads
from recalldesk.foundation.body_length import body_length
from recalldesk.foundation.slots import Slots

SCANS_AT_ONCE = 2
"""Forms with scans that one process reads at a time."""
MOST_BYTES_TOGETHER = 60_000_000
_slots = Slots(SCANS_AT_ONCE)


def takes_scans(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose form brings scans; the token is looked for once the body may be read."""
    guarded = csrf_protect(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        length = body_length(request.META)
        if length is None or length > MOST_BYTES_TOGETHER:
            return _refused(request, "Together these scans have over 60 MB.", 413)
        if not _slots.take():
            return _refused(request, "Colleagues are sending scans at this moment.", 503)
        request.upload_handlers = [SealedUploads(request)]
        try:
            return guarded(request, *args, **kwargs)
        except UnreadablePostError:
            return _refused(request, "The scans did not arrive whole.", 400)
        finally:
            _slots.give_back()

    answer.takes_photos = True  # type: ignore[attr-defined]  # its body is left to it
    return csrf_exempt(answer)


def _refused(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return page(request, "scans_refused.html", {"why": why}, status=status)
