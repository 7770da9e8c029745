"""Of two people at one moment one decides; of undoing and telling one happens."""

from functools import partial

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.claims.desk import telling, undoing
from recalldesk.claims.desk.deciding import approve_claim, decline_claim
from recalldesk.claims.desk.errors import StaleClaim
from recalldesk.claims.desk.opening import take_next
from recalldesk.claims.desk.second import confirm_decision
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.desk.undoing import undo_decision
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.states import ClaimState, DecisionState, DeskList
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import EFFECTIVE
from tests.cast import SERIALS, Desk
from tests.claims.conftest import photos_at
from tests.claims.desk.people import (
    approved,
    now,
    of_people,
    remo,
    rita,
    seen,
    senta,
    sven,
    waiting_claim,
)
from tests.claims.desk.test_by_phone_or_post import enters
from tests.claims.owner import OLGA, claim_of, text_with_all_remedies
from tests.claims.test_at_the_same_moment import A_WHILE, Beside, Halted, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def desk(kettles: Desk, settings: Settings) -> Desk:
    """The published kettle recall, committed."""
    settings.STORAGES = photos_at(settings.PHOTOS_FOLDER)
    kettles.published(text_with_all_remedies())
    return kettles


def test_of_two_reviewers_at_one_moment_one_decides_and_one_learns_of_it() -> None:
    rita(), remo()
    for serial in SERIALS[:3]:
        claim = waiting_claim(serial=serial)
        stamp = seen(claim)
        errors = together(
            partial(approve_claim, claim_id=claim.pk, by=rita(), seen=stamp),
            partial(decline_claim, claim_id=claim.pk, by=remo(), seen=stamp, reason="other"),
        )
        assert sorted(type(error) for error in errors if error) == [StaleClaim]
        assert of_people().filter(claim=claim).count() == 1


def test_one_form_sent_by_two_threads_is_one_decision_and_one_remedy() -> None:
    claim = waiting_claim()
    call = partial(approve_claim, claim_id=claim.pk, by=rita(), seen=seen(claim))
    assert together(*[call] * 4) == [None] * 4
    assert (of_people().count(), Remedy.objects.count()) == (1, 1)


def test_of_two_seniors_one_confirms() -> None:
    claim = claim_of(OLGA.files())
    decision = approved(claim, note="By phone.")
    stamp = seen(claim)
    errors = together(
        partial(confirm_decision, decision_id=decision.pk, by=senta(), seen=stamp),
        partial(confirm_decision, decision_id=decision.pk, by=sven(), seen=stamp),
    )
    assert sorted(type(error) for error in errors if error) == [StaleClaim]
    assert Remedy.objects.count() == 1


def told() -> int:
    return Mailing.objects.filter(purpose=Purpose.STAGE).count()


def test_what_is_being_undone_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = waiting_claim()
    decision = approved(claim)
    halted = Halted(monkeypatch, undoing, "can_be_undone")
    undo = halted.run(partial(undo_decision, decision_id=decision.pk, by=rita()))
    with time_machine.travel(decision.takes_effect_at, tick=True):
        tell = Beside(partial(tell_decision, decision_id=decision.pk))
        tell.join(A_WHILE)
        assert tell.is_alive()
        halted.go_on()
        assert (undo.ended(), tell.ended()) == (None, None)
    assert now(claim).state == ClaimState.IN_REVIEW
    assert told() == 0


def test_what_is_being_told_is_not_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = waiting_claim()
    decision = approved(claim)
    halted = Halted(monkeypatch, telling, "new_link")
    with time_machine.travel(decision.takes_effect_at, tick=True):
        tell = halted.run(partial(tell_decision, decision_id=decision.pk))
        undo = Beside(partial(undo_decision, decision_id=decision.pk, by=rita()))
        undo.join(A_WHILE)
        halted.go_on()
        assert tell.ended() is None
        assert isinstance(undo.ended(), undoing.TooLateToUndo)
    assert now(claim).state == ClaimState.APPROVED
    assert told() == 1


def test_the_job_of_a_decision_that_runs_twice_at_once_tells_once() -> None:
    claim = waiting_claim()
    decision = approved(claim)
    with time_machine.travel(decision.takes_effect_at, tick=True):
        assert together(*[partial(tell_decision, decision_id=decision.pk)] * 4) == [None] * 4
    assert told() == 1


def test_an_owner_who_withdraws_while_a_reviewer_approves_gets_nothing_twice() -> None:
    for serial in SERIALS[:3]:
        claim = waiting_claim(serial=serial)
        together(
            partial(approve_claim, claim_id=claim.pk, by=rita(), seen=seen(claim)),
            partial(withdraw_filing, filing_id=claim.filing_id),
        )
        assert now(claim).state == ClaimState.WITHDRAWN
    assert not Remedy.objects.filter(state__in=EFFECTIVE).exists()
    assert not of_people().filter(state=DecisionState.FINAL).exists()


def test_two_people_never_get_the_same_next_claim() -> None:
    claims = [waiting_claim(serial=serial) for serial in SERIALS]
    people = [rita(), remo(), senta(), sven()]
    taken: list[int | None] = []

    def takes(person: object) -> None:
        taken.append(take_next(by=person, desk=DeskList.REVIEW))  # type: ignore[arg-type]

    assert together(*[partial(takes, person) for person in people]) == [None] * 4
    assert len({*taken}) == 4
    assert {*taken} <= {claim.pk for claim in claims}


def test_one_call_entered_by_two_threads_is_one_contact_and_one_claim() -> None:
    rita()
    assert together(*[enters] * 4) == [None] * 4
    assert (Contact.objects.count(), Filing.objects.count()) == (1, 1)
