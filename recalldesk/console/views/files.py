"""Files for warehouse and bank: frozen, handed out, and what comes back."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from recalldesk.console.access import DeskRequest, redirect_to
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation.problem import Problem
from recalldesk.remedies.batches.freezing import freeze
from recalldesk.remedies.batches.handing_out import hand_out
from recalldesk.remedies.batches.reading.taking import Taken, take_file
from recalldesk.remedies.batches.reads import files_listed, files_read

REJECTS_SHOWN = 20
LISTED_READ = 20


@require_safe
def files(request: DeskRequest) -> HttpResponse:
    """The files, and what came back last."""
    came = [
        {"file": each, "rejects": list(each.rejects.all())[:REJECTS_SHOWN]}
        for each in files_read(by=request.user)[:LISTED_READ]
    ]
    values = {"files": files_listed(by=request.user), "came": came, "shown": REJECTS_SHOWN}
    return page(request, "files.html", values)


@require_POST
def file_freeze(request: DeskRequest, number: int) -> HttpResponse:
    """Freezes one now."""
    known = {each.number for each in files_listed(by=request.user)}
    if number not in known:
        messages.warning(request, f"There is no file {number}.")
    elif freeze(number=number, by=request.user):
        messages.success(request, f"File {number} is frozen and can be taken.")
    else:
        messages.warning(request, f"File {number} holds no line. It collects on.")
    return redirect_to("console:files")


@require_POST
def file_get(request: DeskRequest, number: int) -> HttpResponseBase:
    """One form of a frozen file; the log says who took it."""
    try:
        handed = hand_out(number=number, form=request.POST.get("form", ""), by=request.user)
    except Problem as problem:
        messages.warning(request, str(problem))
        return redirect_to("console:files")
    response = HttpResponse(handed.content, content_type=handed.content_type)
    response["Content-Disposition"] = f'attachment; filename="{handed.name}"'
    return response


@takes_files
@require_POST
def file_read(request: DeskRequest) -> HttpResponse:
    """What came back, read line by line."""
    sent = request.FILES.get("file")
    if not isinstance(sent, SealedUpload):
        messages.warning(request, "Choose the file to read.")
        return redirect_to("console:files")
    try:
        taken = _taken(request, sent)
    except PhotoRefused:
        messages.warning(request, "The file has over 25 MB: read it by the command instead.")
    except Problem as problem:
        messages.warning(request, str(problem))
    else:
        _tell(request, taken)
    return redirect_to("console:files")


def _taken(request: DeskRequest, sent: SealedUpload) -> Taken:
    """Readers go through a file twice, so that it stands on disk for as long as that takes."""
    with TemporaryDirectory(prefix="recalldesk-file-") as folder:
        path = Path(folder) / "file"
        with path.open("xb") as file:
            for piece in sent.chunks():
                file.write(piece)
        return take_file(path, by=request.user)


def _tell(request: DeskRequest, taken: Taken) -> None:
    file = taken.file
    if not taken.is_new:
        messages.success(request, "The same file was read before: nothing changed.")
    elif file.rejected:
        messages.warning(
            request, f"{file.accepted} accepted, {file.rejected} not taken: see below why."
        )
    else:
        messages.success(request, f"{file.accepted} accepted, every line is accounted for.")
