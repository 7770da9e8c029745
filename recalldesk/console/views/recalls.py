"""The recalls: the list of them, and one with its versions."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.recall_named import recall_or_404
from recalldesk.recalls.reads import every_recall, versions_of


@require_safe
def recalls(request: DeskRequest) -> HttpResponse:
    """Every recall."""
    return page(request, "recalls.html", {"recalls": every_recall()})


@require_safe
def recall(request: DeskRequest, slug: str) -> HttpResponse:
    """One recall: its versions, the newest first."""
    found = recall_or_404(slug)
    return page(request, "recall.html", {"recall": found, "versions": versions_of(found)})
