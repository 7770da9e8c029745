"""May this client be answered? The one question that every surface asks before a check.

Guarantees: a check costs the client the same whatever is answered; a request is charged once,
however often it is asked about; nobody who does the work, or waits, is kept out by what others of
the same address did, up to the limit of proved checks. Nothing about a client is logged or stored.
"""

import threading
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from time import monotonic
from typing import Any

from django.conf import settings

from recalldesk.checks.clients import Client, Clients, networks
from recalldesk.checks.limits import Allowance, Debts, SharedDebts
from recalldesk.checks.proofs import WAIT, Kind, Proof, Proofs
from recalldesk.checks.spent import Spent
from recalldesk.foundation import clock

ADMISSION = "recalldesk.admission"
"""Where a request's environ keeps what was decided, for whoever asks next."""
PROOF_HEADER = "Recalldesk-Proof"
"""In which programs send a proof."""
CLIENTS_TOGETHER = 16
"""So many times the checks that one client has for nothing an IPv6 /48 has as a whole."""
FORGET_EVERY = 300.0
LEAST_REFUSAL = 30
"""Seconds. What comes free sooner would be gone before everybody who was refused is back."""


class Step(StrEnum):
    """What came of a request."""

    FREE = "free"
    PROVED = "proved"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(frozen=True)
class Admission:
    """Whether a check may be answered.

    Where a proof is asked, `challenge` is ALTCHA's, and `ticket` is good in `retry_after` seconds
    instead; where it is refused, a proof helps no sooner than that.
    """

    step: Step
    retry_after: int = 0
    challenge: Mapping[str, Any] | None = None
    ticket: str = ""

    @property
    def is_admitted(self) -> bool:
        """Whether to answer."""
        return self.step is Step.FREE or self.step is Step.PROVED


FREE, PROVED = Admission(Step.FREE), Admission(Step.PROVED)


@dataclass(frozen=True)
class Limits:
    """What one client may do on one web process."""

    free: Allowance
    proved: Allowance


class Guard:
    """The state of one process: who is in debt, and which proofs were used."""

    def __init__(self, limits: Limits, clients: Clients, proofs: Proofs) -> None:
        self._clients, self._proofs, self._spent = clients, proofs, Spent()
        self._free = SharedDebts(limits.free, CLIENTS_TOGETHER)
        self._waited = SharedDebts(limits.free, CLIENTS_TOGETHER)
        self._proved = Debts(limits.proved)
        self._lock = threading.Lock()
        self._forgot_at = monotonic()

    def admit(self, environ: Mapping[str, Any], proof: str) -> Admission:
        """Charges the client of the request, or says what is asked of it."""
        client = narrow, wide = self._clients.of(environ)
        shown = self._proofs.read(proof, clock.now().timestamp()) if proof else None
        now = monotonic()
        with self._lock:
            if shown and self._is_accepted(shown, client, now):
                return PROVED
            if now - self._forgot_at > FORGET_EVERY:
                self._forget(now)
            if self._free.charge(narrow, wide, now):
                return FREE
        return self._asked(client, now, shown, proof)

    def _forget(self, now: float) -> None:
        """Drops the addresses seen lately, and everybody who is in no debt."""
        self._forgot_at = now
        self._clients.forget()
        for debts in (self._free, self._waited, self._proved):
            debts.sweep(now)

    def _is_accepted(self, shown: Proof, client: Client, now: float) -> bool:
        """Takes the proof, unless it is not due, was used, or the allowance is used up; then it
        stays good for later."""
        if shown.due_at > clock.now().timestamp():
            return False
        if shown.kind is Kind.TIME:
            return (
                self._waited.may(*client, now)
                and self._spent.spend(shown.id, shown.expires_at)
                and self._waited.charge(*client, now)
            )
        return (
            self._proved.may(client.wide, now)
            and self._spent.spend(shown.id, shown.expires_at)
            and self._proved.charge(client.wide, now)
        )

    def _asked(self, client: Client, now: float, shown: Proof | None, proof: str) -> Admission:
        moment = clock.now().timestamp()
        with self._lock:
            is_spent = shown is not None and self._spent.holds(shown.id)
            until_proved = self._proved.wait(client.wide, now)
            share_used = self._proved.share_used(client.wide, now)
            until_waited = self._waited.wait(*client, now)
        if until_proved:
            return Admission(Step.REFUSED, max(ceil(until_proved), LEAST_REFUSAL))
        challenge = self._proofs.challenge(moment, share_used=share_used)
        if shown and shown.kind is Kind.TIME and not is_spent:
            # Whoever came too early, or found the turn taken, does not begin to wait anew.
            rest = max(shown.due_at - moment, until_waited, 1)
            return Admission(Step.ASKED, ceil(rest), challenge, proof)
        return Admission(Step.ASKED, WAIT, challenge, self._proofs.ticket(moment))


_lock = threading.Lock()
_made: list[Guard] = []


def limits() -> Limits:
    """The limits that are set, for one web process."""
    environment = settings.ENVIRONMENT
    return Limits(
        free=Allowance(environment.free_checks, 60 / environment.free_checks_a_minute),
        proved=Allowance(environment.proved_checks, 60 / environment.proved_checks_a_minute),
    )


def _guard() -> Guard:
    if not _made:
        with _lock:
            if not _made:
                clients = Clients(networks(settings.ENVIRONMENT.trusted_proxies))
                _made.append(Guard(limits(), clients, Proofs(settings.SECRET_KEY)))
    return _made[0]


def forget() -> None:
    """Begins anew, with the settings as they are now."""
    _made.clear()


def admit(environ: MutableMapping[str, Any], proof: str = "") -> Admission:
    """Whether the WSGI request may be answered with a verdict; charged at the first call only.

    `proof` is what the client showed: a solution, a ticket, or nothing.
    """
    known: Admission | None = environ.get(ADMISSION)
    if known is None:
        guard = _made[0] if _made else _guard()
        known = environ[ADMISSION] = guard.admit(environ, proof)
    return known
