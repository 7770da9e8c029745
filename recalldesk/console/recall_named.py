"""From an address of the desk to the recall or version it names, or the page that says: none; and
on which recall the desk stays.

Guarantee: a page of one recall whose address names none is of the recall that the person looked at
last, on whatever page; what lists all recalls is never narrowed by it.
"""

from django.http import Http404, HttpRequest

from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import LONGEST_NUMBER, recall_named, version_numbered

LOOKED_AT = "recall"


def stay_on(request: HttpRequest, slug: str) -> None:
    """This recall is looked at."""
    if request.session.get(LOOKED_AT) != slug:
        request.session[LOOKED_AT] = slug


def looked_at_last(request: HttpRequest) -> str:
    """The recall that was; empty where none was yet."""
    return str(request.session.get(LOOKED_AT, ""))


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
