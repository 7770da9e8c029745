"""Pools of made-up gift codes, and orders of them."""

import uuid
from datetime import date
from decimal import Decimal

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.recalls.document.remedy import Ordering, ProviderName, RemedyKind
from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import CodeImport, CodePool, GiftCode
from recalldesk.remedies.providers.codes.digests import code_digest
from recalldesk.remedies.providers.interface import Wanted
from recalldesk.sealing.fields_of_rows import sealed
from tests.remedies.ordered import OWNER

POOL = "cards-30"
ORDERING = Ordering(provider=ProviderName.CODES, pool=POOL)


def pool_of(
    *codes: str,
    slug: str = "kettle-k20",
    name: str = POOL,
    low: int = 0,
    expires: date | None = None,
    value: str = "30.00",
) -> CodePool:
    """A pool with these codes."""
    recall, _ = Recall.objects.get_or_create(slug=slug)
    pool, _ = CodePool.objects.get_or_create(
        recall=recall,
        name=name,
        currency="USD",
        value=Decimal(value),
        defaults={"low_stock": low, "expires_on": expires},
    )
    by, _ = Staff.objects.get_or_create(
        email="made-up@example.com", defaults={"name": "Made-up", "role": Role.VIEWER}
    )
    lines = {"heading": 0, "rejected": 0, "duplicate": 0, "blank": 0, "continued": 0}
    brought = CodeImport.objects.create(
        pool=pool, file_sha256="0" * 64, lines=len(codes), accepted=len(codes), by=by, **lines
    )
    for code in codes:
        GiftCode.objects.create(
            pool=pool,
            brought_by=brought,
            recall_id=recall.pk,
            digest=code_digest(code),
            sealed_code=sealed(GiftCode, "sealed_code", code, recall_id=recall.pk),
            sealed_pin=sealed(GiftCode, "sealed_pin", "0042", recall_id=recall.pk),
        )
    return pool


def wanted(remedy_id: uuid.UUID | None = None, **changed: object) -> Wanted:
    """One code of 30 dollars."""
    fields: dict[str, object] = {
        "id": remedy_id or uuid.uuid4(),
        "recall": "kettle-k20",
        "remedy_key": "card",
        "kind": RemedyKind.GIFT_CARD,
        "recipient": OWNER,
        "amount": Decimal("30.00"),
        "currency": "USD",
        "options": {"pool": POOL},
    }
    return Wanted(**(fields | changed))  # type: ignore[arg-type]
