"""Filings with something in common are one owner's or one family's; the others are counted."""

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims.deciding.owners import count_owners

KEYS = st.dictionaries(st.integers(0, 20), st.frozensets(st.integers(0, 30), max_size=4))


def test_a_word_in_common_also_over_a_third_makes_one_of_them() -> None:
    assert count_owners({1: "ab", 2: "cd"}) == 2
    assert count_owners({1: "ab", 2: "cd", 3: "bc"}) == 1
    assert count_owners({}) == 0
    assert count_owners({1: "", 2: ""}) == 2


@given(KEYS)
def test_the_order_does_not_matter(keys: dict[int, frozenset[int]]) -> None:
    assert count_owners(keys) == count_owners(dict(reversed(keys.items()))) <= len(keys)


@given(KEYS, st.integers(0, 30))
def test_one_more_thing_in_common_never_makes_more_owners(
    keys: dict[int, frozenset[int]], common: int
) -> None:
    joined = {filing: known | {common} for filing, known in keys.items()}
    assert count_owners(joined) == min(len(keys), 1) <= max(count_owners(keys), 0) + 1
