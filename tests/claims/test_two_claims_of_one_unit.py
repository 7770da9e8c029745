"""Of two claims for one unit one holds it; the other waits for a person, or is the same owner's."""

import pytest

from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.following import appeal, withdraw_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState, UnitReading
from recalldesk.claims.submitting import submit_filing
from recalldesk.mailing.states import Purpose
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS
from tests.claims.owner import (
    OLGA,
    PAVEL,
    Owner,
    claim_of,
    letters_of,
    log_of,
    moved,
    state_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
IN_REVIEW, DUPLICATE = ClaimState.IN_REVIEW, ClaimState.DUPLICATE


def holders(serial: str = AFFECTED) -> int:
    digest = Claim.objects.filter(holds_unit=True).values_list("unit_digest", flat=True)
    return len(list(digest))


def why(claim: Claim) -> str:
    return log_of(Subject.CLAIM, claim.pk)[-1][2]


def test_the_first_holds_it_and_the_second_waits_for_a_person() -> None:
    first, second = OLGA.files(), PAVEL.files()
    assert claim_of(first).holds_unit
    assert not claim_of(second).holds_unit
    assert (state_of(second), why(claim_of(second))) == (IN_REVIEW, Reason.CONTESTED)
    assert claim_of(second).promised_on is not None
    assert letters_of(second)[-1][0] == Purpose.CLAIM_FILED


def test_however_the_second_typed_it() -> None:
    OLGA.files()
    second = PAVEL.files(f"{AFFECTED[:4].lower()} {AFFECTED[4:]}")
    assert why(claim_of(second)) == Reason.CONTESTED


def test_of_one_owner_the_second_is_a_duplicate_with_a_letter() -> None:
    OLGA.files()
    second = OLGA.files()
    assert (state_of(second), why(claim_of(second))) == (DUPLICATE, Reason.CLAIMED_BEFORE)
    assert claim_of(second).promised_on is None
    assert [letter[0] for letter in letters_of(second)] == [Purpose.DRAFT_LINK, Purpose.STAGE]
    assert "before" in letters_of(second)[-1][2]


def test_one_owner_by_phone_too() -> None:
    with_phone = Owner("Olga Q.", "other@home.example", "+1 202 555 0143")
    Owner("Olga Quispe-Made-Up", OLGA.email, "(202) 555-0143").files()
    assert state_of(with_phone.files()) == DUPLICATE


def test_two_owners_without_an_address_are_not_the_same() -> None:
    Owner("A", "", "+1 202 555 0143").files()
    assert state_of(Owner("B", "", "+1 202 555 0144").files()) == IN_REVIEW


def test_which_of_several_units_was_claimed_before_only_a_person_is_told() -> None:
    """A list sent twice would else say of each serial whether it is recalled."""
    OLGA.files(SERIALS[1])
    several = OLGA.files_several(SERIALS[0], SERIALS[1], FAR)
    assert [state_of(several, n) for n in (1, 2, 3)] == [IN_REVIEW] * 3
    assert [claim_of(several, n).holds_unit for n in (1, 2, 3)] == [True, False, False]
    assert why(claim_of(several, 2)) == Reason.CLAIMED_BEFORE
    assert [letter[0] for letter in letters_of(several)] == [
        Purpose.DRAFT_LINK,
        Purpose.CLAIM_FILED,
    ]
    assert holders() == 2


def test_a_unit_without_a_readable_serial_holds_nothing_and_meets_a_person() -> None:
    filings = [
        owner_.fills(owner_.opens("", reading=UnitReading.UNREADABLE)) for owner_ in (OLGA, PAVEL)
    ]
    for filing in filings:
        submit_filing(filing_id=filing.pk)
        assert state_of(filing) == IN_REVIEW
        assert not claim_of(filing).holds_unit


@pytest.mark.parametrize("serial", [LOOK_ALIKE, FAR, "gibberish"])
def test_a_serial_that_is_not_recalled_holds_nothing_and_meets_a_person(serial: str) -> None:
    for owner_ in (OLGA, PAVEL):
        filing = owner_.files(serial)
        assert state_of(filing) == IN_REVIEW
        assert not claim_of(filing).holds_unit


def test_what_is_withdrawn_lets_go_of_its_unit() -> None:
    withdraw_filing(filing_id=OLGA.files().pk)
    second = PAVEL.files()
    assert claim_of(second).holds_unit
    assert why(claim_of(second)) != Reason.CONTESTED


def test_what_is_declined_lets_go_and_an_appeal_takes_it_back() -> None:
    filing = OLGA.files()
    moved(claim_of(filing), ClaimState.DECLINED)
    assert not claim_of(filing).holds_unit
    appeal(filing_id=filing.pk, text="It is mine.", nonce="n1")
    assert (state_of(filing), claim_of(filing).holds_unit) == (IN_REVIEW, True)
    assert why(claim_of(filing)) == Reason.APPEALED


def test_an_appeal_for_a_unit_that_somebody_else_holds_by_now_waits_without_it() -> None:
    first = OLGA.files()
    moved(claim_of(first), ClaimState.DECLINED)
    second = PAVEL.files()
    appeal(filing_id=first.pk, text="It is mine.", nonce="n1")
    assert (state_of(first), claim_of(first).holds_unit) == (IN_REVIEW, False)
    assert log_of(Subject.CLAIM, claim_of(first).pk)[-1] == ("declined", "in_review", "appealed")
    assert claim_of(second).holds_unit


def test_a_duplicate_is_appealed_and_still_holds_nothing() -> None:
    OLGA.files()
    second = OLGA.files()
    appeal(filing_id=second.pk, text="I have two.", nonce="n1")
    assert (state_of(second), claim_of(second).holds_unit) == (IN_REVIEW, False)


def test_an_owner_of_a_paid_unit_who_claims_again_has_claimed_before() -> None:
    filing = OLGA.files()
    claim = claim_of(filing)
    for state in ("approved", "remedy_ordered", "remedy_sent", "settled"):
        move_claim(claim=claim, to=ClaimState(state), actor=Actor.MACHINE)
    assert claim_of(filing).holds_unit
    assert state_of(OLGA.files()) == DUPLICATE
    assert state_of(PAVEL.files()) == IN_REVIEW
