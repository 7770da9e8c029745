"""Which rows stand behind a number, as it stands in an address. Pure.

Guarantees: what is no number of ours is refused and never read as another; nothing of an owner can
stand in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from recalldesk.foundation.problem import Problem
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.reports.corrections.definitions import Counted
from recalldesk.reports.desk_figures.period import Period


class NoSuchCount(Problem):
    """An address that names no number of ours."""

    def __init__(self) -> None:
        super().__init__(
            "There is no number of this name.", "Choose one on the page of corrections."
        )


@dataclass(frozen=True)
class Chosen:
    """A figure, narrowed to a cell; None where by nothing. `week`: its Monday; `so_far`: with all
    that counted before the period."""

    figure: Counted
    level: Level | None = None
    measure: Measure | None = None
    week: date | None = None
    so_far: bool = False


@dataclass(frozen=True)
class Behind:
    """All that says which rows: of which recall (of all where empty), of which days, which."""

    recall: str
    period: Period
    chosen: Chosen


def query_of(behind: Behind) -> str:
    """What stands behind the question mark."""
    chosen = behind.chosen
    named = {"figure": chosen.figure.value}
    named |= {"level": chosen.level.value} if chosen.level else {}
    named |= {"measure": chosen.measure.value} if chosen.measure else {}
    named |= {"week": chosen.week.isoformat()} if chosen.week else {}
    named |= {"so_far": "1"} if chosen.so_far else {}
    named |= {"recall": behind.recall} if behind.recall else {}
    return urlencode(named | {"from": str(behind.period.first), "to": str(behind.period.last)})


def chosen_in(query: Mapping[str, str]) -> Chosen:
    """What a query chooses. Raises NoSuchCount."""
    try:
        figure = Counted(query.get("figure", ""))
        level = Level(query["level"]) if query.get("level") else None
        measure = Measure(query["measure"]) if query.get("measure") else None
        week = date.fromisoformat(query["week"]) if query.get("week") else None
    except ValueError as error:
        raise NoSuchCount from error
    is_narrowed = any((level, measure, week, query.get("so_far")))
    if (is_narrowed and figure is not Counted.CORRECTED) or (week and week.weekday()):
        raise NoSuchCount
    return Chosen(figure, level, measure, week, so_far=query.get("so_far") == "1")


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
