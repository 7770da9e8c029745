"""What is remembered between the attempts of one person: never the serial itself."""

import hashlib
import hmac
from dataclasses import dataclass

MOST_COUNTED = 99
MOST_KEPT = 8
"""So that the token stays short however often somebody tries."""


@dataclass(frozen=True)
class Attempts:
    """Earlier looks at one unit. `digests` are keyed digests of the texts given.

    `within_reach` stays once an attempt came within reach of an affected serial. `expired` means
    that the token was too old: it still binds, but the owner starts anew.
    """

    looks: int = 0
    within_reach: bool = False
    digests: tuple[str, ...] = ()
    expired: bool = False

    def after(self, *, digest: str, within_reach: bool) -> "Attempts":
        """These attempts and one more."""
        if self.expired:
            return Attempts(1, within_reach or self.within_reach, (digest,))
        return Attempts(
            min(self.looks + 1, MOST_COUNTED),
            within_reach or self.within_reach,
            (*self.digests, digest)[-MOST_KEPT:],
        )


def text_digest(normalised: str, *, key: bytes) -> str:
    """A keyed digest (16 hex characters) of a text, to know it again without holding it."""
    return hmac.new(key, normalised.encode(), hashlib.sha256).hexdigest()[:16]
