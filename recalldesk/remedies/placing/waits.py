"""How long an order waits before it is tried again, and when it is given to a person.

Guarantee: pauses grow up to a bound and are spread at random, so that what failed together does not
come back together; what a provider asks for is never undercut.
"""

import random
from datetime import timedelta

FIRST = timedelta(seconds=20)
LONGEST = timedelta(hours=4)
TRIES = 24
"""With these pauses some two days: by then a person looks."""
LEAST_SHARE = 0.5
_chance = random.SystemRandom()


def pause_after(tries: int, *, asked_for: timedelta | None = None) -> timedelta:
    """The pause after so many tries that came to nothing."""
    bound = min(FIRST * (1 << min(tries, 20)), LONGEST)
    spread = bound * _chance.uniform(LEAST_SHARE, 1)
    return max(spread, asked_for * _chance.uniform(1, 1.2)) if asked_for else spread
