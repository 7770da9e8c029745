"""How pages are answered: which methods, what may be kept, in which frame.

Guarantees: what is public may be kept for a minute by anybody; what answers a form, by nobody.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from recalldesk.portal.frame import Frame
from recalldesk.portal.same_origin import same_origin

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
KEPT_SECONDS = 60


def refused(request: HttpRequest, *allowed: str) -> HttpResponse:
    """405: the page is not asked for in this way."""
    response = render(request, "portal/error.html", {"kind": "method"}, status=405)
    response["Allow"] = ", ".join(allowed)
    return response


def public_page(view: View[P]) -> View[P]:
    """A page that anybody may keep, for a minute unless it says more. GET and HEAD only."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return refused(request, "GET", "HEAD")
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        return response

    return answer


def form_answer(reload: View[P]) -> Callable[[View[P]], View[P]]:
    """The answer to a form of our own pages, kept by nobody. `reload` answers a GET of it."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method in ("GET", "HEAD"):
                return reload(request, *args, **kwargs)
            if request.method != "POST":
                return refused(request, "GET", "HEAD", "POST")
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response

        return same_origin(answer)

    return decorate


def page(
    request: HttpRequest,
    template: str,
    values: dict[str, Any],
    *,
    frame: Frame | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page, in the frame given or in the one that follows from the address."""
    framed = values if frame is None else {**values, "frame": frame}
    return render(request, f"portal/{template}", framed, status=status)
