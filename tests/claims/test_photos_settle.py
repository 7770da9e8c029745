"""A claim whose photos were looked through goes on, and none is left waiting for nothing."""

import pytest
from procrastinate.contrib.django import app
from pytest_django import Settings

from recalldesk.audit.states import Reason, Subject
from recalldesk.claims import jobs
from recalldesk.claims.following import owner_answered, owner_wrote
from recalldesk.claims.jobs import evidence_settled, go_on
from recalldesk.claims.looked_through import go_on_from_photos
from recalldesk.claims.messages import write_message
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import ClaimState
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.actions import receive_photo, remove_photo
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.reading.seen import LabelReading
from recalldesk.sealing.keys import SealingError
from tests.cast import AFFECTED, SERIALS
from tests.claims.owner import (
    OLGA,
    Owner,
    claim_of,
    letters_of,
    log_of,
    moved,
    sends,
    settles,
    state_of,
)
from tests.claims.readings import label_of, waits_to_be_read
from tests.reading_rows import end_reading
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
        Reason.LEADS,
    )


def looked_through(filing: Filing, *to: PhotoState) -> None:
    """The photos that wait are settled, in their order, and the claim is told."""
    waits = claim_of(filing).evidence.photos.filter(state=PhotoState.RECEIVED).order_by("pk")
    for photo, state in zip(waits, to, strict=True):
        settles(photo, state)
    run_jobs(tasks=["claims.evidence_settled"])


@pytest.mark.parametrize("failed", [PhotoState.UNUSABLE, PhotoState.INFECTED])
def test_where_a_photo_that_is_asked_for_is_of_no_use_its_owner_is_asked_for_another(
    failed: PhotoState,
) -> None:
    filing = OLGA.files(photos=True)
    looked_through(filing, PhotoState.CLEAN, failed)
    claim = claim_of(filing)
    assert claim.state == ClaimState.NEEDS_OWNER
    assert log_of(Subject.CLAIM, claim.pk)[-1] == ("checking", "needs_owner", Reason.PHOTO_ASKED)
    _, to, subject, text = letters_of(filing)[-1]
    assert to == OLGA.email
    assert subject == f"We need one more photo for your claim {filing.reference}"
    assert "/claims/link/" in text
    go_on(0)
    evidence_settled(claim.evidence_id)
    assert len(log_of(Subject.CLAIM, claim.pk)) == 3


@pytest.mark.parametrize("second", [PhotoState.CLEAN, PhotoState.UNUSABLE])
def test_after_one_more_photo_a_person_looks_whatever_it_is(second: PhotoState) -> None:
    filing = OLGA.files(photos=True)
    looked_through(filing, PhotoState.CLEAN, PhotoState.UNUSABLE)
    sends(claim_of(filing), PhotoKind.MARKING, b"one more")
    owner_answered(filing_id=filing.pk)
    assert state_of(filing) == CHECKING
    before = len(letters_of(filing))
    looked_through(filing, second)
    assert state_of(filing) == IN_REVIEW
    assert len(letters_of(filing)) == before


def test_a_bad_photo_beside_a_good_one_of_its_kind_asks_nothing() -> None:
    filing = OLGA.files(photos=True)
    sends(claim_of(filing), PhotoKind.MARKING, b"one more")
    looked_through(filing, PhotoState.CLEAN, PhotoState.UNUSABLE, PhotoState.CLEAN)
    assert state_of(filing) == IN_REVIEW


def test_nor_is_whoever_cannot_photograph_it_asked() -> None:
    filing = OLGA.drafts()
    sends(claim_of(filing), PhotoKind.LABEL)
    submit_filing(filing_id=filing.pk)
    assert state_of(filing) == CHECKING
    looked_through(filing, PhotoState.UNUSABLE)
    assert state_of(filing) == IN_REVIEW


def test_where_nothing_written_arrives_a_person_goes_on_who_can_call(settings: Settings) -> None:
    settings.SMS = "none"
    filing = Owner("Olga Quispe-Made-Up", "", "+12025550143").files(photos=True)
    looked_through(filing, PhotoState.UNUSABLE, PhotoState.UNUSABLE)
    assert state_of(filing) == IN_REVIEW


def test_each_unit_is_asked_for_by_itself() -> None:
    filing = OLGA.files_several(*SERIALS[:2], photos=True)
    for photo in photos_of(claim_of(filing, 1)):
        settles(photo)
    for photo in photos_of(claim_of(filing, 2)):
        settles(photo, PhotoState.UNUSABLE)
    run_jobs(tasks=["claims.evidence_settled"])
    assert (state_of(filing, 1), state_of(filing, 2)) == (IN_REVIEW, ClaimState.NEEDS_OWNER)


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


