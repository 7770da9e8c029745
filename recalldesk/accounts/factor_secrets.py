"""The secrets of second factors, sealed inside the rows of django-allauth; for rotation, too.

Guarantee: neither the secret of an authenticator app nor the seed of recovery codes stands in the
database in clear. (Of a passkey there is the public key alone.)
"""

import base64
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from allauth.mfa.models import Authenticator

from recalldesk.sealing import vault
from recalldesk.sealing.holders import Batch
from recalldesk.sealing.keys import SealingError, key_named_by

PURPOSE = "mfa.Authenticator.data"
SECRETS = ("secret", "seed")
"""Where the secrets stand in the JSON of a row."""


def seal(secret: str) -> str:
    """The secret, to be stored."""
    sealed = vault.seal_text(secret, scope=vault.DESK, purpose=PURPOSE)
    return base64.b64encode(sealed).decode()


def unseal(stored: str) -> str:
    """The secret. Raises SealingError."""
    return vault.open_text(_bytes(stored), scope=vault.DESK, purpose=PURPOSE)


def _bytes(stored: str) -> bytes:
    return base64.b64decode(stored, validate=True)


def _stored(row: Authenticator) -> Iterator[tuple[str, str]]:
    for name in SECRETS:
        if name in row.data:
            yield name, row.data[name]


class FactorSecrets:
    """What a rotation asks: how many secrets name which key, and to seal them anew."""

    name = "second factors"

    def count(self) -> Counter[str]:
        """How many secrets name each data key."""
        rows = Authenticator.objects.order_by("pk").iterator()
        return Counter(key_named_by(_bytes(stored)) for row in rows for _, stored in _stored(row))

    def reseal(self, newest: Collection[str]) -> Iterator[Batch]:
        """Seals anew what names none of these keys, row by row."""
        for row in Authenticator.objects.order_by("pk").iterator():
            stale = [
                name for name, stored in _stored(row) if key_named_by(_bytes(stored)) not in newest
            ]
            if stale:
                yield self._reseal(row, stale)

    def _reseal(self, row: Authenticator, stale: list[str]) -> Batch:
        before: dict[str, Any] = dict(row.data)
        try:
            after = before | {name: seal(unseal(before[name])) for name in stale}
        except SealingError:
            return Batch(unopened=(f"{PURPOSE} of row {row.pk}",))
        done = Authenticator.objects.filter(pk=row.pk, data=before).update(data=after)
        return Batch(resealed=len(stale) * done, changed=len(stale) * (1 - done))
