"""Mailed links: the page that a link shows, and the way back for whoever has none.

Guarantees: looking at a link opens nothing, so that a mail program which looks ahead does no harm;
its token leaves the address bar at once; nobody learns here whether a claim exists.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from recalldesk.claims.access import come_back as send_link
from recalldesk.claims.access import link_named, open_link, renew_link
from recalldesk.claims.errors import LinkNotGood
from recalldesk.portal.claiming.visitor import give_pass
from recalldesk.portal.same_origin import same_origin
from recalldesk.portal.views.answering import page


@same_origin
def claim_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link: a button that opens the claim, or one that has a new link sent."""
    if request.method == "POST":
        response = _pressed(request, token)
    else:
        response = page(request, "claims/link.html", {"is_known": link_named(token) is not None})
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _pressed(request: HttpRequest, token: str) -> HttpResponse:
    try:
        opened = open_link(token=token)
    except LinkNotGood as problem:
        values: dict[str, Any] = {"can_renew": problem.can_renew, "is_over": True}
        if problem.can_renew and "renew" in request.POST:
            renew_link(token=token)
            values["was_sent"] = True
        return page(request, "claims/link.html", values, status=410)
    response = redirect(reverse("portal:claim", args=[opened.filing.key]))
    response.status_code = 303
    return give_pass(request, response, filing=opened.filing, token=opened.token)


@same_origin
def come_back(request: HttpRequest) -> HttpResponse:
    """Asks for reference and contact, and says the same whether or not they belong together."""
    values: dict[str, Any] = {}
    if request.method == "POST":
        send_link(
            reference=request.POST.get("reference", ""), contact=request.POST.get("contact", "")
        )
        values["was_sent"] = True
    response = page(request, "claims/come_back.html", values)
    response["Cache-Control"] = "no-store"
    return response
