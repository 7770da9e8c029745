"""A proxy's log is brought in at the desk; one that is too large for that comes by the command."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from recalldesk.console.access import DeskRequest
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.publicity_forms import HitsLogForm
from recalldesk.console.seat_named import seen_recall_or_404
from recalldesk.console.views.publicity import shown
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation.problem import Problem
from recalldesk.publicity.logs.run import HitsTaken, import_hits
from recalldesk.publicity.states import LogForm
from recalldesk.recalls.models import Recall

TOO_LARGE = "The file has over 25 MB: gzip it, or bring it in by `recalldesk hits import`."


@takes_files
@require_POST
def log(request: DeskRequest, slug: str) -> HttpResponse:
    """What became of it stands on the page."""
    recall = seen_recall_or_404(slug, by=request.user)
    form = HitsLogForm(request.POST, auto_id="log_%s")
    sent = request.FILES.get("file")
    problem, taken = "", None
    if not isinstance(sent, SealedUpload):
        problem = "Choose the file first."
    elif form.is_valid():
        try:
            taken = _taken(request, recall, sent, LogForm(form.cleaned_data["form"]))
        except PhotoRefused:
            problem = TOO_LARGE
        except Problem as refused:
            problem = str(refused)
    return shown(request, recall, {"log_form": form}, taken=taken, problem=problem)


def _taken(request: DeskRequest, recall: Recall, sent: SealedUpload, form: LogForm) -> HitsTaken:
    """A log is gone through twice, so that it stands on disk for as long as that takes."""
    with TemporaryDirectory(prefix="recalldesk-file-") as folder:
        path = Path(folder) / "log"
        with path.open("xb") as file:
            for piece in sent.chunks():
                file.write(piece)
        return import_hits(
            recall=recall,
            path=path,
            by=request.user,
            form=form,
            only_look=request.POST.get("do") != "take",
        )
