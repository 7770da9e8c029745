"""Asks this program's own pages for what a stand-in shows, as a browser would, without a server.

Guarantees: a page is made by the view, the template and the middleware that make the live one; it
is asked for by nobody's cookie or language, so that it is the same for everybody.
"""

import io
import mimetypes
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import deactivate

from recalldesk.mailing.sites import site_at
from recalldesk.portal.stand_in import STAND_IN, StandIn


@dataclass(frozen=True)
class Answered:
    """An answer: its status, its kind without parameters, its bytes."""

    status: int
    kind: str
    body: bytes


def site_address(host: str = "") -> str:
    """Where the live pages stand, without a slash at the end; at a brand's host name, where one is
    given."""
    site = site_at(settings.ENVIRONMENT.public_address)
    return f"{urlsplit(site).scheme}://{host}" if host else site


class Pages(BaseHandler):
    """The whole program as it is now, with the static files that are collected."""

    def __init__(self, stand_in: StandIn) -> None:
        super().__init__()
        self.load_middleware()
        self._stand_in = stand_in
        self._site = urlsplit(site_address(stand_in.host))

    def get(self, path: str) -> Answered:
        """The answer to a GET of a path. A static file is read where it was collected."""
        if path.startswith(settings.STATIC_URL):
            return _static_file(path.removeprefix(settings.STATIC_URL))
        response = self.get_response(self._request(path))
        deactivate()
        kind = response.get("Content-Type", "").partition(";")[0].strip()
        return Answered(response.status_code, kind, _body(response))

    def _request(self, path: str) -> WSGIRequest:
        scheme, host = self._site.scheme, self._site.hostname or ""
        port = str(self._site.port or (443 if scheme == "https" else 80))
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": quote(path, safe="/%"),
            "QUERY_STRING": "",
            "SERVER_NAME": host,
            "SERVER_PORT": port,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self._site.netloc,
            "HTTP_X_FORWARDED_PROTO": scheme,
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            STAND_IN: self._stand_in,
        }
        return WSGIRequest(environ)


def _static_file(name: str) -> Answered:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        return Answered(200, kind, (settings.STATIC_ROOT / name).read_bytes())
    except OSError:
        return Answered(404, kind, b"")


def _body(response: HttpResponseBase) -> bytes:
    """All of it. Unlike a server we do not close it: that would give back the connection to the
    database, and with it the transaction of whoever asks."""
    if isinstance(response, StreamingHttpResponse):
        return b"".join(cast(Any, response.streaming_content))
    return bytes(cast(HttpResponse, response).content)
