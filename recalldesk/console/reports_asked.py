"""What an address of the reports asks for: which days, and behind which row a page begins.

Guarantee: what is no day of ours is said, and what is shown instead stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.periods import month_before

LONGEST_NUMBER = 18


@dataclass(frozen=True)
class DaysAsked:
    """The days, and in words what was put right of the address."""

    period: Period
    said: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """What stands behind the question mark."""
        return query_of(self.period)


def query_of(period: Period, **more: str) -> str:
    """The query of a period; what is empty stands not in it."""
    named = {"from": str(period.first), "to": str(period.last)}
    return urlencode(named | {key: value for key, value in more.items() if value})


def days_asked(query: Mapping[str, str], *, today: date) -> DaysAsked:
    """The days that `from` and `to` name; of one of them its month, of none the last whole one."""
    said: list[str] = []
    first, last = (_day(query.get(name, ""), said) for name in ("from", "to"))
    usual = month_before(today).period
    if first is None and last is None:
        return DaysAsked(usual, tuple(said))
    if last is None:
        last = max(today, first) if first else today
    if first is None:
        first = last.replace(day=1)
    if first > last:
        first, last = last, first
        said.append("The last day came before the first: they are taken the other way round.")
    return DaysAsked(Period(first, last), tuple(said))


def place_in(query: Mapping[str, str]) -> tuple[datetime, int] | None:
    """Behind which row a page begins; None where it is the first."""
    moment, _, number = query.get("after", "").partition(",")
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        return None
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)), int(number)


def _day(text: str, said: list[str]) -> date | None:
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
