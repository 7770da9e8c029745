"""Two people at one stopped order, and a worker: nothing is placed behind a cancelling."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.remedies.errors import NotOrderable
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing import dead_letters
from recalldesk.remedies.placing.alone import alone_with
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.interface import Found, Refused, Standing
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.states import RemedyState, Stopped
from tests.at_the_desk import staff
from tests.remedies.ordered import ordered
from tests.remedies.scripted import ScriptedProvider

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def provider() -> Iterator[ScriptedProvider]:
    made = ScriptedProvider(answers=[Refused("422")])
    with replaced(made):
        yield made


@pytest.fixture
def manager(db: None) -> Staff:
    return staff(Role.RECALL_MANAGER)


def refused() -> Order:
    order = ordered()
    assert place_due() == 1
    order.refresh_from_db()
    assert order.stopped == Stopped.REFUSED
    return order


def elsewhere(act: Callable[[], object]) -> object:
    """What comes of it in another program."""

    def run() -> object:
        try:
            return act()
        except NotOrderable as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()


def test_what_is_sent_on_while_it_is_cancelled_is_not_placed_behind_it(
    provider: ScriptedProvider, manager: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = refused()
    cancelled_by = dead_letters._cancelled_by

    def sent_on_and_placed() -> int:
        dead_letters.send_on(order_id=order.pk, by=manager, note="They mended it.")
        return place_due()

    def with_others_at_it(order: Order) -> object:
        answer = cancelled_by(order)
        elsewhere(sent_on_and_placed)
        return answer

    monkeypatch.setattr(dead_letters, "_cancelled_by", with_others_at_it)
    dead_letters.cancel(order_id=order.pk, by=manager, note="They do not want it.")
    assert Remedy.objects.get().state == RemedyState.CANCELLED
    assert place_due() == 0
    assert provider.done == {}


def test_what_was_sent_on_before_is_not_cancelled_any_more(
    provider: ScriptedProvider, manager: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = refused()

    def after_others(remedy_id: object) -> object:
        elsewhere(
            lambda: dead_letters.send_on(order_id=order.pk, by=manager, note="They mended it.")
        )
        return alone_with(order.remedy_id)

    monkeypatch.setattr(dead_letters, "alone_with", after_others)
    with pytest.raises(NotOrderable):
        dead_letters.cancel(order_id=order.pk, by=manager, note="They do not want it.")
    assert place_due() == 1
    assert Remedy.objects.get().state == RemedyState.ORDERED


def test_what_a_worker_is_at_is_cancelled_by_nobody(
    provider: ScriptedProvider, manager: Staff
) -> None:
    order = refused()
    with alone_with(order.remedy_id):
        said = elsewhere(
            lambda: dead_letters.cancel(order_id=order.pk, by=manager, note="Not wanted.")
        )
    assert isinstance(said, NotOrderable)
    assert Remedy.objects.get().state == RemedyState.ORDERING


def test_a_cancelling_says_in_the_log_why_it_was_stopped(
    provider: ScriptedProvider, manager: Staff
) -> None:
    order = refused()
    provider.done[order.remedy_id] = Found("ref-1", Standing.ORDERED)
    assert dead_letters.cancel(order_id=order.pk, by=manager, note="They do not want it.")
    (row,) = StateChange.objects.filter(to_state="cancelled", reason="by_person")
    assert row.from_state == "stopped:refused"
