"""A list that somebody else filled in, as a form brought it: read, told of, its rejects handed out.

Guarantees: the file stands in the clear only in a folder for a moment; the rejected lines go back
to whoever sent the file, signed, and are kept nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from recalldesk.claims.desk_queue.exporting import CONTENT_TYPES
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_long_forms
from recalldesk.console.views.recall_serials import plain_name
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation.passing_files import folder_for_a_moment
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import Heading, csv_parts
from recalldesk.outreach.reading_back import ReadBack

SALT = "recalldesk.console.sent_back"
LASTS = 3_600
REJECT_HEADS = (Heading("Line"), Heading("Why it was not taken"), Heading("Row"))
SHOWN, MOST_HANDED_OUT = 20, 5_000
Reader = Callable[[Path, bool], ReadBack]


@dataclass(frozen=True, repr=False)
class Shown:
    """What became of a file. `signed`: its rejects, to be asked for; empty where they are too
    many for a page."""

    read: ReadBack
    only_look: bool
    first: tuple[Any, ...]
    signed: str


def read_sent(request: DeskRequest, reader: Reader) -> tuple[Shown | None, str]:
    """What became of the file of a form, or what is wrong with it."""
    sent = request.FILES.get("file")
    if not isinstance(sent, SealedUpload):
        return None, "Choose the file first."
    only_look = request.POST.get("do") != "take"
    try:
        with folder_for_a_moment(settings.PASSING_FOLDER) as folder:
            path = folder / plain_name(sent.name or "")
            with path.open("xb") as file:
                for piece in sent.chunks():
                    file.write(piece)
            return _shown(reader(path, only_look), only_look=only_look), ""
    except PhotoRefused:
        return None, "The file has over 25 MB: bring it in by the command instead."
    except Problem as problem:
        return None, str(problem)


def _shown(read: ReadBack, *, only_look: bool) -> Shown:
    rejects = [[each.number, each.why, each.row] for each in read.rejects]
    few = rejects and len(rejects) <= MOST_HANDED_OUT
    signed = signing.dumps(rejects, salt=SALT, compress=True) if few else ""
    return Shown(read, only_look, read.rejects[:SHOWN], signed)


@takes_long_forms
@require_POST
def rejects_back(request: DeskRequest) -> HttpResponse:
    """The rejected lines of a file, as a file to send back."""
    try:
        rows = signing.loads(request.POST.get("rejects", ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return _too_late(request)
    told = [[str(number), f"This line {why}.", row] for number, why, row in rows]
    response = HttpResponse(
        b"".join(csv_parts(REJECT_HEADS, told)), content_type=CONTENT_TYPES[SheetForm.CSV]
    )
    response["Content-Disposition"] = 'attachment; filename="rejected-lines.csv"'
    return response


def _too_late(request: DeskRequest) -> HttpResponse:
    problem = Problem("These lines are not at hand any more.", "Read the file once more.")
    return page(request, "denied.html", {"problem": problem}, status=410)
