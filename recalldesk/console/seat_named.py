"""From an address that an authority may open, too, to the recall that it names.

Guarantee: a recall at which somebody has no seat answers as one that does not exist.
"""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.console.recall_named import recall_or_404
from recalldesk.inquiries.errors import NoSeat
from recalldesk.inquiries.seats import require_seat
from recalldesk.recalls.models import Recall


def seen_recall_or_404(slug: str, *, by: Staff) -> Recall:
    """The recall of that name, where the person may see it from a seat or works for the firm."""
    recall = recall_or_404(slug)
    try:
        require_seat(by, recall)
    except NoSeat as none:
        raise Http404 from none
    return recall


def ask_url(request: HttpRequest, recall: Recall) -> str:
    """Where somebody of an authority asks about the page that is shown; empty for others."""
    if not isinstance(request.user, Staff) or not request.user.may(Permission.ASK_FIRM):
        return ""
    about = urlencode({"about": request.get_full_path()})
    return f"{reverse('console:seat_questions', args=[recall.slug])}?{about}"
