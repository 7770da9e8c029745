"""Who looks at a claim is shown and lapses; the next claim is never two people's."""

from datetime import date, timedelta

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.opening import (
    LOOK_LASTS,
    assign_claim,
    leave_claim,
    open_claim,
    take_next,
    take_over,
)
from recalldesk.claims.errors import NoSuchClaim
from recalldesk.claims.models import Claim
from recalldesk.claims.states import DeskList
from recalldesk.foundation import clock
from tests.cast import SERIALS
from tests.claims.desk.people import now, remo, rita, seen, staff, waiting_claim
from tests.claims.owner import OLGA, log_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def after_a_look() -> time_machine.travel:
    return time_machine.travel(clock.now() + LOOK_LASTS + timedelta(seconds=1), tick=False)


def test_a_second_reviewer_is_shown_who_has_it() -> None:
    claim = waiting_claim()
    assert open_claim(claim_id=claim.pk, by=rita()).is_mine
    look = open_claim(claim_id=claim.pk, by=remo())
    assert (look.is_mine, look.name) == (False, "Rita")


def test_a_look_lapses_unless_its_page_tells_of_it() -> None:
    claim = waiting_claim()
    open_claim(claim_id=claim.pk, by=rita())
    with after_a_look():
        assert open_claim(claim_id=claim.pk, by=remo()).is_mine
        assert not open_claim(claim_id=claim.pk, by=rita()).is_mine


def test_whoever_leaves_frees_it_and_nobody_elses() -> None:
    claim = waiting_claim()
    open_claim(claim_id=claim.pk, by=rita())
    leave_claim(claim_id=claim.pk, by=remo())
    assert not open_claim(claim_id=claim.pk, by=remo()).is_mine
    leave_claim(claim_id=claim.pk, by=rita())
    assert open_claim(claim_id=claim.pk, by=remo()).is_mine


def test_to_take_it_over_is_logged() -> None:
    claim = waiting_claim()
    open_claim(claim_id=claim.pk, by=rita())
    assert take_over(claim_id=claim.pk, by=remo()).is_mine
    assert now(claim).looked_at_by == remo()
    assert log_of(Subject.CLAIM, claim.pk)[-1] == ("in_review", "in_review", "looked_at")


def test_a_look_makes_no_decision_stale() -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    assign_claim(claim_id=claim.pk, to=remo(), by=rita())
    open_claim(claim_id=claim.pk, by=remo())
    take_over(claim_id=claim.pk, by=rita())
    assert seen(claim) == stamp


def test_it_is_given_to_somebody_who_may_decide() -> None:
    claim = waiting_claim()
    with pytest.raises(NotPermitted):
        assign_claim(claim_id=claim.pk, to=staff("vera", Role.VIEWER), by=rita())
    assign_claim(claim_id=claim.pk, to=remo(), by=rita())
    rows = log_of(Subject.CLAIM, claim.pk)
    assign_claim(claim_id=claim.pk, to=remo(), by=rita())
    assert log_of(Subject.CLAIM, claim.pk) == rows
    assign_claim(claim_id=claim.pk, to=None, by=rita())
    assert now(claim).assigned_to is None


def test_the_next_is_the_one_whose_promise_ends_first() -> None:
    claims = [waiting_claim(serial=serial) for serial in SERIALS[:3]]
    for claim, day in zip(claims, (9, 7, 8), strict=True):
        Claim.objects.filter(pk=claim.pk).update(promised_on=date(2026, 12, day))
    order = [claims[1].pk, claims[2].pk, claims[0].pk]
    assert [take_next(by=rita(), desk=DeskList.REVIEW, but=order[:n]) for n in range(3)] == order
    assert take_next(by=rita(), desk=DeskList.REVIEW, but=order) is None


def test_what_another_has_or_looks_at_is_not_the_next() -> None:
    claims = [waiting_claim(serial=serial) for serial in SERIALS[:3]]
    assign_claim(claim_id=claims[0].pk, to=remo(), by=remo())
    open_claim(claim_id=claims[1].pk, by=remo())
    assert take_next(by=rita(), desk=DeskList.REVIEW) == claims[2].pk
    assert take_next(by=rita(), desk=DeskList.REVIEW, but=[claims[2].pk]) is None
    assert take_next(by=remo(), desk=DeskList.REVIEW) == claims[0].pk


def test_the_next_is_of_the_list_that_was_asked() -> None:
    waiting_claim()
    assert take_next(by=rita(), desk=DeskList.DANGER) is None
    with pytest.raises(NotPermitted):
        take_next(by=staff("vera", Role.VIEWER), desk=DeskList.REVIEW)


def test_a_draft_is_nobodys_to_open() -> None:
    draft = OLGA.drafts().claims.get()
    with pytest.raises(NoSuchClaim):
        open_claim(claim_id=draft.pk, by=rita())
