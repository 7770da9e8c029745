"""A web server of one worker, as `recalldesk serve` runs it, over one of three applications."""

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

import django

CONSTANT, LANE, ORM = "constant", "lane", "orm"
ANSWER = json.dumps(
    {
        "verdict": "affected",
        "why": "in_scope",
        "recalls": [
            {
                "recall": "anker-a1263",
                "version": 1,
                "verdict": "affected",
                "claim_url": "/en/recalls/anker-a1263/claim",
            }
        ],
        "look_at": [],
        "second_look": None,
        "checked_at": "2026-01-01T00:00:00Z",
        "next": "Stop using it now, and claim your remedy at claim_url or by phone.",
    }
).encode()


def _constant() -> Any:
    """The same answer to everything that was read, with the headers that the product sends."""
    from recalldesk.config.middleware import HEADERS

    headers = [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("Vary", "Accept-Language"),
        *HEADERS.items(),
        ("Content-Language", "en"),
        ("Content-Length", str(len(ANSWER))),
    ]

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start_response("200 OK", headers)
        return [ANSWER]

    return answer


def _with_the_orm() -> Any:
    """Django alone, with a view of a few lines that looks the serial up in its table."""
    from types import ModuleType

    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpRequest, JsonResponse
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt

    from recalldesk.recalls.states import VersionState
    from recalldesk.units.models import SerialEntry

    @csrf_exempt
    def view(request: HttpRequest) -> JsonResponse:
        serial = json.loads(request.body)["serial"].upper().replace(" ", "")
        found = SerialEntry.objects.filter(
            serial=serial, serial_list__recall__versions__state=VersionState.LIVE
        ).values_list("serial_list__recall__slug", flat=True)
        return JsonResponse({"recalls": list(found)})

    urls = ModuleType("benchmarks.orm_urls")
    urls.urlpatterns = [path("api/v1/checks", view)]  # type: ignore[attr-defined] # made here
    sys.modules[urls.__name__] = urls
    settings.ROOT_URLCONF = urls.__name__
    settings.MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
    ]
    return WSGIHandler()


def _application(name: str) -> Any:
    django.setup()
    if name == CONSTANT:
        return _constant()
    return _with_the_orm()


def _loaded(name: str) -> Any:
    """The application, and the process as `recalldesk serve` has it once all is loaded."""
    from recalldesk.cli import worker

    if name == LANE:
        return worker.application(os.getppid(), 1, name)
    found = _application(name)
    worker.spare_what_stays()
    return found


def main(name: str, port: int) -> None:
    """Serves until it is ended."""
    django.setup()
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from recalldesk.cli.serve import prepare_to_serve
    from recalldesk.config.environment import THREADS

    # As the product's own server does: whoever outlives the workers ends the embedded database.
    prepare_to_serve()
    Server(
        name,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    ).serve(target_loader=_loaded)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
