"""The next claim of a list, for whoever asks for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.opening import leave_claim
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.desk_queue.lists import IN_LIST, QueueList
from recalldesk.console.access import DeskRequest
from recalldesk.console.claim_going import (
    address_in_list,
    filters_of,
    number_in,
    put_aside,
    see,
    take,
    to_queue,
)


def can_take_from(filters: Filters, *, by: Staff) -> bool:
    """Whether the next claim is one of those shown: of a list, narrowed by nothing but a recall;
    and somebody could decide any of them."""
    asked = (
        Permission.DECIDE_SECOND if filters.list is QueueList.SECOND else Permission.DECIDE_CLAIM
    )
    if not by.may(asked):
        return False
    shown = Filters(list=filters.list, recall=filters.recall)
    return filters.list in IN_LIST and filters == shown


@require_POST
def take_next(request: DeskRequest) -> HttpResponse:
    """Gives the next claim to whoever asks, and leads to it; the one that is left is put aside."""
    filters = filters_of(request)
    left = number_in(request, "but") or None
    if left is not None:
        leave_claim(claim_id=left, by=request.user)
    row = take(filters, by=request.user, but=put_aside(request, left))
    if row is None:
        messages.info(
            request,
            "Nothing is left for you to take here: every claim of this list is with somebody, or"
            " needs a person who did not decide about it before.",
        )
        return see(to_queue(filters))
    return see(address_in_list(row, filters))
