"""Which room answers what went wrong: the API below its address, the owners' pages elsewhere.

Guarantee: below /api/ no error is a page, also where no view was reached.
"""

from django.http import HttpRequest, HttpResponse

from recalldesk.api import problems
from recalldesk.api.interface import no_such_address
from recalldesk.portal.views import errors as pages


def _is_the_apis(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where more was sent than is taken."""
    answer = problems.bad_request if _is_the_apis(request) else pages.bad_request
    return answer(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if _is_the_apis(request):
        return no_such_address(request)
    return pages.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database cannot be reached."""
    answer = problems.server_error if _is_the_apis(request) else pages.server_error
    return answer(request)


def changed(request: HttpRequest) -> HttpResponse:
    """412 where the sender wants an answer only if it is still another one."""
    answer = problems.changed if _is_the_apis(request) else pages.changed
    return answer(request)


def without_length(request: HttpRequest) -> HttpResponse:
    """411 where a body came in chunks."""
    answer = problems.without_length if _is_the_apis(request) else pages.without_length
    return answer(request)


def busy(request: HttpRequest) -> HttpResponse:
    """503 where too many others are being read."""
    answer = problems.busy if _is_the_apis(request) else pages.unavailable
    return answer(request)
