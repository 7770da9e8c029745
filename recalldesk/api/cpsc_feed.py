"""The recalls in the United States, in the form of the CPSC's recall feed."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from recalldesk.api.problems import problem
from recalldesk.notices.addresses import page_address
from recalldesk.notices.cpsc.filters import FilterUnreadable, chosen
from recalldesk.notices.cpsc.writing import is_listed, record_of
from recalldesk.notices.published import published_of
from recalldesk.recalls.reads import known_recalls


def cpsc_feed(request: HttpRequest) -> HttpResponse:
    """A bare JSON array, as the CPSC's; anybody may keep it for a minute."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    published = [published_of(live) for live in known_recalls()]
    records = [
        record_of(each, url=page_address(each, "en")) for each in published if is_listed(each)
    ]
    asked = [(name, value) for name, values in request.GET.lists() for value in values]
    try:
        found = chosen(records, asked)
    except FilterUnreadable as error:
        return problem(
            status=400,
            name="filter",
            title="The question cannot be read.",
            detail=error.message,
            hint=error.hint,
        )
    body = json.dumps([record.model_dump() for record in found], ensure_ascii=False)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Cache-Control"] = "public, max-age=60"
    return response
