"""The step in which owners choose what they get."""

from django.http import HttpRequest, HttpResponse

from recalldesk.claims.completeness import Step
from recalldesk.claims.drafting import choose_remedy
from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.remedies_offered import Need, needs_of, remedies_in
from recalldesk.portal.asking import LONGEST_FIELD
from recalldesk.portal.claiming.steps import lead_on, see, step_page, step_url, step_values
from recalldesk.portal.claiming.visitor import Visitor
from recalldesk.portal.views.answering import page


@step_page(Step.REMEDY)
def remedy(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What is offered in the owner's country, each with what it means."""
    offered = remedies_in(visitor.seen.document, visitor.filing.country)
    if not offered:
        return see(step_url(visitor, Step.YOU))
    chosen = visitor.filing.remedy_key
    is_refused = False
    if request.method == "POST":
        chosen = str(request.POST.get("remedy", ""))[:LONGEST_FIELD]
        try:
            choose_remedy(filing_id=visitor.filing.pk, remedy_key=chosen)
        except FieldsRefused:
            is_refused = True
        else:
            return lead_on(visitor)
    if len(offered) == 1:
        chosen = offered[0].key
    values = step_values(request, visitor, Step.REMEDY) | {
        "offered": [(each, Need.ADDRESS in needs_of(each)) for each in offered],
        "chosen": chosen,
        "is_refused": is_refused,
    }
    frame = visitor.frame(request)
    return page(
        request, "claims/remedy.html", values, frame=frame, status=422 if is_refused else 200
    )
