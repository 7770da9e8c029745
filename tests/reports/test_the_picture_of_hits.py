"""The picture of hits shows the numbers of its table and no others, whatever the days."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.publicity.hits import Hits, HitsOfDay, HitsRow
from recalldesk.publicity.states import HitsFrom, PageKind
from recalldesk.reports.desk_figures.period import MOST_DAYS, Period
from recalldesk.reports.hits.picture import NAMED, OTHERS, picture_of_hits

FIRST = date(2026, 1, 1)


def hits(*rows: tuple[int, PageKind, int]) -> Hits:
    """Of days after the first, pages and counts."""
    days: dict[date, list[HitsRow]] = {}
    for number, (ago, page, count) in enumerate(rows):
        day = FIRST + timedelta(days=ago)
        days.setdefault(day, []).append(HitsRow(HitsFrom.OWN, number, day, page, count))
    found = (HitsOfDay(day, HitsFrom.OWN, tuple(days[day]), 0) for day in sorted(days))
    return Hits(tuple(found))


def of_days(count: int) -> Period:
    return Period(FIRST, FIRST + timedelta(days=count - 1))


ROWS = st.lists(
    st.tuples(
        st.integers(0, MOST_DAYS - 1), st.sampled_from(list(PageKind)), st.integers(0, 5_000)
    ),
    max_size=12,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.integers(1, MOST_DAYS))
def test_its_bars_add_up_to_the_table(rows: list[tuple[int, PageKind, int]], length: int) -> None:
    found = hits(*((day % length, page, count) for day, page, count in rows))
    picture = picture_of_hits(found, of_days(length))
    assert (picture is None) == (found.count == 0)
    if picture is None:
        return
    chart = picture.chart
    sums = {
        part: sum(numbers[place] for _, numbers in chart.bars)
        for place, part in enumerate(chart.parts)
    }
    wanted = {str(page.label): found.of(page) for page in NAMED}
    wanted[OTHERS] = found.count - sum(wanted.values())
    assert sums == {part: count for part, count in wanted.items() if count}
    assert len({name for name, _ in chart.bars}) == len(chart.bars)
    assert [key.name for key in picture.keys] == list(chart.parts)
    assert f"{found.count:,} hits in all" in picture.says


def test_a_day_without_a_hit_is_an_empty_place() -> None:
    found = hits((0, PageKind.NOTICE, 9), (2, PageKind.SHOPS, 4))
    picture = picture_of_hits(found, of_days(4))
    assert picture is not None
    assert picture.chart.bars == (
        ("1 Jan", (9, 0)),
        ("2 Jan", (0, 0)),
        ("3 Jan", (0, 4)),
        ("4 Jan", (0, 0)),
    )
    bars, *_ = picture.spec["layer"]
    assert bars["encoding"]["x"]["scale"]["domain"] == ["1 Jan", "2 Jan", "3 Jan", "4 Jan"]
    assert "Notice 9, Other pages 4. Most came on 1 Jan: 9." in picture.says


def test_a_long_period_is_shown_by_weeks() -> None:
    found = hits((0, PageKind.CHECK, 3), (6, PageKind.CHECK, 4), (7, PageKind.CHECK, 5))
    picture = picture_of_hits(found, of_days(100))
    assert picture is not None
    assert picture.chart.bars[:2] == (("1 Jan", (7,)), ("8 Jan", (5,)))
    assert "in the seven days from 1 Jan: 7" in picture.says
