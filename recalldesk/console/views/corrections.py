"""The page of corrections, and the rows behind each of its numbers, to be looked at or taken."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.errors import NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import MOST_IN_WORKBOOK
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.console.claim_shown import address_of
from recalldesk.console.correction_shown import Shown
from recalldesk.console.figures_asked import Asked, asked_in
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.corrections.definitions import AFFECTED, DEFINITIONS, WHEN, Counted
from recalldesk.reports.corrections.exporting import export_rows
from recalldesk.reports.corrections.reads import corrections_of
from recalldesk.reports.corrections.row_sets import columns_of, rows_behind, told
from recalldesk.reports.corrections.selection import (
    Behind,
    Chosen,
    NoSuchCount,
    chosen_in,
    query_of,
)

ROWS_SHOWN = 100
FURTHEST_PAGE = 1_000
"""Beyond it a file serves better: a page far on takes as long as all those before it."""


@require_safe
def corrections(request: DeskRequest) -> HttpResponse:
    """The page."""
    asked = _asked(request)
    recalls = [each for each in asked.recalls if asked.recall in ("", each.slug)]
    figures = corrections_of(recalls, asked.period, by=request.user)
    shown = Shown(figures, asked.recall)
    values = {
        "asked": asked,
        "levels": shown.levels(),
        "measures": shown.measures(),
        "weeks": shown.weeks(),
        "week_heads": [*(str(each.label) for each in Level), "All"],
        "disposal": shown.disposal(),
        "definition": DEFINITIONS[Counted.CORRECTED],
        "gift_cards": figures.gift_cards,
        "affected": AFFECTED,
        "when": WHEN,
        "may_report": request.user.may(Permission.REPORT_CORRECTION),
    }
    return page(request, "corrections.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def correction_rows(request: DeskRequest) -> HttpResponseBase:
    """The rows behind a number, a page of them; or all of them as a file."""
    try:
        asked = _asked(request)
        if asked.said:  # other rows than those of the number would be worse than none
            raise NoSuchCount
        behind = Behind(asked.recall, asked.period, chosen_in(request.GET.dict()))
    except NoSuchCount as problem:
        return page(request, "correction_rows.html", {"problem": problem}, status=404)
    if request.method != "POST":
        return _rows(request, asked, behind)
    form = request.POST.get("form", "")
    try:
        made = export_rows(
            behind,
            asked.recall_ids,
            by=request.user,
            form=SheetForm(form) if form in SheetForm.values else SheetForm.CSV,
            reason=request.POST.get("reason", ""),
        )
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except (NoReasonForExport, TooManyForWorkbook) as problem:
        return _rows(request, asked, behind, problem)
    return handed_out(made)


def _asked(request: DeskRequest) -> Asked:
    return asked_in(request.GET.dict(), today=clock.now().date())


def _rows(
    request: DeskRequest, asked: Asked, behind: Behind, problem: Problem | None = None
) -> HttpResponse:
    chosen = behind.chosen
    rows = rows_behind(chosen, asked.recall_ids, asked.period)
    pages = Paginator(rows, ROWS_SHOWN)
    asked_page = request.GET.get("page", "1")
    number = int(asked_page) if asked_page.isascii() and asked_page.isdecimal() else 1
    shown = pages.get_page(min(number, FURTHEST_PAGE))
    columns = columns_of(chosen)
    query = query_of(behind)
    values = {
        "behind": behind,
        "asked": asked,
        "count": pages.count,
        "definition": DEFINITIONS[chosen.figure],
        "narrowed_to": _narrowed_to(chosen),
        "heads": [column.title for column in columns],
        "rows": [
            [_cell(column.title, column.value(row), row) for column in columns]
            for row in told(shown.object_list, chosen)
        ],
        "pages": shown,
        "query": query,
        "when": WHEN,
        "may_export": request.user.may(Permission.EXPORT_LIST),
        "forms": SheetForm.choices,
        "form": request.POST.get("form", SheetForm.CSV.value),
        "most_in_workbook": f"{MOST_IN_WORKBOOK:,}",
        "problem": problem,
        "back": query.split("&recall=")[-1] if asked.recall else "",
    }
    return page(request, "correction_rows.html", values, status=422 if problem else 200)


def _cell(title: str, value: str | int, row: Any) -> tuple[str | int, str]:
    """What a cell says, and where it leads."""
    if title == "Report" and value:
        return value, reverse("console:correction_report", args=[value])
    if title == "Claim" and value:
        return value, address_of(str(value), int(getattr(row, "position", None) or 1))
    return value, ""


def _narrowed_to(chosen: Chosen) -> list[str]:
    """What the figure is narrowed to, in words."""
    said = [str(each.label).lower() for each in (chosen.level, chosen.measure) if each]
    if chosen.week:
        said.append(f"in the week from {chosen.week}")
    if chosen.so_far:
        said.append("with all that counted before")
    return said
