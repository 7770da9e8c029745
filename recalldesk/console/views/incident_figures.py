"""The figures of incidents beside what the notice says, the rows behind each, and the proposal."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.errors import NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import MOST_IN_WORKBOOK
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.console.incident_figures_asked import IncidentsAsked, incidents_asked
from recalldesk.console.incident_figures_shown import HEADS, TallyShown, definitions, shown_number
from recalldesk.console.incident_shown import address_of
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.tally.beside import told_beside
from recalldesk.incidents.tally.compared import Compared, compared, unsaid
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.definitions import DEFINITIONS, PERIOD, STRUCK, WHEN, title_of
from recalldesk.incidents.tally.figures import Figure, When, figure_named
from recalldesk.incidents.tally.proposing import proposal_for, propose_version
from recalldesk.incidents.tally.reads import DayOf, Days, of_no_recall, tally_of
from recalldesk.incidents.tally.row_sets import COLUMNS, INCIDENT, cells_of, export_rows
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version

ROWS_SHOWN = 100
BY = {DayOf.OBTAINED: "the day it was written here", DayOf.TOLD: "the day it was told"}


@require_safe
def incident_figures(request: DeskRequest) -> HttpResponse:
    """The page."""
    return _figures(request, incidents_asked(request, request.GET.dict()))


def _figures(
    request: DeskRequest, asked: IncidentsAsked, problem: Problem | None = None
) -> HttpResponse:
    values: dict[str, Any] = {
        "asked": asked,
        "problem": problem,
        "by_days": [(each.value, words) for each, words in BY.items()],
        "may_import": request.user.may(Permission.IMPORT_INCIDENTS),
    }
    if asked.recall is not None:
        tally = tally_of(asked.recall, by=request.user, days=asked.days)
        shown = TallyShown(tally, asked.query)
        of_all = tally if asked.days == Days() else tally_of(asked.recall, by=request.user)
        values |= _beside_the_notice(request, asked.recall, of_all) | {
            "tally": tally,
            "heads": list(HEADS.values()),
            "lines": shown.lines(),
            "definitions": definitions(),
            "period": PERIOD[asked.days.by] if asked.days != Days() else "",
            "when": WHEN,
            "struck": STRUCK,
            "of_no_recall": of_no_recall(by=request.user),
            "beside": [
                (each, address_of(each.joined), address_of(each.counted))
                for each in told_beside(asked.recall, by=request.user)
            ],
        }
    return page(request, "incident_figures.html", values, status=422 if problem else 200)


def _beside_the_notice(request: DeskRequest, recall: Recall, tally: Tally) -> dict[str, Any]:
    """What the notice says, and whether a version may be proposed. Of all days, always."""
    version = live_version(recall) or newest_version(recall)
    if version is None:
        return {}
    shown = TallyShown(tally, f"recall={recall.slug}")
    figures = document_of(version).figures
    found = compared(figures, tally)
    values: dict[str, Any] = {
        "version": version,
        "notice": shown.of_notice(found),
        "differs": any(each.differs for each in found),
        "unsaid": [(title_of(each), shown.cell(each)) for each, _ in unsaid(figures, tally)],
        "may_propose": request.user.may(Permission.EDIT_RECALL),
    }
    if values["differs"]:
        values |= _proposal(recall, tally)
    return values


def _proposal(recall: Recall, tally: Tally) -> dict[str, Any]:
    try:
        proposal = proposal_for(recall, tally)
    except Problem as unreadable:
        return {"no_proposal": unreadable}
    return {
        "stamp": proposal.stamp,
        "would_say": [_change(each) for each in proposal.figures if each.differs],
        "newest": newest_version(recall),
    }


def _change(each: Compared) -> tuple[str, str, str]:
    return each.name, shown_number(each.said, each.figure), shown_number(each.counted, each.figure)


@require_POST
def incident_propose(request: DeskRequest) -> HttpResponse:
    """Writes a new version from the tally, as a draft; nothing is published by it."""
    asked = incidents_asked(request, request.POST.dict())
    if asked.recall is None or asked.said:
        raise Http404
    try:
        kept = propose_version(
            recall=asked.recall, by=request.user, stamp=request.POST.get("stamp", "")
        )
    except Problem as problem:
        return _figures(request, asked, problem)
    slug = asked.recall.slug
    if kept.applied is None:
        messages.warning(
            request,
            "The figures are written, but the recall’s file has other problems: it is kept "
            "unfinished until they are mended.",
        )
        return redirect("console:recall_edit", slug)
    number = kept.applied.version.number
    messages.success(
        request,
        f"Version {number} is a draft with the figures that are counted. Read it: words beside the "
        "figures may have to change, too. Then send it for approval.",
    )
    return redirect("console:recall_version", slug, number)


@require_http_methods(["GET", "HEAD", "POST"])
def incident_rows(request: DeskRequest, figure: str) -> HttpResponseBase:
    """The reports behind a figure, a page of them; or all of them as a file."""
    chosen, asked = figure_named(figure), incidents_asked(request, request.GET.dict())
    word = request.GET.get("when", "")
    is_known = word in {"", *When}
    if chosen is None or asked.recall is None or asked.said or not is_known:
        # Other rows than those of the number would be worse than none.
        return page(request, "incident_rows.html", {"figures": _back("")}, status=404)
    when = When(word) if word else None
    tally = tally_of(asked.recall, by=request.user, days=asked.days)
    if request.method != "POST":
        return _rows(request, asked, chosen, when, tally)
    form = request.POST.get("form", "")
    try:
        made = export_rows(
            tally.behind(chosen, when),
            named=chosen.name.lower(),
            query=f"figure={chosen.name}&{_query(asked, when)}",
            by=request.user,
            form=SheetForm(form) if form in SheetForm.values else SheetForm.CSV,
            reason=request.POST.get("reason", ""),
        )
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except (NoReasonForExport, TooManyForWorkbook) as problem:
        return _rows(request, asked, chosen, when, tally, problem)
    return handed_out(made)


def _rows(
    request: DeskRequest,
    asked: IncidentsAsked,
    figure: Figure,
    when: When | None,
    tally: Tally,
    problem: Problem | None = None,
) -> HttpResponse:
    pages = Paginator(tally.behind(figure, when), ROWS_SHOWN)
    shown = pages.get_page(request.GET.get("page", "1"))
    values = {
        "asked": asked,
        "figure": figure,
        "title": title_of(figure),
        "number": shown_number(tally.number(figure, when), figure),
        "count": pages.count,
        "narrowed_to": HEADS[when] if when else "",
        "says": DEFINITIONS[figure.kind].says,
        "heads": [column.title for column in COLUMNS],
        "rows": [_linked(cells) for cells in cells_of(list(shown.object_list))],
        "pages": shown,
        "query": _query(asked, when),
        "figures": _back(asked.query),
        "period": PERIOD[asked.days.by] if asked.days != Days() else "",
        "when": WHEN,
        "may_export": request.user.may(Permission.EXPORT_LIST),
        "forms": SheetForm.choices,
        "form": request.POST.get("form", SheetForm.CSV.value),
        "most_in_workbook": f"{MOST_IN_WORKBOOK:,}",
        "problem": problem,
    }
    return page(request, "incident_rows.html", values, status=422 if problem else 200)


def _query(asked: IncidentsAsked, when: When | None) -> str:
    return f"{asked.query}&when={when.value}" if when else asked.query


def _back(query: str) -> str:
    return reverse("console:incident_figures") + (f"?{query}" if query else "")


def _linked(cells: list[Any]) -> list[tuple[Any, str]]:
    """Each cell, and where it leads."""
    titles = [column.title for column in COLUMNS]
    return [
        (value, address_of(int(value)) if title == INCIDENT else "")
        for title, value in zip(titles, cells, strict=True)
    ]
