"""Speaks to a WSGI application as a server does, and hands back every header as it was sent."""

import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode
from wsgiref.validate import validator

from django.conf import settings

Application = Callable[..., Iterable[bytes]]
HOST = "testserver"
JSON = "application/json"


def served() -> Any:
    """The module with the applications, as a server loads it once it collected static files."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    from recalldesk.config import wsgi

    return wsgi


@dataclass(frozen=True)
class Response:
    """An answer; `headers` by their names, whose order says nothing, also those sent twice."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __getitem__(self, name: str) -> str:
        """The value of a header that was sent exactly once."""
        values = self.all(name)
        assert len(values) == 1, f"{name} was sent {len(values)} times"
        return values[0]

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for sent, value in self.headers if sent.lower() == name.lower()]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """One application. The standard library's validator sees that both sides keep to WSGI."""

    def __init__(self, application: Application) -> None:
        self._plain = application
        self._validated = validator(application)  # type: ignore[arg-type]

    def get(self, path: str, **options: Any) -> Response:
        return self.request("GET", path, **options)

    def post_json(self, path: str, body: object, **options: Any) -> Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.request("POST", path, body=content, kind=JSON, **options)

    def post_form(self, path: str, fields: Mapping[str, str], **options: Any) -> Response:
        headers = {"Origin": f"http://{HOST}", **options.pop("headers", {})}
        content = urlencode(fields).encode()
        kind = "application/x-www-form-urlencoded"
        return self.request("POST", path, body=content, kind=kind, headers=headers, **options)

    def request(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        kind: str = "",
        headers: Mapping[str, str] | None = None,
        secure: bool = False,
        peer: str = "127.0.0.1",
        environ: Mapping[str, Any] | None = None,
    ) -> Response:
        """One request, with a whole body, from a peer.

        `environ` puts its entries in the place of those, and None takes one away. The validator is
        left out then, for it would refuse what a test makes odd on purpose.
        """
        path, _, query = path.partition("?")
        sent: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "443" if secure else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": peer,
            "HTTP_HOST": HOST,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https" if secure else "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if body or kind:
            sent |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": kind}
        for name, value in (headers or {}).items():
            sent[f"HTTP_{name.upper().replace('-', '_')}"] = value
        if environ is None:
            return _answer(self._validated, sent)
        odd = {name: value for name, value in (sent | environ).items() if value is not None}
        return _answer(self._plain, odd)


def _answer(application: Application, environ: dict[str, Any]) -> Response:
    started: list[tuple[int, list[tuple[str, str]]]] = []

    def start_response(status: str, sent: list[tuple[str, str]], _error: Any = None) -> Any:
        started.append((int(status.split(maxsplit=1)[0]), sent))
        return lambda _content: None

    answer = application(environ, start_response)
    try:
        content = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    (status, headers) = started[-1]
    return Response(status, tuple(sorted(headers, key=lambda header: header[0].lower())), content)
