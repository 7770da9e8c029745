"""The search: one field, for whatever somebody says at the phone.

Guarantee: what is typed travels in the body of a form and stands in no address; only a reference
may stand in one.
"""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from recalldesk.claims.desk_queue.searching import (
    Found,
    FoundBy,
    claims_of_reference,
    search_claims,
)
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.queue_table import table_of

FOUND_BY = {
    FoundBy.REFERENCE: "by reference",
    FoundBy.SERIAL: "by serial",
    FoundBy.LOOK_ALIKE: "no claim has this serial; these look like it",
    FoundBy.EMAIL: "by e-mail address",
    FoundBy.PHONE: "by phone number",
    FoundBy.NAME: "by name",
}


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: DeskRequest) -> HttpResponse:
    """The field, and below it what was found."""
    if request.method == "POST":
        text = request.POST.get("q", "")
        return _answer(request, text, search_claims(text, by=request.user))
    reference = request.GET.get("reference", "")
    if reference:
        rows = claims_of_reference(reference, by=request.user)
        return _answer(request, reference, Found(rows, (FoundBy.REFERENCE,), is_more=False))
    return page(request, "search.html")


def _answer(request: DeskRequest, text: str, found: Found) -> HttpResponse:
    values = {
        "text": text,
        "found": found,
        "how": ", ".join(FOUND_BY[each] for each in found.by),
        "rows": table_of(found.rows, by=request.user),
        "shows_state": True,
        "shows_recall": len({row.recall for row in found.rows}) > 1,
    }
    return page(request, "search.html", values)
