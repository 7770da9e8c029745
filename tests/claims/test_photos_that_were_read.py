"""A claim whose photos were read: it asks once for what was not seen, and then a person looks."""

import pytest
from pytest_django import Settings

from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.following import owner_answered
from recalldesk.claims.models import Filing
from recalldesk.claims.states import ClaimState, UnitReading
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.reading.seen import LabelReading, MarkingReading
from tests.cast import AFFECTED, SERIALS
from tests.claims.owner import (
    OLGA,
    Owner,
    claim_of,
    letters_of,
    log_of,
    sends,
    settles,
    state_of,
)
from tests.claims.readings import (
    SEEN,
    UNSEEN,
    is_read,
    label_of,
    marking_of,
)
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
APPROVED, CHECKING, IN_REVIEW, NEEDS_OWNER = (
    ClaimState.APPROVED,
    ClaimState.CHECKING,
    ClaimState.IN_REVIEW,
    ClaimState.NEEDS_OWNER,
)
GOOD = label_of(AFFECTED)


def photo(filing: Filing, kind: PhotoKind, position: int = 1) -> Photo:
    """The newest of its kind."""
    return claim_of(filing, position).evidence.photos.filter(kind=kind).latest("pk")


def reads(
    filing: Filing,
    label: LabelReading | None = GOOD,
    marking: MarkingReading | None = None,
) -> None:
    """Both photos are read, and the claim is told."""
    is_read(photo(filing, PhotoKind.LABEL), label)
    is_read(photo(filing, PhotoKind.MARKING), marking)
    run_jobs(tasks=["claims.evidence_settled"])


def reason_of(filing: Filing) -> str:
    return log_of(Subject.CLAIM, claim_of(filing).pk)[-1][2]


def test_what_reads_and_shows_what_was_asked_is_approved() -> None:
    filing = OLGA.files(photos=True)
    reads(filing, GOOD, marking_of())
    assert (state_of(filing), reason_of(filing)) == (APPROVED, Reason.BY_RULE)


@pytest.mark.parametrize("marking", [marking_of(SEEN, UNSEEN), marking_of(UNSEEN, SEEN)])
def test_a_mark_that_was_not_seen_asks_for_one_more_photo(marking: MarkingReading) -> None:
    filing = OLGA.files(photos=True)
    reads(filing, GOOD, marking)
    assert (state_of(filing), reason_of(filing)) == (NEEDS_OWNER, Reason.PHOTO_ASKED)
    assert letters_of(filing)[-1][2] == (
        f"We need one more photo for your claim {filing.reference}"
    )


@pytest.mark.parametrize("second", [marking_of(SEEN, UNSEEN), None])
def test_after_one_more_that_does_not_show_it_a_person_looks(second: MarkingReading | None) -> None:
    filing = OLGA.files(photos=True)
    reads(filing, GOOD, marking_of(SEEN, UNSEEN))
    one_more = sends(claim_of(filing), PhotoKind.MARKING, b"one more")
    owner_answered(filing_id=filing.pk)
    before = len(letters_of(filing))
    is_read(one_more, second)
    run_jobs(tasks=["claims.evidence_settled"])
    assert (state_of(filing), reason_of(filing)) == (IN_REVIEW, Reason.MARK_NOT_SEEN)
    assert len(letters_of(filing)) == before


def test_one_more_that_shows_it_is_as_good_as_the_first() -> None:
    filing = OLGA.files(photos=True)
    reads(filing, GOOD, marking_of(SEEN, UNSEEN))
    one_more = sends(claim_of(filing), PhotoKind.MARKING, b"one more")
    owner_answered(filing_id=filing.pk)
    is_read(one_more, marking_of())
    run_jobs(tasks=["claims.evidence_settled"])
    assert state_of(filing) == APPROVED


def test_what_was_read_before_it_is_sent_asks_in_the_same_way_after_the_letter() -> None:
    draft = OLGA.drafts(photos=True)
    reads(draft, GOOD, marking_of(SEEN, UNSEEN))
    submit_filing(filing_id=draft.pk)
    assert (state_of(draft), reason_of(draft)) == (NEEDS_OWNER, Reason.PHOTO_ASKED)
    subjects = [subject for _, _, subject, _ in letters_of(draft)]
    assert subjects[-2].startswith("We have your claim")
    assert subjects[-1].startswith("We need one more photo")


