"""What speaks against a claim since the rule ruled: it is shown, and nobody approves without it."""

from typing import Any

import pytest

from recalldesk.claims.deciding import leading
from recalldesk.claims.deciding.leading import Newer, newer_of
from recalldesk.claims.desk.bulk import approve_many
from recalldesk.claims.desk.deciding import approve_claim
from recalldesk.claims.desk.errors import NewLeads, NotDecidable
from recalldesk.claims.desk.second import confirm_decision
from recalldesk.claims.desk.second_rule import Ground
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import ClaimState, DecisionState
from recalldesk.foundation import clock
from recalldesk.remedies.actions import grant_remedy
from tests.cast import SERIALS
from tests.claims.deciding.filed import R, looks_like, owner, sent
from tests.claims.desk.people import declined, now, of_people, rita, seen, senta, waiting_claim
from tests.claims.owner import MONEY, claim_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def approves(claim: Claim, by: Any = None, **more: Any) -> Any:
    return approve_claim(claim_id=claim.pk, by=by or rita(), seen=seen(claim), **more)


def one_that_waits() -> Filing:
    """In review for what it shares with another before it."""
    sent(owner(1), SERIALS[0], remedy=MONEY)
    return sent(owner(2), SERIALS[1], remedy=MONEY)


def a_ring_goes_on() -> tuple[Claim, Claim]:
    """One that waits, and a later one of the same payee and the same photo."""
    first = one_that_waits()
    looks_like(first, 0)
    later = sent(owner(3), SERIALS[2], remedy=MONEY)
    looks_like(later, 2)
    return now(claim_of(first)), now(claim_of(later))


def test_nothing_is_newer_where_nothing_came_since() -> None:
    claim = now(claim_of(one_that_waits()))
    assert newer_of(claim) == Newer({}, "")


def test_a_like_photo_and_a_key_that_a_later_claim_shares_are_newer() -> None:
    claim, later = a_ring_goes_on()
    newer = newer_of(claim)
    assert {*newer.grounds} == {R.COPIED_PHOTO, R.LIKE_PHOTO, R.OWNERS_OF_PAYEE}
    assert newer.grounds[R.OWNERS_OF_PAYEE]["count"] == 3
    assert newer.grounds[R.OWNERS_OF_PAYEE]["before"] == 2
    (lead,) = newer.grounds[R.COPIED_PHOTO]["leads"]
    assert (lead["other_claim"], lead["distance"]) == (later.pk, 2)


def test_of_leads_that_were_kept_only_those_that_came_since_are_newer() -> None:
    sent(owner(1), SERIALS[0], content=b"one")
    claim = now(claim_of(sent(owner(2), SERIALS[1], content=b"one")))
    assert newer_of(claim) == Newer({}, "")
    later = claim_of(sent(owner(3), SERIALS[2], content=b"one"))
    leads = newer_of(claim).grounds[R.SAME_PHOTO]["leads"]
    assert {lead["other_claim"] for lead in leads} == {later.pk}


def test_nobody_approves_without_having_seen_what_is_newer() -> None:
    claim, _ = a_ring_goes_on()
    with pytest.raises(NewLeads) as asked:
        approves(claim)
    assert now(claim).state == ClaimState.IN_REVIEW
    assert not of_people().exists()
    newer = asked.value.newer
    decision = approves(claim, known=newer.names)
    assert now(claim).state == ClaimState.APPROVED
    assert {*decision.grounds["newer"]} == {reason.value for reason in newer.grounds}


def test_what_came_after_the_page_was_shown_is_asked_once_more() -> None:
    claim, _ = a_ring_goes_on()
    shown = newer_of(claim).names
    sent(owner(4), SERIALS[3], remedy=MONEY)
    with pytest.raises(NewLeads) as asked:
        approves(claim, known=shown)
    approves(claim, known=asked.value.newer.names)
    assert now(claim).state == ClaimState.APPROVED


def test_whoever_agrees_to_an_approval_sees_what_is_newer_too() -> None:
    claim = claim_of(owner(1).files(SERIALS[0], remedy=MONEY))
    decision = approves(claim, note="By phone.")
    assert decision.state == DecisionState.PROPOSED
    sent(owner(2), SERIALS[1], remedy=MONEY)
    with pytest.raises(NewLeads) as asked:
        confirm_decision(decision_id=decision.pk, by=senta(), seen=seen(claim))
    known = asked.value.newer.names
    confirm_decision(decision_id=decision.pk, by=senta(), seen=seen(claim), known=known)
    assert now(claim).state == ClaimState.APPROVED


def test_of_many_that_are_approved_at_once_one_with_something_newer_is_left() -> None:
    claim, later = a_ring_goes_on()
    outcomes = approve_many(seen={each.pk: seen(each) for each in (claim, later)}, by=rita())
    left = {each.claim_id: each.why_not for each in outcomes if each.why_not}
    assert claim.pk in left
    assert "came up since" in left[claim.pk]
    assert now(claim).state == ClaimState.IN_REVIEW


def test_declining_asks_nothing_more() -> None:
    claim, _ = a_ring_goes_on()
    declined(claim)
    assert now(claim).state == ClaimState.DECLINED


def test_a_serial_that_is_not_affected_any_more_is_seen_and_takes_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claim = waiting_claim()
    monkeypatch.setattr(leading, "found_now", lambda _: "not_affected")
    with pytest.raises(NewLeads) as asked:
        approves(claim)
    newer = asked.value.newer
    assert (newer.found, newer.grounds[R.NOT_AFFECTED]) == (
        "not_affected",
        {"found": "not_affected"},
    )
    with pytest.raises(NotDecidable, match="say why"):
        approves(claim, known=newer.names)
    decision = approves(claim, known=newer.names, note="Told affected by our list of May.")
    assert decision.state == DecisionState.PROPOSED
    assert decision.grounds["exceptions"] == [Ground.UNIT_NOT_LISTED]
    assert decision.grounds["found"] == "not_affected"


def test_a_remedy_that_the_unit_was_given_meanwhile_is_newer() -> None:
    claim = now(waiting_claim())
    recall = claim.filing.recall
    unit = bytes(claim.unit_digest)
    grant_remedy(unit_digest=unit, recall=recall, key="card", orderable_at=clock.now())
    assert {*newer_of(claim).grounds} == {R.REMEDY_GIVEN}
    with pytest.raises(NotDecidable, match="has a remedy already"):
        approves(claim)
