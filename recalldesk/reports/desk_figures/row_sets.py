"""The rows behind a number of the figures, and what an export tells of each.

Guarantees: counted again, the rows give the number; none of their columns names an owner or a unit;
who decided is told only to whoever gives second opinions.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.columns import SEALED_FIELDS
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import DecisionState
from recalldesk.foundation import clock
from recalldesk.foundation.sheets import Cell
from recalldesk.reports.desk_figures import sources
from recalldesk.reports.desk_figures.definitions import Figure
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.reads import SETTLED, may_see_people
from recalldesk.reports.desk_figures.selection import Selection, Who
from recalldesk.reports.desk_figures.spans import AGES, TIMES, span_named

AT_ONCE = 2_000
OF_PEOPLE = frozenset({Figure.REVIEWERS, Figure.SECONDS})
OF_CLAIMS = frozenset({Figure.FILED, Figure.WAITING, Figure.LATE_NOW})


Row = TypeVar("Row")


@dataclass(frozen=True)
class RowColumn(Generic[Row]):
    """One column of rows."""

    title: str
    value: Callable[[Row], Cell]


def rows_behind(
    selection: Selection, recall_ids: Collection[int], period: Period, *, by: Staff
) -> QuerySet[Claim, Any] | QuerySet[Decision, Any]:
    """The rows, in the order in which they came to be. Raises NotPermitted."""
    if selection.figure in OF_PEOPLE:
        require(by, Permission.DECIDE_SECOND)
    if selection.figure in OF_CLAIMS:
        return _claims(selection, recall_ids, period)
    rows = _decisions(selection, sources.decisions_in(recall_ids, period))
    if selection.day is not None:
        rows = rows.alias(day=sources.day_of("counted_at")).filter(day=selection.day)
    if selection.who is not None:
        rows = rows.filter(by__isnull=selection.who is Who.RULE)
    if selection.kind is not None:
        rows = rows.filter(kind=selection.kind)
    return rows.order_by(F("counted_at"), "pk")


def _claims(
    selection: Selection, recall_ids: Collection[int], period: Period
) -> QuerySet[Claim, Any]:
    now = clock.now()
    if selection.figure is Figure.FILED:
        rows = sources.filed_in(recall_ids, period)
        if selection.day is not None:
            rows = rows.alias(day=sources.day_of("filing__filed_at")).filter(day=selection.day)
        return rows.order_by("filing__filed_at", "pk")
    if selection.figure is Figure.LATE_NOW:
        return sources.late_of(recall_ids, now).order_by("promised_on", "pk")
    rows = sources.waiting_of(recall_ids)
    if selection.list is not None:
        rows = rows.filter(desk=selection.list)
    span = span_named(AGES, selection.span or "")
    if span is not None:
        rows = rows.alias(age=sources.age(now)).filter(sources.within("age", span))
    return rows.order_by("state_since", "pk")


def _decisions(selection: Selection, rows: QuerySet[Decision, Any]) -> QuerySet[Decision, Any]:
    """The decisions of a figure, as far as they are not narrowed in a way that all know."""
    figure = selection.figure
    if figure is Figure.UNDONE:
        return rows.filter(state=DecisionState.UNDONE)
    if figure is Figure.SECONDS:
        states = (selection.settled,) if selection.settled else SETTLED
        rows = rows.filter(settled_by__isnull=False, state__in=states)
        return rows if selection.staff is None else rows.filter(settled_by_id=selection.staff)
    if figure in (Figure.PROMISES, Figure.LATE):
        promised = sources.with_promise(rows)
        on_time = figure is Figure.PROMISES
        day = F("decided_on")
        return promised.filter(**{"promised__gte" if on_time else "promised__lt": day})
    if figure is Figure.REVIEWERS:
        people = sources.that_count(rows).filter(by__isnull=False)
        return people if selection.staff is None else people.filter(by_id=selection.staff)
    if figure is Figure.REASONS:
        reason = selection.reason
        rows = sources.that_count(rows)
        return rows.filter(reasons__contains=[reason]) if reason else rows.exclude(reasons=[])
    if figure is Figure.DECISIONS:
        return sources.that_count(rows)
    rows = sources.decided(rows)
    if figure is Figure.BY_RULE:
        return rows.filter(by__isnull=True)
    span = span_named(TIMES, selection.span or "")
    if span is not None:
        rows = rows.alias(wait=sources.wait()).filter(sources.within("wait", span))
    return rows


def _iso(moment: date | datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _by(names_people: bool) -> Callable[[Decision], Cell]:
    def value(row: Decision) -> Cell:
        if row.by is None:
            return Who.RULE.value
        return row.by.name if names_people else Who.PERSON.value

    return value


CLAIM_COLUMNS: tuple[RowColumn[Claim], ...] = (
    RowColumn("Reference", lambda row: row.filing.reference),
    RowColumn("Unit", lambda row: row.position),
    RowColumn("Recall", lambda row: row.recall.slug),
    RowColumn("Sent at (UTC)", lambda row: _iso(row.filing.filed_at)),
    RowColumn("State", lambda row: row.state),
    RowColumn("State since (UTC)", lambda row: _iso(row.state_since)),
    RowColumn("List", lambda row: row.desk),
    RowColumn("Promised on", lambda row: _iso(row.promised_on)),
)


def _decision_columns(*, names_people: bool) -> tuple[RowColumn[Decision], ...]:
    second = RowColumn[Decision](
        "Second person", lambda row: row.settled_by.name if row.settled_by else ""
    )
    return (
        RowColumn("Reference", lambda row: row.claim.filing.reference),
        RowColumn("Unit", lambda row: row.claim.position),
        RowColumn("Recall", lambda row: row.claim.recall.slug),
        RowColumn("Decision", lambda row: row.pk),
        RowColumn("Kind", lambda row: row.kind),
        RowColumn("What became of it", lambda row: row.state),
        RowColumn("Made by", _by(names_people)),
        RowColumn("Made at (UTC)", lambda row: _iso(row.at)),
        RowColumn("Of the day of (UTC)", lambda row: _iso(row.settled_at or row.at)),
        *((second,) if names_people else ()),
        RowColumn("Waited since (UTC)", lambda row: _iso(row.waited_since)),
        RowColumn("Waited, in seconds", _waited),
        RowColumn("Sent at (UTC)", lambda row: _iso(row.claim.filing.filed_at)),
        RowColumn("Promised on", lambda row: str(row.grounds.get("promised_on") or "")),
        RowColumn("Reasons", lambda row: " ".join(row.reasons)),
    )


def _waited(row: Decision) -> Cell:
    return int(((row.settled_at or row.at) - row.waited_since).total_seconds())


def titles_of(selection: Selection, *, by: Staff) -> list[str]:
    """The columns with which the rows are told."""
    return [column.title for column in _columns(selection, by)]


def cells_of(rows: QuerySet[Any, Any], selection: Selection, *, by: Staff) -> Iterator[list[Cell]]:
    """The rows, each as its cells, without what is sealed."""
    columns, before = _columns(selection, by), "claim__"
    joined = ["filing", "recall"]
    if rows.model is Decision:
        joined = ["claim__filing", "claim__recall", "by", "settled_by"]
    else:
        before = ""
    light = rows.select_related(*joined).defer(*(before + field for field in SEALED_FIELDS))
    for row in light.iterator(chunk_size=AT_ONCE):
        yield [column.value(row) for column in columns]


def _columns(selection: Selection, by: Staff) -> tuple[RowColumn[Any], ...]:
    if selection.figure in OF_CLAIMS:
        return CLAIM_COLUMNS
    return _decision_columns(names_people=may_see_people(by))
