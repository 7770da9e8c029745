"""The next claim is one about which whoever asks could decide; what somebody has who no longer
could is free for others."""

from datetime import timedelta

import pytest
import time_machine

from recalldesk.accounts.permissions import Role
from recalldesk.accounts.staff_changes import change_role, let_leave
from recalldesk.claims.desk.opening import assign_claim, free_among, take_next
from recalldesk.claims.desk.second import confirm_decision
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.following import appeal
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import DeskList
from tests.claims.desk.people import (
    approved,
    declined,
    now,
    remo,
    rita,
    seen,
    senta,
    staff,
    sven,
    waiting_claim,
)
from tests.claims.owner import OLGA, claim_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def proposed() -> Claim:
    claim = claim_of(OLGA.files())
    approved(claim, senta(), note="By phone.")
    return now(claim)


def appealed(by: object) -> Claim:
    claim = waiting_claim()
    decision = declined(claim, by)  # type: ignore[arg-type]
    with time_machine.travel(decision.takes_effect_at + timedelta(seconds=1), tick=False):
        tell_decision(decision_id=decision.pk)
    appeal(filing_id=claim.filing_id, text="Look again.", nonce="n1")
    return now(claim)


def test_nobody_gets_their_own_proposal_and_the_next_senior_does() -> None:
    claim = proposed()
    assert take_next(by=senta(), desk=DeskList.SECOND) is None
    assert take_next(by=sven(), desk=DeskList.SECOND) == claim.pk
    confirm_decision(decision_id=claim.decisions.latest("pk").pk, by=sven(), seen=seen(claim))


def test_who_gives_no_second_opinions_gets_nothing_that_waits_for_one() -> None:
    claim = proposed()
    assert take_next(by=remo(), desk=DeskList.SECOND) is None
    assert now(claim).assigned_to is None


def test_neither_do_they_where_its_owner_told_of_danger() -> None:
    claim = proposed()
    Filing.objects.filter(pk=claim.filing_id).update(is_dangerous=True)
    Claim.objects.filter(pk=claim.pk).update(desk=DeskList.DANGER)
    assert take_next(by=remo(), desk=DeskList.DANGER) is None
    assert take_next(by=senta(), desk=DeskList.DANGER) is None
    assert take_next(by=sven(), desk=DeskList.DANGER) == claim.pk


def test_an_appeal_is_not_the_next_of_who_declined_it_though_it_is_theirs() -> None:
    claim = appealed(senta())
    assign_claim(claim_id=claim.pk, to=senta(), by=senta())
    assert take_next(by=senta(), desk=DeskList.APPEAL) is None
    assert take_next(by=sven(), desk=DeskList.APPEAL) == claim.pk


def test_a_proposal_in_the_hands_of_who_cannot_settle_it_is_free() -> None:
    claim = proposed()
    for person in (senta(), rita()):
        Claim.objects.filter(pk=claim.pk).update(assigned_to=person)
        assert free_among([claim.pk], by=sven()) == {claim.pk}
    Claim.objects.filter(pk=claim.pk).update(assigned_to=staff("mira", Role.RECALL_MANAGER))
    assert free_among([claim.pk], by=sven()) == set()


def test_what_somebody_had_who_left_is_somebody_elses_next() -> None:
    claim = waiting_claim()
    assign_claim(claim_id=claim.pk, to=rita(), by=rita())
    assert take_next(by=remo(), desk=DeskList.REVIEW) is None
    let_leave(email=rita().email, by=staff("ana", Role.ADMINISTRATOR))
    assert take_next(by=remo(), desk=DeskList.REVIEW) == claim.pk
    assert now(claim).assigned_to == remo()


def test_and_what_somebody_had_who_decides_no_more() -> None:
    claim = waiting_claim()
    assign_claim(claim_id=claim.pk, to=rita(), by=rita())
    change_role(email=rita().email, role=Role.VIEWER, by=staff("ana", Role.ADMINISTRATOR))
    assert take_next(by=remo(), desk=DeskList.REVIEW) == claim.pk
