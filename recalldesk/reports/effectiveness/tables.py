"""The report as tables: what stands behind each picture, and is handed out as a file. Pure.

Guarantee: a number that is made of rows names them; a share, or a number that no row of ours stands
behind, names none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from recalldesk.outreach.reach.figures import ReachFigures
from recalldesk.outreach.reach.outcomes import Outcome
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.corrections.definitions import Definition
from recalldesk.reports.desk_figures.words import NOTHING, percent, share
from recalldesk.reports.effectiveness.definitions import DEFINITIONS, STEPS, WAYS, Part
from recalldesk.reports.effectiveness.figures import Effectiveness, Rate
from recalldesk.reports.effectiveness.selection import Rows, Selected

CHECK_STEPS = (
    "Checks answered",
    "Answered: affected",
    "Claims sent",
    "Approved",
    "Remedy ordered",
    "Delivered to its owner",
)
PLACES = 4
"""Of a percentage as a number: a hundredth of a percent of a million units is a hundred units."""


@dataclass(frozen=True)
class Number:
    """A number, how it is written, and the rows behind it."""

    value: float | None
    shown: str
    rows: Selected | None = None


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    title: str
    numbers: tuple[Number, ...]
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """`heads`: of the lines, then of each number."""

    part: Part
    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def definition(self) -> Definition:
        """What it is called, and what is counted."""
        return DEFINITIONS[self.part]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is counted in it."""
        return not any(number.value for line in self.lines for number in line.numbers)


def tables_of(found: Effectiveness) -> list[Table]:
    """Every table, in its order; without a forecast where there is none."""
    tables = (make(found) for make in _TABLES.values())
    return [table for table in tables if table.part is not Part.FORECAST or table.lines]


def week_title(monday: date) -> str:
    """A week by its Monday."""
    return f"From {monday.day} {monday:%b %Y}"


def rates_by_week(found: Effectiveness) -> dict[str, list[float]]:
    """Of each way whose units are known, the share corrected up to the end of each week."""
    return {
        way: [sum_ / rate.units for sum_ in accumulate(_of(found, way))]
        for way, rate in found.ways.items()
        if rate.units
    }


def _of(found: Effectiveness, way: str) -> list[int]:
    return [counts.get(way, 0) for _, counts in sorted(found.weeks.items())]


def _count(number: int | None, rows: Selected | None = None) -> Number:
    if number is None:
        return Number(None, NOTHING)
    return Number(number, f"{number:,}", rows if number else None)


def _share(rate: Rate) -> Number:
    if rate.share is None or not rate.units:
        return Number(None, NOTHING)
    return Number(round(100 * rate.share, PLACES), share(rate.corrected, rate.units))


def _rated(title: str, rate: Rate, rows: Selected, units: Selected | None = None) -> Line:
    return Line(title, (_count(rate.units, units), _count(rate.corrected, rows), _share(rate)))


def _levels(found: Effectiveness) -> Table:
    lines = [
        _rated(str(level.label), rate, Selected(Rows.CORRECTED, level=level))
        for level, rate in found.levels.items()
    ]
    whole = _rated("All", found.whole, Selected(Rows.CORRECTED))
    return Table(
        Part.LEVELS,
        ("Level", "Units", "Corrected", "Rate"),
        (*lines, Line(whole.title, whole.numbers, is_total=True)),
    )


def _ways(found: Effectiveness) -> Table:
    lines = [
        _rated(
            WAYS[way],
            rate,
            Selected(Rows.CORRECTED, level=Level.CONSUMER, way=way),
            Selected(Rows.WAY, way=way) if way else None,
        )
        for way, rate in found.ways.items()
    ]
    corrected = found.levels[Level.CONSUMER].corrected
    units = found.levels[Level.CONSUMER].units or found.whole.units
    whole = _rated("All", Rate(units, corrected), Selected(Rows.CORRECTED, level=Level.CONSUMER))
    return Table(
        Part.WAYS,
        ("Way", "Units", "Corrected", "Rate"),
        (*lines, Line(whole.title, whole.numbers, is_total=True)),
    )


