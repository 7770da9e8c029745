"""Claims that wait for the same reasons are decided together, each for itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.claims.desk.bulk import approve_many, ask_many, foresee
from recalldesk.claims.following import owner_wrote
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState, DecisionKind
from tests.cast import SERIALS
from tests.claims.desk.people import (
    approved,
    declined,
    now,
    of_people,
    rita,
    seen,
    staff,
    waiting_claim,
)
from tests.claims.owner import OLGA, PAVEL, claim_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]

MOST_QUESTIONS = 11


def stamps(*claims: Claim) -> dict[int, int]:
    return {claim.pk: seen(claim) for claim in claims}


def test_the_preview_says_which_would_go_and_why_the_others_would_not() -> None:
    good, alike, other = (waiting_claim(serial=serial) for serial in SERIALS[:3])
    without_photo = claim_of(OLGA.files(SERIALS[3]))
    Claim.objects.filter(pk=other.pk).update(tags=["like_photo"])
    claims = (good, alike, other, without_photo)
    rows = foresee(claim_ids=[claim.pk for claim in claims], kind=DecisionKind.APPROVE, by=rita())
    assert [row.claim_id for row in rows] == [claim.pk for claim in claims]
    assert [bool(row.why_not) for row in rows] == [False, False, True, True]
    assert rows[0].seen == seen(good)
    assert not of_people().exists()


def test_the_reasons_of_most_are_those_of_all_whichever_was_chosen_first() -> None:
    odd, *alike = (waiting_claim(serial=serial) for serial in SERIALS[:3])
    Claim.objects.filter(pk=odd.pk).update(tags=["like_photo"])
    ids = [odd.pk, *(claim.pk for claim in alike)]
    rows = foresee(claim_ids=ids, kind=DecisionKind.APPROVE, by=rita())
    assert [row.why_not for row in rows] == ["Other reasons made it wait.", "", ""]
    assert rows[0].tags == ("like_photo",)


def test_the_preview_asks_no_more_of_the_database_for_many_than_for_one() -> None:
    first = waiting_claim()
    owner_wrote(filing_id=first.filing_id, text="Well?", nonce="n")
    claims = [first, *(waiting_claim(PAVEL, serial=serial) for serial in SERIALS[1:5])]
    approved(claims[-1])
    by = rita()

    def asked(ids: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            rows = foresee(claim_ids=ids, kind=DecisionKind.APPROVE, by=by)
        assert [row.seen for row in rows] == [seen(now(claim)) for claim in claims[: len(ids)]]
        return len(asked)

    ids = [claim.pk for claim in claims]
    asked(ids)
    assert asked(ids) <= asked(ids[:1]) <= MOST_QUESTIONS


def test_each_is_approved_for_itself() -> None:
    good, gone, danger = (waiting_claim(serial=serial) for serial in SERIALS[:3])
    asked = stamps(good, gone, danger)
    declined(gone)
    danger.filing.is_dangerous = True
    danger.filing.save(update_fields=["is_dangerous"])
    outcomes = approve_many(seen=asked | {0: 1}, by=rita())
    assert [bool(each.why_not) for each in outcomes] == [False, True, True, True]
    assert now(good).state == ClaimState.APPROVED
    assert now(danger).state == ClaimState.IN_REVIEW


def test_what_changed_since_the_preview_is_left() -> None:
    claim = waiting_claim()
    outcomes = approve_many(seen={claim.pk: seen(claim) - 1}, by=rita())
    assert "Something happened meanwhile" in outcomes[0].why_not


def test_the_same_form_again_is_one_decision_each() -> None:
    claims = [waiting_claim(serial=serial) for serial in SERIALS[:2]]
    asked = stamps(*claims)
    assert [each.why_not for each in approve_many(seen=asked, by=rita())] == ["", ""]
    assert [each.why_not for each in approve_many(seen=asked, by=rita())] == ["", ""]
    assert of_people().count() == 2


def test_owners_are_asked_for_the_same_by_a_template() -> None:
    claims = [waiting_claim(serial=serial) for serial in SERIALS[:2]]
    outcomes = ask_many(seen=stamps(*claims), by=rita(), template="label_photo")
    assert [each.why_not for each in outcomes] == ["", ""]
    assert {now(claim).state for claim in claims} == {ClaimState.NEEDS_OWNER}
    assert ask_many(seen=stamps(claims[0]), by=rita(), template="none")[0].why_not


def test_who_may_not_decide_foresees_nothing() -> None:
    with pytest.raises(NotPermitted):
        foresee(claim_ids=[], kind=DecisionKind.APPROVE, by=staff("vera", Role.VIEWER))
