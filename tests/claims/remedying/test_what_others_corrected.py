"""A unit that somebody else corrected, and its owner's claim: never paid twice, never refused."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.deciding import approve_claim
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.desk.stamps import stamp_of
from recalldesk.claims.jobs import corrected_elsewhere
from recalldesk.claims.models import Decision, Filing
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.remedying.mended import order_again
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.claims.states import ClaimState, DecisionState
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.reporting import take_back
from recalldesk.remedies.models import Correction, Order, ReportedCorrection
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.states import RemedyState
from tests.cast import SERIALS, Desk
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import KETTLE, claim_of, letters_of, state_of
from tests.remedies.corrections.reported import report
from tests.worked import run_jobs, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
REPORTED = DecisionReason.REPORTED_ELSEWHERE
LATER = timedelta(days=8)
JOB = "claims.corrected_elsewhere"


@pytest.fixture
def recall(desk: Desk) -> Recall:
    return desk.recall()


def ordered_later() -> int:
    with time_machine.travel(clock.now() + LATER, tick=False):
        return order_due()


def told(recall: Recall, desk: Desk) -> ReportedCorrection:
    """A shop's refund of the first unit, and the jobs that follow from it."""
    kept = report(recall, desk.cast.approver, SERIALS[0])
    run_jobs(tasks=[JOB])
    return kept


def lose_the_job() -> None:
    """The job is lost before it runs."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [JOB])


def claimed() -> Filing:
    return sent(owner(1), SERIALS[0])


def test_a_claim_for_it_goes_to_a_person_with_its_reason(recall: Recall, desk: Desk) -> None:
    kept = told(recall, desk)
    claim = claim_of(claimed())
    assert claim.state == ClaimState.IN_REVIEW
    assert claim.tags == [REPORTED]
    ruled = Decision.objects.get(claim=claim)
    assert ruled.grounds == {REPORTED: {"reports": [kept.pk]}}


def test_a_person_may_not_approve_it_alone_and_two_may(recall: Recall, desk: Desk) -> None:
    told(recall, desk)
    claim = claim_of(claimed())
    cast = desk.cast
    with pytest.raises(NotDecidable, match="Somebody else reported"):
        approve_claim(claim_id=claim.pk, by=cast.author, seen=stamp_of(claim), note="Paid?")
    proposed = approve_claim(
        claim_id=claim.pk,
        by=cast.author,
        seen=stamp_of(claim),
        note="The shop meant its sister unit.",
        second_remedy=True,
    )
    assert proposed.state == DecisionState.PROPOSED


def test_once_the_report_is_taken_back_one_person_approves_it(recall: Recall, desk: Desk) -> None:
    kept = told(recall, desk)
    claim = claim_of(claimed())
    take_back(number=kept.pk, by=desk.cast.approver, note="Another unit.")
    approve_claim(claim_id=claim.pk, by=desk.cast.author, seen=stamp_of(claim))
    claim.refresh_from_db()
    assert claim.state == ClaimState.APPROVED


def test_an_approved_claim_whose_remedy_waits_is_taken_back_and_its_owner_told(
    recall: Recall, desk: Desk
) -> None:
    filing = claimed()
    assert state_of(filing) == ClaimState.APPROVED
    before = len(letters_of(filing))
    told(recall, desk)
    claim = claim_of(filing)
    assert (claim.state, claim.tags) == (ClaimState.IN_REVIEW, [REPORTED])
    assert claim.remedy is not None
    assert claim.remedy.state == RemedyState.CANCELLED
    assert len(letters_of(filing)) == before + 1
    assert "looks at your claim once more" in str(letters_of(filing)[-1][-1])
    assert ordered_later() == 0


def test_until_the_job_has_run_nothing_is_ordered(recall: Recall, desk: Desk) -> None:
    filing = claimed()
    report(recall, desk.cast.approver, SERIALS[0])
    assert ordered_later() == 0
    assert state_of(filing) == ClaimState.APPROVED
    run_jobs(tasks=[JOB])
    assert state_of(filing) == ClaimState.IN_REVIEW


def test_what_a_person_approved_and_nobody_was_told_is_undone(recall: Recall, desk: Desk) -> None:
    filing = sent(owner(1), SERIALS[0], content=b"same")
    sent(owner(2), SERIALS[1], content=b"same")
    run_jobs()
    claim = claim_of(filing)
    if claim.state != ClaimState.IN_REVIEW:
        pytest.fail("the rule was expected to leave it to a person")
    approve_claim(
        claim_id=claim.pk, by=desk.cast.author, seen=stamp_of(claim), note="Honest.", known=()
    )
    told(recall, desk)
    claim.refresh_from_db()
    assert claim.state == ClaimState.IN_REVIEW
    assert REPORTED in claim.tags


def test_one_that_is_ordered_goes_on_and_both_are_counted_as_one(
    recall: Recall, desk: Desk
) -> None:
    filing = claimed()
    assert ordered_later() == 1
    told(recall, desk)
    assert state_of(filing) == ClaimState.REMEDY_ORDERED
    assert sum(Correction.objects.values_list("units", flat=True)) == 1


def test_a_claim_in_review_gets_the_reason_and_stays_where_it_is(
    recall: Recall, desk: Desk
) -> None:
    filing = owner(1).files(SERIALS[0])  # without photos
    run_jobs()
    assert state_of(filing) == ClaimState.IN_REVIEW
    told(recall, desk)
    assert REPORTED in claim_of(filing).tags


def test_again_it_changes_nothing(recall: Recall, desk: Desk) -> None:
    filing = claimed()
    told(recall, desk)
    decisions = Decision.objects.count()
    letters = len(letters_of(filing))
    corrected_elsewhere(report_id=ReportedCorrection.objects.get().pk, file_id=0)
    assert (Decision.objects.count(), len(letters_of(filing))) == (decisions, letters)
    logged = StateChange.objects.filter(subject=Subject.CLAIM, subject_id=claim_of(filing).pk)
    assert logged.filter(reason=Reason.ELSEWHERE).count() == 1


def test_what_no_job_told_of_is_told_when_it_would_be_ordered(recall: Recall, desk: Desk) -> None:
    filing = claimed()
    kept = report(recall, desk.cast.approver, SERIALS[0])
    lose_the_job()
    assert ordered_later() == 0
    (job,) = waiting(JOB)
    assert job.args == {"report_id": kept.pk, "file_id": 0}
    run_jobs(tasks=[JOB])
    assert state_of(filing) == ClaimState.IN_REVIEW


def test_where_a_parcel_came_back_and_a_shop_refunded_meanwhile_a_person_decides(
    recall: Recall, desk: Desk
) -> None:
    filing = sent(owner(1), SERIALS[0], remedy=KETTLE)
    assert ordered_later() == 1
    claim = claim_of(filing)
    for standing in (Standing.SENT, Standing.RETURNED):
        take_standing(Order.objects.get(remedy=claim.remedy), Found("r1", standing))
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    told(recall, desk)
    with transaction.atomic():
        assert order_again(Filing.objects.get(pk=filing.pk)) == 0
    claim.refresh_from_db()
    assert (claim.state, claim.tags) == (ClaimState.IN_REVIEW, [REPORTED])
