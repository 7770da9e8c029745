"""How a partner comes to its page, and leaves it.

Guarantees: looking at a link opens nothing, so that a mail program which looks ahead does no harm;
its token leaves the address bar at once and goes to no other page; nobody learns here whether an
address is a partner's, and nobody tries addresses by the thousand.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from recalldesk.portal.claiming.forms import ClaimForm, text_field
from recalldesk.portal.frame import general_frame
from recalldesk.portal.partner.visitor import COOKIE, give_pass, kept_by_nobody, lead_to
from recalldesk.portal.same_origin import same_origin
from recalldesk.portal.views.answering import page, refused
from recalldesk.portal.views.held_up import held_up
from recalldesk.stock.errors import PartnerLinkNotGood
from recalldesk.stock.partners.access import (
    ask_for_link,
    end_pass,
    is_over,
    link_named,
    open_link,
    renew_link,
)


class SignInForm(ClaimForm):
    """Where the link goes."""

    email = text_field(
        gettext_lazy("E-mail"),
        hint=gettext_lazy("The address to which we write to your firm."),
        autocomplete="email",
        kind="email",
        attributes={
            "inputmode": "email",
            "autocapitalize": "none",
            "spellcheck": "false",
            "dir": "ltr",
            "maxlength": "254",
        },
    )


@same_origin
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link: a button that opens the partner's page, or one that has a new link
    sent."""
    if request.method not in ("GET", "HEAD", "POST"):
        return refused(request, "GET", "HEAD", "POST")
    response = _pressed(request, token) if request.method == "POST" else _looked_at(request, token)
    # Not "no-referrer": browsers then hide where the form stood, and it would be refused.
    response["Referrer-Policy"] = "strict-origin"
    return kept_by_nobody(response)


def _looked_at(request: HttpRequest, token: str) -> HttpResponse:
    found = link_named(token)
    if found is None:
        return _page(request, {}, status=404)
    return _page(request, {"link": found, "is_over": is_over(found)})


def _pressed(request: HttpRequest, token: str) -> HttpResponse:
    """Opens the page. Of a link whose time is over the one button has a new one sent, also where it
    ended while the page was open."""
    try:
        opened = open_link(token=token)
    except PartnerLinkNotGood as problem:
        if not problem.can_renew:
            return _page(request, {}, status=404)
        renew_link(token=token)
        return _page(request, {"was_sent": True})
    return give_pass(request, lead_to(reverse("portal:partner")), opened.token)


def _page(request: HttpRequest, values: dict[str, Any], status: int = 200) -> HttpResponse:
    """Its language links lead to the page that has a new link sent: no other page bears a token."""
    frame = general_frame(request, reverse("portal:partner_sign_in"))
    return page(request, "partner/link.html", values, frame=frame, status=status)


@same_origin
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for the address, and says the same whether or not it is a partner's."""
    if request.method not in ("GET", "HEAD", "POST"):
        return refused(request, "GET", "HEAD", "POST")
    if request.method == "POST":
        return kept_by_nobody(_asked(request))
    return kept_by_nobody(page(request, "partner/sign_in.html", {"form": SignInForm()}))


def _asked(request: HttpRequest) -> HttpResponse:
    form = SignInForm(data=request.POST)
    email = form.text("email")
    if "@" not in email or len(email) > 254:
        form.full_clean()
        form.add_error("email", gettext("Write the whole address, as name@example.org."))
        return page(request, "partner/sign_in.html", {"form": form}, status=422)
    held = held_up(request, list(form.texts().items()), frame=general_frame(request))
    if held is not None:
        return held
    ask_for_link(email=email)
    return page(request, "partner/sign_in.html", {"form": form, "was_sent": True, "email": email})


@same_origin
def sign_out(request: HttpRequest) -> HttpResponse:
    """Closes the page in this browser."""
    if request.method != "POST":
        return kept_by_nobody(lead_to(reverse("portal:partner_sign_in")))
    end_pass(request.COOKIES.get(COOKIE, ""))
    response = kept_by_nobody(page(request, "partner/signed_out.html", {}))
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
