"""A claim ends as "claimed before" only where the owner's other claim of that unit goes on: one of
them is always left to be paid.
"""

from functools import partial

import pytest

from recalldesk.claims.desk.deciding import give_back, mark_duplicate
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.desk.second import confirm_decision
from recalldesk.claims.desk.undoing import undo_decision
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import ClaimState, DecisionState
from tests.claims.desk.people import (
    approved,
    declined,
    now,
    rita,
    seen,
    senta,
    sven,
    waiting_claim,
)
from tests.claims.owner import OLGA, claim_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def marked(claim: Claim, of: Claim, note: str = "") -> Decision:
    return mark_duplicate(
        claim_id=claim.pk, of_claim_id=of.pk, by=rita(), seen=seen(claim), note=note
    )


def two_in_review() -> tuple[Claim, Claim]:
    """Two of one owner for one unit, both before a person; the rule ended the second by itself."""
    first, second = waiting_claim(), waiting_claim()
    assert now(second).state == ClaimState.DUPLICATE
    give_back(claim_id=second.pk, by=senta(), seen=seen(second), note="Two kettles, she says.")
    return now(first), now(second)


def test_one_that_was_claimed_before_ends_and_the_other_goes_on() -> None:
    first, second = two_in_review()
    marked(second, first)
    approved(first)
    assert (now(first).state, now(second).state) == (ClaimState.APPROVED, ClaimState.DUPLICATE)


def test_of_two_claims_of_one_unit_never_both_end_as_claimed_before() -> None:
    first, second = waiting_claim(), waiting_claim()
    assert now(second).state == ClaimState.DUPLICATE
    with pytest.raises(NotDecidable, match="does not go on"):
        marked(first, second)
    assert now(first).state == ClaimState.IN_REVIEW


def test_a_draft_is_no_claim_that_was_made_before() -> None:
    claim, draft = waiting_claim(), claim_of(OLGA.drafts())
    with pytest.raises(NotDecidable, match="does not go on"):
        marked(claim, draft)


def test_neither_is_one_that_was_declined() -> None:
    first, second = two_in_review()
    declined(first)
    with pytest.raises(NotDecidable, match="does not go on"):
        marked(second, first)


def test_a_second_person_confirms_it_only_while_the_other_goes_on() -> None:
    first, second = two_in_review()
    Claim.objects.filter(pk__in=(first.pk, second.pk)).update(is_appealed=True)
    proposed = marked(second, first, note="The same kettle.")
    assert proposed.state == DecisionState.PROPOSED
    declined(first, by=senta(), note="It is a lamp.")
    with pytest.raises(NotDecidable, match="does not go on"):
        confirm_decision(decision_id=proposed.pk, by=sven(), seen=seen(second))
    assert now(second).state == ClaimState.IN_REVIEW


def test_the_same_form_sent_twice_is_one_decision_still() -> None:
    first, second = two_in_review()
    call = partial(
        mark_duplicate, claim_id=second.pk, of_claim_id=first.pk, by=rita(), seen=seen(second)
    )
    one = call()
    declined(first)
    assert call().pk == one.pk


def test_what_was_undone_may_be_what_the_other_repeats() -> None:
    first, second = two_in_review()
    undo_decision(decision_id=marked(second, first).pk, by=rita())
    marked(first, second)
    assert (now(first).state, now(second).state) == (ClaimState.DUPLICATE, ClaimState.IN_REVIEW)


def test_one_without_a_serial_repeats_one_of_the_same_product_in_another_filing() -> None:
    first, second = two_in_review()
    Claim.objects.filter(pk=second.pk).update(unit_digest=b"", product="another")
    with pytest.raises(NotDecidable, match="no other claim of this unit"):
        marked(second, first)
    Claim.objects.filter(pk=second.pk).update(product=first.product)
    marked(second, first)
    assert now(second).state == ClaimState.DUPLICATE
