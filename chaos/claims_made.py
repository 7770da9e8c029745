"""Made-up claims that enter at `approved`, each by its number: the same number, the same claim.

Guarantee: one that is there is not made again; one that a restore lost is made as it was, as its
owner and the desk would do it again.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from chaos.remedies_offered import BY_NUMBER, KEYS
from recalldesk.audit.states import Actor
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.moving import move_claim
from recalldesk.claims.references import new_key, new_marking_code, new_reference
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.recalls.reads import LiveRecall, live_recall
from recalldesk.remedies.actions import grant_remedy
from recalldesk.sealing.fields_of_rows import digest, sealed
from tests.cast import SLUG

BOUNCES, NOWHERE = 40, 45
"""Of so many claims of their provider one has an address that reaches nobody."""
STREET = {
    "city": "Springfield",
    "country_area": "CA",
    "postal_code": "90001",
    "country_code": "US",
}
PAYEES = (
    {"kind": "us_account", "routing_number": "021000021", "account_number": "900011112222"},
    {"kind": "iban", "iban": "DE02120300000000202051"},
    {"kind": "check"},
)


def provider_of(number: int) -> ProviderName:
    """Who hands out the remedy of a claim."""
    return BY_NUMBER[number % len(BY_NUMBER)]


def unit_of(number: int) -> bytes:
    """The digest of its unit."""
    return digest(Claim, "unit_digest", normalise(_serial(number)))


def enter(numbers: Iterable[int]) -> int:
    """Makes those that are not there; how many."""
    live = live_recall(SLUG)
    assert live is not None
    units = {unit_of(number): number for number in numbers}
    there = Claim.objects.filter(unit_digest__in=list(units)).values_list("unit_digest", flat=True)
    missing = sorted(set(units.values()) - {units[bytes(each)] for each in there})
    for number in missing:
        _enter(live, number)
    return len(missing)


@transaction.atomic
def _enter(live: LiveRecall, number: int) -> None:
    filing = Filing.objects.create(
        key=new_key(),
        reference=new_reference(),
        recall_id=live.recall_id,
        version_id=live.version_id,
        brand="tidewater",
        country="US",
        language="es" if number % 7 == 0 else "en",
        state=FilingState.FILED,
        remedy_key=KEYS[provider_of(number)],
        filed_at=clock.now(),
        **_sealed(live.recall_id, number),
    )
    evidence = EvidenceSet.objects.create(recall_id=live.recall_id, marking_code=new_marking_code())
    unit = unit_of(number)
    claim = Claim.objects.create(
        filing=filing,
        recall_id=live.recall_id,
        position=1,
        product="k20",
        sealed_serial=sealed(Claim, "sealed_serial", _serial(number), recall_id=live.recall_id),
        unit_digest=unit,
        found="affected",
        evidence=evidence,
    )
    claim.holds_unit = True
    for state in (ClaimState.SUBMITTED, ClaimState.CHECKING):
        move_claim(claim=claim, to=state, actor=Actor.MACHINE)
    claim.remedy = grant_remedy(
        unit_digest=unit, recall=filing.recall, key=filing.remedy_key, orderable_at=clock.now()
    )
    move_claim(claim=claim, to=ClaimState.APPROVED, actor=Actor.MACHINE)


def _sealed(recall_id: int, number: int) -> dict[str, Any]:
    """Who its owner is, and where the remedy goes."""
    turn = number // len(BY_NUMBER)
    bounces, nowhere = turn % BOUNCES == 3, turn % NOWHERE == 7
    street = f"{'Nowhere' if nowhere else number} Made-up Lane"
    payee = PAYEES[turn % len(PAYEES)]
    texts = {
        "name": f"Owner Made-up {number}",
        "email": f"{'bounces-' if bounces else 'owner-'}{number}@home.example",
        "address": json.dumps(STREET | {"street_address": street}),
        "payee": json.dumps(payee | {"account_holder": f"Owner Made-up {number}"}),
    }
    return {
        f"sealed_{name}": sealed(Filing, f"sealed_{name}", text, recall_id=recall_id)
        for name, text in texts.items()
    }


def _serial(number: int) -> str:
    return f"TW25{number:06d}"
