"""The one place where errors become HTTP answers of the API, as problem+json."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from recalldesk.accounts.errors import KeyMayNot
from recalldesk.checks.guard import PROOF_HEADER, Admission
from recalldesk.recalls.reads import DATABASE_AWAY
from recalldesk.remedies.errors import CorrectionRefused
from recalldesk.stock.errors import StockRefused
from recalldesk.stock.refunding import RefundRefused
from recalldesk.units.errors import AnswerUnavailable, SecondLookInvalid

log = structlog.get_logger()
RETRY_AFTER_SECONDS = 30
MOST_NAMED = 20
"""Wrong fields that are named in one answer."""


def problem(
    *, status: int, name: str, title: str, detail: str, hint: str = "", **more: object
) -> HttpResponse:
    """An error answer. `name` makes the type, which stands in docs/api.md; `more` are members that
    only this problem has."""
    body = {
        "type": f"urn:recalldesk:problem:{name}",
        "title": title,
        "status": status,
        "detail": detail,
        "hint": hint,
        **more,
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json"
    )
    response["Cache-Control"] = "no-store"
    return response


def _fields(errors: list[dict[str, Any]]) -> str:
    """Which fields are wrong and how; never what was sent, for it may be a serial."""
    said = (f"{_name(each)}: {each['msg'].removeprefix('Value error, ')}" for each in errors)
    found = list(dict.fromkeys(said))
    more = [f"and {len(found) - MOST_NAMED} more"] if len(found) > MOST_NAMED else []
    return "; ".join(found[:MOST_NAMED] + more)


def _name(error: dict[str, Any]) -> str:
    """The name of a field of ours; an unknown field's name is itself something that was sent."""
    if error["type"] == "extra_forbidden":
        return "a field that is not known"
    return ".".join(str(part) for part in error["loc"][2:]) or "body"


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(
        status=422,
        name="invalid",
        title="The request is not of the documented form.",
        detail=_fields(error.errors),
        hint="See /api/v1/docs.",
    )


