"""The picture of hits. Pure.

Guarantee: its bars add up to the figure of the table beside it, of each kind of page that it names
and of all; a day without a hit is an empty place and not left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from recalldesk.publicity.hits import Hits
from recalldesk.publicity.states import PageKind
from recalldesk.reports.charts.descriptions import FILLS, Bars, Spec, columns
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.reach.picture import Key

WIDTH = 960
MOST_DAYS = 92
"""A longer period is shown by weeks."""
WEEK = 7
NAMED = (PageKind.NOTICE, PageKind.CHECK, PageKind.CLAIM)
"""The pages that owners are to come to; all others are one part."""
OTHERS = "Other pages"


@dataclass(frozen=True)
class HitsPicture:
    """`says`: the numbers that matter in a sentence, for whoever does not see it."""

    chart: Bars
    keys: tuple[Key, ...]
    says: str

    @property
    def spec(self) -> Spec:
        """As it is drawn."""
        return columns(self.chart, line={}, width=WIDTH)


def picture_of_hits(found: Hits, period: Period) -> HitsPicture | None:
    """The picture; None where there was no hit."""
    if not found.count:
        return None
    kinds = [(name, pages) for name, pages in _parts() if any(found.of(page) for page in pages)]
    by_day = {day.day: day for day in found.days}
    step = 1 if (period.last - period.first).days < MOST_DAYS else WEEK
    bars = []
    for first in _steps(period, step):
        days = [by_day[day] for day in _from(first, step) if day in by_day]
        numbers = tuple(sum(day.of(page) for day in days for page in pages) for _, pages in kinds)
        bars.append((first, numbers))
    names = _names([first for first, _ in bars])
    chart = Bars(
        tuple(name for name, _ in kinds),
        tuple((name, numbers) for name, (_, numbers) in zip(names, bars, strict=True)),
    )
    keys = tuple(Key(name, *fill) for (name, _), fill in zip(kinds, FILLS, strict=False))
    return HitsPicture(chart, keys, _said(found, chart, is_weekly=step == WEEK))


def _parts() -> Iterator[tuple[str, tuple[PageKind, ...]]]:
    for page in NAMED:
        yield str(page.label), (page,)
    yield OTHERS, tuple(page for page in PageKind if page not in NAMED)


def _steps(period: Period, step: int) -> Iterator[date]:
    """The days with which bars begin, the first with the period."""
    day = period.first
    while day <= period.last:
        yield day
        day += timedelta(days=step)


def _from(first: date, step: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(step)]


def _names(days: list[date]) -> list[str]:
    names = [f"{day.day} {day:%b}" for day in days]
    if len(set(names)) < len(names):
        names = [f"{day.day} {day:%b %y}" for day in days]
    return names


def _said(found: Hits, chart: Bars, *, is_weekly: bool) -> str:
    most, numbers = max(chart.bars, key=lambda bar: sum(bar[1]))
    when = f"in the seven days from {most}" if is_weekly else f"on {most}"
    sums = ", ".join(
        f"{name} {sum(each[place] for _, each in chart.bars):,}"
        for place, name in enumerate(chart.parts)
    )
    return (
        f"{found.count:,} hits in all: {sums}. Most came {when}: {sum(numbers):,}. "
        "The numbers are in the table below."
    )
