"""The rows behind a figure, or one of its tables, as a file: how many, what for, and the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.claims.desk_queue.errors import NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import MOST_IN_WORKBOOK, Export
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.console.figures_asked import Asked, asked_in
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.reports.desk_figures.definitions import DEFINITIONS, WHEN, Definition, Figure
from recalldesk.reports.desk_figures.exporting import (
    count_behind,
    export_rows,
    export_table,
    table_named,
)
from recalldesk.reports.desk_figures.selection import (
    Behind,
    NoSuchFigure,
    Selection,
    query_of,
    selection_in,
)
from recalldesk.reports.desk_figures.spans import AGES, TIMES, span_named
from recalldesk.reports.desk_figures.tables import BY, Table, reason_words


@dataclass(frozen=True)
class Wanted:
    """What is to be handed out: the rows behind a number or, where `table` is there, a table."""

    asked: Asked
    behind: Behind
    table: Table | None
    count: int

    @property
    def definition(self) -> Definition:
        """What it is called, and what is counted."""
        return self.table.definition if self.table else DEFINITIONS[self.behind.selection.figure]


@require_http_methods(["GET", "HEAD", "POST"])
def figure_rows(request: DeskRequest) -> HttpResponseBase:
    """The form, or the file."""
    try:
        wanted = _wanted(request.GET.dict(), request.user)
    except NoSuchFigure as problem:
        return page(request, "figure_rows.html", {"problem": problem}, status=404)
    except NotPermitted as problem:
        return page(request, "denied.html", {"problem": problem}, status=403)
    if request.method != "POST":
        return _form(request, wanted)
    try:
        made = _made(request, wanted)
    except (NoReasonForExport, TooManyForWorkbook) as problem:
        return _form(request, wanted, problem)
    return handed_out(made)


def _wanted(query: Mapping[str, str], by: Staff) -> Wanted:
    asked = asked_in(query, today=clock.now().date())
    if asked.said:  # other rows than those of the number would be worse than none
        raise NoSuchFigure
    selection = selection_in(query)
    behind = Behind(asked.recall, asked.period, selection)
    if "table" in query:
        table = table_named(query["table"], behind, asked.recall_ids, by=by)
        return Wanted(asked, behind, table, len(list(table.all_lines)))
    return Wanted(asked, behind, None, count_behind(behind, asked.recall_ids, by=by))


def _made(request: DeskRequest, wanted: Wanted) -> Export:
    form, reason = request.POST.get("form", ""), request.POST.get("reason", "")
    chosen = SheetForm(form) if form in SheetForm.values else SheetForm.CSV
    by, behind = request.user, wanted.behind
    if wanted.table is not None:
        return export_table(wanted.table, behind, by=by, form=chosen, reason=reason)
    return export_rows(behind, wanted.asked.recall_ids, by=by, form=chosen, reason=reason)


def _form(request: DeskRequest, wanted: Wanted, problem: Problem | None = None) -> HttpResponse:
    table = wanted.table.key if wanted.table else ""
    period, recall = wanted.asked.period, wanted.asked.recall
    back = {"recall": recall, "from": str(period.first), "to": str(period.last)}
    values = {
        "wanted": wanted,
        "when": WHEN,
        "narrowed_to": [] if table else list(_narrowed_to(wanted.behind.selection)),
        "query": (f"table={table}&" if table else "") + query_of(wanted.behind),
        "back_url": f"{reverse('console:figures')}?{urlencode(back)}",
        "forms": SheetForm.choices,
        "most_in_workbook": f"{MOST_IN_WORKBOOK:,}",
        "form": request.POST.get("form", SheetForm.CSV.value),
        "problem": problem,
    }
    return page(request, "figure_rows.html", values, status=422 if problem else 200)


def _narrowed_to(chosen: Selection) -> list[str]:
    """What the figure is narrowed to, in words."""
    said = []
    if chosen.who:
        said.append(BY[chosen.who].lower())
    if chosen.day:
        said.append(f"on {chosen.day}")
    if chosen.span:
        spans = AGES if chosen.figure is Figure.WAITING else TIMES
        span = span_named(spans, chosen.span)
        said += [span.title.lower()] if span else []
    said += [str(each.label).lower() for each in (chosen.kind, chosen.list) if each]
    if chosen.settled:
        said.append(str(chosen.settled.label).lower())
    if chosen.reason:
        said.append(reason_words(chosen.reason))
    if chosen.staff:
        person = Staff.objects.filter(pk=chosen.staff).first()
        said.append(person.name if person else f"staff {chosen.staff}")
    return said
