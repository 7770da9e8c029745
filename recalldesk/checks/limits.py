"""How many checks a client may make, on one process: pure arithmetic, and bounded tables of debts.

Guarantees: within any stretch of time an allowance lets through no more than its number in a row
and what it gives back meanwhile; a table never holds more than `most` clients, and no flood of new
ones takes a debt out of it; a client without debt is forgotten. No Django, no clock.
"""

from dataclasses import dataclass
from functools import cached_property

MOST_CLIENTS = 50_000
"""In one table: about 10 MB when full."""
SWEEP_EVERY = 60.0
SWEEP_EVERY_WHEN_FULL = 1.0
SLACK = 1e-6
"""What sums of fractions may be off by, as a share of one check."""


@dataclass(frozen=True)
class Allowance:
    """`in_a_row` checks at once, and one more every `every` seconds."""

    in_a_row: int
    every: float

    @property
    def room(self) -> float:
        """The most debt, in seconds, with which a check is still let through."""
        return self.in_a_row * self.every

    @cached_property
    def most_debt(self) -> float:
        """The same with what sums of fractions may be off by."""
        return self.room + SLACK * self.every

    def times(self, factor: int) -> "Allowance":
        """The same for so many clients together."""
        return Allowance(self.in_a_row * factor, self.every / factor)


def charged(owed_until: float, now: float, allowance: Allowance) -> float | None:
    """Until when a client is in debt after one more check; None where it may not make one."""
    after = (owed_until if owed_until > now else now) + allowance.every
    return after if after - now <= allowance.most_debt else None


class Debts:
    """The debts of clients under one allowance, as the moment at which each is free of it.

    Where the table is full of debts, a client who is not in it may make no check under this
    allowance until a debt has run out: nothing is taken out to make room.
    """

    def __init__(self, allowance: Allowance, most: int = MOST_CLIENTS) -> None:
        self.allowance = allowance
        self._most = most
        self._owed_until: dict[int, float] = {}
        self._swept_at = 0.0

    def __len__(self) -> int:
        return len(self._owed_until)

    def may(self, client: int, now: float) -> bool:
        """Whether `charge` would let a check through."""
        return self._after(client, now) is not None

    def charge(self, client: int, now: float) -> bool:
        """Takes one check from the client's allowance; False, and nothing taken, where it is
        used up."""
        owed_until = self._owed_until.get(client)
        if owed_until is None or now - self._swept_at > SWEEP_EVERY:
            after = self._after(client, now)
        else:
            after = charged(owed_until, now, self.allowance)
        if after is None:
            return False
        self._owed_until[client] = after
        return True

    def wait(self, client: int, now: float) -> float:
        """Seconds until the client may make a check."""
        allowance = self.allowance
        owed = max(self._owed_until.get(client, now) - now, 0.0)
        return max(owed + allowance.every - allowance.room, 0.0)

    def share_used(self, client: int, now: float) -> float:
        """How much of the allowance is used up, from 0 to 1."""
        owed = self._owed_until.get(client, now) - now
        return min(max(owed / self.allowance.room, 0.0), 1.0)

    def sweep(self, now: float) -> None:
        """Forgets who has no debt."""
        self._owed_until = {c: until for c, until in self._owed_until.items() if until > now}
        self._swept_at = now

    def _after(self, client: int, now: float) -> float | None:
        if now - self._swept_at > SWEEP_EVERY:
            self.sweep(now)
        owed_until = self._owed_until.get(client)
        if owed_until is None:
            if len(self._owed_until) >= self._most and not self._has_room(now):
                return None
            owed_until = now
        return charged(owed_until, now, self.allowance)

    def _has_room(self, now: float) -> bool:
        if now - self._swept_at > SWEEP_EVERY_WHEN_FULL:
            self.sweep(now)
        return len(self._owed_until) < self._most


class SharedDebts:
    """One allowance for each client, and so many times as much for its wider network together, so
    that nobody who has a whole network is as many clients as it has parts.

    A client without a wider network names itself as such.
    """

    def __init__(self, allowance: Allowance, together: int) -> None:
        self._own = Debts(allowance)
        self._together = Debts(allowance.times(together))

    def may(self, narrow: int, wide: int, now: float) -> bool:
        """Whether `charge` would let a check through."""
        return self._own.may(narrow, now) and (narrow == wide or self._together.may(wide, now))

    def charge(self, narrow: int, wide: int, now: float) -> bool:
        """Takes one check from both allowances, or from none."""
        if narrow != wide and not (self._own.may(narrow, now) and self._together.charge(wide, now)):
            return False
        return self._own.charge(narrow, now)

    def wait(self, narrow: int, wide: int, now: float) -> float:
        """Seconds until the client may make a check."""
        own = self._own.wait(narrow, now)
        return own if narrow == wide else max(own, self._together.wait(wide, now))

    def sweep(self, now: float) -> None:
        """Forgets who has no debt."""
        self._own.sweep(now)
        self._together.sweep(now)

    def __len__(self) -> int:
        return len(self._own) + len(self._together)
