"""The one setting that says how text messages leave. Read without Django.

none                                           not at all
local                                          a folder; nobody gets them
twilio://SID:TOKEN@api.twilio.com?from=%2B1…   a gateway that speaks Twilio's interface
twilio+http://SID:TOKEN@127.0.0.1:8080?from=…  the same without TLS, on this very machine
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from recalldesk.foundation.problem import Problem

NONE, LOCAL = "none", "local"
SCHEMES = {"twilio": "https", "twilio+http": "http"}
SENDER = re.compile(r"\+[0-9]{7,15}|MG[0-9a-fA-F]{32}|[0-9]{5,6}|[A-Za-z0-9 ]{1,11}")
"""A number, the id of a group of numbers, a short code, or a name where the country allows one."""
GROUP = re.compile(r"MG[0-9a-fA-F]{32}")


class TextUrlUnreadable(Problem):
    """It names no way to send text messages. Neither text quotes it: it may hold a secret."""


@dataclass(frozen=True)
class Gateway:
    """Where text messages are given away, and by whom."""

    address: str
    account: str
    token: str = field(repr=False)
    sender: str

    @property
    def is_group(self) -> bool:
        """Whether the sender is a group of numbers, of which the gateway chooses."""
        return GROUP.fullmatch(self.sender) is not None

    @property
    def is_plain(self) -> bool:
        """Whether whoever is on the line may read along."""
        return self.address.startswith("http:")


@lru_cache(maxsize=4)
def gateway_in(url: str) -> Gateway | None:
    """The gateway that the setting names; None where it names none. Raises TextUrlUnreadable."""
    if url in ("", NONE, LOCAL):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _unreadable("its host or port is none") from error
    if parts.scheme not in SCHEMES:
        raise _unreadable("it is neither `none` nor `local`, nor begins with twilio:")
    if not parts.hostname or parts.path.strip("/") or parts.fragment:
        raise _unreadable("behind the host there is room for ?from=… alone")
    if not (parts.username and parts.password):
        raise _unreadable("the account and its token are missing before the @")
    host = parts.hostname if port is None else f"{parts.hostname}:{port}"
    return Gateway(
        address=f"{SCHEMES[parts.scheme]}://{host}",
        account=unquote(parts.username),
        token=unquote(parts.password),
        sender=_sender(parts),
    )


def _sender(parts: SplitResult) -> str:
    # A plus sign that nobody wrote as %2B is meant as one.
    said = parse_qs(parts.query.replace("+", "%2B"), keep_blank_values=True)
    senders = said.pop("from", [])
    if said or len(senders) != 1 or not SENDER.fullmatch(senders[0]):
        raise _unreadable("it does not say from=… with a number as +12025550100, or an id MG…")
    return senders[0]


def _unreadable(why: str) -> TextUrlUnreadable:
    return TextUrlUnreadable(
        f"RECALLDESK_SMS cannot be read: {why}.",
        "Write `none`, or `twilio://SID:TOKEN@api.twilio.com?from=+12025550100`; docs/mail.md "
        "shows every form.",
    )
