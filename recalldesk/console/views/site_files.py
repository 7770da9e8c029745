"""Lists of collection sites, looked at or taken in; what came before, and its rejected lines."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.claims.desk_queue.exporting import CONTENT_TYPES
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.site_forms import SiteFileForm
from recalldesk.disposal.importing.run import SitesTaken, import_sites
from recalldesk.disposal.reads import files_taken, rejects_of
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import Heading, csv_parts
from recalldesk.recalls.reads import live_recalls

REJECTS_SHOWN = 20
REJECT_HEADS = [Heading("Line"), Heading("Why it was not taken"), Heading("Row")]


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def site_files(request: DeskRequest) -> HttpResponse:
    """The form and the files; by POST a list, looked at or taken in."""
    country = next((each.document.countries[0] for each in live_recalls()), "")
    if request.method != "POST":
        return _page(request, {"form": SiteFileForm(initial={"country": country})})
    form = SiteFileForm(request.POST)
    values: dict[str, Any] = {"form": form}
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
    return _page(request, values, status=200 if "taken" in values else 422)


def _page(request: DeskRequest, values: dict[str, Any], *, status: int = 200) -> HttpResponse:
    more = {"files": files_taken(by=request.user), "shown": REJECTS_SHOWN}
    return page(request, "site_files.html", values | more, status=status)


def _taken(
    request: DeskRequest, form: SiteFileForm, sent: SealedUpload, *, only_look: bool
) -> SitesTaken:
    """Readers go through a file twice, so that it stands on disk for as long as that takes."""
    with TemporaryDirectory(prefix="recalldesk-file-") as folder:
        path = Path(folder) / "file"
        with path.open("xb") as file:
            for piece in sent.chunks():
                file.write(piece)
        return import_sites(path=path, by=request.user, asked=form.asked(only_look=only_look))


@require_safe
def site_rejects(request: DeskRequest, number: int) -> HttpResponseBase:
    """The lines of a file that were not taken, to be sent back."""
    rows = rejects_of(number, by=request.user)
    if not rows:
        raise Http404
    parts = csv_parts(REJECT_HEADS, rows)
    response = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[SheetForm.CSV])
    response["Content-Disposition"] = f'attachment; filename="rejects-of-site-file-{number}.csv"'
    return response
