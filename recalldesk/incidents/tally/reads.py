"""Reads the reports that count, all at once.

Guarantees: a report that tells of the same event as another is not among them; neither is what was
struck; nothing sealed is opened.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.looking import Looking, require_look
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.states import Care, Happened, IncidentState
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.figures import Told
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version


class DayOf(StrEnum):
    """By which day a report is of a period."""

    OBTAINED = "obtained"
    TOLD = "told"


@dataclass(frozen=True)
class Days:
    """Reports of some days only, both included; open where None. Of UTC."""

    first: date | None = None
    last: date | None = None
    by: DayOf = DayOf.OBTAINED


ALL = Days()


def tally_of(recall: Recall, *, by: Looking, days: Days = ALL) -> Tally:
    """The tally of a recall. Raises NotPermitted."""
    require_look(by, Permission.SEE_INCIDENTS, [recall.pk])
    rows = _within(Incident.objects.filter(recall=recall, same_as__isnull=True), days)
    found = rows.order_by("pk").values_list(
        "pk", "state", "happened", "nothing_happened", "happened_on"
    )
    cares, damages = _cares(rows), _damages(rows)
    told = tuple(
        Told(
            number=number,
            state=IncidentState(state),
            happened=Happened(happened) if happened else None,
            # What the desk learned since goes before what a file feared.
            nothing_happened=nothing and not (happened or cares[number] or damages[number]),
            happened_on=happened_on,
            cares=tuple(cares[number]),
            damages=tuple(damages[number]),
        )
        for number, state, happened, nothing, happened_on in found
    )
    return Tally(told, announced_on(recall))


def announced_on(recall: Recall) -> date | None:
    """The day on which a recall was announced, as its live version says, or its newest one."""
    version = live_version(recall) or newest_version(recall)
    return document_of(version).announced if version else None


def of_no_recall(*, by: Staff) -> int:
    """How many reports are of no recall yet: no tally counts them. Raises NotPermitted."""
    require(by, Permission.SEE_INCIDENTS)
    return Incident.objects.filter(recall__isnull=True, same_as__isnull=True).count()


def _within(rows: QuerySet[Incident], days: Days) -> QuerySet[Incident]:
    if days.first is not None:
        begins = datetime.combine(days.first, time(), tzinfo=UTC)
        since = Q(obtained_at__gte=begins)
        if days.by is DayOf.TOLD:
            since = Q(told_on__gte=days.first) | Q(told_on__isnull=True) & since
        rows = rows.filter(since)
    if days.last is not None:
        ends = datetime.combine(days.last + timedelta(days=1), time(), tzinfo=UTC)
        until = Q(obtained_at__lt=ends)
        if days.by is DayOf.TOLD:
            until = Q(told_on__lte=days.last) | Q(told_on__isnull=True) & until
        rows = rows.filter(until)
    return rows


def _cares(rows: QuerySet[Incident]) -> dict[int, list[Care]]:
    found: dict[int, list[Care]] = defaultdict(list)
    injuries: Any = Injury.objects.filter(incident__in=rows, struck_at=None).order_by("pk")
    for number, care in injuries.values_list("incident_id", "care"):
        found[number].append(Care(care))
    return found


def _damages(rows: QuerySet[Incident]) -> dict[int, list[tuple[Decimal | None, str]]]:
    found: dict[int, list[tuple[Decimal | None, str]]] = defaultdict(list)
    damages: Any = Damage.objects.filter(incident__in=rows, struck_at=None).order_by("pk")
    for number, amount, currency in damages.values_list("incident_id", "amount", "currency"):
        found[number].append((amount, currency))
    return found


def recall_of_newest_report() -> int | None:
    """The recall of the report that came last, of those whose recall is known."""
    rows = Incident.objects.filter(recall__isnull=False).order_by("-pk")
    return rows.values_list("recall_id", flat=True).first()
