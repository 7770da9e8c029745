"""Whoever asks whenever: an allowance lets through what it says, and floods change nothing."""

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.checks.limits import Allowance, Debts, charged
from recalldesk.checks.spent import Spent

ALLOWANCES = st.builds(Allowance, st.integers(1, 40), st.sampled_from([0.1, 0.5, 1 / 3, 7.0, 20.0]))
PAUSES = st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=120)


def admitted(allowance: Allowance, pauses: list[float]) -> list[float]:
    """When checks were let through, of those asked with these pauses between them."""
    now, owed, times = 1_000.0, 0.0, list[float]()
    for pause in pauses:
        now += pause
        after = charged(owed, now, allowance)
        if after is not None:
            owed = after
            times.append(now)
    return times


@given(ALLOWANCES, PAUSES)
def test_no_stretch_of_time_lets_more_through(allowance: Allowance, pauses: list[float]) -> None:
    times = admitted(allowance, pauses)
    for first, start in enumerate(times):
        for count, end in enumerate(times[first:], start=1):
            given_back = (end - start) / allowance.every
            assert count <= allowance.in_a_row + given_back + 1e-3


@given(ALLOWANCES)
def test_the_first_in_a_row_are_let_through_and_then_one_each_time(allowance: Allowance) -> None:
    at_once = admitted(allowance, [0.0] * (allowance.in_a_row + 5))
    assert len(at_once) == allowance.in_a_row
    steadily = [0.0] * allowance.in_a_row + [allowance.every] * 30
    assert len(admitted(allowance, steadily)) == len(steadily)


@given(ALLOWANCES, PAUSES)
def test_what_is_refused_is_let_through_after_the_wait_that_was_named(
    allowance: Allowance, pauses: list[float]
) -> None:
    debts, now = Debts(allowance), 1_000.0
    for pause in pauses:
        now += pause
        if not debts.charge(1, now):
            wait = debts.wait(1, now)
            assert 0 < wait <= allowance.every * 1.001
            now += wait
            assert debts.charge(1, now)


@given(st.integers(1, 20), st.lists(st.integers(0, 60), max_size=200))
def test_a_flood_of_clients_takes_no_debt_away_and_no_more_room(
    most: int, flood: list[int]
) -> None:
    debts = Debts(Allowance(2, 20.0), most)
    assert debts.charge(-5, 1_000.0)
    assert debts.charge(-5, 1_000.0)
    for client in flood:
        debts.charge(client, 1_000.0)
        assert len(debts) <= most
        assert not debts.may(-5, 1_000.0)


@given(st.integers(1, 20))
def test_who_is_not_in_a_full_table_waits_until_a_debt_has_run_out(most: int) -> None:
    debts = Debts(Allowance(2, 20.0), most)
    for client in range(most):
        assert debts.charge(client, 1_000.0)
    assert not debts.charge(most, 1_010.0)
    assert debts.charge(most, 1_021.0)


@given(st.lists(st.floats(0, 500, allow_nan=False), max_size=60))
def test_who_has_no_debt_is_forgotten_within_a_minute(pauses: list[float]) -> None:
    debts, now = Debts(Allowance(3, 5.0)), 1_000.0
    for client, pause in enumerate(pauses):
        now += pause
        debts.charge(client, now)
    now += 61 + 15
    debts.may(-1, now)
    assert len(debts) == 0


@given(
    st.integers(1, 8),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), max_size=200),
)
def test_no_proof_is_taken_twice_however_few_are_remembered(
    most: int, shown: list[tuple[int, int]]
) -> None:
    spent, taken = Spent(most), set[tuple[int, int]]()
    for proof in shown:
        name, expires = proof
        if spent.spend(f"{name}:{expires}".encode(), float(expires)):
            assert proof not in taken
            taken.add(proof)
        assert len(spent) <= 2 * most
