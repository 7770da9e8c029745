"""Counts the figures, from the sums that are kept of each day.

Guarantees: numbers of rows are those of the rows at this moment (`reports.sums`); whoever may not
see figures gets none; who decided what is told only to whoever gives second opinions.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Count, DurationField, Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.second_rule import MERITS
from recalldesk.claims.models import Decision
from recalldesk.claims.states import DecisionKind, DecisionState, DeskList
from recalldesk.foundation import clock
from recalldesk.reports.desk_figures import sources
from recalldesk.reports.desk_figures.of_many import spread_of
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.selection import Who
from recalldesk.reports.desk_figures.spans import AGES
from recalldesk.reports.desk_figures.values import DeskFigures, SecondPerson, Spread, Tally
from recalldesk.reports.sums.names import Kind
from recalldesk.reports.sums.reads import Sum, sums_of

EXACT_UP_TO = 5_000
"""Of so many decided claims times are taken one by one; of more from the stretches kept of them."""
SETTLED = (DecisionState.FINAL, DecisionState.REFUSED)
BY: dict[Who | None, Q] = {
    None: Q(),
    Who.RULE: Q(by__isnull=True),
    Who.PERSON: Q(by__isnull=False),
}
WAITS = {Kind.WAIT: "wait", Kind.SINCE_SENT: "since_sent"}


class Percentile(Aggregate):
    """The value that so great a share of the values is not above: always one of them."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def may_see_people(person: Staff) -> bool:
    """Whether they may know who decided how much: whoever shares out the work, and nobody else."""
    return person.may(Permission.DECIDE_SECOND)


def figures_of(recall_ids: Collection[int], period: Period, *, by: Staff) -> DeskFigures:
    """The figures of these recalls. Raises NotPermitted."""
    require(by, Permission.SEE_FIGURES)
    now, shows_people = clock.now(), may_see_people(by)
    first, last = period.first, period.last
    each_day = [Kind.DECIDED, Kind.FILED]
    by_day = sums_of(each_day, recall_ids, first=first, last=last, by_day=True)
    kinds = [*WAITS, Kind.REASON, *((Kind.SECOND,) if shows_people else ())]
    sums = sums_of(kinds, recall_ids, first=first, last=last)
    tallies, undone = _tallies(_of(by_day, Kind.DECIDED), shows_people=shows_people)
    times, all_times = _times(sums, sources.decisions_in(recall_ids, period), tallies)
    return DeskFigures(
        period=period,
        at=now,
        shows_people=shows_people,
        filed=_filed(_of(by_day, Kind.FILED)),
        tallies=tallies,
        undone=undone,
        times=times,
        all_times=all_times,
        spans=_two_parts(_of(sums, Kind.WAIT)),
        reasons=_two_parts(_of(sums, Kind.REASON)),
        seconds=_seconds(_of(sums, Kind.SECOND)) if shows_people else (),
        waiting=_waiting(recall_ids, now),
        late_now=sources.late_of(recall_ids, now).count(),
    )


def _of(sums: Iterable[Sum], kind: Kind) -> list[Sum]:
    return [each for each in sums if each.kind is kind]


def _tallies(sums: list[Sum], *, shows_people: bool) -> tuple[tuple[Tally, ...], int]:
    """Decisions that count by all that tables need, and how many were undone."""
    names = _names({each.parts[2] for each in sums}) if shows_people else {}
    undone, counts = 0, Counter[tuple[Any, ...]]()
    for each in sums:
        state, kind, by, kept = each.parts
        if state == DecisionState.UNDONE:
            undone += each.value
            continue
        person = by if shows_people else ""
        who = Who.PERSON if by else Who.RULE
        counts[each.day, DecisionKind(kind), who, person, kept] += each.value
    tallies = (
        Tally(
            day=day,
            kind=kind,
            who=who,
            staff=int(person) if person else None,
            name=names.get(person, ""),
            is_kept={"kept": True, "late": False}.get(kept),
            count=count,
        )
        for (day, kind, who, person, kept), count in counts.items()
    )
    return tuple(tallies), undone


def _names(numbers: Collection[str]) -> dict[str, str]:
    people = Staff.objects.filter(pk__in=[int(each) for each in numbers if each])
    return {str(number): name for number, name in people.values_list("pk", "name")}


def _times(
    sums: list[Sum], rows: QuerySet[Decision, Any], tallies: tuple[Tally, ...]
) -> tuple[dict[Who | None, Spread], dict[Who | None, Spread]]:
    if sum(each.count for each in tallies if each.kind in MERITS) <= EXACT_UP_TO:
        return _times_of_rows(rows)
    wait, since_sent = ({who: spread_of(_of(sums, kind), who) for who in BY} for kind in WAITS)
    return wait, since_sent


def _times_of_rows(
    rows: QuerySet[Decision, Any],
) -> tuple[dict[Who | None, Spread], dict[Who | None, Spread]]:
    waits = {"wait": sources.wait(), "since_sent": sources.wait_since_sent()}
    asked = {
        f"{wait}_{who or 'all'}_{name}": Percentile(wait, share=share, filter=condition or None)
        for wait in waits
        for who, condition in BY.items()
        for name, share in (("median", "0.5"), ("ninetieth", "0.9"))
    }
    found = sources.decided(rows).annotate(**waits).aggregate(**asked)
    wait, since_sent = (
        {
            who: Spread(
                found[f"{name}_{who or 'all'}_median"], found[f"{name}_{who or 'all'}_ninetieth"]
            )
            for who in BY
        }
        for name in waits
    )
    return wait, since_sent


def _two_parts(sums: list[Sum]) -> dict[tuple[str, Who], int]:
    """By what the second part says, and who decided."""
    counts = Counter[tuple[str, Who]]()
    for each in sums:
        counts[each.parts[1], Who(each.parts[0])] += each.value
    return dict(counts)


def _seconds(sums: list[Sum]) -> tuple[SecondPerson, ...]:
    names = _names({each.parts[0] for each in sums})
    counts = {each.parts: each.value for each in sums}
    people = sorted(names.items(), key=lambda person: (person[1], int(person[0])))
    return tuple(
        SecondPerson(
            int(number),
            name,
            counts.get((number, DecisionState.FINAL.value), 0),
            counts.get((number, DecisionState.REFUSED.value), 0),
        )
        for number, name in people
    )


def _filed(sums: list[Sum]) -> dict[date, int]:
    counts = Counter[date]()
    for each in sums:
        assert each.day is not None
        counts[each.day] += each.value
    return dict(counts)


def _waiting(recall_ids: Collection[int], now: datetime) -> dict[tuple[DeskList, str], int]:
    found = (
        sources.waiting_of(recall_ids)
        .alias(age=sources.age(now))
        .values("desk", span=sources.span_of("age", AGES))
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {(DeskList(each["desk"]), each["span"]): each["count"] for each in found}
