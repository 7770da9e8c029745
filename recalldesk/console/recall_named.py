"""From an address of the desk to the recall or version it names, or the page that says: none."""

from django.http import Http404

from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import LONGEST_NUMBER, recall_named, version_numbered


def recall_or_404(slug: str) -> Recall:
    """The recall of that name, published or not."""
    recall = recall_named(slug)
    if recall is None:
        raise Http404
    return recall


def version_or_404(slug: str, number: int) -> RecallVersion:
    """That version of the recall of that name."""
    recall = recall_or_404(slug)
    version = version_numbered(recall, number) if number < 10**LONGEST_NUMBER else None
    if version is None:
        raise Http404
    return version
