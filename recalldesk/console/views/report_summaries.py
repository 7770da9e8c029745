"""Summaries for authorities that have no form of their own: as a page, and as files."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.reports_asked import DaysAsked, days_asked, query_of
from recalldesk.console.reports_shown import ShownLine, ShownNumber
from recalldesk.console.seat_named import seen_recall_or_404
from recalldesk.console.views.progress_report import attached
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.reports.progress import canada, eu
from recalldesk.reports.progress.figures import CellOf, Figure, Span
from recalldesk.reports.progress.head import NoReport
from recalldesk.reports.progress.summary import Outline, Summary, as_json, summary_of
from recalldesk.reports.progress.summary_pdf import as_pdf
from recalldesk.reports.progress.words import number

OUTLINES: Mapping[str, Outline] = {each.form.value: each for each in (eu.OUTLINE, canada.OUTLINE)}
KINDS: Mapping[str, tuple[Callable[[Summary], bytes], str]] = {
    "pdf": (as_pdf, "application/pdf"),
    "json": (as_json, "application/json"),
}
SPANS = {Span.PERIOD: "this period", Span.SO_FAR: "so far"}


@require_safe
def report_summary(request: DeskRequest, slug: str, form: str) -> HttpResponse:
    """The page."""
    recall, asked, summary = _summary(request, slug, form)
    values = {
        "recall": recall,
        "asked": asked,
        "summary": summary,
        "sections": [
            (each, [_line(figure, summary) for figure in each.figures]) for each in summary.sections
        ],
        "heads": ("This period", "So far"),
        "definitions": [(", ".join(titles), says) for says, titles in summary.definitions.items()],
    }
    return page(request, "reports/summary.html", values)


@require_safe
def summary_file(request: DeskRequest, slug: str, form: str, kind: str) -> HttpResponse:
    """The summary as a file."""
    _, asked, summary = _summary(request, slug, form)
    if kind not in KINDS:
        raise Http404
    make, content_type = KINDS[kind]
    period = asked.period
    return attached(
        make(summary), f"summary-{form}-{slug}-{period.first}-to-{period.last}.{kind}", content_type
    )


def _summary(request: DeskRequest, slug: str, form: str) -> tuple[Recall, DaysAsked, Summary]:
    recall = seen_recall_or_404(slug, by=request.user)
    outline = OUTLINES.get(form)
    if outline is None:
        raise Http404
    asked = days_asked(request.GET.dict(), today=clock.now().date())
    try:
        return recall, asked, summary_of(recall, asked.period, outline, by=request.user)
    except NoReport as none:
        raise Http404 from none


def _line(figure: Figure, summary: Summary) -> ShownLine:
    cells = []
    for span, words in SPANS.items():
        url = reverse("console:progress_rows", args=[summary.recall, CellOf(figure, span).name])
        cells.append(
            ShownNumber(
                number(summary.numbers[figure.name].of(span)),
                f"{url}?{query_of(summary.period)}",
                f"{figure.title}, {words}",
            )
        )
    return ShownLine(figure.title, tuple(cells))
