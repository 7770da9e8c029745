"""The page of one claim: for a draft the next step, for a filed one how it stands."""

from django.http import HttpRequest, HttpResponse

from recalldesk.portal.claiming.visitor import Visitor, claim_page
from recalldesk.portal.views.answering import page


@claim_page()
def claim(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """How the claim stands."""
    values = {"visitor": visitor, "subject": visitor.subject}
    return page(request, "claims/status.html", values, frame=visitor.frame(request))
