"""A claim whose photos were looked through goes on, and none is left waiting for nothing."""

import pytest
from procrastinate.contrib.django import app

from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.following import owner_answered
from recalldesk.claims.jobs import evidence_settled, go_on
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.actions import remove_photo
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from tests.cast import SERIALS
from tests.claims.owner import OLGA, claim_of, log_of, moved, sends, settles, state_of
from tests.worked import run_jobs, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
CHECKING, IN_REVIEW = ClaimState.CHECKING, ClaimState.IN_REVIEW


def photos_of(claim: Claim) -> list[Photo]:
    return list(claim.evidence.photos.order_by("pk"))


def test_it_goes_on_with_its_last_photo() -> None:
    filing = OLGA.files(photos=True)
    first, last = photos_of(claim_of(filing))
    settles(first)
    run_jobs(tasks=["claims.evidence_settled"])
    assert state_of(filing) == CHECKING
    settles(last)
    run_jobs(tasks=["claims.evidence_settled"])
    assert state_of(filing) == IN_REVIEW
    assert log_of(Subject.CLAIM, claim_of(filing).pk)[-1] == (
        "checking",
        "in_review",
        Reason.PHOTOS_SETTLED,
    )


def test_the_job_may_run_twice_and_for_anything() -> None:
    filing = OLGA.files(photos=True)
    claim = claim_of(filing)
    for photo in photos_of(claim):
        settles(photo)
    for evidence_set_id in (claim.evidence_id, claim.evidence_id, 10**9):
        evidence_settled(evidence_set_id)
    assert len(log_of(Subject.CLAIM, claim.pk)) == 3


def test_a_photo_of_a_draft_moves_nothing() -> None:
    draft = OLGA.drafts(photos=True)
    for photo in photos_of(claim_of(draft)):
        settles(photo)
    run_jobs(tasks=["claims.evidence_settled"])
    assert state_of(draft) == ClaimState.DRAFT


def test_each_unit_goes_on_by_itself() -> None:
    filing = OLGA.files_several(*SERIALS[:2], photos=True)
    for photo in photos_of(claim_of(filing, 2)):
        settles(photo)
    run_jobs(tasks=["claims.evidence_settled"])
    assert (state_of(filing, 1), state_of(filing, 2)) == (CHECKING, IN_REVIEW)


def test_a_claim_whose_last_photo_was_taken_back_does_not_wait_for_ever() -> None:
    filing = OLGA.files(photos=True)
    for photo in photos_of(claim_of(filing)):
        remove_photo(photo=photo)
    run_jobs(tasks=["claims.evidence_settled"])
    go_on(0)
    assert state_of(filing) == IN_REVIEW


def test_a_claim_whose_job_was_lost_goes_on_by_the_sweep_and_others_stay() -> None:
    lost, waits = OLGA.files(photos=True), OLGA.files(SERIALS[1], photos=True)
    for photo in photos_of(claim_of(lost)):
        settles(photo)
    go_on(0)
    go_on(0)
    assert (state_of(lost), state_of(waits)) == (IN_REVIEW, CHECKING)
    assert len(log_of(Subject.CLAIM, claim_of(lost).pk)) == 3


@pytest.mark.parametrize(
    "task", ["claims.evidence_settled", "claims.mail_failed", "claims.forget_recipient"]
)
def test_a_job_that_fails_is_tried_again(task: str) -> None:
    strategy = app.tasks[task].retry_strategy
    assert strategy is not None
    assert getattr(strategy, "at_most", 1) is None


def test_an_answer_with_a_photo_is_looked_through_first() -> None:
    filing = OLGA.files()
    moved(claim_of(filing), ClaimState.NEEDS_OWNER)
    photo = sends(claim_of(filing), PhotoKind.LABEL)
    owner_answered(filing_id=filing.pk)
    assert state_of(filing) == CHECKING
    settles(photo)
    run_jobs(tasks=["claims.evidence_settled"])
    assert state_of(filing) == IN_REVIEW


def test_an_answer_without_a_photo_goes_to_a_person_at_once() -> None:
    filing = OLGA.files()
    moved(claim_of(filing), ClaimState.NEEDS_OWNER)
    owner_answered(filing_id=filing.pk)
    owner_answered(filing_id=filing.pk)
    assert state_of(filing) == IN_REVIEW
    assert log_of(Subject.CLAIM, claim_of(filing).pk)[-1] == (
        "needs_owner",
        "in_review",
        Reason.OWNER_ANSWERED,
    )
    assert claim_of(filing).promised_on is not None


def test_jobs_name_rows_only() -> None:
    filing = OLGA.files(photos=True)
    for photo in photos_of(claim_of(filing)):
        settles(photo)
    for job in waiting():
        assert all(isinstance(value, int) for value in job.args.values())
