"""The figures of a recall's effectiveness, all from sums that are kept of each day.

Guarantees: they are what the rows add up to at one moment; units that a recall does not state are
not made up; whoever may not see reports gets none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recalldesk.accounts.models import Staff
from recalldesk.claims.states import DECIDED_FOR, ClaimState
from recalldesk.foundation import clock
from recalldesk.inquiries.seats import require_seat
from recalldesk.outreach.reach.figures import Reach
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.corrections.definitions import gift_cards_say
from recalldesk.reports.corrections.reads import affected_units
from recalldesk.reports.corrections.selection import week_of
from recalldesk.reports.desk_figures.of_many import spread_of
from recalldesk.reports.desk_figures.values import Spread
from recalldesk.reports.effectiveness.definitions import NOBODY, STEPS, WAYS
from recalldesk.reports.effectiveness.forecast import Forecast, forecast
from recalldesk.reports.reach.kept import reach_of_sums
from recalldesk.reports.sums.names import Kind
from recalldesk.reports.sums.places import OF_REPORTS
from recalldesk.reports.sums.reads import Sum, sums_of

WHOLE = [
    *(Kind.CORRECTED, Kind.CLAIMS, Kind.CHECKS, Kind.SINCE_SENT, Kind.DECIDED),
    *(Kind.REACH, Kind.TOLD_BY, Kind.FIRST_WAY, Kind.STEP),
]
AFFECTED = "affected"


@dataclass(frozen=True)
class Rate:
    """Units corrected of so many; `units` is None where nobody states them."""

    units: int | None
    corrected: int

    @property
    def share(self) -> float | None:
        """The correction rate, None where there are no units to be corrected."""
        return self.corrected / self.units if self.units else None


@dataclass(frozen=True)
class Effectiveness:
    """All of them. `weeks`: of each Monday the units corrected in that week under each way, of
    consumers, and of all; from the first to the last week without a gap. `from_notice`: purchases
    at each step, or beyond. `kept`: promises, and those kept late."""

    recall: str
    product: str
    version: int
    at: datetime
    levels: Mapping[Level, Rate]
    whole: Rate
    ways: Mapping[str, Rate]
    countries: Mapping[str, Rate]
    weeks: Mapping[date, Mapping[str, int]]
    weeks_of_all: Mapping[date, int]
    forecast: Forecast | None
    from_notice: tuple[int, ...]
    from_check: tuple[int, ...]
    reach: Reach
    since_sent: Spread
    kept: tuple[int, int]
    gift_cards: str


def effectiveness_of(recall: Recall, *, by: Staff) -> Effectiveness:
    """The figures. Raises NotPermitted, NoSeat."""
    require_seat(by, recall)
    version = live_version(recall) or newest_version(recall)
    document = document_of(version) if version else None
    sums = sums_of(WHOLE, [recall.pk])
    of_days = sums_of([Kind.CORRECTED], [recall.pk], by_day=True)
    of = {kind: [each for each in sums if each.kind is kind] for kind in WHOLE}
    levels = _levels(of[Kind.CORRECTED], document)
    whole = Rate(_units(document), sum(each.value for each in of[Kind.CORRECTED]))
    reach = reach_of_sums(recall, sums)
    weeks_of_all = _weeks_of_all(of_days)
    kept = Counter(
        {
            word: sum(s.value for s in of[Kind.DECIDED] if s.parts[::3] == ("final", word))
            for word in ("kept", "late")
        }
    )
    return Effectiveness(
        recall=recall.slug,
        product=_product(document),
        version=version.number if version else 0,
        at=clock.now(),
        levels=levels,
        whole=whole,
        ways=_ways(of, levels[Level.CONSUMER].units or whole.units),
        countries=_countries(of[Kind.CORRECTED], document),
        weeks=_weeks(of_days, weeks_of_all),
        weeks_of_all=weeks_of_all,
        forecast=_forecast(weeks_of_all, whole.units),
        from_notice=_from_notice(of[Kind.STEP]),
        from_check=_from_check(of),
        reach=reach,
        since_sent=spread_of(of[Kind.SINCE_SENT], None),
        kept=(kept["kept"], kept["late"]),
        gift_cards=gift_cards_say([document] if document else []) if document else "",
    )


def _units(document: Document | None) -> int | None:
    if document is None:
        return None
    figure = document.figures.get("units")
    return int(figure.value) if figure else document.stated_units


def _product(document: Document | None) -> str:
    if document is None:
        return ""
    return ", ".join(product.names[0] for product in document.products[:3] if product.names)


def _levels(corrected: Iterable[Sum], document: Document | None) -> dict[Level, Rate]:
    affected = affected_units([document]) if document else {}
    found = Counter[Level]()
    for each in corrected:
        found[Level(each.parts[0])] += each.value
    return {level: Rate(affected.get(level), found[level]) for level in Level}


def _of_consumers(corrected: Iterable[Sum], part: int) -> Counter[str]:
    found = Counter[str]()
    for each in corrected:
        if each.parts[0] == Level.CONSUMER:
            found[each.parts[part]] += each.value
    return found


def _ways(of: Mapping[Kind, list[Sum]], consumers: int | None) -> dict[str, Rate]:
    """Of whom no way reached are those of the recall whom the others did not."""
    corrected = _of_consumers(of[Kind.CORRECTED], 3)
    units = Counter[str]()
    for each in of[Kind.FIRST_WAY]:
        units[each.parts[0]] += each.value
    told = sum(count for way, count in units.items() if way != NOBODY)
    rates = {
        way: Rate(units[way], corrected[way]) for way in WAYS if way not in (NOBODY, OF_REPORTS)
    }
    rates[NOBODY] = Rate(max(0, consumers - told) if consumers else None, corrected[NOBODY])
    rates[OF_REPORTS] = Rate(None, corrected[OF_REPORTS])
    return {way: rates[way] for way in WAYS if rates[way].corrected or rates[way].units}


def _countries(corrected: Iterable[Sum], document: Document | None) -> dict[str, Rate]:
    found = _of_consumers(corrected, 2)
    stated = {
        part.country: part.levels.consumer if part.levels else part.units
        for part in (document.jurisdictions if document else ())
    }
    names = [*stated, *sorted(each for each in found if each not in stated)]
    return {name: Rate(stated.get(name), found[name]) for name in names}


def _weeks_of_all(of_days: Iterable[Sum]) -> dict[date, int]:
    found = Counter[date]()
    for each in of_days:
        assert each.day is not None
        found[week_of(each.day)] += each.value
    return {monday: found[monday] for monday in _mondays(found)}


def _mondays(found: Mapping[date, object]) -> list[date]:
    """From the first to this week, or the last that has something."""
    if not found:
        return []
    first, last = min(found), max(*found, week_of(clock.now().date()))
    return [first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)]


def _weeks(of_days: Iterable[Sum], mondays: Iterable[date]) -> dict[date, dict[str, int]]:
    found = {monday: Counter[str]() for monday in mondays}
    for each in of_days:
        assert each.day is not None
        if each.parts[0] == Level.CONSUMER:
            found[week_of(each.day)][each.parts[3]] += each.value
    return {monday: dict(counts) for monday, counts in found.items()}


def _forecast(weeks: Mapping[date, int], units: int | None) -> Forecast | None:
    """From whole weeks alone: one that runs would look like a fall."""
    this_week = week_of(clock.now().date())
    return forecast([weeks[each] for each in sorted(weeks) if each < this_week], units=units)


def _from_notice(steps: Iterable[Sum]) -> tuple[int, ...]:
    at = Counter[int]()
    for each in steps:
        at[int(each.parts[1])] += each.value
    return tuple(
        sum(count for step, count in at.items() if step >= least) for least in range(len(STEPS))
    )


def _from_check(of: Mapping[Kind, list[Sum]]) -> tuple[int, ...]:
    answers, claims = Counter[str](), Counter[str]()
    for each in of[Kind.CHECKS]:
        answers[each.parts[0]] += each.value
    for each in of[Kind.CLAIMS]:
        claims[each.parts[0]] += each.value
    ordered = (ClaimState.REMEDY_ORDERED, ClaimState.REMEDY_SENT, ClaimState.SETTLED)
    return (
        answers.total(),
        answers[AFFECTED],
        claims.total(),
        sum(claims[each] for each in DECIDED_FOR),
        sum(claims[each] for each in ordered),
        claims[ClaimState.SETTLED],
    )
