"""How a host name is reached from outside: by DNS, by TLS, and whether it is this server.

Guarantee: nothing is sent but a question after `/healthz`; each step waits a few seconds at most.
"""

import http.client
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

HTTPS = 443
PATIENCE = 4.0
ANSWER = b"alive"


class Way(StrEnum):
    """How far one came."""

    NO_NAME = "no_name"
    NO_ANSWER = "no_answer"
    BAD_CERTIFICATE = "bad_certificate"
    NOT_OURS = "not_ours"
    REACHED = "reached"


@dataclass(frozen=True)
class Reached:
    """What was found. `why` in the words of whoever refused; `ends_at`: the certificate's."""

    way: Way
    why: str = ""
    ends_at: datetime | None = None


def reach(host: str, *, port: int = HTTPS, trusting: ssl.SSLContext | None = None) -> Reached:
    """Asks the host for its `/healthz`, as a browser would that trusts what this machine does."""
    try:
        socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        return Reached(Way.NO_NAME, error.strerror or "")
    context = trusting or ssl.create_default_context()
    try:
        with socket.create_connection((host, port), timeout=PATIENCE) as plain:
            plain.settimeout(PATIENCE)
            with context.wrap_socket(plain, server_hostname=host) as secure:
                return _asked(host, secure)
    except ssl.SSLCertVerificationError as error:
        return Reached(Way.BAD_CERTIFICATE, error.verify_message)
    except (OSError, http.client.HTTPException) as error:
        return Reached(Way.NO_ANSWER, str(error) or type(error).__name__)


def _asked(host: str, secure: ssl.SSLSocket) -> Reached:
    ends_at = _end_of(secure)
    connection = http.client.HTTPConnection(host)
    connection.sock = secure
    connection.request("GET", "/healthz", headers={"Host": host, "Connection": "close"})
    answer = connection.getresponse()
    is_ours = answer.status == 200 and answer.read(100).strip() == ANSWER
    why = "" if is_ours else f"/healthz answered {answer.status}"
    return Reached(Way.REACHED if is_ours else Way.NOT_OURS, why, ends_at)


def _end_of(secure: ssl.SSLSocket) -> datetime | None:
    certificate = secure.getpeercert() or {}
    with suppress(KeyError, ValueError, TypeError):
        seconds = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
        return datetime.fromtimestamp(seconds, UTC)
    return None
