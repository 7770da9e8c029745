"""Times that are read from stretches are as near to the true ones as is said."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.reports.desk_figures.of_many import spread_of
from recalldesk.reports.desk_figures.selection import Who
from recalldesk.reports.sums.names import Kind, middle_of, stretch_of
from recalldesk.reports.sums.reads import Sum

WAITS = st.lists(st.integers(1, 60 * 86_400), min_size=1, max_size=300)


def _sums(waits: list[int]) -> list[Sum]:
    return [
        Sum(Kind.WAIT, None, ("rule", "1d", str(stretch_of(timedelta(seconds=each)))), 1)
        for each in waits
    ]


@given(WAITS)
def test_median_and_ninetieth_are_off_by_less_than_a_stretch(waits: list[int]) -> None:
    found = spread_of(_sums(waits), Who.RULE)
    ordered = sorted(waits)
    for share, said in ((0.5, found.median), (0.9, found.ninetieth)):
        place = max(0, -(-int(1_000 * share) * len(ordered) // 1_000) - 1)
        assert said is not None
        assert abs(said.total_seconds() / ordered[place] - 1) < 0.0222


@given(st.integers(1, 10**8))
def test_a_stretch_holds_its_middle(seconds: int) -> None:
    wait = timedelta(seconds=seconds)
    assert stretch_of(middle_of(stretch_of(wait))) == stretch_of(wait)


def test_of_none_there_is_no_time() -> None:
    assert spread_of([], None).median is None
    assert spread_of(_sums([60]), Who.PERSON).median is None
