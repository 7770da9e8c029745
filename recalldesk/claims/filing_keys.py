"""The keys by which filings are found that share an owner, a household, a payee or a network.

Guarantees: keys are keyed digests, and follow what the filing says: written when it is sent, anew
when contact, address, payee or the forms change, gone when it is erased; that of the network is
kept for days.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import transaction

from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Filing, FilingKey
from recalldesk.claims.payee_forms import payee_form
from recalldesk.claims.states import FilingState, KeyKind
from recalldesk.foundation import clock
from recalldesk.foundation.normal_forms import FORMS_VERSION
from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.foundation.normal_forms.words import name_words
from recalldesk.sealing import vault
from recalldesk.sealing.fields_of_rows import opened

NETWORK_KEPT = timedelta(days=7)
A_BATCH = 500
Key = tuple[KeyKind, bytes]


def key_digest(kind: KeyKind, form: str) -> bytes:
    """The digest (32 bytes) under which a form of this kind is found. Raises SealingError."""
    return vault.digest_for_lookup(form, purpose=f"claims.FilingKey.digest.{kind.name.lower()}")


def keep_keys(filing: Filing, *, network: str = "") -> None:
    """Makes the keys of a filing that was sent those of what it says now. Its row is locked.

    `network`: from where it was just sent; without it the key of the network stays as it is.
    """
    wanted = {(kind, key_digest(kind, form)) for kind, form in forms_of(filing)}
    kept: set[Key] = set()
    for row in filing.keys.exclude(kind=KeyKind.NETWORK):
        key = (KeyKind(row.kind), bytes(row.digest))
        if key in wanted:
            kept.add(key)
        else:
            row.delete()
    if network:
        wanted.add((KeyKind.NETWORK, key_digest(KeyKind.NETWORK, network)))
    FilingKey.objects.bulk_create(
        (
            FilingKey(
                filing=filing,
                recall_id=filing.recall_id,
                kind=kind,
                digest=digest,
                at=filing.filed_at or clock.now(),
            )
            for kind, digest in sorted(wanted - kept)
        ),
        ignore_conflicts=True,
    )
    filing.keys_version = FORMS_VERSION
    filing.save(update_fields=["keys_version"])


def keys_of(filing_id: int) -> list[Key]:
    """The keys of a filing, by kind."""
    rows = FilingKey.objects.filter(filing_id=filing_id).order_by("kind", "digest")
    return [(KeyKind(kind), bytes(digest)) for kind, digest in rows.values_list("kind", "digest")]


def forms_of(filing: Filing) -> Iterator[tuple[KeyKind, str]]:
    """What is found again of a filing, each in its form."""
    name = opened(filing, "sealed_name")
    address = _by_field(opened(filing, "sealed_address"))
    payee = _by_field(opened(filing, "sealed_payee"))
    where = address_form(address)
    forms: Iterable[tuple[KeyKind, str]] = (
        *((KeyKind.NAME_WORD, word) for word in name_words(name)),
        (KeyKind.EMAIL, email_form(opened(filing, "sealed_email"))),
        (KeyKind.PHONE, opened(filing, "sealed_phone")),
        (KeyKind.ADDRESS, where.flat),
        (KeyKind.HOUSE, where.house),
        (KeyKind.PAYEE, payee_form(payee, name=name, address=address)),
    )
    return ((kind, form) for kind, form in forms if form)


def _by_field(text: str) -> dict[str, str]:
    return json.loads(text) if text else {}


def keep_keys_current() -> int:
    """Writes the keys of filings that were sent before there were any, or whose keys are of older
    forms; returns of how many."""
    older = Filing.objects.filter(state=FilingState.FILED, keys_version__lt=FORMS_VERSION)
    count, last = 0, 0
    while batch := list(
        older.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:A_BATCH]
    ):
        count += sum(_made_current(filing_id) for filing_id in batch)
        last = batch[-1]
    return count


@transaction.atomic
def _made_current(filing_id: int) -> bool:
    filing = locked_filing(filing_id)
    if filing is None or filing.state != FilingState.FILED:
        return False
    if filing.keys_version == FORMS_VERSION:
        return False  # another job was here meanwhile
    keep_keys(filing)
    return True


def forget_networks() -> int:
    """Deletes the keys of networks that nothing needs any more; returns how many."""
    old = FilingKey.objects.filter(kind=KeyKind.NETWORK, at__lte=clock.now() - NETWORK_KEPT)
    return old.delete()[0]
