"""The lists of incidents, and the page of one.

Guarantee: nothing of a person stands in an address or, unmasked, on either page.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.incident_forms import ReportForm
from recalldesk.console.incident_shown import address_of, table_of, values_of
from recalldesk.console.incident_words import (
    BY_KEY,
    HAPPENED,
    LISTS,
    SOURCES,
    STATES,
    ListOfIncidents,
)
from recalldesk.console.queue_choices import Choice
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.desk_lists import (
    MOST_COUNTED,
    NO_RECALL,
    HurtOrNot,
    IncidentFilters,
    counts_of_lists,
    filters_in,
    incident_exists,
    incidents_page,
    query_of,
)
from recalldesk.incidents.desk_page import IncidentSeen, incident_seen
from recalldesk.incidents.erasing import holds_on_incident
from recalldesk.incidents.errors import NoSuchIncident
from recalldesk.keeping.holds_shown import holds_shown
from recalldesk.recalls.reads import every_recall, live_recalls

LONGEST_NUMBER = 18
HURT = {HurtOrNot.YES: "somebody hurt", HurtOrNot.NO: "nobody told of"}


@dataclass(frozen=True)
class Tab:
    """A list beside the others. `count` is empty where it is not worked off."""

    shown: ListOfIncidents
    url: str
    count: str
    is_here: bool


@require_safe
def incidents(request: DeskRequest) -> HttpResponse:
    """A page of a list; a number that was typed leads to its incident."""
    sent = request.GET.dict()
    number = sent.get("number", "").strip()
    if (found := _numbered(number)) and incident_exists(found, by=request.user):
        return HttpResponseRedirect(address_of(found), status=303)
    filters, is_refused = filters_in(sent)
    shown = incidents_page(filters, by=request.user, after=sent.get("after", ""))
    values = {
        "list": BY_KEY[filters.list],
        "filters": filters,
        "is_refused": is_refused,
        "not_found": number[:LONGEST_NUMBER],
        "tabs": _tabs(request, filters),
        "may_import": request.user.may(Permission.IMPORT_INCIDENTS),
        "choices": _choices(filters),
        "rows": table_of(shown.rows, clock.now()),
        "count": _counted(shown.count),
        "first_url": _to(filters) if sent.get("after") else "",
        "after_url": _to(filters, after=shown.after) if shown.after else "",
    }
    return page(request, "incidents/list.html", values)


@require_safe
def incident(request: DeskRequest, number: int) -> HttpResponse:
    """The page of one."""
    return shown_incident(request, number)


def shown_incident(
    request: DeskRequest,
    number: int,
    *,
    problem: Problem | None = None,
    form: ReportForm | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, also with what could not be done and what was typed for it."""
    try:
        seen = incident_seen(number, by=request.user)
    except NoSuchIncident as missing:
        raise Http404 from missing
    now = clock.now()
    values: dict[str, Any] = values_of(seen, now) | {
        "problem": problem,
        "holds": holds_shown(holds_on_incident(number), by=request.user),
        "typed": typed or {},
        "form": form or _report_form(seen, now),
        "may_decide": request.user.may(Permission.DECIDE_INCIDENT),
        "may_see": request.user.may(Permission.SEE_HEALTH),
        "may_enter": request.user.may(Permission.ENTER_INCIDENT),
        "recalls": [] if seen.incident.recall_id else [each.slug for each in every_recall()],
    }
    return page(request, "incidents/incident.html", values, status=status)


def _report_form(seen: IncidentSeen, now: datetime) -> ReportForm:
    """The form of a report: with what stands there where it was made already."""
    initial = {
        "reference": seen.incident.authority_reference,
        "reported_at": seen.incident.reported_at or now,
    }
    return ReportForm(initial=initial, auto_id="report-%s", label_suffix="")


def _numbered(text: str) -> int:
    """The number that somebody typed; 0 where it is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else 0


def _tabs(request: DeskRequest, filters: IncidentFilters) -> list[Tab]:
    counts = counts_of_lists(by=request.user, recall=filters.recall)
    return [
        Tab(
            each,
            _to(IncidentFilters(list=each.key, recall=filters.recall)),
            _counted(counts[each.key]) if each.key in counts else "",
            each.key is filters.list,
        )
        for each in LISTS
    ]


def _counted(count: int) -> str:
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}"


def _to(filters: IncidentFilters, *, after: str = "") -> str:
    query = query_of(replace(filters), after=after)
    return reverse("console:incidents") + (f"?{query}" if query else "")


def _choices(filters: IncidentFilters) -> list[Choice]:
    """What the list can be narrowed to."""
    recalls = {live.slug: live.slug for live in live_recalls()} | {NO_RECALL: "not known"}
    if filters.recall:
        recalls.setdefault(filters.recall, filters.recall)
    offered: tuple[tuple[str, str, str, dict[Any, str]], ...] = (
        ("recall", "Recall", "every recall", recalls),
        ("state", "State", "any state", dict(STATES)),
        ("happened", "What", "anything", dict(HAPPENED)),
        ("source", "Came by", "any way", dict(SOURCES)),
        ("hurt", "People", "hurt or not", dict(HURT)),
    )
    return [
        Choice(
            name,
            label,
            str(getattr(filters, name) or ""),
            (("", without), *((str(value), words) for value, words in options.items())),
        )
        for name, label, without, options in offered
    ]
