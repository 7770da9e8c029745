"""What the limits still count of erased filings: who had claimed, and where the money went.

Guarantees: whoever claims, is paid, has all erased and claims again is counted with what they had;
nothing here leads to the stub of a filing; it is forgotten a year after the erasure.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import uuid4

from django.db.models import Q

from recalldesk.claims.filing_keys import Key, keys_of
from recalldesk.claims.models import ErasedKey, Filing
from recalldesk.claims.states import NOT_COUNTED, KeyKind
from recalldesk.foundation import clock

KEPT = timedelta(days=365)
REMEMBERED = frozenset({KeyKind.EMAIL, KeyKind.PHONE, KeyKind.PAYEE})


def remember_erased(filing: Filing) -> None:
    """Keeps what limits count of a filing that is about to be erased; nothing where none counts."""
    units = filing.claims.exclude(state__in=sorted(NOT_COUNTED)).count()
    if not units:
        return
    owner, day = uuid4(), clock.now().date()
    ErasedKey.objects.bulk_create(
        ErasedKey(
            recall_id=filing.recall_id, kind=kind, digest=digest, owner=owner, units=units, at=day
        )
        for kind, digest in keys_of(filing.pk)
        if kind in REMEMBERED
    )


def units_erased(recall_id: int, keys: Collection[Key]) -> int:
    """The units of erased filings of a recall that had one of these keys, each filing once."""
    wanted = Q()
    for kind, digest in keys:
        if kind in REMEMBERED:
            wanted |= Q(kind=kind, digest=digest)
    if not wanted:
        return 0
    rows = ErasedKey.objects.filter(wanted, recall_id=recall_id)
    return sum(dict(rows.values_list("owner", "units")).values())


def forget_erased() -> int:
    """Deletes what was kept for its time; returns how many keys."""
    return ErasedKey.objects.filter(at__lte=(clock.now() - KEPT).date()).delete()[0]
