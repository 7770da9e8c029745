"""The days that figures are of. Pure.

Guarantees: days are those of UTC, the first and the last both whole; a period is never longer than
`MOST_DAYS`; whatever stands in an address, a period comes out of it, and what was dropped is said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

USUAL_DAYS = 28
MOST_DAYS = 366


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    @property
    def begins_at(self) -> datetime:
        """The moment with which it begins."""
        return datetime.combine(self.first, time(), tzinfo=UTC)

    @property
    def ends_at(self) -> datetime:
        """The moment before which it ends."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=UTC)

    @property
    def days(self) -> Iterator[date]:
        """Its days, in their order."""
        count = (self.last - self.first).days + 1
        return (self.first + timedelta(days=number) for number in range(count))


def usual_period(today: date) -> Period:
    """Four weeks up to today."""
    return Period(today - timedelta(days=USUAL_DAYS - 1), today)


def period_in(query: Mapping[str, str], *, today: date) -> tuple[Period, tuple[str, ...]]:
    """The period that `from` and `to` of a query name, and in words what was put right of it."""
    said: list[str] = []
    first, last = (_day(query.get(name, ""), said) for name in ("from", "to"))
    last = last or max(today, first or today)
    if last > today and first is None:
        last = today
    first = first or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        first, last = last, first
        said.append("The last day came before the first: they are taken the other way round.")
    if (last - first).days >= MOST_DAYS:
        first = last - timedelta(days=MOST_DAYS - 1)
        said.append(f"A period has {MOST_DAYS} days at most: these are the last of them.")
    return Period(first, last), tuple(said)


def _day(text: str, said: list[str]) -> date | None:
    """A day as an address says it. Years that nobody means are none: arithmetic ends at them."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2999:
        said.append(f"“{text.strip()[:20]}” is no day that we know. Write it as 2026-11-26.")
        return None
    return day
