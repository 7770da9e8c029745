"""Seals and opens values of this installation, each under its scope's own data key.

Guarantees: a data key is made once for a scope, even by two programs at once, and stands in the
database only wrapped by a key from outside; look-ups use a key that never stands there.
"""

import os
from functools import lru_cache

from django.conf import settings

from recalldesk.sealing.keys import KEY_BYTES, KeyRing, key_from_text, lookup_digest
from recalldesk.sealing.models import DataKey

DESK = "desk"


def recall_scope(recall_id: int) -> str:
    """The scope of all personal data of one recall."""
    return f"recall:{recall_id}"


@lru_cache(maxsize=1)
def _outer_ring(text: str) -> KeyRing:
    return KeyRing.from_text(text)


def outer_ring() -> KeyRing:
    """The keys from outside, which wrap the data keys."""
    return _outer_ring(settings.SEALING_KEYS)


@lru_cache(maxsize=1024)
def _unwrapped(wrapped: bytes, scope: str, _keys: str) -> KeyRing:
    return KeyRing({"data": outer_ring().open(wrapped, purpose=f"data key of {scope}")})


def _data_ring(scope: str) -> KeyRing:
    row = DataKey.objects.filter(scope=scope).first()
    if row is None:
        made = outer_ring().seal(os.urandom(KEY_BYTES), purpose=f"data key of {scope}")
        row, _ = DataKey.objects.get_or_create(scope=scope, defaults={"wrapped": made})
    return _unwrapped(bytes(row.wrapped), scope, settings.SEALING_KEYS)


def seal_text(text: str, *, scope: str, purpose: str) -> bytes:
    """A text sealed for one purpose (the model and field that hold it)."""
    return _data_ring(scope).seal(text.encode(), purpose=purpose)


def open_text(sealed: bytes, *, scope: str, purpose: str) -> str:
    """The text that was sealed. Raises SealingError."""
    return _data_ring(scope).open(bytes(sealed), purpose=purpose).decode()


def digest_for_lookup(value: str, *, purpose: str) -> bytes:
    """The keyed digest (32 bytes) by which a normalised value is found. Raises SealingError."""
    return lookup_digest(value, key=key_from_text(settings.LOOKUP_KEY), purpose=purpose)


def data_ring(scope: str) -> KeyRing:
    """The ring that seals a scope's values, for `sealed_files.py`. Raises SealingError."""
    return _data_ring(scope)
