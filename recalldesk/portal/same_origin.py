"""Who may send a form: this site's own pages.

Guarantee: a POST from another site's page is refused without a cookie and without a token, by what
the browser itself says of where the form stood.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the request was sent by a page of this very scheme, host and port."""
    here = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == here
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    try:
        referer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    return f"{referer.scheme}://{referer.netloc}" == here


def same_origin(view: View[P]) -> View[P]:
    """Refuses, with a page of plain words, a POST that another site's page sent."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not comes_from_here(request):
            raise PermissionDenied("other_origin")
        return view(request, *args, **kwargs)

    return guarded