def _http(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(
        status=error.status_code,
        name="unreadable" if error.status_code == 400 else "refused",
        title="The request cannot be read."
        if error.status_code == 400
        else "The request was refused.",
        detail=str(error.message),
        hint="Send JSON in UTF-8.",
    )


def _missing(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(
        status=404,
        name="not-found",
        title="There is no such recall.",
        detail="No published recall has this name.",
        hint="GET /api/v1/recalls lists them.",
    )


def _try_again_later(detail: str, hint: str) -> HttpResponse:
    answer = problem(
        status=503,
        name="try-again-later",
        title="No answer can be given right now.",
        detail=detail,
        hint=hint,
    )
    answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def _unavailable(_request: HttpRequest, error: Any) -> HttpResponse:
    return _try_again_later(error.message, error.hint)


def held_up(admission: Admission) -> HttpResponse:
    """The answer to a client over its limit: what it can do, or when to come back."""
    answer = _proof_needed(admission) if admission.challenge else _too_many(admission)
    answer["Retry-After"] = str(admission.retry_after)
    return answer


def _proof_needed(admission: Admission) -> HttpResponse:
    return problem(
        status=429,
        name="proof-needed",
        title="A proof is needed before the next check.",
        detail="Many checks came from this client.",
        hint="Solve the challenge, or wait for the seconds in Retry-After; then send the same "
        f"again with the solution or the ticket in the header {PROOF_HEADER}.",
        challenge=admission.challenge,
        ticket=admission.ticket,
    )


def _too_many(admission: Admission) -> HttpResponse:
    return problem(
        status=429,
        name="too-many",
        title="Too many checks came from this client.",
        detail=f"Checks are taken again in {admission.retry_after} seconds.",
        hint="Send the same again then. Until there is an answer, do not use the unit.",
        challenge=None,
        ticket=None,
    )


def wrong_method(allowed: str) -> HttpResponse:
    """The answer where an address has other methods than the one used."""
    answer = problem(
        status=405,
        name="method",
        title="This address has another method.",
        detail=f"Use {allowed}.",
        hint="See /api/v1/docs.",
    )
    answer["Allow"] = allowed
    return answer


def nothing_there() -> HttpResponse:
    """The answer where no operation is."""
    return problem(
        status=404,
        name="no-such-address",
        title="There is nothing at this address.",
        detail="No operation has this address; mind a slash at its end.",
        hint="See /api/v1/docs.",
    )


def _large(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(
        status=413,
        name="too-large",
        title="The request is too large.",
        detail="A check of one serial takes up to 64 KiB, a batch up to 2 MiB.",
        hint="See /api/v1/docs.",
    )


def _database(_request: HttpRequest, error: Any) -> HttpResponse:
    log.warning("api_without_database", error=type(error).__name__)
    return _try_again_later("The database does not answer.", "Try again in a few minutes.")


def _unforeseen(request: HttpRequest, error: Any) -> HttpResponse:
    log.exception("api_failed", error=type(error).__name__, exc_info=error)
    got_request_exception.send(sender=None, request=request)
    return _failed()


def _failed() -> HttpResponse:
    return problem(
        status=500,
        name="failed",
        title="Something went wrong here.",
        detail="The mistake is ours, and was written down.",
        hint="Ask us by phone or mail. Until you know, do not use the unit.",
    )


def bad_request(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer where a request was refused before it reached a view."""
    if isinstance(error, RequestDataTooBig):
        return _large(request, error)
    return _http(request, HttpError(400, "Its address, Host or body is none that is taken here."))


def changed(_request: HttpRequest) -> HttpResponse:
    """The answer where the sender wants one only if it is still another one."""
    return problem(
        status=412,
        name="changed",
        title="What is there is not what you ask for.",
        detail="If-Match or If-Unmodified-Since does not hold.",
        hint="Leave them out. If-None-Match says what you have.",
    )


def without_length(_request: HttpRequest) -> HttpResponse:
    """The answer where a body came in chunks."""
    return problem(
        status=411,
        name="length",
        title="The length of the request is needed.",
        detail="The body came in chunks.",
        hint="Send it whole, with its Content-Length.",
    )


def busy(_request: HttpRequest) -> HttpResponse:
    """The answer where too many others are being read."""
    return _try_again_later("Too many requests are being read.", "Try again in a minute.")


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer where something failed outside the operations."""
    error = sys.exc_info()[1]
    return _database(request, error) if isinstance(error, DATABASE_AWAY) else _failed()


def _no_key(_request: HttpRequest, _error: Any) -> HttpResponse:
    answer = problem(
        status=401,
        name="key",
        title="A good API key is needed.",
        detail="The request came without a key, or with one that is none or was revoked.",
        hint="Send it as Authorization: Bearer. One serial is checked without a key.",
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _no_right(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(
        status=403,
        name="right",
        title="The API key may not do this.",
        detail=error.message,
        hint=error.hint,
    )


def _token(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(
        status=400,
        name="second-look",
        title="The second_look token cannot be used.",
        detail=error.message,
        hint=error.hint,
    )


def _not_taken(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(
        status=409,
        name="not-taken",
        title="What was told cannot be kept.",
        detail=error.message,
        hint=error.hint,
    )


HANDLERS: Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    ValidationError: _invalid,
    HttpError: _http,
    AuthenticationError: _no_key,
    KeyMayNot: _no_right,
    Http404: _missing,
    AnswerUnavailable: _unavailable,
    RequestDataTooBig: _large,
    **dict.fromkeys(DATABASE_AWAY, _database),
    Exception: _unforeseen,
    SecondLookInvalid: _token,
    StockRefused: _not_taken,
    RefundRefused: _not_taken,
    CorrectionRefused: _not_taken,
}


def in_place(request: HttpRequest, error: Exception) -> dict[str, Any]:
    """The problem as it stands among the answers of a batch."""
    return dict(json.loads(HANDLERS[type(error)](request, error).content))


def register(api: NinjaAPI) -> None:
    """Gives the API its error answers."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
