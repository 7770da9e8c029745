"""What one client gets from all web processes together: each counts for itself.

A client's connections may land on any of them, so what binds is the sum.
"""

from django.conf import settings

from recalldesk.checks.guard import limits

_told: list[int] = []


def tell_processes(count: int) -> None:
    """Says in a web process how many there are, where not as many as are set."""
    _told[:] = [count]


def effective_limits(processes: int = 0) -> str:
    """The limits in a sentence, over so many processes; over those of this server if not given."""
    count = processes or (_told[0] if _told else settings.ENVIRONMENT.workers)
    set_limits, environment = limits(), settings.ENVIRONMENT
    free, proved = set_limits.free.in_a_row * count, set_limits.proved.in_a_row * count
    return (
        f"One client (an IPv4 address, or an IPv6 /64) gets at most {free:,} checks in a row and "
        f"{environment.free_checks_a_minute * count:,} a minute for nothing, as many again for "
        f"waiting, and {proved:,} in a row and "
        f"{environment.proved_checks_a_minute * count:,} a minute for proofs of work (each "
        f"is taken once by each process), from {count} web process"
        f"{'' if count == 1 else 'es'} together."
    )
