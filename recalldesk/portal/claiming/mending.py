"""Where the remedy goes is changed, until it is ordered, by whoever gave a code mailed just now.

Guarantee: what is on file is shown to nobody who has not given such a code.
"""

from functools import partial

from django.http import HttpRequest, HttpResponse

from recalldesk.claims.access import is_fresh
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.following import mend_details
from recalldesk.claims.remedies_offered import Need
from recalldesk.claims.states import FreshFor
from recalldesk.foundation import clock
from recalldesk.portal.claiming.going_where import asked_of
from recalldesk.portal.claiming.status import done
from recalldesk.portal.claiming.visitor import Visitor, filed_page, go_to
from recalldesk.portal.views.answering import page


@filed_page(posts=True)
def mend(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The address and the payee, to be changed."""
    sent = request.POST if request.method == "POST" else None
    asked = asked_of(visitor.seen, sent)
    if asked is None:
        return done(visitor, "nothing-to-change")
    if not visitor.seen.can_be_mended:
        return done(visitor, "too-late")
    if not is_fresh(visitor.opened, clock.now()):
        purpose = FreshFor.PAYEE if Need.PAYEE in asked.needs else FreshFor.ADDRESS
        return go_to(visitor, "claim_code", purpose)
    if sent is not None:
        try:
            if asked.is_kept(partial(mend_details, opened=visitor.opened)):
                return done(visitor, "mended")
        except NotPossibleNow:
            return done(visitor, "too-late")
    values = {"visitor": visitor, "subject": visitor.subject, "asked": asked}
    status = 422 if asked.problems else 200
    frame = visitor.frame(request)
    return page(request, "claims/mend.html", values, frame=frame, status=status)
