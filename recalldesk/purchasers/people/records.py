"""Purchasers and filings as the engine `matching.people` compares them.

Guarantee: nothing of it is kept: what is opened here is read once and gone.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import QuerySet

from recalldesk.claims.models import Filing
from recalldesk.matching.people import PersonRecord, RecordKind
from recalldesk.purchasers.models import ContactPoint, Purchaser
from recalldesk.purchasers.states import ContactKind
from recalldesk.sealing import vault
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.sealing.keys import KeyRing

A_BATCH = 5_000
NAME, VALUE = "purchasers.Purchaser.sealed_name", "purchasers.ContactPoint.sealed_value"


def id_of_filing(filing_id: int) -> int:
    """What the engine calls a filing: below nought, as purchasers are above."""
    return -filing_id


def records_of(
    recall_id: int, purchasers: QuerySet[Purchaser], filings: Iterable[Filing]
) -> Iterator[PersonRecord]:
    """Each of them as a record. Raises SealingError."""
    ring = vault.data_ring(vault.recall_scope(recall_id))
    last = 0
    rows = purchasers.order_by("pk")
    while batch := list(rows.filter(pk__gt=last).values_list("pk", "sealed_name")[:A_BATCH]):
        first, last = batch[0][0], batch[-1][0]
        contacts = _contacts(recall_id, first, last)
        for number, name in batch:
            yield _of_purchaser(ring, number, bytes(name), contacts.get(number, {}))
    for filing in filings:
        yield record_of_filing(filing)


def record_of_filing(filing: Filing) -> PersonRecord:
    """A filing as a record. Raises SealingError."""
    address = opened(filing, "sealed_address")
    return PersonRecord(
        id=id_of_filing(filing.pk),
        name=opened(filing, "sealed_name"),
        email=opened(filing, "sealed_email"),
        phone=opened(filing, "sealed_phone"),
        address=json.loads(address) if address else {},
        kind=RecordKind.CLAIM,
    )


def _contacts(recall_id: int, first: int, last: int) -> dict[int, dict[str, bytes]]:
    """The contacts of purchasers from one number to another, by their kind."""
    rows = ContactPoint.objects.filter(
        recall_id=recall_id, purchaser_id__gte=first, purchaser_id__lte=last
    )
    found: dict[int, dict[str, bytes]] = {}
    for number, kind, value in rows.values_list("purchaser_id", "kind", "sealed_value"):
        found.setdefault(number, {})[kind] = bytes(value)
    return found


def _of_purchaser(
    ring: KeyRing, number: int, name: bytes, contacts: Mapping[str, bytes]
) -> PersonRecord:
    def value(kind: ContactKind) -> str:
        sealed = contacts.get(kind)
        return ring.open(sealed, purpose=VALUE).decode() if sealed else ""

    address = value(ContactKind.ADDRESS)
    alias = value(ContactKind.ALIAS)
    return PersonRecord(
        id=number,
        name=ring.open(name, purpose=NAME).decode() if name else "",
        email=alias or value(ContactKind.EMAIL),
        is_alias=bool(alias),
        phone=value(ContactKind.PHONE),
        address=json.loads(address) if address else {},
        kind=RecordKind.ORDER,
    )
