"""The next claim of a list, for whoever asks for it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from recalldesk.claims.desk.opening import take_next as next_claim
from recalldesk.claims.desk_queue.filters import Filters, filters_in, query_of
from recalldesk.claims.desk_queue.lists import IN_LIST
from recalldesk.claims.desk_queue.rows import rows_of
from recalldesk.console.access import DeskRequest
from recalldesk.console.queue_table import address_of
from recalldesk.foundation import clock
from recalldesk.recalls.reads import recall_named


def can_take_from(filters: Filters) -> bool:
    """Whether the next claim is one of those shown: of a list, narrowed by nothing but a recall."""
    shown = Filters(list=filters.list, recall=filters.recall)
    return filters.list in IN_LIST and filters == shown


@require_POST
def take_next(request: DeskRequest) -> HttpResponse:
    """Gives the next claim to whoever asks, and leads to it."""
    filters, _ = filters_in(request.GET.dict())
    claim_id = _taken(request, filters)
    if claim_id is None:
        messages.info(
            request, "Nothing is left to take here: every claim of this list is with somebody."
        )
        query = query_of(filters)
        return _to(reverse("console:queue") + (f"?{query}" if query else ""))
    (row,) = rows_of([claim_id], now=clock.now())
    found = f"{reverse('console:search')}?{urlencode({'reference': row.reference})}"
    return _to(address_of(row) or found)


def _taken(request: DeskRequest, filters: Filters) -> int | None:
    """The claim's number; None where none is left, also where the list has no next one."""
    if filters.list not in IN_LIST:
        return None
    recall = recall_named(filters.recall) if filters.recall else None
    if filters.recall and recall is None:
        return None
    return next_claim(
        by=request.user,
        desk=IN_LIST[filters.list],
        recall_id=recall.pk if recall else None,
    )


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)
