"""Pages for what went wrong, in the look and the language of the rest.

Guarantee: these pages are made even when the database cannot be reached.
"""

import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, get_language_from_path, override

from recalldesk.portal.frame import frame_of_address
from recalldesk.portal.stand_in import is_stand_in
from recalldesk.portal.views.answering import page
from recalldesk.portal.views.stand_in import missing
from recalldesk.recalls.reads import DATABASE_AWAY


def _error(request: HttpRequest, kind: str, status: int) -> HttpResponse:
    language = get_language_from_path(request.path_info) or get_language() or "en"
    with override(language):
        frame = frame_of_address(request)
        response = page(request, "error.html", {"kind": kind}, frame=frame, status=status)
    response["Cache-Control"] = "no-store"
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
