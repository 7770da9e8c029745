"""Which picture belongs to which table of the report. Pure.

Guarantee: a picture shows numbers of its table and none beside them; where nothing is counted there
is no picture.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from recalldesk.reports.charts.curves import Curve, band, curves, rates
from recalldesk.reports.charts.descriptions import STRONG, Bars, Spec, rows
from recalldesk.reports.desk_figures.words import percent
from recalldesk.reports.effectiveness.definitions import WAYS, Part
from recalldesk.reports.effectiveness.figures import Effectiveness
from recalldesk.reports.effectiveness.tables import Table, rates_by_week
from recalldesk.reports.reach.picture import Key, picture_of_reach

WIDE, NARROW, NAMES = 700, 210, 150
MOST_BARS = 12
BELOW = "The numbers are in the table below."


@dataclass(frozen=True)
class Picture:
    """`says`: the numbers that matter in a sentence, for whoever does not see it. `keys`: which
    part is which, where they have no name in the picture."""

    spec: Spec
    says: str
    keys: tuple[Key, ...] = ()


def picture_of(table: Table, found: Effectiveness) -> Picture | None:
    """The picture of a table; None where there is none, or nothing to be seen in it."""
    if table.is_empty:
        return None
    return _PICTURES[table.part](table, found)


def _weeks(table: Table, found: Effectiveness) -> Picture | None:
    shares = rates_by_week(found)
    lines = [Curve(WAYS[way], each) for way, each in shares.items() if any(each)]
    if found.whole.units:
        so_far = _so_far(found)
        lines.append(Curve("All units", so_far))
    if not lines or len(found.weeks_of_all) < 2:
        return None
    along = [f"{each.day} {each:%b}" for each in sorted(found.weeks_of_all)]
    if len(set(along)) < len(along):
        along = [f"{each.day} {each:%b %y}" for each in sorted(found.weeks_of_all)]
    lines.sort(key=lambda line: -line.shares[-1])
    said = ", ".join(f"{line.name.lower()} {percent(line.shares[-1])}" for line in lines)
    return Picture(
        curves(along, lines[:6], width=WIDE),
        f"After {len(along)} weeks: {said}. {BELOW}",
    )


def _so_far(found: Effectiveness) -> list[float]:
    sum_, shares = 0, []
    for _, count in sorted(found.weeks_of_all.items()):
        sum_ += count
        shares.append(sum_ / (found.whole.units or 1))
    return shares


def _rates(table: Table, _: Effectiveness) -> Picture | None:
    bars = [
        (line.title, float(line.numbers[2].value) / 100, line.numbers[2].shown)
        for line in table.lines
        if line.numbers[2].value is not None
    ]
    if not bars:
        return None
    said = ", ".join(f"{name.lower()} {shown}" for name, _, shown in bars)
    return Picture(
        rates(bars[:MOST_BARS], width=NARROW, names_take=NAMES), f"Rates: {said}. {BELOW}"
    )


def _funnel(table: Table, _: Effectiveness) -> Picture:
    bars = tuple((line.title, (int(line.numbers[0].value or 0),)) for line in table.lines)
    first, last = table.lines[0], table.lines[-1]
    says = (
        f"From {first.numbers[0].shown} {first.title.lower()} to {last.numbers[0].shown} "
        f"{last.title.lower()}. {BELOW}"
    )
    chart = Bars(("Reached",), bars, (STRONG,))
    return Picture(rows(chart, width=NARROW, names_take=NAMES), says)


def _forecast(table: Table, found: Effectiveness) -> Picture | None:
    units = found.whole.units
    if found.forecast is None or not units:
        return None
    today = found.at.date()
    whole = [each for each in sorted(found.weeks_of_all) if each + timedelta(days=7) <= today]
    mondays = [
        *whole,
        *(whole[-1] + timedelta(days=7 * week.ahead) for week in found.forecast.weeks),
    ]
    along = [f"{each.day} {each:%b %y}" for each in mondays]
    ahead = [
        (week.least / units, week.middle / units, week.most / units)
        for week in found.forecast.weeks
    ]
    last = found.forecast.weeks[-1]
    says = (
        f"In {last.ahead} weeks between {percent(last.least / units)} and "
        f"{percent(last.most / units)}, {percent(last.middle / units)} in the middle, "
        f"if nothing changes. {BELOW}"
    )
    return Picture(band(along, _so_far(found)[: len(whole)], ahead, width=WIDE), says)


def _reach(_: Table, found: Effectiveness) -> Picture | None:
    picture = picture_of_reach(found.reach)
    return None if picture is None else Picture(picture.spec, picture.says, picture.parts)


_PICTURES: Mapping[Part, Callable[[Table, Effectiveness], Picture | None]] = {
    Part.WEEKS: _weeks,
    Part.WAYS: _rates,
    Part.LEVELS: _rates,
    Part.COUNTRIES: _rates,
    Part.FORECAST: _forecast,
    Part.FROM_NOTICE: _funnel,
    Part.FROM_CHECK: _funnel,
    Part.REACH: _reach,
}
