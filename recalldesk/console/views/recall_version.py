"""One version of a recall."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.recall_named import version_or_404


@require_safe
def recall_version(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """The version: what it is, and where it stands."""
    return page(request, "recall_version.html", {"version": version_or_404(slug, number)})
