"""The Monthly Progress Report: as a page in the order of the form, as a file, and filed."""

import secrets
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.frame import may_open
from recalldesk.console.reports_asked import DaysAsked, days_asked, query_of
from recalldesk.console.reports_shown import ShownReport
from recalldesk.console.seat_named import ask_url, seen_recall_or_404
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.models import Recall
from recalldesk.reports.progress import words
from recalldesk.reports.progress.as_pdf import as_pdf
from recalldesk.reports.progress.as_xlsx import as_xlsx
from recalldesk.reports.progress.content import as_json
from recalldesk.reports.progress.figures import Section
from recalldesk.reports.progress.filing import file_report
from recalldesk.reports.progress.head import NoReport
from recalldesk.reports.progress.periods import month_before
from recalldesk.reports.progress.reads import filings_of
from recalldesk.reports.progress.report import Report, report_of

FORMS: Mapping[str, tuple[Callable[[Report], bytes], str]] = {
    "pdf": (as_pdf, "application/pdf"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (as_json, "application/json"),
}

HEADS = {
    "corrected": ("Affected by the recall", "Corrected this period", "Corrected so far"),
    "incidents": ("Occurred before the recall", "Occurred after the recall"),
    "both": ("This period", "So far"),
}


@require_safe
def progress_report(request: DeskRequest, slug: str) -> HttpResponse:
    """The page."""
    recall = seen_recall_or_404(slug, by=request.user)
    return _page(request, recall, _asked(request))


def _asked(request: DeskRequest) -> DaysAsked:
    query = request.POST if request.method == "POST" else request.GET
    return days_asked(query.dict(), today=clock.now().date())


def _page(
    request: DeskRequest, recall: Recall, asked: DaysAsked, problem: Problem | None = None
) -> HttpResponse:
    values = {"recall": recall, "asked": asked, "problem": problem}
    try:
        report = report_of(recall, asked.period, by=request.user)
    except NoReport as none:
        return page(request, "reports/progress.html", values | {"none": none})
    shown = ShownReport(report)
    definitions = shown.definitions()
    last_month = month_before(clock.now().date()).period
    values |= {
        "report": report,
        "ask_url": ask_url(request, recall),
        "shown": shown,
        "heads": HEADS,
        "definitions": {each.name: definitions.get(each.value, []) for each in Section},
        "notes": words.notes(report),
        "title": words.TITLE,
        "form_named": words.FORM,
        "home_page": words.home_page(report.publicity.home_page),
        "stock": words.stock(report),
        "looks": [(each, words.found(each)) for each in report.publicity.looks],
        "in_public": _in_public(request, recall),
        "last_month": query_of(last_month) if asked.period != last_month else "",
        "filed": filings_of(recall, asked.period).select_related("by").order_by("-revision"),
        "may_file": request.user.may(Permission.FILE_REPORT),
        "nonce": secrets.token_hex(16),
    }
    return page(request, "reports/progress.html", values, status=422 if problem else 200)


def _in_public(request: DeskRequest, recall: Recall) -> str:
    """Where the home page, posts and looks are entered; empty for who may not open it."""
    url = reverse("console:publicity", args=[recall.slug])
    return url if may_open(request.user, url) else ""


@require_safe
def progress_file(request: DeskRequest, slug: str, form: str) -> HttpResponse:
    """The report as a file."""
    recall = seen_recall_or_404(slug, by=request.user)
    if form not in FORMS:
        raise Http404
    make, content_type = FORMS[form]
    try:
        report = report_of(recall, _asked(request).period, by=request.user)
    except NoReport as none:
        raise Http404 from none
    period = report.period
    return attached(
        make(report), f"progress-{slug}-{period.first}-to-{period.last}.{form}", content_type
    )


@require_POST
def progress_file_it(request: DeskRequest, slug: str) -> HttpResponse:
    """Freezes it as a filing, once the person said that it was handed in."""
    recall = seen_recall_or_404(slug, by=request.user)
    asked = _asked(request)
    try:
        if asked.said:
            raise Problem("These are no days that we know.", "Choose the period again.")
        if request.POST.get("sure") != "yes":
            raise Problem(
                "Nothing was filed: the box was not ticked.",
                "Tick it once you have looked through the report.",
            )
        filed = file_report(
            recall=recall,
            period=asked.period,
            by=request.user,
            nonce=request.POST.get("nonce", "")[:32] or secrets.token_hex(16),
            note=request.POST.get("note", "")[:600],
        )
    except NoReport as none:
        raise Http404 from none
    except Problem as problem:
        return _page(request, recall, asked, problem)
    messages.success(
        request,
        f"Filed as revision {filed.revision}. Its PDF is below: send it to the compliance officer; "
        "nothing was sent from here.",
    )
    return redirect("console:filed_report", slug, filed.pk)


def attached(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to be kept."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
