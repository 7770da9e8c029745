"""Reach: of which share of the units somebody was told, and the purchases behind each figure."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_rows_shown import FigureRows, no_such_figure, rows_answered
from recalldesk.console.purchasers_asked import recall_asked, rows_asked
from recalldesk.console.reach_shown import (
    BY_NAME,
    DEFINITIONS,
    drawn,
    heads_of,
    rows_of_the_desk,
    said_of,
    shares_of,
    table_of,
)
from recalldesk.outreach.reach.behind import behind_reach
from recalldesk.reports.reach.kept import kept_reach


@require_safe
def reach(request: DeskRequest) -> HttpResponse:
    """The page."""
    asked = recall_asked(request, request.GET.dict())
    values: dict[str, Any] = {"asked": asked, "definitions": DEFINITIONS}
    if asked.recall is not None:
        found = kept_reach(asked.recall, by=request.user)
        values |= {
            "heads": heads_of(found),
            "shares": shares_of(found),
            "table": table_of(found, rows_of_the_desk(asked.recall.slug)),
            "said": said_of(found),
            "picture": drawn(found),
            "has_units": found.whole.units > 0,
        }
    return page(request, "waves/reach.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def reach_rows(request: DeskRequest, figure: str) -> HttpResponseBase:
    """The purchases behind a figure, a page of them; or all of them as a file."""
    asked = rows_asked(request)
    if asked is None or figure not in BY_NAME:
        return no_such_figure(request)
    recall, channel = asked
    found = kept_reach(recall, by=request.user)
    of = found.channels.get(channel) if channel else found.whole
    title, says = BY_NAME[figure]
    return rows_answered(
        request,
        FigureRows(
            recall=recall,
            figure=figure,
            channel=channel,
            found=behind_reach(recall, figure, channel, by=request.user),
            title=title,
            says=says,
            number=getattr(of, figure, 0),
            rows_at="reach_rows",
            figures_at="reach",
            named=f"reach-{figure}",
        ),
    )
