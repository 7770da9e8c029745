"""A list as a file: how many rows, which columns, what for."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.columns import COLUMNS
from recalldesk.claims.desk_queue.errors import NoColumns, NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import MOST_IN_WORKBOOK, export_list, rows_in
from recalldesk.claims.desk_queue.filters import Filters, filters_in, query_of
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.console.lists import BY_KEY
from recalldesk.console.queue_choices import choices_for
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.reads import live_recalls


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: DeskRequest) -> HttpResponseBase:
    """The form, or the file."""
    filters, _ = filters_in(request.GET.dict())
    if request.method != "POST":
        return _form(request, filters)
    wanted = request.POST.get("form", "")
    try:
        made = export_list(
            filters=filters,
            by=request.user,
            columns=request.POST.getlist("column"),
            form=SheetForm(wanted) if wanted in SheetForm.values else SheetForm.CSV,
            reason=request.POST.get("reason", ""),
        )
    except (NoReasonForExport, NoColumns, TooManyForWorkbook) as problem:
        return _form(request, filters, problem, status=422)
    except NotPermitted as problem:
        return _form(request, filters, problem, status=403)
    return handed_out(made)


def _form(
    request: DeskRequest, filters: Filters, problem: Problem | None = None, *, status: int = 200
) -> HttpResponse:
    count = rows_in(filters, by=request.user)
    may_see = request.user.may(Permission.SEE_PERSONAL)
    chosen = request.POST.getlist("column") if problem else []
    columns = [
        (column, column.key in chosen if chosen else not column.is_personal) for column in COLUMNS
    ]
    values = {
        "list": BY_KEY[filters.list],
        "query": query_of(filters),
        "narrowed_to": [
            (choice.label, dict(choice.options)[choice.chosen])
            for choice in choices_for(filters, live_recalls())
            if choice.chosen
        ],
        "count_words": f"{count:,} {'claim' if count == 1 else 'claims'}",
        "plain": [each for each in columns if not each[0].is_personal],
        "personal": [each for each in columns if each[0].is_personal] if may_see else [],
        "forms": SheetForm.choices,
        "most_in_workbook": f"{MOST_IN_WORKBOOK:,}",
        "form": request.POST.get("form", SheetForm.CSV.value),
        "reason": request.POST.get("reason", ""),
        "problem": problem,
    }
    return page(request, "export.html", values, status=status)
