"""A draft is kept for later: its link is sent."""

from django.http import HttpRequest, HttpResponse

from recalldesk.claims.access import mail_new_link
from recalldesk.claims.completeness import Step
from recalldesk.portal.claiming.steps import can_be_mailed, see, step_page, step_url
from recalldesk.portal.claiming.visitor import Visitor


@step_page(Step.UNIT)
def keep(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Sends the link, and comes back to the page from which it was asked for."""
    said = str(request.POST.get("step", ""))
    step = Step(said) if said in set(Step) else visitor.seen.steps[0]
    if request.method != "POST" or not can_be_mailed(visitor.seen):
        return see(step_url(visitor, step))
    # One that went out a moment ago is on its way: the page says the same.
    mail_new_link(filing=visitor.filing)
    return see(step_url(visitor, step) + "?kept")
