"""Which room answers what went wrong: the API below its address, the desk below its own, the
owners' pages elsewhere.

Guarantee: below /api/ no error is a page, also where no view was reached.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from recalldesk.api import problems
from recalldesk.api.interface import no_such_address
from recalldesk.console.views import errors as desk
from recalldesk.portal.views import errors as pages


def _is_the_apis(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _is_the_desks(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.DESK_PATH)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where more was sent than is taken."""
    if _is_the_apis(request):
        return problems.bad_request(request, exception)
    answer = desk.bad_request if _is_the_desks(request) else pages.bad_request
    return answer(request, exception)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: mostly a form that stood on another site."""
    if _is_the_desks(request):
        return desk.form_not_ours(request)
    return pages.denied(request, exception)


def form_not_ours(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form of the desk without the token of its page."""
    return desk.form_not_ours(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if _is_the_apis(request):
        return no_such_address(request)
    if _is_the_desks(request):
        return desk.not_found(request)
    return pages.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database cannot be reached."""
    if _is_the_apis(request):
        return problems.server_error(request)
    answer = desk.server_error if _is_the_desks(request) else pages.server_error
    return answer(request)


def changed(request: HttpRequest) -> HttpResponse:
    """412 where the sender wants an answer only if it is still another one."""
    if _is_the_apis(request):
        return problems.changed(request)
    answer = desk.changed if _is_the_desks(request) else pages.changed
    return answer(request)


def without_length(request: HttpRequest) -> HttpResponse:
    """411 where a body came in chunks."""
    if _is_the_apis(request):
        return problems.without_length(request)
    answer = desk.without_length if _is_the_desks(request) else pages.without_length
    return answer(request)


def busy(request: HttpRequest) -> HttpResponse:
    """503 where too many others are being read."""
    if _is_the_apis(request):
        return problems.busy(request)
    answer = desk.unavailable if _is_the_desks(request) else pages.unavailable
    return answer(request)
