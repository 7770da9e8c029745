"""Files of incident reports: looked at, taken in, and their rejected lines to send back."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.claims.desk_queue.exporting import CONTENT_TYPES
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.incident_shown import address_of
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.recall_named import looked_at_last
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import Heading, csv_parts
from recalldesk.incidents.importing.reads import files_listed, rejects_of
from recalldesk.incidents.importing.run import ReportsTaken, import_reports
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import every_recall

SHOWN = 20
REJECT_HEADS = [Heading("Line"), Heading("Why it was not taken"), Heading("Row")]


class IncidentFileForm(forms.Form):
    """Of which recall the reports are."""

    recall = forms.ChoiceField(label="Recall")
    sheet = forms.CharField(
        label="Of a workbook with several sheets: which", required=False, max_length=60
    )

    def __init__(self, slugs: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recall"] = forms.ChoiceField(
            label="Recall", choices=[(slug, slug) for slug in slugs]
        )


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def incident_files(request: DeskRequest) -> HttpResponse:
    """The form and the files that came; by POST one is looked at or taken in."""
    slugs = [each.slug for each in every_recall()]
    if request.method != "POST":
        initial = {"recall": request.GET.get("recall", "") or looked_at_last(request)}
        return _page(request, IncidentFileForm(slugs, initial=initial), {})
    form = IncidentFileForm(slugs, request.POST)
    only_look = request.POST.get("do") != "take"
    sent = request.FILES.get("file")
    values: dict[str, Any] = {"only_look": only_look}
    if not isinstance(sent, SealedUpload):
        values["problem"] = "Choose the file first."
    elif form.is_valid():
        try:
            taken = _taken(request, form, sent, only_look=only_look)
        except PhotoRefused:
            values["problem"] = "The file has over 25 MB: bring it in by the command instead."
        except Problem as problem:
            values["problem"] = str(problem)
        else:
            values |= {
                "taken": taken,
                "rejects": taken.rejects[:SHOWN],
                "differing": [
                    (each, address_of(each.incident)) for each in taken.differing[:SHOWN]
                ],
            }
    return _page(request, form, values)


def _page(request: DeskRequest, form: IncidentFileForm, values: dict[str, Any]) -> HttpResponse:
    values |= {"form": form, "files": files_listed(by=request.user), "shown": SHOWN}
    is_wrong = request.method == "POST" and "taken" not in values
    return page(request, "incident_files.html", values, status=422 if is_wrong else 200)


def _taken(
    request: DeskRequest, form: IncidentFileForm, sent: SealedUpload, *, only_look: bool
) -> ReportsTaken:
    """Readers go through a file twice, so that it stands on disk for as long as that takes."""
    with TemporaryDirectory(prefix="recalldesk-file-") as folder:
        path = Path(folder) / "file"
        with path.open("xb") as file:
            for piece in sent.chunks():
                file.write(piece)
        return import_reports(
            recall=Recall.objects.get(slug=form.cleaned_data["recall"]),
            path=path,
            by=request.user,
            sheet=form.cleaned_data["sheet"].strip() or None,
            only_look=only_look,
        )


@require_safe
def incident_rejects(request: DeskRequest, number: int) -> HttpResponseBase:
    """The lines of a file that were not taken, to be sent back."""
    rows = rejects_of(number, by=request.user)
    if not rows:
        raise Http404
    parts = csv_parts(REJECT_HEADS, rows)
    response = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[SheetForm.CSV])
    response["Content-Disposition"] = f'attachment; filename="rejects-of-reports-{number}.csv"'
    return response
