"""A filing: what was handed in, by whom and when, and what changed since."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.reports_asked import query_of
from recalldesk.console.reports_shown import row_address
from recalldesk.console.seat_named import ask_url, seen_recall_or_404
from recalldesk.console.views.progress_report import attached
from recalldesk.inquiries.seats import note_look
from recalldesk.recalls.models import Recall
from recalldesk.reports.models import FiledReport
from recalldesk.reports.progress.changed import Changed, changed_since
from recalldesk.reports.progress.figures import Span
from recalldesk.reports.progress.reads import NoSuchFiling, filing, filings_of, note_of, period_of

FORMS = {"pdf": "application/pdf", "json": "application/json"}


@require_safe
def filed_report(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """The page."""
    recall = seen_recall_or_404(slug, by=request.user)
    row = _filing(request, recall, number)
    changed = changed_since(row, by=request.user)
    note_look(request.user, recall, rows=f"what changed since filing {row.pk}")
    values = {
        "recall": recall,
        "ask_url": ask_url(request, recall),
        "filed": row,
        "note": note_of(row, by=request.user),
        "others": filings_of(recall, period_of(row)).exclude(pk=row.pk).order_by("-revision"),
        "changed": changed,
        "cells": _cells(request, recall, changed),
        "query": query_of(period_of(row)),
    }
    return page(request, "reports/filed.html", values)


@require_safe
def filed_file(request: DeskRequest, slug: str, number: int, form: str) -> HttpResponse:
    """What was frozen, byte by byte."""
    recall = seen_recall_or_404(slug, by=request.user)
    row = _filing(request, recall, number)
    if form not in FORMS:
        raise Http404
    content = bytes(row.pdf) if form == "pdf" else row.content.encode()
    name = f"progress-{slug}-{row.first_day}-to-{row.last_day}-revision-{row.revision}.{form}"
    return attached(content, name, FORMS[form])


def _filing(request: DeskRequest, recall: Recall, number: int) -> FiledReport:
    try:
        return filing(recall, number, by=request.user)
    except NoSuchFiling as none:
        raise Http404 from none


def _cells(request: DeskRequest, recall: Recall, changed: Changed) -> list[dict[str, object]]:
    return [
        {
            "title": each.cell.figure.title,
            "section": each.cell.figure.section.value,
            "span": "this period" if each.cell.span is Span.PERIOD else "so far",
            "filed": f"{each.filed:,}",
            "now": f"{each.now:,}",
            "difference": f"{each.difference:+,}",
            "unexplained": f"{each.unexplained:+,}" if each.unexplained else "",
            "more": each.more,
            "rows": [
                (
                    row,
                    row_address(row.told, recall, request.user),
                    " · ".join(str(cell) for cell in row.told.cells if cell != ""),
                )
                for row in each.rows
            ],
        }
        for each in changed.cells
    ]
