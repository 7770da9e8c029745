"""Rotates the keys while everything else runs: outer keys, then data keys and all they seal.

Guarantees: whatever was sealed opens before, while and after; a rotation that was broken off goes
on where it stopped, under the keys that it has made; only one runs at a time. No data key is ever
deleted: what a slow program seals under an old one at the last moment still opens, and the next
rotation reaches it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.sealing.holders import Batch, Holder, registered_holders
from recalldesk.sealing.models import DataKey, Rotation
from recalldesk.sealing.tables import sealed_tables, tables_that_stay
from recalldesk.sealing.vault import make_data_key
from recalldesk.sealing.wrapping import wrap_anew

ALONE = 7_325_003
"""The number of PostgreSQL's advisory lock, next to those of config/database.py."""


class RotationRuns(Problem):
    """Another program rotates at this moment."""


@dataclass(frozen=True)
class Step:
    """How far it has come, in values."""

    holder: str
    done: int
    total: int


@dataclass(frozen=True)
class Rotated:
    """What a rotation did. `left` are values still under older keys, beside those named.

    `unopened` no key opens, or they are missing; `unreached` could not be read or written now.
    """

    wrapped: int
    went_on: bool
    new_keys: int
    resealed: Counter[str]
    unopened: tuple[str, ...]
    unreached: tuple[str, ...]
    left: int
    staying: Counter[str]
    retired: int


def wrap_data_keys_anew() -> int:
    """Rotates the outer keys alone. Raises SealingError or RotationRuns."""
    with _alone():
        return wrap_anew()


def rotate(*, progress: Callable[[Step], None] = lambda _: None) -> Rotated:
    """Rotates all keys. Raises SealingError or RotationRuns, and then nothing was changed."""
    with _alone():
        wrapped = wrap_anew()
        rotation, new_keys = _begun()
        holders = (*sealed_tables(), *registered_holders())
        resealed, last = _reseal(holders, progress)
        named = _named(holders)
        left = max(0, _stale(named) - len(last.unopened) - len(last.unreached))
        # What could not be reached may name any key.
        retired = 0 if last.unreached else _retire_what_nothing_names(named)
        if not left and not last.unreached:
            Rotation.objects.filter(pk=rotation.pk).update(finished_at=clock.now())
        return Rotated(
            # A program with older settings may have made a data key meanwhile.
            wrapped=wrapped + wrap_anew(),
            went_on=new_keys is None,
            new_keys=new_keys or 0,
            resealed=resealed,
            unopened=last.unopened,
            unreached=last.unreached,
            left=left,
            staying=Counter({table.name: table.count().total() for table in tables_that_stay()}),
            retired=retired,
        )


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ALONE])
        row = cursor.fetchone()
    if not (row and row[0]):
        raise RotationRuns("Another program rotates the keys now.", "Wait until it has ended.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ALONE])


@transaction.atomic
def _begun() -> tuple[Rotation, int | None]:
    """The rotation with its new data keys, all made at once; one that was broken off goes on."""
    unfinished = Rotation.objects.filter(finished_at=None).order_by("pk").last()
    if unfinished is not None:
        return unfinished, None
    scopes = DataKey.objects.values_list("scope").annotate(newest=Max("generation")).order_by()
    made = [make_data_key(scope, newest + 1) for scope, newest in list(scopes)]
    return Rotation.objects.create(), len(made)


def _newest() -> frozenset[str]:
    by_scope = DataKey.objects.order_by("scope", "-generation").distinct("scope")
    return frozenset(key.name for key in by_scope)


def _named(holders: Sequence[Holder]) -> Counter[str]:
    """How many values name each data key."""
    named = Counter[str]()
    for holder in holders:
        named += holder.count()
    return named


def _stale(named: Counter[str]) -> int:
    """How many of them name an older data key."""
    newest = _newest()
    return sum(count for key, count in named.items() if key not in newest)


def _reseal(
    holders: Sequence[Holder], progress: Callable[[Step], None]
) -> tuple[Counter[str], Batch]:
    """Goes over everything until there is nothing more to do; what the last pass named, too."""
    total, resealed = _stale(_named(holders)), Counter[str]()
    unopened, unreached, again = list[str](), list[str](), True
    while again:
        unopened, unreached, again = [], [], False
        for holder in holders:
            progress(Step(holder.name, resealed.total(), total))
            for batch in holder.reseal(_newest()):
                resealed[holder.name] += batch.resealed
                unopened += batch.unopened
                unreached += batch.unreached
                again = again or bool(batch.resealed or batch.changed)
                progress(Step(holder.name, resealed.total(), total))
    return resealed, Batch(unopened=tuple(unopened), unreached=tuple(unreached))


def _retire_what_nothing_names(named: Counter[str]) -> int:
    """Marks the older data keys that no value names, nor one that stays; returns how many."""
    newest, named = _newest(), named + _named(tables_that_stay())
    older = [key for key in DataKey.objects.order_by("pk") if key.name not in newest]
    idle = [key.pk for key in older if key.name not in named]
    DataKey.objects.filter(pk__in=idle, retired_at=None).update(retired_at=clock.now())
    DataKey.objects.filter(pk__in=[key.pk for key in older]).exclude(pk__in=idle).update(
        retired_at=None
    )
    return len(idle)
