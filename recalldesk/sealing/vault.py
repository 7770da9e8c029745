"""Seals and opens values of this installation, each under its scope's own data keys.

Guarantees: a data key is made once for a scope and generation, even by two programs at once, and
stands in the database only wrapped by a key from outside; a program that has run for long notices
a new generation by itself; look-ups use a key that never stands in the database.
"""

import os
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings

from recalldesk.sealing.keys import KEY_BYTES, KeyRing, SealingError, key_from_text, lookup_digest
from recalldesk.sealing.models import DataKey

DESK = "desk"
REMEMBERED = 4096
_opening: dict[tuple[str, str], KeyRing] = {}
"""The keys that opened the last values of a scope, under the keys from outside of then."""


def recall_scope(recall_id: int) -> str:
    """The scope of all personal data of one recall."""
    return f"recall:{recall_id}"


@lru_cache(maxsize=1)
def _outer_ring(text: str) -> KeyRing:
    return KeyRing.from_text(text)


@lru_cache(maxsize=1)
def _lookup_key(text: str) -> bytes:
    return key_from_text(text)


def outer_ring() -> KeyRing:
    """The keys from outside, which wrap the data keys. Raises SealingError."""
    return _outer_ring(settings.SEALING_KEYS)


@lru_cache(maxsize=REMEMBERED)
def _unwrapped(wrapped: bytes, purpose: str, _keys: str) -> bytes:
    return outer_ring().open(wrapped, purpose=purpose)


def unwrapped(key: DataKey) -> bytes:
    """The key itself (32 bytes). Raises SealingError where the key that wraps it is missing."""
    return _unwrapped(bytes(key.wrapped), key.purpose, settings.SEALING_KEYS)


def make_data_key(scope: str, generation: int) -> DataKey:
    """The scope's key of this generation; the one that is there where another made it first."""
    key = DataKey(scope=scope, generation=generation)
    wrapped = outer_ring().seal(os.urandom(KEY_BYTES), purpose=key.purpose)
    made, _ = DataKey.objects.get_or_create(
        scope=scope, generation=generation, defaults={"wrapped": wrapped}
    )
    return made


def _keys_of(scope: str) -> list[DataKey]:
    return list(DataKey.objects.filter(scope=scope).order_by("-generation"))


def _ring(keys: Iterable[DataKey]) -> KeyRing:
    return KeyRing({key.name: unwrapped(key) for key in keys})


def data_ring(scope: str) -> KeyRing:
    """The data keys of a scope as they are now: the newest seals, all open. Raises SealingError.

    The first one is made here. Each call reads the table, so that nothing is sealed under a key
    of a transaction that failed, or under an older generation than there is.
    """
    return _ring(_keys_of(scope) or [make_data_key(scope, 1)])


def seal_text(text: str, *, scope: str, purpose: str) -> bytes:
    """A text sealed for one purpose (the model and field that hold it)."""
    return data_ring(scope).seal(text.encode(), purpose=purpose)


def open_text(sealed: bytes, *, scope: str, purpose: str) -> str:
    """The text that was sealed. Raises SealingError."""
    return open_bytes(sealed, scope=scope, purpose=purpose).decode()


def open_bytes(sealed: bytes, *, scope: str, purpose: str) -> bytes:
    """What was sealed, by the keys remembered where they open it; else the table is read again."""
    place = scope, settings.SEALING_KEYS
    remembered = _opening.get(place)
    if remembered is not None:
        try:
            return remembered.open(sealed, purpose=purpose)
        except SealingError:
            pass  # Of a newer generation, or past opening: the keys as they are now decide.
    ring = _ring(_keys_of(scope))
    if len(_opening) >= REMEMBERED:
        _opening.clear()
    _opening[place] = ring
    return ring.open(sealed, purpose=purpose)


def digest_for_lookup(value: str, *, purpose: str) -> bytes:
    """The keyed digest (32 bytes) by which a normalised value is found. Raises SealingError."""
    return lookup_digest(value, key=_lookup_key(settings.LOOKUP_KEY), purpose=purpose)
