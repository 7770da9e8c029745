"""What holds for every request, whoever answers it: the headers, and how bodies are read.

Guarantees: nothing is loaded, framed or sent but from and to this server itself, but for the pages
that are made to be framed, whose policy says by whom; and no page can run a script or a style that
stands inside it. Whoever sends a body slowly, or never ends it, cannot hold all threads of a
process: what has no body is answered all the same. Only a partner with a good key, and the mail
provider, have a larger body read than everybody else. What nobody may keep is not compressed, so
that its length does not tell what is in it.
"""

from collections.abc import Callable
from contextlib import suppress

import structlog
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.urls import Resolver404, resolve

from recalldesk.api import mail_webhooks
from recalldesk.api.batch import BATCH_ADDRESS, MOST_BYTES, key_of
from recalldesk.config.environment import THREADS
from recalldesk.config.errors import busy, changed, without_length
from recalldesk.foundation.body_length import body_length
from recalldesk.foundation.page_policy import ANY_PAGE, FRAMED, NOTHING_USED
from recalldesk.foundation.slots import Slots
from recalldesk.portal.uploading.receiving import reads_its_own_body
from recalldesk.portal.uploading.upload_limits import UPLOADS_AT_ONCE
from recalldesk.recalls.reads import DATABASE_AWAY

log = structlog.get_logger()
BODIES_AT_ONCE = THREADS - 4 - UPLOADS_AT_ONCE
"""How many threads of a process may wait for a body, beside those that wait for photos."""

HEADERS = {
    "Content-Security-Policy": ANY_PAGE,
    "Permissions-Policy": NOTHING_USED,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that sets the headers where a view has not set its own."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        may_be_framed = response.get("Content-Security-Policy") in FRAMED
        for name, value in HEADERS.items():
            if name != "X-Frame-Options" or not may_be_framed:
                response.headers.setdefault(name, value)
        return response

    return answer


class CompressedWhereKept(GZipMiddleware):
    """Compresses what anybody may keep, and nothing that answers one person alone.

    Such an answer holds a token or a serial beside what the sender chose, and its compressed length
    would tell whoever watches the line how much of the one is in the other.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, compressed or left as it is."""
        if "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)


class GuardedConditions(ConditionalGetMiddleware):
    """Answers "not modified" and "changed meanwhile" with the headers that the whole answer bears.

    A cache puts those of a 304 in the place of those that it kept.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, or what the conditions of the request make of it."""
        answer = super().process_response(request, response)
        if answer is response:
            return response
        if answer.status_code == 412:
            answer = changed(request)
        for name in HEADERS.keys() & response.headers.keys():
            answer.headers[name] = response.headers[name]
        return answer


body_slots = Slots(BODIES_AT_ONCE)
"""Whoever waits for a body takes one of these, here and in the lane, and puts it back."""


def bounded_bodies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that reads each body whole before anything is done, few at once."""

    def answer(request: HttpRequest) -> HttpResponse:
        length = body_length(request.META)
        if length is None:
            raise BadRequest("the length of the body is no number")
        if not length:
            # Django reads as much as the length says, and would take chunks for nothing.
            is_in_chunks = request.method == "POST" and "HTTP_TRANSFER_ENCODING" in request.META
            return without_length(request) if is_in_chunks else get_response(request)
        if _is_left_to_its_view(request):
            return get_response(request)
        if not body_slots.take():
            log.warning("too_many_slow_bodies")
            return busy(request)
        try:
            _read(request, length)
        finally:
            body_slots.give_back()
        return get_response(request)

    return answer


def _is_left_to_its_view(request: HttpRequest) -> bool:
    """Whether it brings photos, which are read piece by piece, few at once and from whom may."""
    if request.method != "POST":
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return reads_its_own_body(request, view)


def _read(request: HttpRequest, length: int) -> None:
    """Keeps the body with the request. Raises BadRequest where the sender went away."""
    # What is too large is not read; the view meets the same refusal and words it.
    with suppress(RequestDataTooBig):
        try:
            if _may_send_more(request, length):
                request._body = request.read()
            _ = request.body
        except UnreadablePostError as error:
            raise BadRequest("the body broke off") from error


def _may_send_more(request: HttpRequest, length: int) -> bool:
    """Whether the request is a batch of checks with a good key, or a mail provider's message with
    the secret, and no larger than those are.

    Django has one limit for all addresses, and asks it where the body was not read yet.
    """
    if mail_webhooks.may_send_more(request, length):
        return True
    if request.path_info != BATCH_ADDRESS:
        return False
    try:
        return length <= MOST_BYTES and key_of(request) is not None
    except DATABASE_AWAY:
        return False  # the view meets the same, and words it
