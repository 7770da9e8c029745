"""The lists of incidents that the desk works through, page by page.

Guarantees: whatever waits for a person stands in a list of its own; a page begins behind its place
whatever came meanwhile; a row says nothing of a person but how many were hurt, and how badly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation import clock
from recalldesk.incidents.alike import may_be_told_twice
from recalldesk.incidents.models import Incident, Injury
from recalldesk.incidents.rules import TO_DECIDE_IN, Clock
from recalldesk.incidents.states import Care, Happened, IncidentSource, IncidentState
from recalldesk.incidents.waiting import since

PAGE_SIZE = 50
MOST_COUNTED = 1_000
LONGEST_PLACE = 60
NO_RECALL = "none"
"""In the place of a recall's name: those of which nobody knows the recall."""


class IncidentList(StrEnum):
    """A list, by its name in addresses."""

    DECIDE = "decide"
    NEWS = "news"
    TWICE = "twice"
    DECIDED = "decided"
    ALL = "all"


class HurtOrNot(StrEnum):
    """Whether somebody was hurt."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class IncidentFilters:
    """A list and what it is narrowed to; empty or None where by nothing."""

    list: IncidentList = IncidentList.DECIDE
    recall: str = ""
    state: IncidentState | None = None
    happened: Happened | None = None
    source: IncidentSource | None = None
    hurt: HurtOrNot | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the list is named."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "list")


@dataclass(frozen=True)
class Hurting:
    """People of one incident who were hurt: how many, and the gravest care that any had."""

    people: int = 0
    care: Care | None = None


@dataclass(frozen=True)
class IncidentRow:
    """One incident as it is listed. `clock`: None where nothing waits to be decided."""

    number: int
    recall: str
    state: IncidentState
    source: IncidentSource
    happened: Happened | None
    country: str
    obtained_at: datetime
    clock: Clock | None
    hurt: Hurting
    reports: int
    same_as: int | None
    has_news: bool
    decided_at: datetime | None


@dataclass(frozen=True)
class IncidentPage:
    """A page of a list. `after`: the place of the next page, or empty; `count`: how many stand in
    the list with its filters, up to one more than `MOST_COUNTED`."""

    rows: tuple[IncidentRow, ...]
    after: str
    count: int


GRAVEST: Sequence[Care] = (
    Care.DEATH,
    Care.HOSPITAL,
    Care.DOCTOR,
    Care.FIRST_AID,
    Care.UNKNOWN,
    Care.NONE,
)
READ_BY: Mapping[str, Any] = {
    "list": IncidentList,
    "state": IncidentState,
    "happened": Happened,
    "source": IncidentSource,
    "hurt": HurtOrNot,
}


def filters_in(query: Mapping[str, str]) -> tuple[IncidentFilters, bool]:
    """The filters of an address, and whether something that is none was left out."""
    read: dict[str, Any] = {}
    is_refused = False
    for name, kind in READ_BY.items():
        text = query.get(name, "")
        if text in [each.value for each in kind]:
            read[name] = kind(text)
        else:
            is_refused |= bool(text)
    recall = query.get("recall", "")
    if recall.isascii() and recall.replace("-", "").isalnum() and len(recall) <= 60:
        read["recall"] = recall
    else:
        is_refused |= bool(recall)
    return IncidentFilters(**read), is_refused


def query_of(filters: IncidentFilters, *, after: str = "") -> str:
    """What stands behind the question mark."""
    named = {
        each.name: str(value) for each in fields(filters) if (value := getattr(filters, each.name))
    }
    if filters.list is IncidentList.DECIDE:
        del named["list"]
    return urlencode(named | ({"after": after} if after else {}))


def incidents_page(
    filters: IncidentFilters, *, by: Staff, after: str = "", size: int = PAGE_SIZE
) -> IncidentPage:
    """A page of a list. A place that is none is the beginning. Raises NotPermitted."""
    require(by, Permission.SEE_INCIDENTS)
    rows = _narrowed(filters)
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    key, goes_up = _order_of(filters.list)
    rows = rows.annotate(key=key, since=since()).select_related("recall")
    if (place := _place_in(after)) is not None:
        at, number = place
        beyond = "gt" if goes_up else "lt"
        rows = rows.filter(Q(**{f"key__{beyond}": at}) | Q(key=at, **{f"pk__{beyond}": number}))
    ordered = rows.order_by(*(("key", "pk") if goes_up else ("-key", "-pk")))
    found = list(ordered[: size + 1])
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    return IncidentPage(
        rows=_rows(shown),
        after=f"{last.key.isoformat()}_{last.pk}" if last else "",
        count=count,
    )


WORKED_OFF = (IncidentList.DECIDE, IncidentList.NEWS, IncidentList.TWICE)


def counts_of_lists(
    *, by: Staff, recall: str = "", lists: Sequence[IncidentList] = WORKED_OFF
) -> dict[IncidentList, int]:
    """How many stand in each of these lists, up to one more than `MOST_COUNTED`. Raises
    NotPermitted."""
    require(by, Permission.SEE_INCIDENTS)
    return {
        each: _narrowed(IncidentFilters(list=each, recall=recall))[: MOST_COUNTED + 1].count()
        for each in lists
    }


def over_time(*, by: Staff) -> int:
    """Of how many that are to be decided the clock is over. Raises NotPermitted."""
    require(by, Permission.SEE_INCIDENTS)
    rows = _narrowed(IncidentFilters()).annotate(since=since())
    return rows.filter(since__lte=clock.now() - TO_DECIDE_IN)[: MOST_COUNTED + 1].count()


def incident_exists(number: int, *, by: Staff) -> bool:
    """Whether there is one of this number. Raises NotPermitted."""
    require(by, Permission.SEE_INCIDENTS)
    return Incident.objects.filter(pk=number).exists()


def _narrowed(filters: IncidentFilters) -> QuerySet[Incident]:
    rows = Incident.objects.filter(_of_list(filters.list))
    if filters.recall == NO_RECALL:
        rows = rows.filter(recall=None)
    elif filters.recall:
        rows = rows.filter(recall__slug=filters.recall)
    for name in ("state", "happened", "source"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.hurt:
        hurt = Exists(Injury.objects.filter(incident=OuterRef("pk"), struck_at=None))
        rows = rows.filter(hurt if filters.hurt is HurtOrNot.YES else ~hurt)
    return rows


def _of_list(named: IncidentList) -> Q:
    if named is IncidentList.DECIDE:
        return Q(state=IncidentState.OBTAINED, same_as=None)
    if named is IncidentList.NEWS:
        return Q(learned_at__isnull=False, same_as=None)
    if named is IncidentList.TWICE:
        return may_be_told_twice()
    if named is IncidentList.DECIDED:
        return ~Q(state=IncidentState.OBTAINED)
    return Q()


def _order_of(named: IncidentList) -> tuple[Combinable, bool]:
    """By what a list is sorted, and whether the first is the lowest."""
    if named is IncidentList.DECIDE:
        return since(), True
    if named is IncidentList.NEWS:
        return F("learned_at"), True
    if named is IncidentList.DECIDED:
        return F("decided_at"), False
    return F("obtained_at"), False


def _place_in(text: str) -> tuple[datetime, int] | None:
    moment, _, number = text.partition("_")
    if len(text) > LONGEST_PLACE or not (number.isascii() and number.isdecimal()):
        return None
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, int(number)) if at.tzinfo and len(number) < 19 else None


def _rows(incidents: Sequence[Incident]) -> tuple[IncidentRow, ...]:
    numbers = [each.pk for each in incidents]
    hurt = hurting(numbers)
    joined: dict[int, int] = {}
    for same_as in Incident.objects.filter(same_as__in=numbers).values_list("same_as", flat=True):
        joined[same_as or 0] = joined.get(same_as or 0, 0) + 1
    return tuple(
        _row(each, hurt.get(each.pk, Hurting()), 1 + joined.get(each.pk, 0)) for each in incidents
    )


def hurting(numbers: Sequence[int]) -> dict[int, Hurting]:
    """Who was hurt in each incident, as far as it stands: by one query, and nothing is opened."""
    found: dict[int, Hurting] = {}
    rows = Injury.objects.filter(incident_id__in=numbers, struck_at=None)
    for number, care in rows.values_list("incident_id", "care"):
        before = found.get(number, Hurting())
        cares = [each for each in (before.care, Care(care)) if each]
        found[number] = replace(
            before, people=before.people + 1, care=min(cares, key=GRAVEST.index)
        )
    return found


def _row(incident: Incident, hurt: Hurting, reports: int) -> IncidentRow:
    state = IncidentState(incident.state)
    waits = state is IncidentState.OBTAINED and incident.same_as_id is None
    return IncidentRow(
        number=incident.pk,
        recall=incident.recall.slug if incident.recall else "",
        state=state,
        source=IncidentSource(incident.source),
        happened=Happened(incident.happened) if incident.happened else None,
        country=incident.country,
        obtained_at=incident.obtained_at,
        clock=Clock(incident.since) if waits else None,  # type: ignore[attr-defined]  # annotated
        hurt=hurt,
        reports=reports,
        same_as=incident.same_as_id,
        has_news=incident.learned_at is not None,
        decided_at=incident.decided_at,
    )
