"""A claim is held against all others, decided by the rule, and what was decided stands in rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.deciding.ruling import ruling_now
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.messages import write_message
from recalldesk.claims.models import Decision, Filing
from recalldesk.claims.rules import Outcome
from recalldesk.claims.states import ClaimState, DecisionKind, DecisionState, DeskList
from recalldesk.claims.submitting import submit_filing
from recalldesk.foundation import clock
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.models import Entitlement, Remedy
from recalldesk.remedies.states import RemedyState
from tests.cast import AFFECTED, SERIALS
from tests.claims.deciding.filed import R, decision_of, drafted, looks_like, owner, reasons_of, sent
from tests.claims.owner import (
    CARD,
    KETTLE,
    MONEY,
    OLGA,
    PAVEL,
    claim_of,
    letters_of,
    log_of,
    state_of,
    the_recall,
)
from tests.claims.readings import is_read, label_of, marking_of
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
APPROVED, IN_REVIEW = ClaimState.APPROVED, ClaimState.IN_REVIEW
ONE_PHOTO = b"one photo for many"


def test_what_proves_all_is_approved_with_a_row_a_letter_and_a_remedy_that_waits() -> None:
    filing = sent()
    claim = claim_of(filing)
    assert (claim.state, claim.tags, claim.desk) == (APPROVED, [], DeskList.NONE)
    assert claim.promised_on is not None
    assert log_of(Subject.CLAIM, claim.pk)[-2:] == [
        ("submitted", "checking", ""),
        ("checking", "approved", Reason.BY_RULE),
    ]
    decision = decision_of(filing)
    assert (decision.kind, decision.state, decision.by) == (
        DecisionKind.APPROVE,
        DecisionState.FINAL,
        None,
    )
    assert (decision.reasons, decision.grounds, decision.was) == ([], {}, "submitted")
    assert decision.version_id == the_recall().version_id
    assert decision.waited_since == filing.filed_at
    remedy = Remedy.objects.get(entitlement__unit_digest=bytes(claim.unit_digest))
    assert (remedy.state, remedy.key, remedy.recall_id) == (
        RemedyState.WAITING,
        CARD,
        filing.recall_id,
    )
    assert "approved" in letters_of(filing)[-1][3]


def test_a_claim_for_a_person_says_all_its_reasons_and_grants_nothing() -> None:
    filing = PAVEL.files()
    assert state_of(filing) == IN_REVIEW
    assert reasons_of(filing) == {R.CANNOT_PHOTOGRAPH}
    decision = decision_of(filing)
    assert (decision.kind, decision.reasons) == (DecisionKind.TO_A_PERSON, ["cannot_photograph"])
    assert not Entitlement.objects.exists()


def test_one_photo_for_two_serials_is_seen_at_the_second() -> None:
    first = sent(owner(1), SERIALS[0], content=ONE_PHOTO)
    second = sent(owner(2), SERIALS[1], content=ONE_PHOTO)
    assert (state_of(first), state_of(second)) == (APPROVED, IN_REVIEW)
    assert reasons_of(second) == {R.SAME_PHOTO}
    (lead, _) = decision_of(second).grounds["same_photo"]["leads"]
    assert lead["other_claim"] == claim_of(first).pk


def test_a_photo_that_was_saved_anew_is_seen_and_one_that_only_looks_alike_is_not() -> None:
    first = sent(owner(1), SERIALS[0])
    looks_like(first, 0)
    for number, bits, state in ((1, 4, IN_REVIEW), (2, 25, APPROVED)):
        draft = drafted(owner(number + 1), SERIALS[number])
        looks_like(draft, bits)
        assert state_of(submit_filing(filing_id=draft.pk)) == state
        if state == IN_REVIEW:
            assert reasons_of(draft) == {R.COPIED_PHOTO}


def test_a_like_photo_weighs_with_a_payee_in_common() -> None:
    first = sent(owner(1), SERIALS[0], remedy=MONEY)
    looks_like(first, 0)
    draft = drafted(owner(2), SERIALS[1], remedy=MONEY)
    looks_like(draft, 25)
    submit_filing(filing_id=draft.pk)
    assert {R.LIKE_PHOTO, R.OWNERS_OF_PAYEE} == reasons_of(draft)
    (lead,) = decision_of(draft).grounds["like_photo"]["leads"]
    assert (lead["distance"], lead["shared"]) == (25, ["payee"])


def test_one_payee_for_two_unrelated_owners_is_seen() -> None:
    assert state_of(sent(owner(1), SERIALS[0], remedy=MONEY)) == APPROVED
    assert reasons_of(sent(owner(2), SERIALS[1], remedy=MONEY)) == {R.OWNERS_OF_PAYEE}


def test_one_household_with_many_names_is_seen_and_a_family_is_not() -> None:
    street = owner(1).street
    family = [owner(n, name=f"Given{n} Family", street=street) for n in (1, 2)]
    for serial, who in zip(SERIALS, family, strict=False):
        assert state_of(sent(who, serial, remedy=KETTLE)) == APPROVED
    other = street | {"street_address": street["street_address"].replace("Lane", "LN.")}
    assert state_of(sent(owner(3, street=other), SERIALS[2], remedy=KETTLE)) == APPROVED
    fourth = sent(owner(4, street=other), SERIALS[3], remedy=KETTLE)
    assert reasons_of(fourth) == {R.OWNERS_AT_ADDRESS}


def test_many_units_of_one_person_are_seen_whatever_the_tag_of_the_address() -> None:
    for number, serial in enumerate(SERIALS[:4]):
        who = owner(number, email=f"o.lga+{number}@gmail.com")
        filing = sent(who, serial)
        assert reasons_of(filing) == ({R.PERSON_LIMIT} if number == 3 else set())
    assert decision_of(filing).grounds == {"person_limit": {"count": 4, "limit": 3}}


def test_a_burst_from_one_network_is_seen_and_an_hour_later_it_is_none() -> None:
    for number, serial in enumerate(SERIALS[:4]):
        filing = sent(owner(number), serial, network="203.0.113.9")
        assert reasons_of(filing) == ({R.NETWORK_LIMIT} if number == 3 else set())
    assert reasons_of(sent(owner(9), SERIALS[4], network="203.0.113.10")) == set()


def test_what_was_withdrawn_does_not_count_and_gives_its_remedy_back() -> None:
    filing = sent()
    withdraw_filing(filing_id=filing.pk)
    remedy = Remedy.objects.get()
    assert (state_of(filing), remedy.state) == (ClaimState.WITHDRAWN, RemedyState.CANCELLED)
    again = sent(owner(2))
    assert state_of(again) == APPROVED
    assert sorted(Remedy.objects.values_list("turn", "state")) == [(1, "cancelled"), (2, "waiting")]


def test_a_unit_with_a_remedy_goes_to_a_person() -> None:
    draft = drafted()
    unit = bytes(claim_of(draft).unit_digest)
    grant_remedy(unit_digest=unit, recall=draft.recall, key=CARD, orderable_at=clock.now())
    submit_filing(filing_id=draft.pk)
    assert reasons_of(draft) == {R.REMEDY_GIVEN}
    assert Remedy.objects.count() == 1


def test_words_that_nobody_answered_are_read_by_a_person() -> None:
    filing = OLGA.files(photos=True)
    write_message(filing_id=filing.pk, text="It hurt my hand.", nonce="n")
    label, marking = claim_of(filing).evidence.photos.order_by("pk")
    is_read(label, label_of(AFFECTED))
    is_read(marking, marking_of())
    run_jobs(tasks=["claims.evidence_settled"])
    assert reasons_of(filing) == {R.OWNER_WROTE}


def test_a_contested_unit_says_so_and_what_its_photos_show_once_they_were_read() -> None:
    sent(owner(1))
    second = sent(owner(2))
    assert reasons_of(second) == {R.CONTESTED, R.REMEDY_GIVEN}
    assert log_of(Subject.CLAIM, claim_of(second).pk)[-1][2] == Reason.CONTESTED


def test_a_danger_goes_to_its_own_list_with_its_reasons() -> None:
    draft = drafted()
    Filing.objects.filter(pk=draft.pk).update(is_dangerous=True)
    submit_filing(filing_id=draft.pk)
    assert (claim_of(draft).desk, reasons_of(draft)) == (DeskList.DANGER, {R.DANGER})


def test_whoever_looks_is_told_what_the_rule_says_now_and_nothing_is_written() -> None:
    filing = PAVEL.files()
    count = Decision.objects.count()
    assert ruling_now(claim_of(filing)).outcome is Outcome.TO_A_PERSON
    assert Decision.objects.count() == count


def test_a_ruling_costs_the_same_among_few_and_among_many() -> None:
    counts = []
    for number, serial in enumerate(SERIALS):
        filing = sent(owner(number), serial, remedy=KETTLE, network="203.0.113.9")
        with CaptureQueriesContext(connection) as made:
            ruling_now(claim_of(filing))
        counts.append(len(made))
    assert max(counts) == min(counts) <= 45


def test_a_unit_that_is_approved_is_promised_by_the_days_of_its_remedy() -> None:
    filing = sent()
    assert claim_of(filing).promised_on > clock.now().date()  # type: ignore[operator]
