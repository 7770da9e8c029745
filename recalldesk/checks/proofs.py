"""What somebody over the limit shows to be let through: work done (ALTCHA), or time waited.

Guarantees: neither names a person, a client or a serial; both are signed, expire, and cannot be
made or altered elsewhere. That each is used once is for `spent` to keep. No Django.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import altcha

ALGORITHM = "PBKDF2/SHA-256"
ROUNDS = 2_000
"""Of the hash for each number that is tried: under half a millisecond of one core of a server."""
MOST_NUMBERS = 1_000
"""The number to be found is below this, for whoever has only just used up what is free."""
HARDEST = 3
"""So many times as hard it gets, as the allowance of proved checks is used up."""
LASTS = 600
"""Seconds for which a challenge, or a ticket once it is due, is taken."""
WAIT = 60
"""Seconds, for whoever cannot or will not do the work."""
LONGEST_PROOF = 2_000


class Kind(StrEnum):
    """What was spent: work, or time."""

    WORK = "work"
    TIME = "time"


@dataclass(frozen=True)
class Proof:
    """A proof that is ours and was not altered. Times are seconds since 1970."""

    kind: Kind
    id: bytes
    due_at: float
    expires_at: float


class Proofs:
    """Makes challenges and tickets under one secret, and reads what comes back."""

    def __init__(self, secret: str) -> None:
        self._challenges, self._answers, self._tickets = (
            hashlib.sha256(f"recalldesk.{purpose}:{secret}".encode()).digest()
            for purpose in ("challenge", "answer", "ticket")
        )

    def challenge(self, now: float, *, share_used: float = 0.0) -> dict[str, Any]:
        """An ALTCHA challenge, version 2, as JSON; harder as `share_used` goes from 0 to 1."""
        most = round(MOST_NUMBERS * (1 + (HARDEST - 1) * share_used))
        made = altcha.create_challenge(
            ALGORITHM,
            ROUNDS,
            counter=secrets.randbelow(most),
            expires_at=int(now) + LASTS,
            data={"most": most},
            hmac_secret=self._challenges,
            hmac_key_secret=self._answers,
        )
        return dict(made.to_dict())

    def ticket(self, now: float) -> str:
        """A ticket that is due after the wait."""
        stub = f"{int(now) + WAIT}:{secrets.token_hex(8)}"
        return f"{stub}:{self._seal(stub)}"

    def read(self, text: str, now: float) -> Proof | None:
        """What was sent as a proof, be it due or not; None where it proves nothing (any more)."""
        if len(text) > LONGEST_PROOF:
            return None
        proof = self._waited(text) if ":" in text else self._worked(text)
        return proof if proof and now < proof.expires_at else None

    def _worked(self, text: str) -> Proof | None:
        try:
            payload = altcha.Payload.from_base64(text)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        result = altcha.verify_solution(payload, self._challenges, hmac_key_secret=self._answers)
        if not result.verified:
            return None
        signed = payload.challenge.parameters
        return Proof(Kind.WORK, bytes.fromhex(signed.nonce), 0, float(signed.expires_at or 0))

    def _waited(self, text: str) -> Proof | None:
        stub, _, seal = text.rpartition(":")
        if not hmac.compare_digest(seal.encode(errors="replace"), self._seal(stub).encode()):
            return None
        due, _, name = stub.partition(":")
        return Proof(Kind.TIME, bytes.fromhex(name), float(due), float(due) + LASTS)

    def _seal(self, stub: str) -> str:
        return hmac.new(self._tickets, stub.encode(errors="replace"), "sha256").hexdigest()[:32]
