"""How many photos may come at once, from whom, and how much of one request is read.

Guarantees: those who send slowly hold a few threads of a process and never all of them; one client
cannot fill the store; nothing about a client is logged or stored.
"""

import threading
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from time import monotonic
from typing import Any, Final

from django.conf import settings

from recalldesk.checks.clients import Clients, networks
from recalldesk.checks.guard import CLIENTS_TOGETHER
from recalldesk.checks.limits import Allowance, SharedDebts
from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.foundation.slots import Slots

UPLOADS_AT_ONCE: Final = 4
"""Of a web process. Each holds a thread for as long as its sender takes."""
MOST_BYTES_TOGETHER: Final = 5 * MOST_BYTES + 5_000_000
"""Of one request with several photos in it."""
MOST_AT_ONCE_OF_A_CLIENT: Final = 2
"""The page itself sends two at a time."""
FORGET_EVERY = 300.0

upload_slots = Slots(UPLOADS_AT_ONCE)


class PhotoGuard:
    """How many photos each client sent to this process."""

    def __init__(self, allowance: Allowance, clients: Clients) -> None:
        self._clients = clients
        self._debts = SharedDebts(allowance, CLIENTS_TOGETHER)
        self._lock = threading.Lock()
        self._forgot_at = monotonic()
        self._sending: Counter[Hashable] = Counter()

    def admit(self, environ: Mapping[str, Any]) -> bool:
        """Charges the client of the request for one photo; False where it has sent too many."""
        client, now = self._clients.of(environ), monotonic()
        with self._lock:
            if now - self._forgot_at > FORGET_EVERY:
                self._forgot_at = now
                self._clients.forget()
                self._debts.sweep(now)
            return self._debts.charge(*client, now)

    @contextmanager
    def sending(self, environ: Mapping[str, Any]) -> Iterator[bool]:
        """Whether the client may send now; while it does, it counts as sending."""
        client = self._clients.of(environ)
        with self._lock:
            may = self._sending[client] < MOST_AT_ONCE_OF_A_CLIENT
            self._sending[client] += may
        try:
            yield may
        finally:
            with self._lock:
                self._sending[client] -= may
                if not self._sending[client]:
                    del self._sending[client]


_made: list[PhotoGuard] = []
_lock = threading.Lock()


def _guard() -> PhotoGuard:
    with _lock:
        if not _made:
            environment = settings.ENVIRONMENT
            allowance = Allowance(environment.free_photos, 60 / environment.free_photos_a_minute)
            clients = Clients(networks(environment.trusted_proxies))
            _made.append(PhotoGuard(allowance, clients))
    return _made[0]


def forget() -> None:
    """Begins anew, with the settings as they are now."""
    _made.clear()


def may_send_photo(environ: Mapping[str, Any]) -> bool:
    """Whether the client of the request may send one more photo; charged where it may."""
    return _guard().admit(environ)


def sending(environ: Mapping[str, Any]) -> AbstractContextManager[bool]:
    """Whether the client of the request may send now, beside what it is sending already."""
    return _guard().sending(environ)
