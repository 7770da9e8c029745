"""Certificates of a partner: added for it to a row that is there, and handed out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.recall_named import recall_or_404
from recalldesk.console.views.partner import partner_or_404
from recalldesk.console.views.partner_said import TOO_LARGE, own_row_or_404
from recalldesk.evidence.enclosures.errors import FileNotShown, FileRefused
from recalldesk.evidence.enclosures.recognising import TYPES
from recalldesk.evidence.enclosures.states import FileKind
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.foundation.page_policy import A_FILE
from recalldesk.stock.certificates.scanning import certificate_bytes, file_name
from recalldesk.stock.certificates.taking import add_certificate
from recalldesk.stock.models import StockReport
from recalldesk.stock.reads.partners import file_numbered
from recalldesk.stock.states import MOVEMENTS, Kind, Through


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: DeskRequest, slug: str, number: int, row: int) -> HttpResponse:
    """A certificate that came later, to what was returned or destroyed."""
    recall, found, problem = recall_or_404(slug), partner_or_404(number), ""
    report = own_row_or_404(recall, found, row)
    if report.kind not in MOVEMENTS:
        raise Http404(row)
    if request.method == "POST":
        problem = _added(request, report)
        if not problem:
            messages.success(request, f"The certificate is kept with row {report.pk}.")
            return redirect("console:partner", slug, number)
    values = {
        "recall": recall,
        "partner": found,
        "report": report,
        "kind": Kind(report.kind).label,
        "problem": problem,
    }
    return page(request, "partners/certify.html", values, status=422 if problem else 200)


def _added(request: DeskRequest, report: StockReport) -> str:
    """What is wrong with the file; empty once it is kept."""
    upload = next(iter(request.FILES.getlist("certificate")), None)
    if upload is None:
        return "Choose the file first."
    try:
        add_certificate(
            report=report, chunks=upload.chunks(), by=request.user, through=Through.DESK
        )
    except PhotoRefused:
        return TOO_LARGE
    except FileRefused as refused:
        return f"{refused} {refused.hint}"
    return ""


@require_safe
def certificate(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """A certificate, as a file to be kept; each time stands in the log."""
    recall, file = recall_or_404(slug), file_numbered(number)
    if file is None or file.recall_id != recall.pk:
        raise Http404(number)
    try:
        content = certificate_bytes(file=file, by=request.user)
    except FileNotShown as problem:
        raise Http404(number) from problem
    response = HttpResponse(content, content_type=TYPES[FileKind(file.kind)])
    response["Content-Disposition"] = f'attachment; filename="{file_name(file)}"'
    response["Content-Security-Policy"] = A_FILE
    return response
