"""Asks a provider over HTTP, and says what its answer means for an order.

Guarantees: nothing is asked twice by itself, no redirect is followed, no answer is read beyond a
size and a time; where it is not sure that a request had no effect, it is `NoAnswer`; neither the
key nor a word of the answer stands in what it says but a short code.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import requests
from requests.auth import AuthBase
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from recalldesk.foundation.retry_after import retry_after
from recalldesk.remedies.errors import ProviderSilent
from recalldesk.remedies.providers.interface import NoAnswer, NotNow, NotThere, Refused

CONNECT, READ, WHOLE = 5.0, 20.0, 40.0
"""Seconds: to be connected, between two pieces of an answer, for all of it."""
MOST_BYTES = 4 * 1024 * 1024
PIECE = 64 * 1024
NOT_ONE_ORDERS = {401, 402, 403}
"""The key, the balance, the account: what is wrong with all orders stops the provider, and leaves
each order due, until somebody has mended it."""
TELL_NOTHING = {404, 408, 409, 425}
"""A page of somebody between, or another request for the same that may still be under way."""
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*")
LONGEST_CODE = 50


@dataclass(frozen=True, repr=False)
class Answered:
    """A whole answer that says it was done. Money in it is Decimal."""

    body: Mapping[str, Any]


Heard = Answered | Refused | NoAnswer | NotNow | NotThere


class Bearer(AuthBase):
    """A key sent as a bearer token. Never taken from elsewhere, as `.netrc`."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Adds the header."""
        request.headers["Authorization"] = f"Bearer {self._key}"
        return request


class WebClient:
    """One provider's address and key; each thread has connections of its own, which stay open."""

    def __init__(
        self,
        address: str,
        auth: AuthBase,
        *,
        error_code: Callable[[Mapping[str, Any]], str],
        read: float = READ,
    ) -> None:
        self._address, self._auth, self._error_code = address.rstrip("/"), auth, error_code
        self._read_within = read
        self._of_thread = threading.local()

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Heard:
        """Asks once. `path` is below the address and holds no personal data."""
        try:
            with self._session().request(
                method,
                self._address + path,
                params=query,
                json=body,
                auth=self._auth,
                timeout=(CONNECT, self._read_within),
                allow_redirects=False,
                stream=True,
            ) as response:
                return self._meant(response)
        except requests.ConnectionError as error:
            # Never connected: then nothing was asked.
            return NotNow("not reached") if _never_left(error) else NoAnswer("broken off")
        except (requests.RequestException, HTTPError, OSError) as error:
            return NoAnswer("timed out" if isinstance(error, requests.Timeout) else "broken off")

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._of_thread, "session", None)
        if session is None:
            session = self._of_thread.session = requests.Session()
            session.headers["Accept"] = "application/json"
            # What is wrapped up may be larger than it looks.
            session.headers["Accept-Encoding"] = "identity"
        return session

    def _meant(self, response: requests.Response) -> Heard:
        status = response.status_code
        if status == 429:
            return NotNow("429", retry_after(response.headers.get("Retry-After", "")))
        content = _read(response)
        if isinstance(content, NoAnswer):
            return content if status < 400 else _by_status(status, "")
        found = _object_in(content)
        if 200 <= status < 300:
            return NoAnswer("unreadable answer") if found is None else Answered(found)
        if status == 404 and found is not None:
            return NotThere()
        return _by_status(status, self._code_in(found or {}))

    def _code_in(self, body: Mapping[str, Any]) -> str:
        """The provider's own short code; never its words, which may name a person."""
        try:
            code = self._error_code(body)
        except (LookupError, TypeError, AttributeError):
            return ""
        is_code = isinstance(code, str) and len(code) <= LONGEST_CODE and CODE.fullmatch(code)
        return code if is_code else ""


def text_of(found: object, *names: str) -> str:
    """The text that stands in an answer under these names, one below the other; else ""."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def rows_of(found: object, name: str) -> tuple[Mapping[str, Any], ...]:
    """The objects of a list in an answer; what is none is left out."""
    listed = found.get(name) if isinstance(found, dict) else None
    return tuple(each for each in listed if isinstance(each, dict)) if listed else ()


def silence(what: str, heard: Heard) -> ProviderSilent:
    """That a provider did not say what it did, with the short name of why."""
    why = getattr(heard, "problem", "unreadable answer")
    return ProviderSilent(f"{what} ({why}).", "Nothing was concluded. Try again later.")


def _by_status(status: int, code: str) -> Heard:
    said = f"{status} {code}".strip()
    if status in NOT_ONE_ORDERS:
        return NotNow(said)
    if 400 <= status < 500 and status not in TELL_NOTHING:
        return Refused(said)
    return NoAnswer(said)


def _read(response: requests.Response) -> bytes | NoAnswer:
    """All of it, as it comes, so that neither its size nor its pace holds a worker."""
    content, ends_at = bytearray(), time.monotonic() + WHOLE
    while piece := response.raw.read1(PIECE, decode_content=True):
        content += piece
        if len(content) > MOST_BYTES:
            return NoAnswer("answer too large")
        if time.monotonic() > ends_at:
            return NoAnswer("timed out")
    return bytes(content)


def _object_in(content: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _never_left(error: requests.ConnectionError) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(cause, NewConnectionError | ConnectTimeoutError)
