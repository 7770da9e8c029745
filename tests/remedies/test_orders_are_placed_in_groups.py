"""Orders of one provider are placed in groups: killed anywhere none is lost or doubled, and one
that fails harms none beside it."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.remedies.models import Attempt, Circuit, Order, Remedy
from recalldesk.remedies.placing import circuits, groups
from recalldesk.remedies.placing.due import LEASE, place_due
from recalldesk.remedies.placing.news import TOLD
from recalldesk.remedies.providers.interface import Found, NoAnswer, Notebook, Placing, Standing
from recalldesk.remedies.providers.interface import Wanted as Asked
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.states import Outcome, RemedyState
from recalldesk.sealing.fields_of_rows import opened
from tests.remedies.ordered import ordered
from tests.remedies.scripted import SILENT, Killed, ScriptedProvider

pytestmark = pytest.mark.django_db(transaction=True)
LATER = LEASE + timedelta(seconds=1)
MOST_STATEMENTS = 40
"""For a group of twenty, all in all: two for each order, and no more for a larger one."""


@dataclass
class ThreadedProvider(ScriptedProvider):
    """One that is asked from threads. `fails_from`: from this call on it does not answer."""

    side_by_side: int = 3
    fails_from: int | None = None
    look_first: Callable[[Asked], None] | None = None
    turn: threading.Lock = field(default_factory=threading.Lock)

    def will_send(self, wanted: Asked) -> str:
        """As it notes it."""
        return f"order {wanted.id}"

    def place(self, wanted: Asked, notebook: Notebook) -> Placing:
        """As the script says, one at a time."""
        if self.look_first:
            self.look_first(wanted)
        with self.turn:
            if self.fails_from is not None and len(self.asked) >= self.fails_from:
                self.answers[:] = [SILENT]
            return super().place(wanted, notebook)


BOTH = pytest.mark.parametrize("made", [ScriptedProvider, ThreadedProvider])


def orders(count: int, name: str = "") -> list[Order]:
    return [
        ordered(uuid.uuid5(uuid.NAMESPACE_OID, f"{name} {number}").bytes * 2)
        for number in range(count)
    ]


def states_of(placed: list[Order]) -> set[str]:
    rows = Remedy.objects.filter(pk__in=[order.remedy_id for order in placed])
    return set(rows.values_list("state", flat=True))


def stages_of(order: Order) -> list[tuple[str, str]]:
    rows = StateChange.objects.filter(
        subject=Subject.REMEDY, subject_id=order.remedy.entitlement_id
    )
    return list(rows.order_by("pk").values_list("from_state", "to_state"))


def told_of(order: Order) -> list[str]:
    rows = ProcrastinateJob.objects.filter(task_name=TOLD, args__remedy_id=str(order.remedy_id))
    return [each.args["news"] for each in rows]


@contextmanager
def killed_at(point: int, *, after: bool) -> Iterator[list[str]]:
    """Whoever runs in it dies at this statement, before or after it; the statements so far."""
    said = list[str]()

    def at_each(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        said.append(sql)
        if len(said) == point + 1 and not after:
            raise Killed
        done = execute(sql, *rest)
        if len(said) == point + 1:
            raise Killed
        return done

    with connection.execute_wrapper(at_each):
        yield said


@BOTH
def test_each_of_a_group_moves_with_its_attempt_its_log_and_its_news(
    made: type[ScriptedProvider],
) -> None:
    placed, provider = orders(7), made()
    with replaced(provider):
        assert place_due() == 7
    assert sorted(provider.done) == sorted(order.remedy_id for order in placed)
    for order in placed:
        order.refresh_from_db()
        assert (order.provider_status, order.next_try_at) == ("EXECUTED", None)
        assert order.reference == f"ref-{order.remedy_id.hex[:8]}"
        assert order.ordered_at is not None
        assert stages_of(order) == [
            ("", "waiting"),
            ("waiting", "ordering"),
            ("ordering", "ordered"),
        ]
        assert told_of(order) == ["ordered"]
        attempt = order.attempts.get()
        assert (attempt.number, attempt.outcome) == (1, Outcome.DONE)
        assert attempt.ended_at is not None
        assert opened(attempt, "sealed_sent") == f"order {order.remedy_id}"
        assert opened(attempt, "sealed_answered") == "as scripted"
    assert states_of(placed) == {RemedyState.ORDERED}


def test_all_attempts_of_a_group_are_committed_before_the_first_is_asked_for() -> None:
    placed, seen = orders(5), list[list[str]]()

    def look(wanted: Asked) -> None:
        try:
            rows = Attempt.objects.filter(outcome="").select_related("order")
            seen.append([opened(each, "sealed_sent") for each in rows.order_by("pk")])
        finally:
            connections.close_all()

    with replaced(ThreadedProvider(look_first=look)):
        place_due()
    assert seen
    assert set(seen[0]) == {f"order {order.remedy_id}" for order in placed}


@BOTH
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_statement_and_run_again_each_order_has_one_effect_one_log_and_one_letter(
    made: type[ScriptedProvider], after: bool
) -> None:
    point = 0
    while True:
        placed, provider = orders(3, f"{point}"), made()
        try:
            with replaced(provider), killed_at(point, after=after) as said:
                place_due()
        except Killed:
            connection.close()  # as a session ends whose program died
        with replaced(provider), time_machine.travel(clock.now() + LATER, tick=False):
            place_due()
            assert place_due() == 0
        assert sorted(provider.done) == sorted(order.remedy_id for order in placed), said[-1]
        assert states_of(placed) == {RemedyState.ORDERED}, said[-1]
        for order in placed:
            assert len(stages_of(order)) == 3, said[-1]
            assert told_of(order) == ["ordered"], said[-1]
        if len(said) <= point:
            break
        point += 1
    assert point > 10


@BOTH
def test_killed_while_the_provider_is_asked_none_of_the_group_is_lost_or_doubled(
    made: type[ScriptedProvider],
) -> None:
    placed = orders(6)
    provider = made(answers=[found("r1"), found("r2"), Killed()], has_effect_first=True)
    with replaced(provider):
        with pytest.raises(Killed):
            place_due()
        assert place_due() == 0
        with time_machine.travel(clock.now() + LATER, tick=False):
            assert place_due() == 6
    assert states_of(placed) == {RemedyState.ORDERED}
    assert len(provider.done) == 6
    outcomes = set(Attempt.objects.filter(number=1).values_list("outcome", flat=True))
    assert outcomes == {Outcome.NONE}


@BOTH
def test_a_provider_that_fails_in_the_middle_is_asked_no_more_and_none_is_lost(
    made: type[ScriptedProvider],
) -> None:
    placed, provider = orders(20), made(answers=[found(f"r{each}") for each in range(8)])
    provider.answers += [SILENT] * 12
    with replaced(provider):
        place_due()
        asked = len(provider.asked)
        at_once = provider.side_by_side if isinstance(provider, ThreadedProvider) else 1
        assert 8 + circuits.STOPS_AT <= asked < 8 + circuits.STOPS_AT + at_once
        assert Circuit.objects.get().open_until is not None
        assert place_due() == 0
        left = Attempt.objects.filter(outcome=Outcome.NOT_ASKED)
        assert [bytes(each.sealed_sent) for each in left] == [b""] * (20 - asked)
        assert not Attempt.objects.filter(outcome=Outcome.NONE).exists()
        due = Order.objects.filter(next_try_at__lte=clock.now(), tries=0)
        assert {each.order_id for each in left} == {each.pk for each in due}
        provider.answers.clear()
        with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
            place_due()
    assert states_of(placed) == {RemedyState.ORDERED}
    assert len(provider.done) == 20


def test_from_the_first_failure_of_one_in_doubt_no_other_is_asked_for() -> None:
    orders(6)
    provider = ThreadedProvider(fails_from=0)
    for _ in range(circuits.STOPS_AT):
        circuits.note_failure(provider.name, "timed out")
    with replaced(provider), time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        assert place_due() == 1
        assert place_due() == 0
    assert len(provider.asked) == 1


def test_a_group_of_twenty_costs_few_statements_and_a_larger_one_no_more() -> None:
    counts = list[int]()
    with replaced(ThreadedProvider()):
        orders(1, "warm")
        place_due()
        for size in (20, 40):
            orders(size, f"of {size}")
            with killed_at(10_000, after=False) as said:
                assert place_due() == size
            counts.append(len(said))
    assert counts[0] <= MOST_STATEMENTS
    assert counts[1] == counts[0]


def test_one_that_cannot_be_kept_is_tried_again_and_those_beside_it_are_kept() -> None:
    placed = orders(4)
    provider = ScriptedProvider(answers=[found("r1"), found("r" * 101)])
    with replaced(provider):
        assert place_due() == 4
        assert states_of(placed) == {RemedyState.ORDERED, RemedyState.ORDERING}
        order = Order.objects.get(tries=1)
        assert order.attempts.get().problem == "our own: DataError"
        assert Order.objects.filter(next_try_at__isnull=False).get() == order
        with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
            assert place_due() == 1
    assert states_of(placed) == {RemedyState.ORDERED}


def test_one_that_cannot_be_opened_is_not_asked_for_and_keeps_none_back() -> None:
    placed = orders(4)
    Order.objects.filter(pk=placed[1].pk).update(sealed_recipient=b"spoilt")
    provider = ThreadedProvider()
    with replaced(provider):
        place_due()
    assert len(provider.done) == 3
    assert placed[1].remedy_id not in provider.done
    assert placed[1].attempts.get().problem == "our own: SealingError"


def test_of_a_slow_provider_each_answer_is_kept_as_it_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(groups, "KEPT_WITHIN", 0.0)
    placed = orders(4)
    provider = ScriptedProvider(answers=[found("r1"), found("r2"), Killed()])
    with replaced(provider), pytest.raises(Killed):
        place_due()
    outcomes = Attempt.objects.filter(order__in=placed).order_by("order_id")
    assert list(outcomes.values_list("outcome", flat=True)) == [
        Outcome.DONE,
        Outcome.DONE,
        Outcome.NONE,
        Outcome.NONE,
    ]


def test_a_group_that_takes_too_long_gives_back_what_it_did_not_come_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = [0.0]

    class Slow(ScriptedProvider):
        def place(self, wanted: Asked, notebook: Notebook) -> Placing:
            at[0] += groups.BEGINS_FOR * 0.6
            return super().place(wanted, notebook)

    monkeypatch.setattr(groups, "monotonic", lambda: at[0])
    placed, provider = orders(5), Slow()
    with replaced(provider):
        assert place_due() == 5
    assert states_of(placed) == {RemedyState.ORDERED}
    assert Attempt.objects.filter(outcome=Outcome.NOT_ASKED).count() == 3 + 1
    assert len(provider.asked) == 5


def test_who_is_asked_from_threads_cannot_keep_a_name_between_two_steps() -> None:
    class Remembers(ThreadedProvider):
        def place(self, wanted: Asked, notebook: Notebook) -> Placing:
            notebook.remember("r1")
            return NoAnswer("never")

    (order,) = orders(1)
    with replaced(Remembers()):
        place_due()
    assert order.attempts.get().problem == "our own: TypeError"


def found(reference: str) -> Found:
    return Found(reference, Standing.ORDERED, "EXECUTED")
