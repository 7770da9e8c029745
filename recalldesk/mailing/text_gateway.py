"""Text messages by a gateway that speaks Twilio's interface, as many do.

Guarantees: a message is asked for once in each attempt, and no redirect is followed; an answer that
says that the number takes none, or that its owner wants none, is final; what may be the firm's own
settings is tried again; where it is not sure that a request had no effect, it is said; neither
secret, number nor text stands in an error.

The interface has no name by which a repeat would be known as one: a message of which nobody knows
whether it left is sent once more.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import requests
from django.conf import settings
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from recalldesk.foundation.retry_after import retry_after
from recalldesk.mailing.content import Content
from recalldesk.mailing.errors import NotSentYet, Refused
from recalldesk.mailing.sites import site_at
from recalldesk.mailing.states import SendError
from recalldesk.mailing.text_url import Gateway

CONNECT, READ = 5.0, 20.0
MOST_BYTES = 256 * 1024
NEWS = "/webhooks/sms/"
"""Where the gateway tells what became of a message, and what somebody answered."""
STOPPED = frozenset({21610})
NO_SUCH_NUMBER = frozenset({21211, 21214, 21217, 21407, 21614, 21635})
TOO_LONG = frozenset({21602, 21617, 21618, 30007})
_of_thread = threading.local()


class TextGateway:
    """One gateway, and one account there."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def send(self, *, random_id: UUID, to: str, content: Content) -> str:
        """Gives it away; returns the gateway's name for it. Raises Refused, or NotSentYet."""
        gateway = self._gateway
        form = {
            "To": to,
            "Body": content.text,
            "MessagingServiceSid" if gateway.is_group else "From": gateway.sender,
        }
        if news := news_address():
            form["StatusCallback"] = f"{news}?message={random_id.hex}"
        status, heard, wait = self._ask(form)
        if 200 <= status < 300:
            return str(heard.get("sid") or "")[:255]
        raise _meant(status, heard.get("code"), wait)

    def _ask(self, form: Mapping[str, str]) -> tuple[int, Mapping[str, Any], str]:
        gateway = self._gateway
        try:
            with _session().post(
                f"{gateway.address}/2010-04-01/Accounts/{gateway.account}/Messages.json",
                data=form,
                auth=(gateway.account, gateway.token),
                timeout=(CONNECT, READ),
                allow_redirects=False,
                stream=True,
            ) as response:
                said = response.raw.read(MOST_BYTES, decode_content=True)
                wait = response.headers.get("Retry-After", "")
                return response.status_code, _object_in(said), wait
        except requests.ConnectionError as error:
            raise NotSentYet(SendError.SERVER_AWAY, may_have_left=not _never_left(error)) from None
        except (requests.RequestException, OSError):
            raise NotSentYet(SendError.SERVER_AWAY, may_have_left=True) from None


def news_address() -> str:
    """The webhook as the gateway reaches it; empty on one's own machine, where it cannot."""
    named: str = settings.ENVIRONMENT.public_address
    return site_at(named) + NEWS if named or settings.IS_PRODUCTION else ""


def is_signed(gateway: Gateway, address: str, form: Mapping[str, Sequence[str]], sign: str) -> bool:
    """Whether who sent this form to this address knows the account's token."""
    said = address + "".join(
        name + value for name in sorted(form) for value in sorted(set(form[name]))
    )
    made = hmac.new(gateway.token.encode(), said.encode(), hashlib.sha1).digest()
    return hmac.compare_digest(base64.b64encode(made), sign.encode("utf-8", "replace"))


def _meant(status: int, code: object, wait: str) -> Refused | NotSentYet:
    if status == 429:
        return NotSentYet(SendError.TRY_LATER, wait=retry_after(wait) or retry_after("60"))
    if code in STOPPED:
        return Refused(SendError.RECIPIENT_REFUSED, is_stopped=True)
    if code in NO_SUCH_NUMBER:
        return Refused(SendError.ADDRESS_INVALID, reaches_nobody=True)
    if code in TOO_LONG:
        return Refused(SendError.CONTENT_REFUSED)
    if 400 <= status < 500:
        return NotSentYet(SendError.SIGN_IN_REFUSED)
    return NotSentYet(SendError.TRY_LATER, may_have_left=True)


def _session() -> requests.Session:
    session: requests.Session | None = getattr(_of_thread, "session", None)
    if session is None:
        session = _of_thread.session = requests.Session()
        session.trust_env = False  # no secret and no proxy from elsewhere
    return session


def _object_in(said: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _never_left(error: requests.ConnectionError) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(cause, NewConnectionError | ConnectTimeoutError)
