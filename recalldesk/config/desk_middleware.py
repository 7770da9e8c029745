"""Sessions, the tokens of forms, who is signed in, and short notes: at the desk alone.

Guarantees: elsewhere it is as if none of these were there. No public page sets a cookie or depends
on one, and no check waits for them. What the desk answers is kept by nobody.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.deprecation import MiddlewareMixin


def is_the_desks(request: HttpRequest) -> bool:
    """Whether the address is one of the desk."""
    return request.path_info.startswith(settings.DESK_PATH)


class _AtTheDesk(MiddlewareMixin):
    def __call__(self, request: HttpRequest) -> Any:
        if is_the_desks(request):
            return super().__call__(request)
        return self.get_response(request)


class KeptByNobody(_AtTheDesk):
    """No cache keeps what the desk answers, and no search engine lists it: pages, errors, all."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, marked so."""
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response


class Sessions(_AtTheDesk, SessionMiddleware):
    """Django's, at the desk."""


class Authentication(_AtTheDesk, AuthenticationMiddleware):
    """Django's, at the desk."""


class Messages(_AtTheDesk, MessageMiddleware):
    """Django's, at the desk."""


class Csrf(_AtTheDesk, CsrfViewMiddleware):
    """Django's, at the desk; the owners' forms prove by other means that they are ours."""

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        """Refuses a form of the desk that did not come from its own pages."""
        if not is_the_desks(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)
