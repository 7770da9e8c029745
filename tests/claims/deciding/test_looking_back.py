"""A later claim leads back to one that the rule approved, while its remedy waits."""

import pytest

from recalldesk.accounts.permissions import Role
from recalldesk.claims.deciding.looking_back import LEADS_BACK, look_back
from recalldesk.claims.deciding.ruling import ruling_now
from recalldesk.claims.desk.deciding import approve_claim
from recalldesk.claims.desk.stamps import stamp_of
from recalldesk.claims.models import Decision, Filing
from recalldesk.claims.states import ClaimState, DecisionKind
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import RemedyState
from tests.at_the_desk import staff
from tests.cast import SERIALS
from tests.claims.deciding.filed import (
    R,
    decision_of,
    is_ordered,
    looks_like,
    owner,
    reasons_of,
    sent,
)
from tests.claims.owner import MONEY, claim_of, state_of
from tests.worked import run_jobs, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
APPROVED, IN_REVIEW = ClaimState.APPROVED, ClaimState.IN_REVIEW
JOB = "claims.look_back"


def two_of_one_payee() -> tuple[Filing, Filing]:
    return sent(owner(1), SERIALS[0], remedy=MONEY), sent(owner(2), SERIALS[1], remedy=MONEY)


def remedies() -> list[str]:
    return list(Remedy.objects.order_by("created_at").values_list("state", flat=True))


def test_the_first_of_a_ring_goes_to_a_person_once_the_second_is_seen() -> None:
    first, second = two_of_one_payee()
    assert (state_of(first), remedies()) == (APPROVED, [RemedyState.WAITING])
    run_jobs(tasks=[JOB])
    assert (state_of(first), remedies()) == (IN_REVIEW, [RemedyState.CANCELLED])
    assert reasons_of(first) == {R.LATER_LEAD, R.OWNERS_OF_PAYEE}
    decision = decision_of(first)
    assert (decision.kind, decision.by) == (DecisionKind.TO_A_PERSON, None)
    assert decision.grounds["later_lead"] == {"claims": [claim_of(second).pk]}


def test_the_claim_from_which_a_photo_was_copied_does_too() -> None:
    first = sent(owner(1), SERIALS[0], content=b"one")
    second = sent(owner(2), SERIALS[1], content=b"one")
    run_jobs(tasks=[JOB])
    assert {R.SAME_PHOTO, R.LATER_LEAD} == reasons_of(first)
    assert reasons_of(second) == {R.SAME_PHOTO}


def test_one_that_is_only_alike_and_shares_nothing_stays_approved() -> None:
    first = sent(owner(1), SERIALS[0])
    looks_like(first, 0)
    second = sent(owner(2), SERIALS[1])
    looks_like(second, 25)
    assert (waiting(JOB), state_of(first), state_of(second)) == ([], APPROVED, APPROVED)


def test_a_large_house_leads_back_to_none_of_its_flats() -> None:
    assert R.HOUSE_LIMIT not in LEADS_BACK
    assert {R.COPIED_PHOTO, R.OWNERS_OF_PAYEE, R.NETWORK_LIMIT} <= LEADS_BACK


def test_doing_it_again_changes_nothing() -> None:
    first, second = two_of_one_payee()
    run_jobs(tasks=[JOB])
    count = Decision.objects.count()
    assert look_back(decision_of(second).pk) == []
    assert (Decision.objects.count(), remedies()) == (count, [RemedyState.CANCELLED])
    assert state_of(first) == IN_REVIEW


def test_a_remedy_that_is_on_its_way_is_not_called_back() -> None:
    first = sent(owner(1), SERIALS[0], remedy=MONEY)
    is_ordered(Remedy.objects.all())
    sent(owner(2), SERIALS[1], remedy=MONEY)
    run_jobs(tasks=[JOB])
    assert (state_of(first), remedies()) == (APPROVED, [RemedyState.ORDERED])


def test_what_a_person_approved_stays_and_it_is_paid_once() -> None:
    first, _ = two_of_one_payee()
    run_jobs(tasks=[JOB])
    approve_claim(
        claim_id=claim_of(first).pk, by=staff(Role.SENIOR_REVIEWER), seen=stamp_of(claim_of(first))
    )
    assert remedies() == [RemedyState.CANCELLED, RemedyState.WAITING]
    sent(owner(3), SERIALS[2], remedy=MONEY)
    run_jobs(tasks=[JOB])
    assert (state_of(first), remedies()) == (APPROVED, ["cancelled", "waiting"])


def test_whoever_looks_later_still_reads_what_led_to_it() -> None:
    first, _ = two_of_one_payee()
    run_jobs(tasks=[JOB])
    assert R.LATER_LEAD in ruling_now(claim_of(first)).reasons
