"""How a claim ends by its owner: withdrawn, the unit got rid of, all data taken along or erased.

Guarantees: nothing of it happens by opening a page; what was erased is erased for every browser; a
file with an owner's data is kept by nobody on its way.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from recalldesk.claims.access import is_fresh
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.exporting import everything_of
from recalldesk.claims.following import confirm_disposal, say_no_site, withdraw_filing
from recalldesk.claims.states import FreshFor
from recalldesk.foundation import clock
from recalldesk.incidents.exporting import everything_told
from recalldesk.mailing.reads import masked
from recalldesk.portal.claiming.status import done
from recalldesk.portal.claiming.visitor import Visitor, cookie_name, filed_page, go_to
from recalldesk.portal.views.answering import page

LONGEST_PLACE = 5


@filed_page(posts=True)
def withdraw(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Asks whether the owner is sure, and withdraws."""
    if request.method == "POST":
        try:
            withdraw_filing(filing_id=visitor.filing.pk)
        except NotPossibleNow:
            return done(visitor, "too-late")
        return done(visitor, "withdrawn")
    if not visitor.seen.can_be_withdrawn:
        return done(visitor, "too-late")
    return _page(request, visitor, "claims/withdraw.html")


@filed_page(posts=True)
def disposed(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Notes that the owner got rid of a unit, or of all of a list that may be by now."""
    return _noted(request, visitor, confirm_disposal, "disposed")


@filed_page(posts=True)
def no_site(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Notes that no place near the owner takes a unit, or any of a list."""
    return _noted(request, visitor, say_no_site, "no-site")


def _noted(
    request: HttpRequest, visitor: Visitor, note: Callable[..., None], what: str
) -> HttpResponse:
    place = request.POST.get("unit", "")[:LONGEST_PLACE]
    if request.method != "POST" or not (_is_of_all(visitor, place) or _is_place(place)):
        return go_to(visitor, "claim")
    places = [int(place)] if _is_place(place) else [unit.position for unit in visitor.seen.units]
    noted = 0
    for position in places:
        with suppress(NotPossibleNow):
            note(filing_id=visitor.filing.pk, position=position)
            noted += 1
    return done(visitor, what if noted else "too-late")


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_of_all(visitor: Visitor, text: str) -> bool:
    return visitor.filing.is_list and text == "all"


@filed_page(posts=True)
def my_data(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """All that is kept, as a file, once a mailed code was given: it holds address and account.

    The file is saved by the button of a page: alone it would leave the browser on the page before.
    """
    if not is_fresh(visitor.opened, clock.now()):
        return go_to(visitor, "claim_code", FreshFor.COPY)
    if request.method != "POST":
        return _page(request, visitor, "claims/my_data.html")
    kept = everything_of(visitor.filing) | {"incident": everything_told(visitor.filing.pk)}
    response = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"{visitor.filing.reference}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@filed_page(posts=True)
def erase(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Erases what names the owner, once the claim is over and a mailed code was given. What a legal
    hold keeps is erased when it ends; the page says so until then."""
    if not visitor.seen.is_over:
        return done(visitor, "not-over")
    if not is_fresh(visitor.opened, clock.now()):
        return go_to(visitor, "claim_code", FreshFor.ERASURE)
    if request.method != "POST":
        return _page(request, visitor, "claims/erase.html")
    to = masked(visitor.seen.email or visitor.seen.phone)
    try:
        is_erased = erase_filing(opened=visitor.opened)
    except NotPossibleNow:
        return done(visitor, "not-over")
    if not is_erased:
        return done(visitor, "kept")
    values = {"subject": visitor.subject, "to": to}
    response = page(request, "claims/erased.html", values, frame=visitor.frame(request))
    response.delete_cookie(cookie_name(visitor.key), samesite="Lax")
    return response


def _page(request: HttpRequest, visitor: Visitor, template: str) -> HttpResponse:
    values: dict[str, Any] = {"visitor": visitor, "subject": visitor.subject, "seen": visitor.seen}
    return page(request, template, values, frame=visitor.frame(request))
