"""`POST /api/v1/checks`, answered before Django is asked, from the index in memory.

Guarantees: whoever asks cannot tell which of the two answered; whatever is not a plain question
with a plain answer is left to Django, with the body as it came and with what was found out already,
so that nothing is counted or charged twice.
"""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO, RawIOBase
from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from recalldesk.checks.asking import ask
from recalldesk.checks.guard import FREE, PROOF_HEADER, admit
from recalldesk.checks.json_form import OUTCOME, Written, question_in, written
from recalldesk.checks.others import others_beside
from recalldesk.checks.states import Source
from recalldesk.foundation.body_length import body_length
from recalldesk.foundation.slots import Slots
from recalldesk.units.errors import AnswerUnavailable, SecondLookInvalid

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
log = structlog.get_logger()
PROOF_VARIABLE = f"HTTP_{PROOF_HEADER.upper().replace('-', '_')}"
THIS_DOOR = Source.API
MOST_KEPT = 1_000
"""Headers seen that are remembered with what they mean."""
LONGEST_KEPT = 300
"""Characters of them. What is longer nobody's browser sends, and it would fill the memory."""


class Way(NamedTuple):
    """In which language to answer, and with which headers."""

    language: str
    headers: tuple[tuple[str, str], ...]


class _BrokenOff(RawIOBase):
    """A body that cannot be read, for whoever tries again."""

    def __init__(self, error: OSError) -> None:
        self._error = error

    def read(self, size: int = -1) -> bytes:
        """Raises the error."""
        raise self._error


class Lane:
    """The fast path, and behind it the application that it leaves everything else to.

    `headers` are those that every answer of the application bears; of `body_slots` it takes one
    while it waits for a body.
    """

    def __init__(
        self,
        application: Application,
        *,
        path: str,
        headers: Mapping[str, str],
        body_slots: Slots,
    ) -> None:
        self._application = application
        self._path = path
        self._body_slots = body_slots
        self._longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        self._headers = (
            ("Content-Type", "application/json; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("Vary", "Accept-Language"),
            *headers.items(),
        )
        self._stays_https = settings.SECURE_HSTS_SECONDS
        self._ways: dict[tuple[str | None, ...], Way] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers as a WSGI application does."""
        if environ.get("PATH_INFO") == self._path and environ["REQUEST_METHOD"] == "POST":
            way = self._way_of(environ)
            answer = self._answered(environ, way.language) if way is not None else None
            if way is not None and answer is not None:
                headers = [*way.headers, answer.length]
                if self._stays_https and _is_secure(environ):
                    headers.append(("Strict-Transport-Security", f"max-age={self._stays_https}"))
                start_response("200 OK", headers)
                return [answer.body]
        return self._application(environ, start_response)

    def _answered(self, environ: Environ, language: str) -> Written | None:
        """The answer, where it can be given here."""
        body = self._read(environ)
        if body is None:
            return None
        answer = None
        try:
            question = question_in(body)
            if question is not None:
                admission = admit(environ, environ.get(PROOF_VARIABLE, ""))
                if admission is FREE or admission.is_admitted:
                    model = question.get("model")
                    models = (model,) if model else ()
                    found = ask(
                        question["serial"],
                        source=THIS_DOOR,
                        models=models,
                        second_look=question.get("second_look") or "",
                    )
                    answer = written(found, others_beside(found, models), language)
        except (AnswerUnavailable, SecondLookInvalid) as error:
            environ[OUTCOME] = error
        except Exception as error:  # whatever it is, Django has words for it
            log.exception("lane_failed", error=type(error).__name__)
        if answer is None:
            environ["wsgi.input"] = BytesIO(body)
        return answer

    def _read(self, environ: Environ) -> bytes | None:
        """The body; None where Django is to read it, or to meet what was met here."""
        length = body_length(environ)
        if length is None or not 0 < length <= self._longest:
            return None
        if not self._body_slots.take():
            return None
        try:
            body: bytes = environ["wsgi.input"].read(length)
        except OSError as error:
            environ["wsgi.input"] = _BrokenOff(error)
            return None
        else:
            return body
        finally:
            self._body_slots.give_back()

    def _way_of(self, environ: Environ) -> "Way | None":
        """How to answer whoever asks under these headers; None where Django is to do it."""
        host, language = environ.get("HTTP_HOST"), environ.get("HTTP_ACCEPT_LANGUAGE")
        if "HTTP_COOKIE" in environ or not host:
            return None
        asked = (host, language)
        try:
            return self._ways[asked]
        except KeyError:
            way = self._found_way(environ)
        if way is None or len(host) + len(language or "") > LONGEST_KEPT:
            return way  # a name that is not ours may become so: a brand's, by a publication
        if len(self._ways) >= MOST_KEPT:
            # Who sends ever new headers only makes it slower.
            self._ways.clear()
        self._ways[asked] = way
        return way

    def _found_way(self, environ: Environ) -> "Way | None":
        request = HttpRequest()
        request.META = environ
        try:
            request.get_host()
        except DisallowedHost:
            return None
        language = get_language_from_request(request)
        return Way(language, (*self._headers, ("Content-Language", language)))


def _is_secure(environ: Environ) -> bool:
    """Whether the request came by https, told as Django tells it."""
    header = settings.SECURE_PROXY_SSL_HEADER
    said = environ.get(header[0]) if header else None
    if header and said is not None:
        return bool(said.partition(",")[0].strip() == header[1])
    return bool(environ.get("wsgi.url_scheme") == "https")
