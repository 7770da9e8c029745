"""The plan of a run follows from its seed alone, and holds all that a run must have."""

from collections import Counter
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from chaos.plan import PROVIDERS, Sizes, Target, entered, fault_seed, rounds

seeds = st.integers(0, 1_000_000)


@given(seeds)
def test_the_same_seed_gives_the_same_plan_and_the_same_faults(seed: int) -> None:
    assert list(islice(rounds(seed), 40)) == list(islice(rounds(seed), 40))
    for target in PROVIDERS:
        assert fault_seed(seed, target, 3) == fault_seed(seed, target, 3)


def test_another_seed_another_life_another_provider_have_others() -> None:
    assert list(islice(rounds(1), 5)) != list(islice(rounds(2), 5))
    drawn = {
        fault_seed(seed, target, start)
        for seed in (1, 2)
        for target in PROVIDERS
        for start in (1, 2)
    }
    assert len(drawn) == 2 * len(PROVIDERS) * 2


def test_three_hundred_kills_are_of_every_kind_and_the_clock_jumps_both_ways() -> None:
    planned = list(islice(rounds(7), 150))
    kills = Counter(kill.target for each in planned for kill in each.kills)
    assert sum(kills.values()) > 300
    assert set(kills) == set(Target)
    assert min(kills.values()) >= 10
    assert any(len(each.kills) > 1 for each in planned)
    assert any(each.jump > 0 for each in planned)
    assert any(each.jump < 0 for each in planned)
    assert any(each.full for each in planned)


@given(st.integers(1, 5_000), st.integers(1, 400))
def test_claims_enter_as_kills_go_on_and_are_all_there_before_the_last(
    claims: int, kills: int
) -> None:
    sizes = Sizes(claims=claims, kills=kills)
    numbers = [entered(sizes, done) for done in range(kills + 1)]
    assert numbers == sorted(numbers)
    assert numbers[-1] == claims