def test_what_was_read_before_it_is_sent_and_is_right_is_approved_after_the_letter() -> None:
    draft = OLGA.drafts(photos=True)
    reads(draft, GOOD, marking_of())
    submit_filing(filing_id=draft.pk)
    assert (state_of(draft), reason_of(draft)) == (APPROVED, Reason.BY_RULE)
    subjects = [subject for _, _, subject, _ in letters_of(draft)]
    assert subjects[-2].startswith("We have your claim")
    assert subjects[-1].startswith("News of your claim")


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        (label_of(SERIALS[1]), Reason.LABEL_DIFFERS),
        (label_of(AFFECTED[:-1] + "X", doubtful=[9]), Reason.LEADS),
        (LabelReading(), Reason.LEADS),
        (None, Reason.LEADS),
    ],
)
def test_a_label_that_reads_as_another_serial_goes_to_a_person_who_is_told_so(
    label: LabelReading | None, reason: Reason
) -> None:
    filing = OLGA.files(photos=True)
    reads(filing, label, marking_of())
    assert (state_of(filing), reason_of(filing)) == (IN_REVIEW, reason)


def test_a_marking_that_we_could_not_read_is_no_reason_to_ask_its_owner() -> None:
    filing = OLGA.files(photos=True)
    reads(filing, GOOD, None)
    assert (state_of(filing), reason_of(filing)) == (IN_REVIEW, Reason.LEADS)


def test_nor_is_a_photo_from_before_photos_were_read() -> None:
    filing = OLGA.files(photos=True)
    for each in claim_of(filing).evidence.photos.all():
        settles(each)
    run_jobs(tasks=["claims.evidence_settled"])
    assert state_of(filing) == IN_REVIEW


def test_whoever_told_of_danger_is_asked_nothing() -> None:
    draft = OLGA.drafts(photos=True)
    reads(draft, GOOD, marking_of(UNSEEN, UNSEEN))
    Filing.objects.filter(pk=draft.pk).update(is_dangerous=True)
    submit_filing(filing_id=draft.pk)
    assert (state_of(draft), reason_of(draft)) == (IN_REVIEW, Reason.DANGER)
    assert not any("one more photo" in subject for _, _, subject, _ in letters_of(draft))


def test_nor_is_whoever_nothing_written_reaches(settings: Settings) -> None:
    settings.SMS = "none"
    filing = Owner("Olga Quispe-Made-Up", "", "+12025550143").files(photos=True)
    reads(filing, GOOD, marking_of(UNSEEN, UNSEEN))
    assert (state_of(filing), reason_of(filing)) == (IN_REVIEW, Reason.MARK_NOT_SEEN)


def test_of_a_unit_that_cannot_be_photographed_no_mark_is_missing() -> None:
    filing = OLGA.drafts()
    sent = sends(claim_of(filing), PhotoKind.MARKING)
    submit_filing(filing_id=filing.pk)
    is_read(sent, marking_of(UNSEEN, UNSEEN))
    run_jobs(tasks=["claims.evidence_settled"])
    assert (state_of(filing), reason_of(filing)) == (IN_REVIEW, Reason.LEADS)


def test_the_label_of_a_serial_that_cannot_be_read_is_only_welcome() -> None:
    draft = OLGA.opens("", reading=UnitReading.UNREADABLE)
    submit_filing(filing_id=OLGA.fills(draft, photos=True).pk)
    reads(draft, label_of(SERIALS[2]), marking_of())
    assert (state_of(draft), reason_of(draft)) == (IN_REVIEW, Reason.LEADS)


def test_a_useless_photo_and_an_unseen_mark_are_asked_for_in_one_letter() -> None:
    filing = OLGA.files(photos=True)
    settles(photo(filing, PhotoKind.LABEL), PhotoState.UNUSABLE)
    is_read(photo(filing, PhotoKind.MARKING), marking_of(SEEN, UNSEEN))
    run_jobs(tasks=["claims.evidence_settled"])
    assert state_of(filing) == NEEDS_OWNER
    asked = [subject for _, _, subject, _ in letters_of(filing) if "one more photo" in subject]
    assert len(asked) == 1
