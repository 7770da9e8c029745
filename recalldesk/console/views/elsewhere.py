"""Recalls elsewhere: the feeds that were read, search by model, and reading another."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import CONTENT_TYPES
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest, redirect_to
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.views.recall_serials import plain_name
from recalldesk.elsewhere.actions import TakenFeed, take_feed
from recalldesk.elsewhere.reads import MOST_FOUND, OLD_AFTER, feed_files, feeds, search
from recalldesk.elsewhere.rejects import REJECT_HEADS, reject_rows
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation import clock
from recalldesk.foundation.passing_files import folder_for_a_moment
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import csv_parts

LISTED = 20
LONGEST_ASKED = 60


@require_safe
def elsewhere(request: DeskRequest) -> HttpResponse:
    """The feeds, and what was searched for."""
    model, word = (request.GET.get(name, "").strip()[:LONGEST_ASKED] for name in ("model", "word"))
    whole = feeds()
    values: dict[str, Any] = {
        "feeds": whole,
        "is_old": whole.is_old(clock.now().date()),
        "old_after": OLD_AFTER.days,
        "files": feed_files()[:LISTED],
        "model": model,
        "word": word,
        "found": search(model, words=word.split()) if model else (),
        "most": MOST_FOUND,
        "may_read": request.user.may(Permission.EDIT_RECALL),
    }
    return page(request, "elsewhere.html", values)


@takes_files
@require_POST
def feed_read(request: DeskRequest) -> HttpResponse:
    """A feed's file, read entry by entry."""
    sent = request.FILES.get("file")
    if not isinstance(sent, SealedUpload):
        messages.warning(request, "Choose the feed's file first.")
        return redirect_to("console:elsewhere")
    try:
        taken = _taken(request, sent)
    except PhotoRefused:
        messages.warning(request, "The file has over 25 MB: read it by the command instead.")
    except Problem as problem:
        messages.warning(request, str(problem))
    else:
        _tell(request, taken)
    return redirect_to("console:elsewhere")


def _taken(request: DeskRequest, sent: SealedUpload) -> TakenFeed:
    """Its reader goes through it twice, so that it stands on disk then."""
    with folder_for_a_moment(settings.PASSING_FOLDER) as folder:
        path = folder / plain_name(sent.name or "feed.json")
        with path.open("xb") as file:
            for piece in sent.chunks():
                file.write(piece)
        return take_feed(path, came_from=path.name, by=request.user)


def _tell(request: DeskRequest, taken: TakenFeed) -> None:
    file = taken.file
    if not taken.is_new:
        messages.success(request, "The same file was read before: nothing changed.")
        return
    said = (
        f"{file.entries:,} entries = {file.accepted:,} accepted + {file.rejected:,} rejected "
        f"+ {file.duplicate:,} duplicate."
    )
    (messages.warning if file.rejected else messages.success)(request, said)


@require_safe
def feed_rejects(request: DeskRequest, number: int) -> HttpResponseBase:
    """The entries of a feed that were not taken, to be sent back."""
    rows = reject_rows(number)
    if not rows:
        raise Http404
    parts = csv_parts(REJECT_HEADS, rows)
    response = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[SheetForm.CSV])
    response["Content-Disposition"] = f'attachment; filename="feed-rejects-{number}.csv"'
    return response
