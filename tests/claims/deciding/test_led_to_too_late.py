"""A later claim leads to one whose remedy is ordered: a person looks, and says what they found."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.deciding import looking_back
from recalldesk.claims.deciding.looking_back import look_back
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.desk.late_leads import close_leads
from recalldesk.claims.desk.opening import take_next
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.desk_queue.reading import queue_page
from recalldesk.claims.following import owner_wrote
from recalldesk.claims.messages import needs_no_answer
from recalldesk.claims.models import Filing, LateLead
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reads import stages_of
from recalldesk.claims.states import ClaimState, DeskList, LeadState
from recalldesk.mailing.models import Mailing
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import RemedyState
from tests.cast import SERIALS
from tests.claims.deciding.filed import R, decision_of, is_ordered, owner, reasons_of, sent
from tests.claims.desk.pages import page_of
from tests.claims.desk.people import approved, remo, rita, senta, staff
from tests.claims.owner import CARD, MONEY, claim_of, state_of
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
JOB = "claims.look_back"
FRAUD, HONEST, OPEN = LeadState.FRAUD, LeadState.HONEST, LeadState.OPEN


def ordered(filing: Filing) -> Filing:
    """Its remedy is on its way, as the provider's part will have it."""
    unit = bytes(claim_of(filing).unit_digest)
    is_ordered(Remedy.objects.filter(entitlement__unit_digest=unit))
    move_claim(claim=claim_of(filing), to=ClaimState.REMEDY_ORDERED, actor=Actor.MACHINE)
    return filing


def first_of_a_payee() -> Filing:
    return ordered(sent(owner(1), SERIALS[0], remedy=MONEY))


def later(number: int) -> Filing:
    """Another owner who wants the money on the same account; the job has looked back."""
    filing = sent(owner(number), SERIALS[number - 1], remedy=MONEY)
    run_jobs(tasks=[JOB])
    return filing


def leads_of(filing: Filing) -> list[tuple[int, str]]:
    rows = LateLead.objects.filter(claim=claim_of(filing)).order_by("pk")
    return list(rows.values_list("later_id", "state"))


def closes(filing: Filing, found: LeadState, by: Model | None = None, note: str = "Seen.") -> None:
    seen = list(claim_of(filing).late_leads.values_list("pk", flat=True))
    close_leads(claim_id=claim_of(filing).pk, by=by or rita(), found=found, seen=seen, note=note)


def in_list() -> list[int]:
    return [row.claim_id for row in queue_page(Filters(QueueList.LED), by=rita()).rows]


def test_it_stands_in_a_list_of_its_own_and_nothing_is_taken_back() -> None:
    first = first_of_a_payee()
    second = later(2)
    assert leads_of(first) == [(claim_of(second).pk, OPEN)]
    assert LateLead.objects.get().reasons == [R.OWNERS_OF_PAYEE]
    assert (state_of(first), Remedy.objects.get().state) == ("remedy_ordered", "ordered")
    assert in_list() == [claim_of(first).pk]
    assert take_next(by=rita(), desk=DeskList.LED) == claim_of(first).pk


@pytest.mark.parametrize("state", [RemedyState.ORDERED, RemedyState.CANCELLED])
def test_so_does_one_whose_remedy_was_ordered_before_its_claim_moved(state: RemedyState) -> None:
    first = sent(owner(1), SERIALS[0], remedy=MONEY)
    is_ordered(Remedy.objects.all(), state)
    later(2)
    assert (state_of(first), in_list()) == (ClaimState.APPROVED, [claim_of(first).pk])


def test_and_one_that_is_settled_which_no_day_is_promised() -> None:
    first = first_of_a_payee()
    move_claim(claim=claim_of(first), to=ClaimState.SETTLED, actor=Actor.MACHINE)
    later(2)
    assert claim_of(first).promised_on is None
    assert in_list() == [claim_of(first).pk]


