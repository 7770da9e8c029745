"""A made-up provider's webhooks, signed as the real one's; by chance repeated, late or forged."""

import hashlib
import hmac
import json
import queue
import random
import threading
import unicodedata
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from typing import Any

Signed = Callable[[str, bytes], dict[str, str]]


def signed_by_tremendous(secret: str, body: bytes) -> dict[str, str]:
    """The header of Tremendous."""
    return {"Tremendous-Webhook-Signature": f"sha256={_hmac(secret.encode(), body)}"}


def signed_by_easypost(secret: str, body: bytes) -> dict[str, str]:
    """The header of EasyPost."""
    key = unicodedata.normalize("NFKD", secret).encode()
    return {"X-Hmac-Signature": f"hmac-sha256-hex={_hmac(key, body)}"}


def _hmac(key: bytes, body: bytes) -> str:
    return hmac.new(key, body, hashlib.sha256).hexdigest()


class Announcer:
    """Sends what it is given to one address, from a thread of its own; nobody waits for it.

    `chaos`: by the seed, some are sent twice, some after the next one, beside some a forged one.
    """

    def __init__(
        self, address: str, secret: str, signed: Signed, *, seed: int = 0, chaos: bool = False
    ) -> None:
        self._address, self._secret, self._signed, self._chaos = address, secret, signed, chaos
        self._chance = random.Random(seed)  # noqa: S311 - it chooses faults, and repeats its plan
        self._waiting = queue.SimpleQueue[tuple[bytes, str]]()
        if address:
            threading.Thread(target=self._send_all, daemon=True).start()

    def announce(self, event: dict[str, Any]) -> None:
        """Sends one event, soon."""
        if not self._address:
            return
        body = json.dumps(event).encode()
        copies = [(body, self._secret)]
        if self._chaos and self._chance.random() < 0.3:
            copies += copies
        if self._chaos and self._chance.random() < 0.2:
            copies.append((body, "forged"))
        self._chance.shuffle(copies)
        for copy in copies:
            self._waiting.put(copy)

    def _send_all(self) -> None:
        late: tuple[bytes, str] | None = None
        while True:
            body, secret = self._waiting.get()
            if self._chaos and late is None and self._chance.random() < 0.2:
                late = (body, secret)
                continue
            self._send(body, secret)
            if late:
                self._send(*late)
                late = None

    def _send(self, body: bytes, secret: str) -> None:
        headers = {"Content-Type": "application/json", **self._signed(secret, body)}
        request = urllib.request.Request(self._address, body, headers)  # noqa: S310 - as it was told
        with suppress(OSError), urllib.request.urlopen(request, timeout=5):  # noqa: S310 - as above
            pass
