"""From an address that an authority may open, too, to the recall that it names.

Guarantee: a recall at which somebody has no seat answers as one that does not exist.
"""

from django.http import Http404

from recalldesk.accounts.models import Staff
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
