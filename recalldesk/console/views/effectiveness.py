"""How effective a recall is: the report, as a page and as a file, and the rows behind it."""

from collections.abc import Callable
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.errors import NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import CONTENT_TYPES, MOST_IN_WORKBOOK
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.effectiveness_shown import headlines_of, panels_of
from recalldesk.console.recall_named import looked_at_last, stay_on
from recalldesk.console.seat_named import ask_url, seen_recall_or_404
from recalldesk.foundation.problem import Problem
from recalldesk.inquiries.errors import NoSeat
from recalldesk.inquiries.seats import is_authority, recalls_seen_by
from recalldesk.recalls.models import Recall
from recalldesk.reports.effectiveness import exporting, handing_out
from recalldesk.reports.effectiveness.figures import Effectiveness, effectiveness_of
from recalldesk.reports.effectiveness.rows import COLUMNS, AnyRows, rows_behind, told
from recalldesk.reports.effectiveness.selection import NoSuchRows, Selected, query_of, selected_in
from recalldesk.reports.effectiveness.tables import tables_of
from recalldesk.reports.effectiveness.words import narrowed_to

ROWS_SHOWN = 100
FURTHEST_PAGE = 1_000
"""Beyond it a file serves better: a page far on takes as long as all those before it."""


@require_safe
def effectiveness_start(request: DeskRequest) -> HttpResponse:
    """Of the recall that was looked at last, or the first."""
    recalls = recalls_seen_by(request.user)
    slugs = [each.slug for each in recalls]
    asked = request.GET.get("recall") or looked_at_last(request)
    if not slugs:
        return page(request, "effectiveness.html", {"recalls": []})
    return _report(request, recalls[slugs.index(asked)] if asked in slugs else recalls[0])


@require_safe
def effectiveness(request: DeskRequest, slug: str) -> HttpResponse:
    """The page."""
    return _report(request, seen_recall_or_404(slug, by=request.user))


@require_safe
def effectiveness_file(request: DeskRequest, slug: str, form: str) -> HttpResponseBase:
    """All of it as a file; of CSV one table."""
    found = _found(request, seen_recall_or_404(slug, by=request.user))
    if form == "csv":
        return _table(request, found)
    makes: dict[str, tuple[Callable[[Effectiveness], str | bytes], str]] = {
        "json": (exporting.as_json, "application/json"),
        "xlsx": (exporting.as_xlsx, CONTENT_TYPES[SheetForm.XLSX]),
        "pdf": (handing_out.pdf_of, "application/pdf"),
    }
    if form not in makes:
        raise Http404
    make, content_type = makes[form]
    return _attached(HttpResponse(make(found), content_type), exporting.named(found, form))


@require_http_methods(["GET", "HEAD", "POST"])
def effectiveness_rows(request: DeskRequest, slug: str) -> HttpResponseBase:
    """The rows behind a number, a page of them; or all of them as a file."""
    recall = seen_recall_or_404(slug, by=request.user)
    try:
        chosen = selected_in(request.GET.dict())
    except NoSuchRows as problem:
        values = {"problem": problem, "recall": recall}
        return page(request, "effectiveness_rows.html", values, status=404)
    if request.method != "POST":
        return _rows(request, recall, chosen)
    form = request.POST.get("form", "")
    try:
        made = handing_out.export_rows(
            recall,
            chosen,
            by=request.user,
            form=SheetForm(form) if form in SheetForm.values else SheetForm.CSV,
            reason=request.POST.get("reason", ""),
        )
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except (NoReasonForExport, TooManyForWorkbook) as problem:
        return _rows(request, recall, chosen, problem)
    return _attached(StreamingHttpResponse(made.parts, content_type=made.content_type), made.name)


def _found(request: DeskRequest, recall: Recall) -> Effectiveness:
    try:
        return effectiveness_of(recall, by=request.user)
    except NoSeat as gone:  # it ended just now
        raise Http404 from gone


def _report(request: DeskRequest, recall: Recall) -> HttpResponse:
    found = _found(request, recall)
    stay_on(request, recall.slug)
    values = {
        "recalls": [each.slug for each in recalls_seen_by(request.user)],
        "recall": recall,
        "ask_url": ask_url(request, recall),
        "found": found,
        "headlines": headlines_of(found),
        "panels": panels_of(found),
        "is_empty": not found.whole.corrected and not found.reach.whole.units,
    }
    return page(request, "effectiveness.html", values)


def _table(request: DeskRequest, found: Effectiveness) -> HttpResponseBase:
    for table in tables_of(found):
        if table.part == request.GET.get("table", ""):
            response = StreamingHttpResponse(
                exporting.as_csv(table), content_type=CONTENT_TYPES[SheetForm.CSV]
            )
            return _attached(response, exporting.named(found, f"{table.part}.csv"))
    raise Http404


def _attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _rows(
    request: DeskRequest, recall: Recall, chosen: Selected, problem: Problem | None = None
) -> HttpResponse:
    pages: Paginator[Any] = Paginator(rows_behind(recall, chosen, by=request.user), ROWS_SHOWN)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() else 1
    shown = pages.get_page(min(number, FURTHEST_PAGE))
    columns = COLUMNS[chosen.rows]
    values = {
        "recall": recall,
        "ask_url": ask_url(request, recall),
        "chosen": chosen,
        "narrowed_to": narrowed_to(chosen),
        "count": pages.count,
        "heads": [column.title for column in columns],
        "rows": [
            [column.value(row) for column in columns]
            for row in told(cast(AnyRows, shown.object_list))
        ],
        "pages": shown,
        "query": query_of(chosen),
        "may_export": request.user.may(Permission.EXPORT_LIST) and not is_authority(request.user),
        "forms": SheetForm.choices,
        "form": request.POST.get("form", SheetForm.CSV.value),
        "most_in_workbook": f"{MOST_IN_WORKBOOK:,}",
        "problem": problem,
        "back": reverse("console:effectiveness", args=[recall.slug]),
    }
    return page(request, "effectiveness_rows.html", values, status=422 if problem else 200)