@pytest.mark.parametrize("reading", [label_of(AFFECTED), None])
def test_it_waits_until_its_photos_were_read_or_given_up(reading: LabelReading | None) -> None:
    filing = OLGA.files(photos=True)
    label, marking = photos_of(claim_of(filing))
    settles(marking)
    waits = waits_to_be_read(label)
    run_jobs(tasks=["claims.evidence_settled"])
    go_on(0)
    assert state_of(filing) == CHECKING
    end_reading(waits, reading)
    evidence_settled(claim_of(filing).evidence_id)
    assert state_of(filing) == IN_REVIEW


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


def test_an_answer_about_one_unit_leaves_the_others_waiting_for_their_owner() -> None:
    filing = OLGA.files_several(*SERIALS[:3])
    for position in (1, 2):
        moved(claim_of(filing, position), ClaimState.NEEDS_OWNER)
    for position in (2, 3):
        owner_answered(filing_id=filing.pk, position=position)
    states = [state_of(filing, position) for position in (1, 2, 3)]
    assert states == [ClaimState.NEEDS_OWNER, IN_REVIEW, IN_REVIEW]
    assert len(log_of(Subject.CLAIM, claim_of(filing, 3).pk)) == 2


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


def test_an_answer_whose_program_died_before_the_claim_was_told_is_picked_up_by_the_sweep() -> None:
    filing = OLGA.files_several(*SERIALS[:2])
    for position in (1, 2):
        moved(claim_of(filing, position), ClaimState.NEEDS_OWNER)
    sends(claim_of(filing, 2), PhotoKind.LABEL)
    go_on(0)
    go_on(0)
    assert (state_of(filing, 1), state_of(filing, 2)) == (ClaimState.NEEDS_OWNER, CHECKING)
    assert log_of(Subject.CLAIM, claim_of(filing, 2).pk)[-1][2] == Reason.OWNER_ANSWERED


def test_nor_is_an_answer_lost_that_came_as_photos_of_a_message() -> None:
    filing = OLGA.files()
    moved(claim_of(filing), ClaimState.NEEDS_OWNER)
    message = write_message(filing_id=filing.pk, text="", nonce="n1", has_photos=True)
    go_on(0)
    assert state_of(filing) == ClaimState.NEEDS_OWNER, "nothing came yet"
    assert message.evidence is not None
    receive_photo(evidence_set=message.evidence, kind=PhotoKind.OTHER, chunks=[b"no real photo"])
    go_on(0)
    assert state_of(filing) == IN_REVIEW


def test_a_photo_that_was_there_before_it_asked_or_was_taken_back_is_no_answer() -> None:
    filing = OLGA.files(photos=True)
    looked_through(filing, PhotoState.CLEAN, PhotoState.UNUSABLE)
    remove_photo(photo=sends(claim_of(filing), PhotoKind.MARKING, b"one more"))
    go_on(0)
    assert state_of(filing) == ClaimState.NEEDS_OWNER


def test_words_move_the_claim_in_the_step_that_keeps_them() -> None:
    filing = OLGA.files_several(*SERIALS[:2])
    for position in (1, 2):
        moved(claim_of(filing, position), ClaimState.NEEDS_OWNER)
    owner_wrote(filing_id=filing.pk, text="Here it is.", nonce="n1", position=2)
    assert (state_of(filing, 1), state_of(filing, 2)) == (ClaimState.NEEDS_OWNER, IN_REVIEW)
    owner_wrote(filing_id=filing.pk, text="", nonce="n2", has_photos=True)
    assert state_of(filing, 1) == ClaimState.NEEDS_OWNER


def test_a_claim_that_cannot_go_on_keeps_no_other_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, lost = OLGA.files(photos=True), OLGA.files(SERIALS[1], photos=True)
    for filing in (broken, lost):
        for photo in photos_of(claim_of(filing)):
            settles(photo)

    def cannot(claim: Claim) -> None:
        if claim.filing_id == broken.pk:
            raise SealingError("made up: its key is away")
        go_on_from_photos(claim)

    monkeypatch.setattr(jobs, "go_on_from_photos", cannot)
    go_on(0)
    assert (state_of(broken), state_of(lost)) == (CHECKING, IN_REVIEW)


def test_jobs_name_rows_only() -> None:
    filing = OLGA.files(photos=True)
    for photo in photos_of(claim_of(filing)):
        settles(photo)
    for job in waiting():
        assert all(isinstance(value, int) for value in job.args.values())
