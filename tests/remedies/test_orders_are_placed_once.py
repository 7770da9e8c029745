"""An order is placed once, wherever its worker dies; what fails is tried again or seen."""

from datetime import timedelta

import pytest
import time_machine

from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.remedies.errors import RemedyGiven
from recalldesk.remedies.models import (
    Attempt,
    Circuit,
    FoundEffect,
    Order,
    Remedy,
    remedy_id,
)
from recalldesk.remedies.placing import circuits, holds
from recalldesk.remedies.placing.due import LEASE, place_due
from recalldesk.remedies.placing.unconnected import unconnected
from recalldesk.remedies.placing.waits import TRIES, pause_after
from recalldesk.remedies.placing.wanted import wanted_of
from recalldesk.remedies.providers.interface import NotNow, Refused
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.states import Outcome, RemedyState, Stopped
from tests.remedies.ordered import OWNER, granted, ordered, units
from tests.remedies.scripted import SILENT, Killed, ScriptedProvider

pytestmark = pytest.mark.django_db(transaction=True)


def state_of(order: Order) -> str:
    return Remedy.objects.get(pk=order.remedy_id).state


def test_what_is_due_is_placed_under_the_remedys_id_and_said_in_the_log() -> None:
    order, provider = ordered(), ScriptedProvider()
    with replaced(provider):
        assert place_due() == 1
        assert place_due() == 0
    assert [wanted.id for wanted in provider.asked] == [order.remedy_id]
    assert provider.asked[0].recipient == OWNER
    order.refresh_from_db()
    assert (state_of(order), order.provider_status) == (RemedyState.ORDERED, "EXECUTED")
    assert order.next_try_at is None
    assert order.ordered_at is not None


@pytest.mark.parametrize("has_effect_first", [True, False])
def test_a_worker_that_dies_while_the_provider_answers_leaves_it_due_and_nothing_is_doubled(
    has_effect_first: bool,
) -> None:
    order = ordered()
    provider = ScriptedProvider(answers=[Killed()], has_effect_first=has_effect_first)
    with replaced(provider):
        with pytest.raises(Killed):
            place_due()
        assert place_due() == 0
        with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
            assert place_due() == 1
    assert list(provider.done) == [order.remedy_id]
    assert state_of(order) == RemedyState.ORDERED
    assert [each.outcome for each in Attempt.objects.order_by("number")] == [
        Outcome.NONE,
        Outcome.DONE,
    ]


def test_no_answer_is_tried_again_later_and_one_day_given_to_a_person() -> None:
    order, provider = ordered(), ScriptedProvider(answers=[SILENT] * TRIES)
    with replaced(provider):
        now = clock.now()
        for _ in range(TRIES):
            with time_machine.travel(now, tick=False):
                circuits.close(provider.name)
                place_due()
            now += timedelta(hours=5)
    order.refresh_from_db()
    assert order.stopped == Stopped.NO_ANSWER
    assert order.stopped_at is not None
    assert state_of(order) == RemedyState.ORDERING
    assert len(provider.asked) == TRIES


def test_what_is_refused_meets_a_person_with_its_reason_and_is_not_tried_again() -> None:
    order = ordered()
    with replaced(ScriptedProvider(answers=[Refused("campaign unknown")])):
        place_due()
    order.refresh_from_db()
    assert (order.stopped, order.next_try_at) == (Stopped.REFUSED, None)
    assert Attempt.objects.get().problem == "campaign unknown"


def test_an_address_that_is_refused_ends_the_remedy_so_that_its_owner_can_mend_it() -> None:
    order = ordered()
    with replaced(ScriptedProvider(answers=[Refused("not found", Stopped.ADDRESS)])):
        place_due()
    assert state_of(order) == RemedyState.FAILED
    assert granted().turn == 2


def test_a_provider_that_fails_is_left_alone_then_tried_with_one_order() -> None:
    for unit in units(12):
        ordered(unit)
    provider = ScriptedProvider(answers=[SILENT] * circuits.STOPS_AT)
    with replaced(provider):
        place_due()
        assert len(provider.asked) == circuits.STOPS_AT
        assert [each.provider for each in circuits.failing()] == [provider.name]
        assert place_due() == 0
        with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
            place_due()
    assert not circuits.failing()
    assert len(provider.done) == 12


def test_a_pause_that_is_asked_for_is_kept_by_all_and_is_no_failure() -> None:
    for unit in units(3):
        ordered(unit)
    provider = ScriptedProvider(answers=[NotNow("429", timedelta(minutes=10))])
    with replaced(provider):
        place_due()
        assert Circuit.objects.get().failures == 0
        assert place_due() == 0
        with time_machine.travel(clock.now() + timedelta(minutes=15), tick=False):
            assert place_due() == 3


def test_nothing_is_placed_while_ordering_is_held() -> None:
    ordered()
    holds.hold("restored")
    with replaced(ScriptedProvider()) as _:
        assert place_due() == 0
        assert holds.lift() == 1
        assert place_due() == 1


def test_a_provider_that_is_not_configured_is_said_and_loses_nothing() -> None:
    order = ordered()
    assert place_due() == 0
    assert [(each.provider, each.orders) for each in unconnected()] == [("tremendous", 1)]
    with replaced(ScriptedProvider()):
        assert not unconnected()
        assert place_due() == 1
    assert state_of(order) == RemedyState.ORDERED


def test_an_effect_that_was_found_after_a_restore_is_the_remedys_own() -> None:
    unit = b"v" * 32
    found = FoundEffect.objects.create(
        id=remedy_id(unit_digest=unit, grant=1, turn=1),
        provider="tremendous",
        reference="r9",
        standing="sent",
        provider_status="EXECUTED",
    )
    remedy, provider = granted(unit), ScriptedProvider()
    found.refresh_from_db()
    assert (remedy.state, found.adopted_at is not None) == (RemedyState.SENT, True)
    assert wanted_of(remedy.order).kind is RemedyKind.GIFT_CARD
    assert (remedy.order.reference, remedy.order.provider) == ("r9", "tremendous")
    with replaced(provider):
        assert place_due() == 0
    with pytest.raises(RemedyGiven):
        granted(unit)


def test_pauses_grow_are_spread_and_never_shorter_than_asked_for() -> None:
    pauses = [pause_after(tries) for tries in range(30)]
    assert max(pauses) <= timedelta(hours=4)
    assert pause_after(0, asked_for=timedelta(hours=9)) >= timedelta(hours=9)
    assert len({pause_after(5) for _ in range(20)}) > 1
