"""Pages of the desk for what went wrong. They are made even when the database cannot be reached."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from recalldesk.console.access import LANGUAGE
from recalldesk.console.answering import page
from recalldesk.recalls.reads import DATABASE_AWAY


def _error(request: HttpRequest, kind: str, status: int) -> HttpResponse:
    with override(LANGUAGE):
        return page(request, "error.html", {"kind": kind}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where more was sent than is taken."""
    if isinstance(exception, RequestDataTooBig):
        return _error(request, "too_large", 413)
    return _error(request, "bad", 400)


def form_not_ours(request: HttpRequest) -> HttpResponse:
    """403: a form without the token of its page."""
    return _error(request, "form", 403)


def not_found(request: HttpRequest) -> HttpResponse:
    """404."""
    return _error(request, "missing", 404)


def changed(request: HttpRequest) -> HttpResponse:
    """412: no browser asks so by itself."""
    return _error(request, "bad", 412)


def without_length(request: HttpRequest) -> HttpResponse:
    """411: no browser sends a form so."""
    return _error(request, "bad", 411)


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: the same was tried too often."""
    return _error(request, "too_often", 429)


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
