"""The step that asks for what the chosen remedy needs: an address, or where money goes."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from recalldesk.claims.completeness import Step
from recalldesk.claims.drafting import give_details
from recalldesk.portal.claiming.going_where import asked_of
from recalldesk.portal.claiming.steps import lead_on, see, step_page, step_url, step_values
from recalldesk.portal.claiming.visitor import Visitor
from recalldesk.portal.told.filled_in import address_filled_in
from recalldesk.portal.views.answering import page


@step_page(Step.DETAILS)
def details(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What the remedy needs, and nothing else."""
    sent = request.POST if request.method == "POST" else None
    asked = asked_of(visitor.seen, sent, address_filled_in(visitor))
    if asked is None:
        return see(step_url(visitor, Step.REMEDY))
    if sent is not None and asked.is_kept(partial(give_details, filing_id=visitor.filing.pk)):
        return lead_on(visitor)
    if sent is None and asked.address is not None and asked.payee is None:
        next(iter(asked.address.fields.values())).widget.attrs["autofocus"] = True
    values: dict[str, Any] = step_values(request, visitor, Step.DETAILS) | {"asked": asked}
    status = 422 if asked.problems else 200
    return page(request, "claims/details.html", values, frame=visitor.frame(request), status=status)
