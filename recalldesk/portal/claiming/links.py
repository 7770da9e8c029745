"""Mailed links: the page that a link shows, and the way back for whoever has none.

Guarantees: looking at a link opens nothing, so that a mail program which looks ahead does no harm;
its token leaves the address bar at once and goes to no other page; nobody learns here whether a
claim exists, and nobody tries references by the thousand.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from recalldesk.claims.access import come_back as send_link
from recalldesk.claims.access import is_over, link_named, open_link, renew_link
from recalldesk.claims.errors import FieldProblem, FieldsRefused, LinkNotGood
from recalldesk.claims.former_references import may_be_reference
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.portal.claiming.following_forms import ComeBackForm
from recalldesk.portal.claiming.visitor import give_pass
from recalldesk.portal.frame import general_frame
from recalldesk.portal.same_origin import same_origin
from recalldesk.portal.views.answering import page, refused
from recalldesk.portal.views.held_up import held_up

LONGEST_TOKEN = 100


@same_origin
def claim_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link: a button that opens the claim, or one that has a new link sent."""
    if request.method not in ("GET", "HEAD", "POST"):
        return refused(request, "GET", "HEAD", "POST")
    response = _pressed(request, token) if request.method == "POST" else _looked_at(request, token)
    response["Cache-Control"] = "no-store"
    # Not "no-referrer": browsers then hide where the form stood, and it would be refused.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _looked_at(request: HttpRequest, token: str) -> HttpResponse:
    link = link_named(token) if len(token) <= LONGEST_TOKEN else None
    if link is None:
        return _page(request, {}, status=404)
    return _page(request, {"link": link, "is_over": is_over(link)})


def _pressed(request: HttpRequest, token: str) -> HttpResponse:
    """Opens the claim. Of a link whose time is over the one button has a new one sent, also where
    it ended while the page was open."""
    try:
        opened = open_link(token=token)
    except LinkNotGood as problem:
        if not problem.can_renew:
            return _page(request, {}, status=404)
        renew_link(token=token)
        return _page(request, {"was_sent": True})
    response = redirect(reverse("portal:claim", args=[opened.filing.key]))
    response.status_code = 303
    return give_pass(request, response, filing=opened.filing, token=opened.token)


def _page(request: HttpRequest, values: dict[str, Any], status: int = 200) -> HttpResponse:
    """Its language links lead to the page that has a new link sent: no other page bears a token."""
    frame = general_frame(request, reverse("portal:come_back"))
    return page(request, "claims/link.html", values, frame=frame, status=status)


@same_origin
def come_back(request: HttpRequest) -> HttpResponse:
    """Asks for reference and contact, and says the same whether or not they belong together."""
    if request.method not in ("GET", "HEAD", "POST"):
        return refused(request, "GET", "HEAD", "POST")
    if request.method != "POST":
        response = page(request, "claims/come_back.html", {"form": ComeBackForm()})
    else:
        response = _asked_back(request)
    response["Cache-Control"] = "no-store"
    return response


def _asked_back(request: HttpRequest) -> HttpResponse:
    form = ComeBackForm(data=request.POST)
    reference, contact = form.text("reference"), form.text("contact")
    problems = {}
    if not may_be_reference(reference):
        problems["reference"] = FieldProblem.NOT_A_REFERENCE if reference else FieldProblem.MISSING
    if not contact:
        problems["contact"] = FieldProblem.MISSING
    if problems:
        form.show(FieldsRefused(problems))
        return page(request, "claims/come_back.html", {"form": form}, status=422)
    held = held_up(request, list(form.texts().items()), frame=general_frame(request))
    if held is not None:
        return held
    send_link(reference=reference, contact=contact)
    is_by_text = "@" not in contact
    values = {"form": form, "was_sent": True, "contact": contact}
    values["is_called"] = is_by_text and not are_texts_sent()
    return page(request, "claims/come_back.html", values)
