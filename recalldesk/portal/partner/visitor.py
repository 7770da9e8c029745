"""Whose partner's page a browser may see.

Guarantees: a page is shown to the browser that holds a pass of its partner and to no other; of a
recall that the partner was not told of there is none; such pages are kept by nobody and found by no
search engine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from recalldesk.accounts.models import Partner
from recalldesk.portal.frame import Frame, frame_of, general_frame
from recalldesk.portal.same_origin import same_origin
from recalldesk.portal.subject import Subject, find_subject
from recalldesk.portal.views.answering import page, refused
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall
from recalldesk.stock.models import StopSale
from recalldesk.stock.partners.access import PASS_LASTS, partner_with
from recalldesk.stock.reads.notices import notices_of

P = ParamSpec("P")
COOKIE = "partner"


@dataclass(frozen=True)
class AtRecall:
    """A partner at one of the recalls that it was told of. `notice`: the newest it got."""

    partner: Partner
    notice: StopSale
    subject: Subject

    @property
    def recall(self) -> Recall:
        """The row, for actions."""
        return self.notice.recall

    @property
    def document(self) -> Document:
        """What the recall says now."""
        return self.subject.document

    def address(self, name: str, *more: object) -> str:
        """The path of one of the partner's pages of this recall, by the name of its address."""
        return reverse(f"portal:{name}", args=[self.recall.slug, *more])

    def frame(self, request: HttpRequest, path: str = "") -> Frame:
        """The frame of its pages: the recall's first brand."""
        return frame_of(request, self.subject, path)


View = Callable[Concatenate[HttpRequest, Partner, P], HttpResponse]
RecallView = Callable[Concatenate[HttpRequest, AtRecall, P], HttpResponse]


def give_pass(request: HttpRequest, response: HttpResponse, token: str) -> HttpResponse:
    """Puts the pass into the browser. How long it is good the server decides."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(PASS_LASTS.total_seconds()),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """No cache keeps it, and no search engine names it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def partner_page(*, posts: bool = False) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """A page of a partner. `posts`: it answers forms too. Without a pass it says how to come in."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            allowed = ("GET", "HEAD", "POST") if posts else ("GET", "HEAD")
            if request.method not in allowed:
                return kept_by_nobody(refused(request, *allowed))
            token = request.COOKIES.get(COOKIE, "")
            partner = partner_with(token) if token else None
            if partner is None:
                return kept_by_nobody(no_pass(request))
            response = kept_by_nobody(view(request, partner, *args, **kwargs))
            # Each look lets the pass last longer: so must the browser keep it.
            return response if COOKIE in response.cookies else give_pass(request, response, token)

        return same_origin(answer)

    return decorate


def recall_page(*, posts: bool = False) -> Callable[[RecallView[P]], Callable[..., HttpResponse]]:
    """A page of a partner about one recall that it was told of; of any other there is none."""

    def decorate(view: RecallView[P]) -> Callable[..., HttpResponse]:
        @partner_page(posts=posts)
        @wraps(view)
        def answer(
            request: HttpRequest, partner: Partner, /, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            told = {each.recall.slug: each for each in notices_of(partner)}
            subject = find_subject(slug, "") if slug in told else None
            if subject is None:
                raise Http404(slug)
            return view(request, AtRecall(partner, told[slug], subject), *args, **kwargs)

        return answer

    return decorate


def no_pass(request: HttpRequest) -> HttpResponse:
    """The page for a browser without a good pass: how to come in. What was typed meanwhile is not
    kept; a form that is too large is not read."""
    frame = general_frame(request, reverse("portal:partner_sign_in"))
    return page(request, "partner/no_pass.html", {}, frame=frame, status=403)


def lead_to(address: str) -> HttpResponse:
    """Leads on after a form, so that a reload sends nothing twice."""
    response = redirect(address)
    response.status_code = 303
    return response
