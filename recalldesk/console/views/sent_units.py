"""Whom replacements were sent to: looked for by article, batch or serial, and taken as a list."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.errors import NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.remedying.sent_units import (
    Counted,
    NoUnitsNamed,
    Sought,
    count_sent,
    list_owners,
)
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.foundation.problem import Problem

LONGEST_ARTICLE = 200
LONGEST_TEXT = 600_000
FIELDS = ("article", "batches", "serials", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
def sent_units(request: DeskRequest) -> HttpResponseBase:
    """The form, what it would list, or the list."""
    if request.method != "POST":
        return _form(request)
    sought = Sought(
        article=request.POST.get("article", "").strip()[:LONGEST_ARTICLE],
        serials=_lines(request, "serials"),
        lots=_lines(request, "batches"),
        also_unknown="unknown" in request.POST,
    )
    try:
        found = count_sent(sought, by=request.user)
        if request.POST.get("do") != "take" or not found.listed:
            return _form(request, found=found)
        form = request.POST.get("form", "")
        made = list_owners(
            sought,
            by=request.user,
            form=SheetForm(form) if form in SheetForm.values else SheetForm.CSV,
            reason=request.POST.get("reason", ""),
        )
    except (NoUnitsNamed, NoReasonForExport, TooManyForWorkbook) as problem:
        return _form(request, problem=problem)
    return handed_out(made)


def _lines(request: DeskRequest, name: str) -> tuple[str, ...]:
    lines = request.POST.get(name, "")[:LONGEST_TEXT].splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def _form(
    request: DeskRequest, *, found: Counted | None = None, problem: Problem | None = None
) -> HttpResponse:
    values = {
        **{name: request.POST.get(name, "") for name in FIELDS},
        "unknown": "unknown" in request.POST,
        "form": request.POST.get("form", SheetForm.CSV.value),
        "forms": SheetForm.choices,
        "found": found,
        "may_see_files": request.user.may(Permission.HAND_OUT_FILES),
        "problem": problem,
    }
    return page(request, "sent_units.html", values, status=422 if problem else 200)
