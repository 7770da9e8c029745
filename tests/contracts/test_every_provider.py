"""One suite for all providers of remedies: what is wanted is done once, and told as it is.

Each provider is tried in a world of its own (`provider_worlds/`) that counts what it really did.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from recalldesk.foundation import clock
from recalldesk.remedies.placing.alone import alone_with
from recalldesk.remedies.providers.interface import (
    Found,
    NotThere,
    PlacesSideBySide,
    Placing,
    Refused,
    Standing,
    Wanted,
)
from tests.contracts.provider_worlds import WORLDS
from tests.contracts.provider_worlds.world import KeptNotebook, World
from tests.remedies.scripted import Killed

pytestmark = pytest.mark.django_db(transaction=True)
MOST_POINTS = 40
"""At so many points a worker may die while it places one order; more is a defect of the suite."""


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    with WORLDS[request.param](request) as opened:
        yield opened


def placed(world: World, wanted: Wanted, notebook: KeptNotebook | None = None) -> Found:
    notebook = notebook or KeptNotebook()
    answer = world.provider.place(notebook.asked_again(wanted), notebook)
    assert isinstance(answer, Found), answer
    assert answer.reference
    return answer


def test_what_is_wanted_is_done_once_however_often_it_is_asked_for(world: World) -> None:
    wanted = world.wanted()
    first = placed(world, wanted)
    again = placed(world, wanted)
    assert placed(world, world.wanted(), KeptNotebook(first.reference)).reference == first.reference
    assert again.reference == first.reference
    assert world.effects_of(wanted) == 1


def test_two_orders_are_two(world: World) -> None:
    wanted = [world.wanted(number) for number in (1, 2)]
    assert len({placed(world, each).reference for each in wanted}) == 2
    assert [world.effects_of(each) for each in wanted] == [1, 1]


def test_two_workers_at_once_do_it_once(world: World) -> None:
    """Each has the order for itself, or leaves it, as all that place do."""
    wanted, answers = world.wanted(), list[Placing]()
    gate = threading.Barrier(2)

    def work() -> None:
        try:
            gate.wait(20)
            with alone_with(wanted.id) as is_alone:
                if is_alone:
                    answers.append(world.provider.place(wanted, KeptNotebook()))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert answers
    assert all(isinstance(each, Found) for each in answers), answers
    assert world.effects_of(wanted) == 1


def test_one_that_places_side_by_side_sends_what_it_said_and_does_each_once(world: World) -> None:
    provider = world.provider
    if not isinstance(provider, PlacesSideBySide):
        pytest.skip("it places one order after the other")
    wanted = [world.wanted(number) for number in range(1, 2 * provider.side_by_side + 1)]
    notebooks = [KeptNotebook() for _ in wanted]
    with ThreadPoolExecutor(provider.side_by_side) as threads:
        answers = list(threads.map(provider.place, wanted, notebooks))
    assert all(isinstance(each, Found) for each in answers), answers
    assert [world.effects_of(each) for each in wanted] == [1] * len(wanted)
    assert [each.lines[0] for each in notebooks] == [provider.will_send(each) for each in wanted]
    assert {each.reference for each in notebooks} == {""}


@pytest.mark.parametrize("dies_before", [True, False])
def test_a_worker_that_is_killed_at_any_line_of_its_notebook_doubles_and_loses_nothing(
    world: World, dies_before: bool
) -> None:
    for point in range(MOST_POINTS):
        wanted = world.wanted(10 + point)
        notebook = KeptNotebook(dies_at=point, dies_before=dies_before)
        try:
            world.provider.place(wanted, notebook)
        except Killed:
            notebook.dies_at = None
            placed(world, wanted, notebook)
            assert world.effects_of(wanted) == 1, f"killed at point {point}"
            continue
        assert world.effects_of(wanted) == 1
        break
    else:
        pytest.fail("it never came through")


def test_what_was_not_wanted_is_not_there(world: World) -> None:
    wanted = world.wanted()
    for verb in (world.provider.look, world.provider.cancel, world.provider.send_again):
        assert isinstance(verb(wanted, KeptNotebook()), NotThere)
    assert world.effects_of(wanted) == 0


def test_it_is_found_again_by_its_reference_and_by_our_id_alone(world: World) -> None:
    wanted, notebook = world.wanted(), KeptNotebook()
    placed(world, world.wanted(2))
    first = placed(world, wanted, notebook)
    for reference in (first.reference, ""):
        found = world.provider.look(wanted, KeptNotebook(reference))
        assert isinstance(found, Found), found
        assert (found.reference, found.standing) == (first.reference, first.standing)
    assert world.effects_of(wanted) == 1


def test_what_is_cancelled_is_read_back_as_cancelled_or_stands_as_it_stood(world: World) -> None:
    wanted = world.wanted()
    first = placed(world, wanted)
    wanted = KeptNotebook(first.reference).asked_again(wanted)
    answer = world.provider.cancel(wanted, KeptNotebook())
    found = world.provider.look(wanted, KeptNotebook())
    assert isinstance(found, Found), found
    assert isinstance(answer, Found | Refused), answer
    if isinstance(answer, Found):
        assert found.standing == answer.standing
    else:
        assert found.standing == first.standing
    assert world.effects_of(wanted) <= 1


def test_what_bounced_is_known_and_sent_again_under_the_same_order(world: World) -> None:
    wanted = world.wanted()
    first = placed(world, wanted)
    if not world.bounce(wanted):
        wanted = KeptNotebook(first.reference).asked_again(wanted)
        assert isinstance(world.provider.send_again(wanted, KeptNotebook()), Refused)
        return
    wanted = KeptNotebook(first.reference).asked_again(wanted)
    found = world.provider.look(wanted, KeptNotebook())
    assert isinstance(found, Found)
    assert found.standing is Standing.BOUNCED
    answer = world.provider.send_again(wanted, KeptNotebook())
    assert isinstance(answer, Found), answer
    assert answer.reference == first.reference
    assert answer.standing is not Standing.BOUNCED
    assert world.effects_of(wanted) == 1


def test_all_that_it_did_is_listed_once_under_our_id(world: World) -> None:
    before = clock.now() - timedelta(days=1)
    assert list(world.provider.effects(before)) == []
    wanted = [world.wanted(number) for number in (1, 2, 3)]
    first = [placed(world, each) for each in wanted]
    placed(world, wanted[0])
    listed = list(world.provider.effects(before))
    assert {each.id: each.found.reference for each in listed} == {
        each.id: found.reference for each, found in zip(wanted, first, strict=True)
    }
    assert len(listed) == 3
    assert list(world.provider.effects(clock.now() + timedelta(days=1))) == []


def test_no_line_and_no_answer_holds_a_secret_or_tells_of_a_person(world: World) -> None:
    wanted, notebook = world.wanted(), KeptNotebook()
    first = placed(world, wanted, notebook)
    wanted = notebook.asked_again(wanted)
    found = world.provider.look(wanted, notebook)
    again = world.provider.send_again(wanted, notebook)
    cancelled = world.provider.cancel(wanted, notebook)
    effects = list(world.provider.effects(clock.now() - timedelta(days=1)))
    told = "\n".join([*notebook.lines, repr([first, found, again, cancelled, effects])])
    assert notebook.lines
    told += "\n".join(_said(each) for each in (first, found, again, cancelled))
    recipient = wanted.recipient
    personal = [recipient.name, recipient.email, recipient.phone, *recipient.address_lines]
    personal += [*recipient.address.values(), *recipient.payee.values()]
    assert world.secrets
    # Two letters of a state or country stand in many words.
    for text in (*world.secrets, *(each for each in personal if len(each) > 3)):
        assert text not in told


def _said(answer: object) -> str:
    """The short texts of an answer, which end in rows that are not sealed."""
    if isinstance(answer, Found):
        return f"{answer.reference} {answer.status}"
    return str(getattr(answer, "problem", ""))
