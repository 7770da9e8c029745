"""The page of one claim: for a draft the next step, for a filed one how it stands."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from recalldesk.claims.access import is_fresh
from recalldesk.claims.addresses import address_lines
from recalldesk.claims.completeness import Step
from recalldesk.claims.former_references import former_of
from recalldesk.claims.kept import kept_since
from recalldesk.claims.models import Filing
from recalldesk.claims.reads import messages_of
from recalldesk.claims.remedies_offered import needs_of
from recalldesk.cleaning.limits import MOST_BYTES, TYPES
from recalldesk.foundation import clock
from recalldesk.foundation.page_policy import PAGE_THAT_SENDS
from recalldesk.mailing.reads import MailingSeen, mailings_of_filing
from recalldesk.mailing.states import Purpose
from recalldesk.portal.claiming.following_forms import MessageForm
from recalldesk.portal.claiming.photo_words import photos_said, shown_photos
from recalldesk.portal.claiming.sent_photos import RefusedFile
from recalldesk.portal.claiming.standing import standing_on_page
from recalldesk.portal.claiming.steps import can_be_mailed
from recalldesk.portal.claiming.visitor import Visitor, claim_page, go_to
from recalldesk.portal.listing.followed import list_values
from recalldesk.portal.views.answering import page

DONE: Mapping[str, Promise] = {
    "message": gettext_lazy("Your message is with the desk."),
    "photos": gettext_lazy("Your photos are with us. We check them; you need not wait."),
    "mended": gettext_lazy("We have changed where your remedy goes."),
    "withdrawn": gettext_lazy("Your claim is withdrawn."),
    "appealed": gettext_lazy("We have your appeal. Another person looks at it."),
    "disposed": gettext_lazy("Thank you for getting rid of it. We have noted it."),
    "proof": gettext_lazy("Thank you. We have your photo, and look at it."),
    "no-site": gettext_lazy(
        "Thank you for looking. Keep it as described; your remedy does not wait for this. We tell "
        "you when we know a place."
    ),
    "not-over": gettext_lazy(
        "Your data can be erased once the claim is over: until then we need it to decide, and to "
        "send your remedy."
    ),
    "kept": gettext_lazy(
        "We have your wish to have your data erased. It is carried out by itself."
    ),
    "nothing-to-change": gettext_lazy(
        "What you chose goes to no address or account that you gave, so there is nothing to change."
    ),
    "no-code": gettext_lazy(
        "There is no gift card code to be shown here now. Write to the desk, or call."
    ),
    "code-later": gettext_lazy(
        "Your code cannot be shown at this moment. It is yours: try again in a few minutes."
    ),
    "too-late": gettext_lazy(
        "That cannot be done here any more: your claim has moved on. Write to the desk, or call."
    ),
}
"""What a form did, said on the page to which it leads."""


@claim_page()
def claim(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """How the claim stands."""
    if visitor.seen.is_draft and visitor.filing.is_list:
        return go_to(visitor, "claim_list")
    if visitor.seen.is_draft:
        missing = (*visitor.seen.missing, Step.SEND)
        return go_to(visitor, f"claim_{missing[0]}")
    return status_page(request, visitor)


def done(visitor: Visitor, what: str) -> HttpResponse:
    """Leads to the status page, which says what was done."""
    response = go_to(visitor, "claim")
    response["Location"] += f"?done={what}"
    return response


def status_page(
    request: HttpRequest,
    visitor: Visitor,
    *,
    form: MessageForm | None = None,
    nonce: str = "",
    refused: tuple[RefusedFile, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page; with what was typed into its form, and what is not right with it."""
    standing = standing_on_page(visitor.seen)
    kept, what = kept_since(visitor.filing), request.GET.get("done", "")
    letters = mailings_of_filing(visitor.filing.pk)
    values: dict[str, Any] = {
        "visitor": visitor,
        "subject": visitor.subject,
        "standing": standing,
        "units": []
        if visitor.filing.is_list
        else [
            (each, photos_said(visitor, each.unit, is_asked=each.is_asked).all())
            for each in standing.units
        ],
        "messages": [
            (message, shown_photos(visitor, message.photos))
            for message in messages_of(visitor.filing)
        ],
        "form": form or MessageForm(units=() if visitor.filing.is_list else visitor.seen.units),
        "nonce": nonce or secrets.token_urlsafe(16),
        "refused": refused,
        "types": ",".join(TYPES),
        "most_bytes": MOST_BYTES,
        "wrote_to": _wrote_to(letters),
        "came_back": _came_back(visitor.filing, letters),
        "is_called": not can_be_mailed(visitor.seen),
        "was_sent": "sent" in request.GET,
        # Of a wish that a hold keeps the panel beneath says more.
        "done": None if kept and what == "kept" else DONE.get(what),
        "goes_to": _goes_to(visitor) if what == "mended" else (),
        "former": former_of(visitor.filing),
        "kept_since": kept.date() if kept else None,
        "needs_details": bool(needs_of(standing.remedy)),
        "answer_days": max(visitor.subject.document.promises.confirm_days, 1),
        **list_values(visitor.filing, standing),
    }
    frame = visitor.frame(request)
    response = page(request, "claims/status.html", values, frame=frame, status=status)
    response["Content-Security-Policy"] = PAGE_THAT_SENDS
    return response


def _goes_to(visitor: Visitor) -> tuple[str, ...]:
    """Where the remedy goes from now on, for whoever gave a mailed code just now."""
    if not is_fresh(visitor.opened, clock.now()):
        return ()
    seen = visitor.seen
    account = seen.payee.get("iban") or seen.payee.get("account_number", "")
    if account:
        ending = gettext("Account ending in %(ending)s") % {"ending": account[-4:]}
        return (ending,)
    return address_lines(seen.address, seen.name) if seen.address else ()


def _wrote_to(letters: list[MailingSeen]) -> str:
    """To whom it was confirmed that the claim came in, as far as the owner knows it again."""
    confirmed = (each for each in letters if each.purpose == Purpose.CLAIM_FILED)
    return next((each.masked_to for each in confirmed if not each.has_failed), "")


def _came_back(filing: Filing, letters: list[MailingSeen]) -> MailingSeen | None:
    """The letter that reached nobody last, while no person has put that right."""
    if filing.unreached_since is None:
        return None
    return next((each for each in letters if each.has_failed), None)