def _countries(found: Effectiveness) -> Table:
    lines = tuple(
        _rated(
            name or "Not known",
            rate,
            Selected(Rows.CORRECTED, level=Level.CONSUMER, country=name),
        )
        for name, rate in found.countries.items()
    )
    return Table(Part.COUNTRIES, ("Country", "Units", "Corrected", "Rate"), lines)


def _weeks(found: Effectiveness) -> Table:
    rates = rates_by_week(found)
    mondays = sorted(found.weeks_of_all)
    so_far = list(accumulate(found.weeks_of_all[each] for each in mondays))
    lines = []
    for place, monday in enumerate(mondays):
        numbers = [
            _count(found.weeks_of_all[monday], Selected(Rows.CORRECTED, week=monday)),
            _count(so_far[place], Selected(Rows.CORRECTED, week=monday, up_to=True)),
            _share(Rate(found.whole.units, so_far[place])),
        ]
        numbers += [
            Number(round(100 * shares[place], PLACES), percent(shares[place]))
            for shares in rates.values()
        ]
        lines.append(Line(week_title(monday), tuple(numbers)))
    heads = ("Week", "Corrected", "So far", "Rate", *(WAYS[way] for way in rates))
    return Table(Part.WEEKS, heads, tuple(lines))


def _forecast(found: Effectiveness) -> Table:
    heads = ("End of the week", "At least", "In the middle", "At most", "Rate in the middle")
    if found.forecast is None:
        return Table(Part.FORECAST, heads, ())
    first = max(each for each in found.weeks_of_all if each < _today_week(found))
    lines = tuple(
        Line(
            week_title(first + timedelta(days=7 * week.ahead)),
            (
                *(_count(round(each)) for each in (week.least, week.middle, week.most)),
                _share(Rate(found.whole.units, round(week.middle))),
            ),
        )
        for week in found.forecast.weeks
    )
    return Table(Part.FORECAST, heads, lines)


def _today_week(found: Effectiveness) -> date:
    day = found.at.date()
    return day - timedelta(days=day.weekday())


def _funnel(part: Part, steps: Sequence[tuple[str, int, Selected | None]]) -> Table:
    """Of each step its share of the one before, and how many fewer."""
    lines: list[Line] = []
    before: int | None = None
    for title, count, rows in steps:
        kept = (
            Number(round(100 * count / before, PLACES), share(count, before))
            if before
            else Number(None, NOTHING)
        )
        fewer = _count(None if before is None else before - count)
        lines.append(Line(title, (_count(count, rows), kept, fewer)))
        before = count
    return Table(part, ("Step", "Count", "Of the step before", "Fewer by"), tuple(lines))


def _from_notice(found: Effectiveness) -> Table:
    steps = [
        (title, count, Selected(Rows.STEP, step=number))
        for number, ((title, _), count) in enumerate(zip(STEPS, found.from_notice, strict=True))
    ]
    return _funnel(Part.FROM_NOTICE, [*steps])


def _from_check(found: Effectiveness) -> Table:
    counts = zip(CHECK_STEPS, found.from_check, strict=True)
    return _funnel(Part.FROM_CHECK, [(title, count, None) for title, count in counts])


def _reach(found: Effectiveness) -> Table:
    columns: list[tuple[str, ReachFigures]] = [
        (str(channel.label), figures) for channel, figures in found.reach.channels.items()
    ]
    columns.append(("All", found.reach.whole))
    lines = [
        Line(
            title,
            (
                _count(each.units),
                *(_count(getattr(each, outcome.value)) for outcome in Outcome),
                Number(
                    None if each.share is None else round(100 * each.share, 1),
                    share(each.reached, each.units),
                ),
            ),
            is_total=title == "All",
        )
        for title, each in columns
    ]
    heads = ("Channel", "Units sold", *(str(outcome.label) for outcome in Outcome), "Reach")
    return Table(Part.REACH, heads, tuple(lines))


_TABLES: Mapping[Part, Callable[[Effectiveness], Table]] = {
    Part.WEEKS: _weeks,
    Part.WAYS: _ways,
    Part.LEVELS: _levels,
    Part.COUNTRIES: _countries,
    Part.FORECAST: _forecast,
    Part.FROM_NOTICE: _from_notice,
    Part.FROM_CHECK: _from_check,
    Part.REACH: _reach,
}
