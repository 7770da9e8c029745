"""Pages for what went wrong, in the look and the language of the rest.

Guarantee: these pages are made even when the database cannot be reached.
"""

import re
import sys
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, get_language_from_path, override

from recalldesk.foundation.page_policy import FRAMED_BY_ANY, FRAMED_BY_HTTPS
from recalldesk.portal.frame import Embedded, frame_of_address
from recalldesk.portal.stand_in import is_stand_in
from recalldesk.portal.views.answering import page
from recalldesk.portal.views.stand_in import missing
from recalldesk.recalls.reads import DATABASE_AWAY

FRAMED_PATH = re.compile(r"/[a-z]{2}(-[a-z]+)?/embed/")
"""Of pages that stand in a frame on a page of a shop: what may not be framed is a hole there."""


def _error(request: HttpRequest, kind: str, status: int) -> HttpResponse:
    language = get_language_from_path(request.path_info) or get_language() or "en"
    # Under a host name that is not ours nothing may be framed: that is what "bad" may be.
    is_framed = kind != "bad" and FRAMED_PATH.match(request.path_info) is not None
    with override(language):
        frame = frame_of_address(request)
        if is_framed:
            frame = replace(frame, embedded=Embedded("", ""), languages=())
        response = page(request, "error.html", {"kind": kind}, frame=frame, status=status)
    response["Cache-Control"] = "no-store"
    if is_framed:
        response["Content-Security-Policy"] = (
            FRAMED_BY_HTTPS if settings.IS_PRODUCTION else FRAMED_BY_ANY
        )
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where more was sent than is taken."""
    if isinstance(exception, RequestDataTooBig):
        return _error(request, "too_large", 413)
    return _error(request, "bad", 400)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: mostly a form that stood on another site."""
    return _error(request, "denied", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if is_stand_in(request):
        return missing(request)
    return _error(request, "missing", 404)


def changed(request: HttpRequest) -> HttpResponse:
    """412: no browser asks so by itself."""
    return _error(request, "bad", 412)


def without_length(request: HttpRequest) -> HttpResponse:
    """411: no browser sends a form so."""
    return _error(request, "bad", 411)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database cannot be reached."""
    if isinstance(sys.exc_info()[1], DATABASE_AWAY):
        return unavailable(request)
    return _error(request, "ours", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: it is worth trying again."""
    response = _error(request, "ours", 503)
    response["Retry-After"] = "30"
    return response
