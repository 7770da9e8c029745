"""What an owner sends when asked is ruled on like what came first, also where it settled before."""

import pytest
from django.db import transaction

from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.following import owner_answered
from recalldesk.claims.jobs import go_on
from recalldesk.claims.models import Filing
from recalldesk.claims.states import ClaimState
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.states import PhotoKind
from tests.cast import AFFECTED
from tests.claims.deciding.filed import R, reasons_of
from tests.claims.owner import OLGA, claim_of, log_of, sends, state_of
from tests.claims.readings import UNSEEN, is_read, label_of, marking_of
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def asked_for_a_marking() -> Filing:
    """Sent with a marking in which the code was not seen: the rule asked for another."""
    draft = OLGA.opens()
    for kind in (PhotoKind.LABEL, PhotoKind.MARKING):
        photo = sends(claim_of(draft), kind)
        reading = label_of(AFFECTED) if kind == PhotoKind.LABEL else marking_of(code=UNSEEN)
        with transaction.atomic():
            is_read(photo, reading)
    filled = OLGA.fills(draft)
    filled.claims.update(cannot_photograph=False)
    filing = submit_filing(filing_id=filled.pk)
    run_jobs(tasks=["claims.evidence_settled"])
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    return filing


def a_better_one_comes(filing: Filing, *, code_is_seen: bool = True) -> None:
    photo = sends(claim_of(filing), PhotoKind.MARKING, b"a better one")
    with transaction.atomic():
        is_read(photo, marking_of() if code_is_seen else marking_of(code=UNSEEN))


def test_a_better_photo_that_settled_before_it_was_told_is_ruled_on() -> None:
    filing = asked_for_a_marking()
    a_better_one_comes(filing)
    owner_answered(filing_id=filing.pk)
    assert state_of(filing) == ClaimState.APPROVED
    told = [row[2] for row in log_of(Subject.CLAIM, claim_of(filing).pk)]
    assert Reason.OWNER_ANSWERED in told


def test_so_does_the_sweep_where_nobody_told_of_the_answer() -> None:
    filing = asked_for_a_marking()
    a_better_one_comes(filing)
    go_on(0)
    assert state_of(filing) == ClaimState.APPROVED


def test_one_that_is_no_better_goes_to_a_person_with_what_it_shows() -> None:
    filing = asked_for_a_marking()
    a_better_one_comes(filing, code_is_seen=False)
    owner_answered(filing_id=filing.pk)
    assert state_of(filing) == ClaimState.IN_REVIEW
    assert reasons_of(filing) == {R.MARK_NOT_SEEN}


def test_words_alone_go_to_a_person() -> None:
    filing = asked_for_a_marking()
    owner_answered(filing_id=filing.pk)
    assert state_of(filing) == ClaimState.IN_REVIEW
