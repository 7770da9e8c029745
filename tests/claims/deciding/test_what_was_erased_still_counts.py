"""Whoever was paid, had all erased and claims again is counted with what they had before."""

import pytest
import time_machine

from recalldesk.claims.deciding.sharing import counts_of, filings_sharing
from recalldesk.claims.decision_facts import Counted
from recalldesk.claims.erased_keys import KEPT
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.jobs import forget_networks
from recalldesk.claims.models import Claim, ErasedKey, Filing
from recalldesk.claims.states import ClaimState, KeyKind
from recalldesk.foundation import clock
from tests.cast import SERIALS
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import MONEY, again, claim_of, fresh_pass, moved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
WHO = owner(1, phone="+12025550143")


def paid_and_erased(serial: str) -> None:
    filing = sent(WHO, serial, remedy=MONEY)
    for state in (ClaimState.REMEDY_ORDERED, ClaimState.REMEDY_SENT, ClaimState.SETTLED):
        moved(claim_of(filing), state)
    erase_filing(opened=fresh_pass(filing))


def counted(filing: Filing) -> tuple[int, int]:
    counts = counts_of(again(filing), filings_sharing(again(filing)))
    return counts[Counted.PERSON], counts[Counted.PAYEE]


def test_the_person_and_the_payee_of_an_erased_filing_count() -> None:
    paid_and_erased(SERIALS[0])
    paid_and_erased(SERIALS[1])
    assert counted(sent(WHO, SERIALS[2], remedy=MONEY)) == (3, 3)
    assert counted(sent(owner(2), SERIALS[3])) == (1, 0)


def test_what_is_kept_leads_to_no_filing_and_is_no_name_or_address() -> None:
    paid_and_erased(SERIALS[0])
    kinds = set(ErasedKey.objects.values_list("kind", flat=True))
    assert kinds == {KeyKind.EMAIL, KeyKind.PHONE, KeyKind.PAYEE}
    names = {field.name for field in ErasedKey._meta.get_fields()}
    assert names == {"id", "recall_id", "kind", "digest", "owner", "units", "at"}


def test_nothing_is_kept_of_what_never_counted() -> None:
    filing = sent(WHO, SERIALS[0], remedy=MONEY)
    withdraw_filing(filing_id=filing.pk)
    assert Claim.objects.get(filing=filing).state == ClaimState.WITHDRAWN
    erase_filing(opened=fresh_pass(filing))
    assert not ErasedKey.objects.exists()


def test_it_is_forgotten_after_a_year() -> None:
    paid_and_erased(SERIALS[0])
    forget_networks(0)
    assert ErasedKey.objects.count() == 3
    with time_machine.travel(clock.now() + KEPT, tick=False):
        forget_networks(0)
    assert not ErasedKey.objects.exists()
