"""The page on which name and address on file are opened by a code, to be confirmed in the claim.

Guarantees: opening the page sends nothing, its button does; before the code is given it shows
initials, a house's number and a place; a wrong code says how to go on, and not how near it was.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse

from recalldesk.claims.access import CODE_LASTS, CODE_TRIES
from recalldesk.claims.completeness import Step
from recalldesk.claims.errors import CodeNotGood, FieldsRefused
from recalldesk.mailing.reads import masked
from recalldesk.outreach.answering.on_file import (
    code_waits,
    give_code,
    is_opened,
    notice_of,
    preview_of,
    send_code,
)
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import Way
from recalldesk.portal.claiming.following_forms import CodeForm
from recalldesk.portal.claiming.steps import step_page, step_values
from recalldesk.portal.claiming.visitor import Visitor, go_to
from recalldesk.portal.views.answering import page
from recalldesk.sealing.fields_of_rows import opened


@step_page(Step.YOU)
def on_file(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Has a code sent, then asks for it."""
    notice = notice_of(visitor.filing)
    preview = preview_of(notice) if notice is not None else ""
    if notice is None or not preview or is_opened(visitor.filing):
        return go_to(visitor, "claim_you")
    if request.method != "POST":
        waits = code_waits(filing=visitor.filing)
        return _page(request, visitor, notice, preview, was_asked=waits, was_sent=waits)
    if "code" not in request.POST:
        return _page(request, visitor, notice, preview, was_asked=True, was_sent=_sent(visitor))
    try:
        give_code(filing=visitor.filing, code=request.POST.get("code", ""))
    except CodeNotGood:
        form = CodeForm(data=request.POST)
        form.say_not_good()
        more: dict[str, Any] = {"was_asked": True, "was_sent": True, "form": form}
        return _page(request, visitor, notice, preview, status=422, **more)
    return go_to(visitor, "claim_you")


def _sent(visitor: Visitor) -> bool:
    try:
        return send_code(filing=visitor.filing)
    except FieldsRefused:  # the number in the shop's file is none
        return False


def _page(
    request: HttpRequest,
    visitor: Visitor,
    notice: DirectNotice,
    preview: str,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    values = step_values(request, visitor, Step.YOU) | {
        "preview": preview,
        "to": masked(opened(notice, "sealed_to")),
        "by_phone": notice.way == Way.SMS,
        "minutes": int(CODE_LASTS.total_seconds() // 60),
        "tries": CODE_TRIES,
        "form": CodeForm(),
    }
    frame = visitor.frame(request)
    return page(request, "told/on_file.html", values | more, frame=frame, status=status)
