"""What was erased is written down, and read again by the page of its stub.

Guarantee: it is written in the transaction of the erasure.
"""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef

from recalldesk.foundation import clock
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import Erased, WaitingErasure
from recalldesk.keeping.states import Thing, Why

WHOLE = frozenset({Kind.OWNER, Kind.INCIDENTS, Kind.PURCHASERS, Kind.PARTNERS})
"""After an erasure of one of these nothing is left of the thing."""


def note_erased(kind: Kind, *, thing: Thing, number: int, recall_id: int | None, why: Why) -> None:
    """That one thing was erased."""
    note_each_erased(kind, thing=thing, numbers=[number], recall_id=recall_id, why=why)


def note_each_erased(
    kind: Kind, *, thing: Thing, numbers: Iterable[int], recall_id: int | None, why: Why
) -> None:
    """The same of several of one recall. Whoever waited for that waits no more."""
    numbers = list(numbers)
    Erased.objects.bulk_create(
        Erased(kind=kind, thing=thing, thing_id=number, recall_id=recall_id, why=why)
        for number in numbers
    )
    if kind in WHOLE:
        waiting = WaitingErasure.objects.filter(thing=thing, thing_id__in=numbers, done_at=None)
        waiting.update(done_at=clock.now())


def note_rows_erased(kind: Kind, count: int, *, recall_id: int | None, why: Why = Why.TERM) -> None:
    """That so many rows of a kind were; nothing where there were none."""
    if count:
        Erased.objects.create(kind=kind, recall_id=recall_id, why=why, count=count)


def erased_of(thing: Thing, number: F | OuterRef) -> Exists:
    """Whether something was erased of a thing, for a query of another table."""
    return Exists(Erased.objects.filter(thing=thing, thing_id=number))


def is_whole(erasures: Iterable[Erased]) -> bool:
    """Whether nothing is left of the thing after these."""
    return any(each.kind in WHOLE for each in erasures)


def erasures_of(thing: Thing, number: int) -> list[Erased]:
    """What was erased of a thing, the first one first."""
    rows = Erased.objects.filter(thing=thing, thing_id=number)
    return list(rows.order_by("pk"))
