"""Data keys under the keys from outside: wraps them anew under the newest of these.

Guarantees: a data key is let go of only after what was written was read back and opened to the same
key; programs that know both outer keys open it before, while and after it is wrapped anew.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from recalldesk.sealing import vault
from recalldesk.sealing.keys import SealingError, key_named_by
from recalldesk.sealing.models import DataKey


@dataclass(frozen=True)
class Wrapping:
    """How many data keys each outer key wraps, and which of those at hand wrap none."""

    newest: str
    wrapped_by: Counter[str]
    not_needed: tuple[str, ...]


def wrapping() -> Wrapping:
    """How it stands. Raises SealingError where there is no outer key."""
    ring = vault.outer_ring()
    wrapped_by = Counter(
        key_named_by(bytes(wrapped))
        for wrapped in DataKey.objects.values_list("wrapped", flat=True)
    )
    idle = tuple(name for name in ring.keys if name != ring.newest and name not in wrapped_by)
    return Wrapping(ring.newest, wrapped_by, idle)


def refuse_keys_that_do_not_open() -> None:
    """Opens one data key of each outer key that wraps any.

    Raises SealingError where an outer key is not at hand, or is another of the same name.
    """
    asked = set[str]()
    for key in DataKey.objects.order_by("pk"):
        name = key_named_by(bytes(key.wrapped))
        if name in asked:
            continue
        asked.add(name)
        try:
            vault.unwrapped(key)
        except SealingError as error:
            if name not in vault.outer_ring().keys:
                raise
            raise SealingError(
                f"The sealing key {name!r} is not the one that wrapped the data keys."
            ) from error


def wrap_anew() -> int:
    """Wraps every data key under the newest outer key; returns how many were under another.

    All are opened first: raises SealingError, and changes nothing, where one cannot be.
    """
    keys = list(DataKey.objects.order_by("pk"))
    for key in keys:
        vault.unwrapped(key)
    return sum(_wrapped_anew(key) for key in keys)


@transaction.atomic
def _wrapped_anew(key: DataKey) -> bool:
    ring, plain = vault.outer_ring(), vault.unwrapped(key)
    if key_named_by(bytes(key.wrapped)) == ring.newest:
        return False
    wrapped = ring.seal(plain, purpose=key.purpose)
    changed = DataKey.objects.filter(pk=key.pk, wrapped=key.wrapped).update(wrapped=wrapped)
    kept = DataKey.objects.get(pk=key.pk)
    if ring.open(bytes(kept.wrapped), purpose=key.purpose) != plain:
        raise SealingError(f"The data key {key.name} did not come back as it was written.")
    return bool(changed)
