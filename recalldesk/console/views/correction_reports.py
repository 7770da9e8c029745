"""What others reported: the list, one report, the form that enters one, and their files."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import CONTENT_TYPES
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.claim_shown import address_of, name_of
from recalldesk.console.correction_forms import FileForm, ReportForm, recall_of
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.recall_named import looked_at_last
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import Heading, csv_parts
from recalldesk.recalls.reads import live_recall, live_recalls
from recalldesk.remedies.corrections.importing.run import CorrectionsTaken, import_corrections
from recalldesk.remedies.corrections.naming import ListedUnit, listed_unit
from recalldesk.remedies.corrections.reporting import report_correction, take_back
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.corrections.reported import (
    PAGE,
    files_listed,
    rejects_of,
    report_seen,
    reports_listed,
)

REJECTS_SHOWN = 20
REJECT_HEADS = [Heading("Line"), Heading("Why it was not taken"), Heading("Row")]


@require_safe
def correction_reports(request: DeskRequest) -> HttpResponse:
    """What was reported last, and which files came."""
    recalls = live_recalls()
    ids = [each.recall_id for each in recalls]
    before = request.GET.get("before", "")
    rows = reports_listed(
        ids,
        by=request.user,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else 0,
    )
    values = {
        "reports": rows,
        "further": rows[-1].number if len(rows) == PAGE else None,
        "files": files_listed(ids, by=request.user),
        "may_report": request.user.may(Permission.REPORT_CORRECTION),
    }
    return page(request, "correction_reports.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def correction_report(request: DeskRequest, number: int) -> HttpResponse:
    """One report; by POST it is taken back."""
    problem: Problem | None = None
    if request.method == "POST":
        try:
            minus = take_back(number=number, by=request.user, note=request.POST.get("note", ""))
        except NotPermitted as denied:
            return page(request, "denied.html", {"problem": denied}, status=403)
        except Problem as refused:
            problem = refused
        else:
            messages.success(request, f"Taken back: report {minus.pk} counts with minus from now.")
            return redirect("console:correction_report", number)
    try:
        seen = report_seen(number, by=request.user)
    except Problem as missing:
        raise Http404 from missing
    claims = [
        (name_of(each.reference, each.position), address_of(each.reference, each.position), each)
        for each in seen.claims
    ]
    is_open = seen.row.taken_back_by is None and not seen.row.is_minus
    values = {
        "seen": seen,
        "claims": claims,
        "problem": problem,
        "may_take_back": is_open and request.user.may(Permission.REPORT_CORRECTION),
    }
    return page(request, "correction_report.html", values, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correction_new(request: DeskRequest) -> HttpResponse:
    """The form for one report."""
    slugs = [each.slug for each in live_recalls()]
    form = ReportForm(slugs, request.POST or None, initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        kept = _entered(request, form)
        if kept is not None:
            messages.success(request, f"Report {kept} is kept and counts from now on.")
            return redirect("console:correction_report", kept)
    file_form = FileForm(slugs, initial={"recall": looked_at_last(request)})
    values = {"form": form, "file_form": file_form, "has_recalls": bool(slugs)}
    return page(request, "correction_new.html", values, status=422 if form.errors else 200)


def _usual(request: DeskRequest) -> dict[str, Any]:
    """What stands in the form at first."""
    recall = looked_at_last(request)
    return {"recall": recall, "day": clock.now().date(), "level": Level.CONSUMER.value}


def _entered(request: DeskRequest, form: ReportForm) -> int | None:
    recall = recall_of(form.cleaned_data["recall"])
    live = live_recall(recall.slug)
    assert live is not None

    def find(serial: str) -> ListedUnit | None:
        return listed_unit(serial, recall=recall, document=live.document)

    try:
        row = form.row(find, clock.now().date())
        if row is None:
            return None
        note = form.cleaned_data["note"]
        return report_correction(recall=recall, row=row, by=request.user, note=note).pk
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


@takes_files
@require_POST
def correction_file(request: DeskRequest) -> HttpResponse:
    """A file of reports, looked at or taken in."""
    slugs = [each.slug for each in live_recalls()]
    form = FileForm(slugs, request.POST)
    values: dict[str, Any] = {
        "form": ReportForm(slugs, initial=_usual(request)),
        "file_form": form,
        "has_recalls": bool(slugs),
        "shown": REJECTS_SHOWN,
    }
    only_look = request.POST.get("do") != "take"
    sent = request.FILES.get("file")
    if not isinstance(sent, SealedUpload):
        values["problem"] = "Choose the file first."
    elif form.is_valid():
        try:
            values["taken"] = taken = _taken(request, form, sent, only_look=only_look)
            values |= {"only_look": only_look, "rejects": taken.rejects[:REJECTS_SHOWN]}
        except PhotoRefused:
            values["problem"] = "The file has over 25 MB: bring it in by the command instead."
        except Problem as problem:
            values["problem"] = str(problem)
    status = 200 if "taken" in values else 422
    return page(request, "correction_new.html", values, status=status)


def _taken(
    request: DeskRequest, form: FileForm, sent: SealedUpload, *, only_look: bool
) -> CorrectionsTaken:
    """Readers go through a file twice, so that it stands on disk for as long as that takes."""
    with TemporaryDirectory(prefix="recalldesk-file-") as folder:
        path = Path(folder) / "file"
        with path.open("xb") as file:
            for piece in sent.chunks():
                file.write(piece)
        return import_corrections(
            recall=recall_of(form.cleaned_data["recall"]),
            path=path,
            by=request.user,
            usual=form.usual,
            sheet=form.cleaned_data["sheet"].strip() or None,
            only_look=only_look,
        )


@require_safe
def correction_rejects(request: DeskRequest, number: int) -> HttpResponseBase:
    """The lines of a file that were not taken, to be sent back."""
    rows = rejects_of(number, by=request.user)
    if not rows:
        raise Http404
    parts = csv_parts(REJECT_HEADS, rows)
    response = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[SheetForm.CSV])
    response["Content-Disposition"] = f'attachment; filename="rejects-of-file-{number}.csv"'
    return response