def test_the_same_lead_is_kept_once_however_often_it_is_looked_back() -> None:
    first, second = first_of_a_payee(), later(2)
    logged = StateChange.objects.count()
    assert look_back(decision_of(second).pk) == []
    assert look_back(decision_of(second).pk) == []
    assert len(leads_of(first)) == 1
    assert StateChange.objects.count() == logged


def test_two_later_claims_are_two_leads_whichever_is_worked_off_first() -> None:
    first = first_of_a_payee()
    second = sent(owner(2), SERIALS[1], remedy=MONEY)
    third = sent(owner(3), SERIALS[2], remedy=MONEY)
    look_back(decision_of(third).pk)
    look_back(decision_of(second).pk)
    assert leads_of(first) == [(claim_of(third).pk, OPEN), (claim_of(second).pk, OPEN)]
    assert in_list() == [claim_of(first).pk]


def test_a_job_that_is_killed_between_two_claims_goes_on_where_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = b"one"
    first = ordered(sent(owner(1), SERIALS[0], content=photo))
    second = sent(owner(2), SERIALS[1], content=photo)
    other = ordered(sent(owner(4), SERIALS[3], remedy=MONEY))
    third = sent(owner(3), SERIALS[2], content=photo, remedy=MONEY)
    kept = looking_back.keep_late_lead

    def killed(**given: object) -> None:
        if given["claim"] == claim_of(other):
            raise RuntimeError
        kept(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(looking_back, "keep_late_lead", killed)
    with pytest.raises(RuntimeError):
        look_back(decision_of(third).pk)
    assert (len(leads_of(first)), leads_of(other)) == (1, [])
    monkeypatch.undo()
    look_back(decision_of(third).pk)
    assert (len(leads_of(first)), len(leads_of(other))) == (1, 1)
    assert state_of(second) == ClaimState.IN_REVIEW


def test_what_a_person_approved_is_not_listed_whatever_leads_to_it() -> None:
    sent(owner(1), SERIALS[0], remedy=MONEY)
    second = later(2)
    approved(claim_of(second), by=senta())
    ordered(second)
    later(3)
    assert leads_of(second) == []


def test_its_owner_is_told_nothing() -> None:
    first = first_of_a_payee()
    before = (stages_of(claim_of(first).pk), claim_of(first).promised_on)
    letters = Mailing.objects.filter(filing_id=first.pk).count()
    later(2)
    closes(first, FRAUD)
    run_jobs(also_later=True)
    assert (stages_of(claim_of(first).pk), claim_of(first).promised_on) == before
    assert Mailing.objects.filter(filing_id=first.pk).count() == letters


@pytest.mark.parametrize("found", [FRAUD, HONEST])
def test_a_person_closes_it_and_the_log_says_who_and_what(found: LeadState) -> None:
    first, second = first_of_a_payee(), later(2)
    closes(first, found)
    lead = LateLead.objects.get()
    assert (lead.state, lead.found_by, lead.later_id) == (found, rita(), claim_of(second).pk)
    assert (claim_of(first).desk, in_list()) == (DeskList.NONE, [])
    rows = StateChange.objects.filter(subject=Subject.CLAIM, subject_id=claim_of(first).pk)
    reason = Reason.FOUND_FRAUD if found is FRAUD else Reason.FOUND_HONEST
    last = rows.latest("pk")
    assert (last.reason, last.actor_id, last.from_state) == (reason, rita().pk, last.to_state)
    assert last.note is not None
    assert rows.filter(reason=Reason.LED_TO_LATE, actor=Actor.MACHINE).count() == 1


def test_the_same_form_twice_is_one_row_of_the_log() -> None:
    first, _ = first_of_a_payee(), later(2)
    closes(first, HONEST)
    logged = StateChange.objects.count()
    closes(first, HONEST)
    assert StateChange.objects.count() == logged


def test_a_lead_that_came_after_the_page_was_opened_stays_open() -> None:
    first, _ = first_of_a_payee(), later(2)
    seen = list(LateLead.objects.values_list("pk", flat=True))
    third = sent(owner(3), SERIALS[2], content=b"one", remedy=MONEY)
    run_jobs(tasks=[JOB])
    close_leads(claim_id=claim_of(first).pk, by=rita(), found=HONEST, seen=seen)
    assert leads_of(first)[1] == (claim_of(third).pk, OPEN)
    assert in_list() == [claim_of(first).pk]


def test_fraud_takes_a_note_and_another_mind_somebody_who_gives_second_opinions() -> None:
    first, _ = first_of_a_payee(), later(2)
    with pytest.raises(NotDecidable):
        closes(first, FRAUD, note=" ")
    closes(first, HONEST, note="")
    with pytest.raises(NotDecidable):
        closes(first, FRAUD, by=remo())
    with pytest.raises(NotDecidable):
        closes(first, FRAUD, by=senta(), note="")
    closes(first, FRAUD, by=senta())
    lead = LateLead.objects.get()
    assert (lead.state, lead.found_by) == (FRAUD, senta())


def test_whoever_does_not_decide_closes_nothing() -> None:
    first, _ = first_of_a_payee(), later(2)
    with pytest.raises(NotPermitted):
        closes(first, FRAUD, by=staff("vera", Role.VIEWER))
    assert leads_of(first)[0][1] == OPEN


def test_one_found_honest_is_listed_again_for_another_reason_only() -> None:
    first, _ = first_of_a_payee(), later(2)
    closes(first, HONEST)
    later(3)
    assert (len(leads_of(first)), in_list()) == (1, [])
    later(4)
    fifth = later(5)
    assert R.PAYEE_LIMIT in reasons_of(fifth)
    assert leads_of(first)[1:] == [(claim_of(fifth).pk, OPEN)]
    assert in_list() == [claim_of(first).pk]


def test_one_found_fraudulent_is_not_listed_again() -> None:
    first, _ = first_of_a_payee(), later(2)
    closes(first, FRAUD)
    later(3)
    assert (len(leads_of(first)), in_list()) == (1, [])


def test_fraud_that_was_found_speaks_against_later_claims_of_its_person() -> None:
    who = owner(7)
    first = ordered(sent(who, SERIALS[0], content=b"one", remedy=CARD))
    sent(owner(2), SERIALS[1], content=b"one")
    run_jobs(tasks=[JOB])
    assert state_of(sent(who, SERIALS[2])) == ClaimState.APPROVED
    closes(first, FRAUD)
    again = sent(who, SERIALS[3])
    assert (state_of(again), reasons_of(again)) == (ClaimState.IN_REVIEW, {R.FRAUD_FOUND})
    assert decision_of(again).grounds[R.FRAUD_FOUND] == {"claims": [claim_of(first).pk]}
    shown = page_of(claim_of(again), by=rita())
    assert claim_of(first).pk in {each.claim_id for each in shown.others}
    closes(first, HONEST, by=senta())
    assert R.FRAUD_FOUND not in reasons_of(sent(who, SERIALS[4]))


def test_what_its_owner_wrote_is_answered_first_and_the_lead_is_not_forgotten() -> None:
    first, _ = first_of_a_payee(), later(2)
    owner_wrote(filing_id=first.pk, text="When does it come?", nonce="n")
    assert claim_of(first).desk == DeskList.ANSWERED
    filing = claim_of(first).filing
    with transaction.atomic():
        needs_no_answer(filing)
    assert claim_of(first).desk == DeskList.LED


def test_the_page_shows_the_later_claims_and_why() -> None:
    first, second = first_of_a_payee(), later(2)
    (lead,) = page_of(claim_of(first), by=rita()).late_leads
    assert (lead.reference, lead.reasons) == (second.reference, (R.OWNERS_OF_PAYEE,))
    assert (lead.state, lead.found_by) == (OPEN, "")


@pytest.mark.parametrize(
    "change",
    [
        {"later_id": 1},
        {"at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"reasons": []},
        {"state": "fraud"},
    ],
)
def test_the_database_keeps_what_a_lead_said(change: dict[str, object]) -> None:
    first_of_a_payee(), later(2)
    with pytest.raises(DatabaseError), transaction.atomic():
        LateLead.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        LateLead.objects.all().delete()
