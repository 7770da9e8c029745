"""The code that is mailed before something that matters is changed.

Guarantees: opening the page mails nothing, its button does; a wrong code says how to go on, and not
how near it was.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from recalldesk.claims.access import (
    CODE_LASTS,
    CODE_TRIES,
    fresh_code_waits,
    give_fresh_code,
    is_fresh,
    mail_fresh_code,
)
from recalldesk.claims.errors import CodeNotGood
from recalldesk.claims.states import FreshFor
from recalldesk.foundation import clock
from recalldesk.mailing.reads import masked
from recalldesk.portal.claiming.following_forms import CodeForm
from recalldesk.portal.claiming.steps import can_be_mailed
from recalldesk.portal.claiming.visitor import Visitor, filed_page, go_to
from recalldesk.portal.views.answering import page

THEN: Mapping[FreshFor, str] = {
    FreshFor.ADDRESS: "claim_mend",
    FreshFor.PAYEE: "claim_mend",
    FreshFor.ERASURE: "claim_erase",
    FreshFor.COPY: "claim_my_data",
    FreshFor.CODE: "claim_gift_code",
}
"""The page for which the code is asked."""


@filed_page(posts=True)
def code(request: HttpRequest, visitor: Visitor, purpose: str) -> HttpResponse:
    """Has a code mailed, then asks for it."""
    if purpose not in FreshFor.values:
        raise Http404(purpose)
    wanted = FreshFor(purpose)
    if is_fresh(visitor.opened, clock.now()):
        return go_to(visitor, THEN[wanted])
    values: dict[str, Any] = {
        "visitor": visitor,
        "subject": visitor.subject,
        "purpose": wanted,
        "to": masked(visitor.seen.email or visitor.seen.phone),
        "by_phone": not visitor.seen.email,
        "minutes": int(CODE_LASTS.total_seconds() // 60),
        "tries": CODE_TRIES,
        "form": CodeForm(),
    }
    if not can_be_mailed(visitor.seen):
        return _page(request, visitor, values | {"is_called": True})
    if request.method != "POST":
        waits = fresh_code_waits(filing=visitor.filing, purpose=wanted)
        return _page(request, visitor, values | {"was_asked": waits, "was_mailed": waits})
    if "code" not in request.POST:
        was_mailed = mail_fresh_code(filing=visitor.filing, purpose=wanted)
        return _page(request, visitor, values | {"was_asked": True, "was_mailed": was_mailed})
    try:
        give_fresh_code(opened=visitor.opened, purpose=wanted, code=request.POST.get("code", ""))
    except CodeNotGood:
        form = CodeForm(data=request.POST)
        form.say_not_good()
        more = {"was_asked": True, "was_mailed": True, "form": form}
        return _page(request, visitor, values | more, status=422)
    return go_to(visitor, THEN[wanted])


def _page(
    request: HttpRequest, visitor: Visitor, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    frame = visitor.frame(request)
    return page(request, "claims/code.html", values, frame=frame, status=status)
