"""A provider that fails is left alone for a while, and the desk sees it.

Guarantees: some failures in a row stop it for all workers; then one order is tried, and only if
that comes through do the others follow; a provider that asks for a pause gets it at once.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation import clock
from recalldesk.remedies.models import Circuit

STOPS_AT = 5
FIRST = timedelta(minutes=1)
LONGEST = timedelta(minutes=30)


def open_providers(now: datetime) -> frozenset[str]:
    """The providers that are not to be asked now."""
    rows = Circuit.objects.filter(open_until__gt=now)
    return frozenset(rows.values_list("provider", flat=True))


def doubtful_providers() -> frozenset[str]:
    """The providers of which one order is tried first."""
    rows = Circuit.objects.filter(failures__gte=STOPS_AT)
    return frozenset(rows.values_list("provider", flat=True))


def failing() -> tuple[Circuit, ...]:
    """What the desk is told of: providers that failed several times in a row."""
    return tuple(Circuit.objects.filter(failures__gte=STOPS_AT).order_by("provider"))


@transaction.atomic
def note_failure(provider: str, problem: str) -> None:
    """One more failure in a row; from the fifth on the provider is left alone, longer each time."""
    row = _locked(provider)
    row.failures, row.problem = row.failures + 1, problem
    if row.failures >= STOPS_AT:
        now = clock.now()
        row.opened_at = row.opened_at or now
        row.open_until = now + min(FIRST * (1 << min(row.failures - STOPS_AT, 10)), LONGEST)
    row.save()


@transaction.atomic
def note_pause(provider: str, problem: str, after: timedelta) -> None:
    """The provider asked for a pause: no failure, but nobody asks it before."""
    row = _locked(provider)
    until = clock.now() + after
    row.open_until, row.problem = max(row.open_until or until, until), problem
    row.save()


def note_success(provider: str) -> None:
    """It answered: whatever was noted is over. Writes only where something was."""
    noted = Q(failures__gt=0) | Q(open_until__isnull=False)
    Circuit.objects.filter(noted, provider=provider).update(
        failures=0, opened_at=None, open_until=None, problem=""
    )


def try_again(provider: str, *, by: Staff) -> None:
    """A person has it tried again at once. Raises NotPermitted."""
    require(by, Permission.MANAGE_REMEDIES)
    close(provider)


def close(provider: str) -> None:
    """It may be asked again at once."""
    Circuit.objects.filter(provider=provider).update(open_until=None)


def _locked(provider: str) -> Circuit:
    Circuit.objects.get_or_create(provider=provider)
    return Circuit.objects.select_for_update().get(pk=provider)
