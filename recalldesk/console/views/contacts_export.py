"""The list of contacts as a file: how many, what for, and the file."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from recalldesk.claims.desk.contact_export import contacts_counted, export_contacts, named
from recalldesk.claims.desk.contact_list import ContactFilters
from recalldesk.claims.desk_queue.errors import NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import MOST_IN_WORKBOOK
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.console.views.contacts import filters_in
from recalldesk.foundation.problem import Problem


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: DeskRequest) -> HttpResponseBase:
    """The form, or the file."""
    filters, _ = filters_in(request.GET.dict())
    if request.method != "POST":
        return _form(request, filters)
    wanted = request.POST.get("form", "")
    try:
        made = export_contacts(
            filters=filters,
            by=request.user,
            form=SheetForm(wanted) if wanted in SheetForm.values else SheetForm.CSV,
            reason=request.POST.get("reason", ""),
        )
    except (NoReasonForExport, TooManyForWorkbook) as problem:
        return _form(request, filters, problem)
    return handed_out(made)


def _form(
    request: DeskRequest, filters: ContactFilters, problem: Problem | None = None
) -> HttpResponse:
    values = {
        "count": contacts_counted(filters, by=request.user),
        "narrowed_to": list(named(filters).values()),
        "query": urlencode(named(filters)),
        "forms": SheetForm.choices,
        "most_in_workbook": f"{MOST_IN_WORKBOOK:,}",
        "form": request.POST.get("form", SheetForm.CSV.value),
        "problem": problem,
    }
    return page(request, "contacts_export.html", values, status=422 if problem else 200)
