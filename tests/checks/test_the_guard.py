"""Free, then for a proof, then not for a while: with the limits as they are shipped."""

import threading
from time import monotonic
from typing import Any

import pytest
from time_machine import travel

from recalldesk.checks import guard
from recalldesk.checks.effective import effective_limits, tell_processes
from recalldesk.checks.guard import CLIENTS_TOGETHER, LEAST_REFUSAL, Admission, Step, admit
from recalldesk.checks.proofs import WAIT
from tests.limited import FREE, PROVED, Setting, solved

OWNER, OTHER, NEIGHBOUR = "203.0.113.7", "198.51.100.9", "2001:db8:1:2::1"
pytestmark = pytest.mark.usefixtures("limits")


def ask(peer: str = OWNER, proof: str = "") -> Admission:
    return admit({"REMOTE_ADDR": peer}, proof)


def use_up(peer: str = OWNER) -> Admission:
    """All that is free; then what is asked."""
    for _ in range(FREE):
        assert ask(peer).step is Step.FREE
    return ask(peer)


def test_the_first_are_free_and_then_a_proof_is_asked() -> None:
    asked = use_up()
    assert (asked.step, asked.retry_after, asked.is_admitted) == (Step.ASKED, WAIT, False)
    assert asked.challenge
    assert asked.ticket


def test_another_client_is_not_asked() -> None:
    use_up()
    assert ask(OTHER).step is Step.FREE


def test_a_request_is_charged_once_however_often_it_is_asked_about() -> None:
    environ: dict[str, Any] = {"REMOTE_ADDR": OWNER}
    first = admit(environ)
    for _ in range(3 * FREE):
        assert admit(environ) is first
    assert use_up(OTHER).step is Step.ASKED
    for _ in range(FREE - 1):
        assert ask().step is Step.FREE
    assert ask().step is Step.ASKED


def test_what_the_fast_path_decided_stands() -> None:
    refused = Admission(Step.REFUSED, 30)
    assert admit({"REMOTE_ADDR": OWNER, guard.ADMISSION: refused}) is refused


def test_work_lets_one_check_through_and_no_second() -> None:
    asked = use_up()
    proof = solved(asked.challenge)
    assert ask(proof=proof).step is Step.PROVED
    assert ask(proof=proof).step is Step.ASKED


def test_work_may_be_shown_from_another_connection() -> None:
    proof = solved(use_up().challenge)
    assert ask(OTHER, proof).step is Step.PROVED


def test_whoever_proved_keeps_what_is_free() -> None:
    proof = solved(use_up().challenge)
    assert ask(OTHER, proof).step is Step.PROVED
    assert use_up(OTHER).step is Step.ASKED


def test_a_wrong_proof_is_asked_again() -> None:
    asked = use_up()
    again = ask(proof="no proof")
    assert again.step is Step.ASKED
    assert again.ticket != asked.ticket


def test_a_ticket_is_good_once_its_minute_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)
    with travel(1_800_000_000, tick=False) as clock:
        ticket = use_up().ticket
        early = ask(proof=ticket)
        assert (early.step, early.ticket, early.retry_after) == (Step.ASKED, ticket, WAIT)
        clock.shift(40)
        assert ask(proof=ticket).retry_after == WAIT - 40
        clock.shift(20)
        assert ask(proof=ticket).step is Step.PROVED
        again = ask(proof=ticket)
        assert again.step is Step.ASKED
        assert again.ticket != ticket


def test_waiting_side_by_side_is_worth_no_more_than_the_free_checks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stand_still(monkeypatch)
    with travel(1_800_000_000, tick=False) as clock:
        tickets = [use_up().ticket, *(ask().ticket for _ in range(FREE + 9))]
        clock.shift(WAIT)
        taken = [ask(proof=ticket).step for ticket in tickets]
        assert taken.count(Step.PROVED) == FREE
        late = ask(proof=tickets[-1])
        assert late.ticket == tickets[-1]
        assert late.retry_after == 20


def stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is given back meanwhile."""
    monkeypatch.setattr("recalldesk.checks.guard.monotonic", lambda: 5_000.0)


def used_up_proofs(limits: Setting, *, wide: str = OWNER) -> None:
    """Everything is used up, also what proofs give. The work itself is not the matter here."""
    made = guard._guard()
    client = made._clients.of({"REMOTE_ADDR": wide})
    while made._proved.charge(client.wide, 5_000.0):
        pass


def test_past_the_limit_of_proofs_it_is_refused_for_a_while(
    limits: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch)
    proof = solved(use_up().challenge)
    used_up_proofs(limits)
    refused = ask(proof=proof)
    assert (refused.step, refused.retry_after) == (Step.REFUSED, LEAST_REFUSAL)
    assert (refused.challenge, refused.ticket) == (None, "")
    assert ask(OTHER).step is Step.FREE
    monkeypatch.setattr("recalldesk.checks.guard.monotonic", lambda: 5_000.0 + LEAST_REFUSAL)
    assert ask(proof=proof).step is Step.PROVED, "a proof that was not taken is good for later"


def test_so_many_proofs_are_taken_from_one_client(
    limits: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch)
    limits(proved_checks=3, free_checks=1)
    ask()
    for _ in range(3):
        assert ask(proof=solved(ask().challenge)).step is Step.PROVED
    assert ask().step is Step.REFUSED


def test_work_gets_harder_as_proofs_are_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)
    first = use_up().challenge
    made = guard._guard()
    client = made._clients.of({"REMOTE_ADDR": OWNER})
    for _ in range(PROVED // 2):
        made._proved.charge(client.wide, 5_000.0)
    later = ask().challenge
    assert first is not None
    assert later is not None
    assert later["parameters"]["data"]["most"] > 1.9 * first["parameters"]["data"]["most"]


def test_a_whole_ipv6_48_has_sixteen_times_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)
    steps = [ask(f"2001:db8:1:{number:x}::1").step for number in range(FREE * CLIENTS_TOGETHER + 5)]
    assert steps.count(Step.FREE) == FREE * CLIENTS_TOGETHER
    assert steps[-1] is Step.ASKED
    assert ask("2001:db8:2:1::1").step is Step.FREE
    assert ask(OWNER).step is Step.FREE


def test_nor_does_waiting_give_it_more(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)
    most = FREE * CLIENTS_TOGETHER
    peers = [f"2001:db8:1:{number:x}::1" for number in range(2 * most)]
    with travel(1_800_000_000, tick=False) as clock:
        tickets = [ask(peer).ticket for peer in peers]
        tickets = [ticket or ask(peer).ticket for peer, ticket in zip(peers, tickets, strict=True)]
        clock.shift(WAIT)
        steps = [ask(*shown).step for shown in zip(peers, tickets, strict=True)]
    assert steps.count(Step.PROVED) == most


def test_one_ipv6_64_uses_up_its_own_and_not_its_neighbours() -> None:
    assert use_up(NEIGHBOUR).step is Step.ASKED
    for _ in range(1_000):
        assert ask(NEIGHBOUR).step is Step.ASKED
    assert ask("2001:db8:1:3::1").step is Step.FREE


def test_many_at_once_get_no_more_than_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)
    steps: list[Step] = []

    def ask_often() -> None:
        steps.extend(ask().step for _ in range(FREE))

    threads = [threading.Thread(target=ask_often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert steps.count(Step.FREE) == FREE


def test_addresses_are_forgotten_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    ask(OTHER)
    made = guard._guard()
    assert made._clients._recent
    later = monotonic() + guard.FORGET_EVERY + 100
    monkeypatch.setattr("recalldesk.checks.guard.monotonic", lambda: later)
    ask(OWNER)
    assert [seen for seen, _ in made._clients._recent] in ([], [OWNER])
    assert len(made._free) == 1, "the one who asked just now"


def test_the_limit_of_all_processes_is_stated(limits: Setting) -> None:
    assert f"{3 * FREE} checks in a row and 9 a minute for nothing" in effective_limits(3)
    assert f"{3 * PROVED:,} in a row and 360 a minute" in effective_limits(3)
    limits(workers=1)
    assert effective_limits().endswith("from 1 web process together.")
    tell_processes(5)
    try:
        assert effective_limits().endswith("from 5 web processes together.")
    finally:
        from recalldesk.checks import effective

        effective._told.clear()
