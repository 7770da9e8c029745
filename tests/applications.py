"""The WSGI applications, asked as a server asks them: no client of Django's, which skips some."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings

Application = Callable[..., Any]


@dataclass(frozen=True)
class Reply:
    """What came back. `headers` by their names in small letters; none may come twice."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def served() -> Any:
    """The module with the applications, as a server loads it once it collected static files."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    from recalldesk.config import wsgi

    return wsgi


def call(
    application: Application,
    method: str,
    path: str,
    body: bytes = b"",
    *,
    environ: Mapping[str, Any] | None = None,
) -> Reply:
    """One request. `environ` overrides what is sent by itself; None takes an entry away."""
    sent: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "SERVER_NAME": "testserver",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        **(environ or {}),
    }
    sent = {name: value for name, value in sent.items() if value is not None}
    setup_testing_defaults(sent)
    began: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        began.append((status, headers))

    answer = application(sent, start_response)
    try:
        content = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    (status, headers) = began[-1]
    named = {name.lower(): value for name, value in headers}
    assert len(named) == len(headers), "a header came twice"
    return Reply(int(status.split()[0]), named, content)
