"""Counts the figures. One grouped query for each kind of number, none for each row.

Guarantees: whoever may not see figures gets none; who decided what is told only to whoever gives
second opinions.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    CharField,
    Count,
    DurationField,
    F,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.models import Decision
from recalldesk.claims.states import DecisionKind, DecisionState, DeskList
from recalldesk.foundation import clock
from recalldesk.reports.desk_figures import sources
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.selection import Who
from recalldesk.reports.desk_figures.spans import AGES, TIMES
from recalldesk.reports.desk_figures.values import DeskFigures, SecondPerson, Spread, Tally

SETTLED = (DecisionState.FINAL, DecisionState.REFUSED)
BY: dict[Who | None, Q] = {
    None: Q(),
    Who.RULE: Q(by__isnull=True),
    Who.PERSON: Q(by__isnull=False),
}


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
    rows = sources.decisions_in(recall_ids, period)
    times, all_times = _times(rows)
    tallies, undone = _tallies(rows, shows_people=shows_people)
    return DeskFigures(
        period=period,
        at=now,
        shows_people=shows_people,
        filed=_filed(recall_ids, period),
        tallies=tallies,
        undone=undone,
        times=times,
        all_times=all_times,
        spans=_spans(rows),
        reasons=_reasons(rows),
        seconds=_seconds(rows) if shows_people else (),
        waiting=_waiting(recall_ids, now),
        late_now=sources.late_of(recall_ids, now).count(),
    )


def _who(is_rule: bool) -> Who:
    return Who.RULE if is_rule else Who.PERSON


def _is_rule() -> Case:
    return Case(
        When(by__isnull=True, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _tallies(rows: QuerySet[Decision, Any], *, shows_people: bool) -> tuple[tuple[Tally, ...], int]:
    """Decisions that count by all that tables need, and how many were undone."""
    alike = ["day", "kind", "state", "is_rule", "kept"]
    people = ["by_id", "by__name"] if shows_people else []
    found = (
        rows.filter(state__in=(DecisionState.FINAL, DecisionState.UNDONE))
        .alias(promised=sources.promised_day())
        .annotate(
            day=sources.day_of("counted_at"),
            is_rule=_is_rule(),
            kept=Case(
                When(by__isnull=True, then=Value(None)),
                When(promised__gte=F("day"), then=Value(True)),
                When(promised__lt=F("day"), then=Value(False)),
                default=Value(None),
                output_field=BooleanField(null=True),
            ),
        )
        .values(*alike, *people)
        .annotate(count=Count("pk"))
        .order_by()
    )
    undone, tallies = 0, []
    for each in found:
        if each["state"] == DecisionState.UNDONE:
            undone += each["count"]
            continue
        tallies.append(
            Tally(
                day=each["day"],
                kind=DecisionKind(each["kind"]),
                who=_who(each["is_rule"]),
                staff=each.get("by_id"),
                name=each.get("by__name") or "",
                is_kept=each["kept"],
                count=each["count"],
            )
        )
    return tuple(tallies), undone


def _times(
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


def _spans(rows: QuerySet[Decision, Any]) -> dict[tuple[str, Who], int]:
    found = (
        sources.decided(rows)
        .alias(wait=sources.wait())
        .values(span=sources.span_of("wait", TIMES), is_rule=_is_rule())
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {(each["span"], _who(each["is_rule"])): each["count"] for each in found}


def _reasons(rows: QuerySet[Decision, Any]) -> dict[tuple[str, Who], int]:
    each_reason = Func(F("reasons"), function="UNNEST", output_field=CharField())
    found = (
        sources.that_count(rows)
        .values(reason=each_reason, is_rule=_is_rule())
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {(each["reason"], _who(each["is_rule"])): each["count"] for each in found}


def _seconds(rows: QuerySet[Decision, Any]) -> tuple[SecondPerson, ...]:
    found = (
        rows.filter(settled_by__isnull=False, state__in=SETTLED)
        .values("settled_by_id", "settled_by__name")
        .annotate(
            agreed=Count("pk", filter=Q(state=DecisionState.FINAL)),
            refused=Count("pk", filter=Q(state=DecisionState.REFUSED)),
        )
        .order_by("settled_by__name", "settled_by_id")
    )
    return tuple(
        SecondPerson(
            each["settled_by_id"], each["settled_by__name"], each["agreed"], each["refused"]
        )
        for each in found
    )


def _filed(recall_ids: Collection[int], period: Period) -> dict[Any, int]:
    found = (
        sources.filed_in(recall_ids, period)
        .values(day=sources.day_of("filing__filed_at"))
        .annotate(count=Count("pk"))
        .order_by("day")
    )
    return {each["day"]: each["count"] for each in found}


def _waiting(recall_ids: Collection[int], now: datetime) -> dict[tuple[DeskList, str], int]:
    found = (
        sources.waiting_of(recall_ids)
        .alias(age=sources.age(now))
        .values("desk", span=sources.span_of("age", AGES))
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {(DeskList(each["desk"]), each["span"]): each["count"] for each in found}
