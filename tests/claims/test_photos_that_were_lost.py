"""A claim whose photo a disk lost asks its owner for another, once, and fails at nothing."""

import pytest

from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import Filing
from recalldesk.claims.reads import seen_by_owner
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.matching import say_lost
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.portal.claiming.standing import standing_on_page
from tests.cast import AFFECTED
from tests.claims.owner import OLGA, again, claim_of, letters_of, log_of, sends, state_of
from tests.claims.readings import SEEN, UNSEEN, is_read, label_of, marking_of
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
TOLD = ["claims.evidence_settled"]


def photo(filing: Filing, kind: PhotoKind) -> Photo:
    return claim_of(filing).evidence.photos.filter(kind=kind).latest("pk")


def in_review() -> Filing:
    """A claim that waits for a person, since one more photo did not show the mark either."""
    from recalldesk.claims.following import owner_answered

    filing = OLGA.files(photos=True)
    is_read(photo(filing, PhotoKind.LABEL), label_of(AFFECTED))
    is_read(photo(filing, PhotoKind.MARKING), marking_of(UNSEEN))
    run_jobs(tasks=TOLD)
    sends(claim_of(filing), PhotoKind.MARKING, b"one more")
    owner_answered(filing_id=filing.pk)
    is_read(photo(filing, PhotoKind.MARKING), marking_of(UNSEEN))
    run_jobs(tasks=TOLD)
    assert state_of(filing) == ClaimState.IN_REVIEW
    return filing


def asked(filing: Filing) -> int:
    log = log_of(Subject.CLAIM, claim_of(filing).pk)
    return sum(reason == Reason.PHOTO_ASKED for _, _, reason in log)


def loses(filing: Filing, kind: PhotoKind) -> None:
    for each in claim_of(filing).evidence.photos.filter(kind=kind):
        assert say_lost(each.pk)
    run_jobs(tasks=TOLD)


def test_its_owner_is_asked_for_another_and_told_that_it_is_our_fault() -> None:
    filing = in_review()
    before = asked(filing)
    loses(filing, PhotoKind.LABEL)
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    assert asked(filing) == before + 1
    assert "our fault, not yours" in " ".join(letters_of(filing)[-1][-1].split())
    foremost = standing_on_page(seen_by_owner(again(filing))).foremost
    assert foremost.kind_asked == PhotoKind.LABEL
    run_jobs(tasks=TOLD)
    assert asked(filing) == before + 1


def test_the_next_photo_brings_it_on() -> None:
    from recalldesk.claims.following import owner_answered

    filing = in_review()
    loses(filing, PhotoKind.LABEL)
    sends(claim_of(filing), PhotoKind.LABEL, b"another one")
    owner_answered(filing_id=filing.pk)
    is_read(photo(filing, PhotoKind.LABEL), label_of(AFFECTED))
    run_jobs(tasks=TOLD)
    assert state_of(filing) == ClaimState.IN_REVIEW


def test_where_another_photo_shows_the_same_nobody_is_asked() -> None:
    filing = in_review()
    first = claim_of(filing).evidence.photos.filter(kind=PhotoKind.MARKING).earliest("pk")
    before = asked(filing)
    assert say_lost(first.pk)
    run_jobs(tasks=TOLD)
    assert (state_of(filing), asked(filing)) == (ClaimState.IN_REVIEW, before)


def test_a_claim_that_is_decided_stays_as_it_is() -> None:
    filing = OLGA.files(photos=True)
    is_read(photo(filing, PhotoKind.LABEL), label_of(AFFECTED))
    is_read(photo(filing, PhotoKind.MARKING), marking_of(SEEN))
    run_jobs(tasks=TOLD)
    assert state_of(filing) == ClaimState.APPROVED
    letters = len(letters_of(filing))
    loses(filing, PhotoKind.LABEL)
    assert state_of(filing) == ClaimState.APPROVED
    assert len(letters_of(filing)) == letters
