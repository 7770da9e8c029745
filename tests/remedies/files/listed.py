"""Orders for a warehouse and a bank, made up."""

import uuid
from collections.abc import Mapping
from decimal import Decimal

from pytest_django import Settings

from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import Entitlement, Order, Remedy
from recalldesk.remedies.placing.wanted import wanted_of
from recalldesk.remedies.providers.interface import Wanted
from recalldesk.remedies.recipient import Recipient
from recalldesk.remedies.states import RemedyState
from recalldesk.sealing.fields_of_rows import sealed

IBAN = "DE89370400440532013000"
PAYEES: Mapping[str, Mapping[str, str]] = {
    "iban": {"kind": "iban", "account_holder": "Jürgen Owner", "iban": "NL91ABNA0417164300"},
    "us_account": {
        "kind": "us_account",
        "account_holder": "Olive Owner",
        "routing_number": "021000021",
        "account_number": "0012345678",
    },
    "check": {"kind": "check"},
}
PARCEL = {
    "length_mm": 200,
    "width_mm": 150,
    "height_mm": 100,
    "weight_g": 900,
    "dangerous_goods": {
        "un_number": "UN3481",
        "packing_instruction": "PI 966",
        "ground_only": True,
        "declaration": "Lithium ion batteries packed with equipment",
    },
}


def bank_is_set(settings: Settings, **changed: object) -> None:
    """The firm's made-up accounts."""
    fields: dict[str, object] = {
        "refund_holder": "Example Kettles Ltd",
        "refund_iban": IBAN,
        "refund_us_routing": "021000021",
        "refund_us_company": "1234567890",
        "refund_us_bank": "Made-up Bank",
        "refund_checks": True,
        "sender_lines": "Example Kettles Ltd | 1 Main Street | Springfield",
    }
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=fields | changed)


def owner(number: int, payee: str = "", **changed: object) -> Recipient:
    """An owner, by number."""
    fields: dict[str, object] = {
        "name": f"=Olive Owner {number}",
        "email": f"olive{number}@example.com",
        "phone": "+15550100",
        "address": {"country_code": "US", "street_address": f"{number} Elm Street"},
        "address_lines": (f"{number} Elm Street", "SPRINGFIELD, IL 62701"),
        "payee": PAYEES.get(payee, {}),
    }
    return Recipient(**(fields | changed))  # type: ignore[arg-type]


def listed_order(number: int = 1, *, payee: str = "", amount: str = "", **changed: object) -> Order:
    """An order that is being placed; with a payee, a refund. The same for the same number."""
    recall, _ = Recall.objects.get_or_create(slug="kettle-k20")
    remedy_id = uuid.uuid5(uuid.NAMESPACE_OID, f"made-up remedy {number}")
    if found := Order.objects.filter(remedy_id=remedy_id).first():
        return found
    owed, _ = Entitlement.objects.get_or_create(unit_digest=remedy_id.bytes * 2)
    remedy = Remedy.objects.create(
        id=remedy_id, entitlement=owed, recall=recall, key="new", orderable_at=clock.now()
    )
    Remedy.objects.filter(pk=remedy.pk).update(state=RemedyState.ORDERING)
    kind = RemedyKind.REFUND if payee else RemedyKind.REPLACEMENT
    text = owner(number, payee, **changed).as_text()
    return Order.objects.create(
        remedy=remedy,
        recall_id=recall.pk,
        provider="refund" if payee else "dispatch",
        sealed_recipient=sealed(Order, "sealed_recipient", text, recall_id=recall.pk),
        amount=Decimal(amount or f"{number}.05") if payee else None,
        currency=("EUR" if payee == "iban" else "USD") if payee else "",
        asked={
            "key": "new",
            "kind": kind.value,
            "title": "A new kettle",
            "options": {} if payee else {"article": "0042", "parcel": PARCEL},
        },
        next_try_at=clock.now(),
    )


def wanted(number: int = 1, *, payee: str = "", **changed: object) -> Wanted:
    """The same, as its provider is asked for it."""
    order = listed_order(number, payee=payee, **changed)  # type: ignore[arg-type]
    return wanted_of(Order.objects.select_related("remedy__recall").get(pk=order.pk))
