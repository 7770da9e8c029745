"""The rows behind a cell of the report, a page of them; or all of them as a file.

Guarantee: rows are masked for everybody; whoever takes them all says why, and each look of an
authority stands in the log.
"""

from collections.abc import Iterator

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.errors import NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import MOST_IN_WORKBOOK
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.console.reports_asked import DaysAsked, days_asked, place_in, query_of
from recalldesk.console.reports_shown import row_address
from recalldesk.console.seat_named import ask_url, seen_recall_or_404
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import Cell
from recalldesk.inquiries.seats import note_look
from recalldesk.recalls.models import Recall
from recalldesk.reports.progress.cells.every import LEDGERS, NoSuchCell, cell_named
from recalldesk.reports.progress.counting import Row, rows_of
from recalldesk.reports.progress.exporting import export_rows
from recalldesk.reports.progress.figures import CellOf, Span
from recalldesk.reports.progress.report import cell_count

PAGE_SIZE = 100
HEADS = ("Row", "Adds", "Counts from (UTC)")


@require_http_methods(["GET", "HEAD", "POST"])
def progress_rows(request: DeskRequest, slug: str, name: str) -> HttpResponseBase:
    """The rows; to a POST all of them, as a file."""
    recall = seen_recall_or_404(slug, by=request.user)
    asked = days_asked(request.GET.dict(), today=clock.now().date())
    try:
        cell = cell_named(name)
        if asked.said:  # other rows than those of the number would be worse than none
            raise NoSuchCell
    except NoSuchCell as problem:
        values = {"problem": problem, "recall": recall}
        return page(request, "reports/rows.html", values, status=404)
    if request.method != "POST":
        note_look(request.user, recall, rows=f"progress report, {cell.name}, {asked.query}")
        return _page(request, recall, cell, asked)
    form = request.POST.get("form", "")
    try:
        made = export_rows(
            recall,
            asked.period,
            cell,
            by=request.user,
            form=SheetForm(form) if form in SheetForm.values else SheetForm.CSV,
            reason=request.POST.get("reason", ""),
        )
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except (NoReasonForExport, TooManyForWorkbook) as problem:
        return _page(request, recall, cell, asked, problem)
    return handed_out(made)


def _page(
    request: DeskRequest,
    recall: Recall,
    cell: CellOf,
    asked: DaysAsked,
    problem: Problem | None = None,
) -> HttpResponse:
    after = place_in(request.GET.dict())
    number = cell_count(recall, asked.period, cell, by=request.user)
    found = list(rows_of(recall, asked.period, cell, after=after, most=PAGE_SIZE + 1))
    rows, is_more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    here = reverse("console:progress_rows", args=[recall.slug, cell.name])
    further = f"{rows[-1].at.isoformat()},{rows[-1].number}" if is_more else ""
    values = {
        "recall": recall,
        "ask_url": ask_url(request, recall),
        "asked": asked,
        "cell": cell,
        "span": "this period" if cell.span is Span.PERIOD else "so far",
        "number": f"{number:,}",
        "heads": [*HEADS, *LEDGERS[cell.figure.ledger].heads],
        "rows": [list(_cells(each, recall, request)) for each in rows],
        "query": asked.query,
        "first_url": f"{here}?{asked.query}" if after else "",
        "further_url": f"{here}?{query_of(asked.period, after=further)}" if further else "",
        "may_export": request.user.may(Permission.EXPORT_LIST),
        "forms": SheetForm.choices,
        "form": request.POST.get("form", SheetForm.CSV.value),
        "most_in_workbook": f"{MOST_IN_WORKBOOK:,}",
        "problem": problem,
    }
    return page(request, "reports/rows.html", values, status=422 if problem else 200)


def _cells(row: Row, recall: Recall, request: DeskRequest) -> Iterator[tuple[str, Cell, str]]:
    """Each cell with where it leads: the first one that is told leads to what the row is about."""
    yield "Row", row.number, row_address(row.told, recall, request.user)
    yield "Adds", f"{row.adds:+,}", ""
    yield "Counts from (UTC)", f"{row.at:%Y-%m-%d %H:%M}", ""
    for value in row.told.cells:
        yield "", value, ""
