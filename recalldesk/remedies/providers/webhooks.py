"""The webhooks of web providers: how each is signed, and what it names.

Guarantees: signatures are compared in constant time, over the bytes as they came; a name is taken
only in the form of one.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from recalldesk.remedies.providers.web import text_of

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
Named = tuple[str, str]
"""What kind of thing, and its name at the provider."""


@dataclass(frozen=True)
class Webhook:
    """One provider's. `prefix` stands before the hexadecimal signature in its header."""

    header: str
    prefix: str
    key: Callable[[], bytes]
    finds: Callable[[object], Named]

    def is_signed(self, body: bytes, header: str) -> bool:
        """Whether whoever sent the body knows the key."""
        signed = self.prefix + hmac.new(self.key(), body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(signed.encode(), header.strip().encode())

    def named_in(self, event: object) -> Named | None:
        """What the event is about; None where it names nothing that can be ours."""
        kind, name = self.finds(event)
        return (kind, name) if NAME.fullmatch(name) else None


def _of_tremendous(event: object) -> Named:
    kind = text_of(event, "payload", "resource", "type")
    name = text_of(event, "payload", "resource", "id")
    return (kind, name) if kind in ("orders", "rewards") else ("", "")


def _of_easypost(event: object) -> Named:
    if shipment := text_of(event, "result", "shipment_id"):
        return "shipments", shipment
    name = text_of(event, "result", "id")
    return {"trk": "trackers", "shp": "shipments"}.get(name[:3], ""), name


WEBHOOKS: Mapping[str, Webhook] = {
    "tremendous": Webhook(
        "Tremendous-Webhook-Signature",
        "sha256=",
        lambda: str(settings.TREMENDOUS_WEBHOOK_KEY).encode(),
        _of_tremendous,
    ),
    "easypost": Webhook(
        "X-Hmac-Signature",
        "hmac-sha256-hex=",
        lambda: unicodedata.normalize("NFKD", settings.EASYPOST_WEBHOOK_SECRET).encode(),
        _of_easypost,
    ),
}
