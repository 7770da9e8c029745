"""Which filing a browser may see.

Guarantees: a filing is shown to the browser that holds its pass and to no other; whoever holds none
is told how to come back, and not whether there is such a filing; such pages are kept by nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from recalldesk.claims.access import DRAFT_PASS_LASTS, pass_for
from recalldesk.claims.brands import brand_of
from recalldesk.claims.models import Filing, Pass
from recalldesk.claims.reads import SeenFiling, seen_by_owner
from recalldesk.portal.frame import Frame, frame_of
from recalldesk.portal.same_origin import same_origin
from recalldesk.portal.subject import Subject
from recalldesk.portal.uploading.receiving import is_too_much
from recalldesk.portal.views.answering import page
from recalldesk.recalls.reads import live_recall

P = ParamSpec("P")


@dataclass(frozen=True)
class Visitor:
    """A browser with a good pass, and what it may see."""

    opened: Pass
    seen: SeenFiling
    subject: Subject

    @property
    def filing(self) -> Filing:
        """The row, for actions."""
        return self.opened.filing

    @property
    def key(self) -> str:
        """The filing's key in addresses."""
        return self.filing.key

    def address(self, name: str, *more: object) -> str:
        """The path of one of this filing's pages, by the name of its address."""
        return reverse(f"portal:{name}", args=[self.key, *more])

    @property
    def privacy_url(self) -> str:
        """The privacy notice that the owner agrees to: that of the version of the filing."""
        return f"{self.subject.privacy_url}?version={self.filing.version.number}"

    def frame(self, request: HttpRequest) -> Frame:
        """The frame of its pages: the brand under which the owner filed."""
        return frame_of(request, self.subject)


View = Callable[Concatenate[HttpRequest, Visitor, P], HttpResponse]


def cookie_name(key: str) -> str:
    """The cookie that holds the pass of a filing: one each, so that two claims go side by side."""
    return f"claim-{key}"


def give_pass(
    request: HttpRequest, response: HttpResponse, *, filing: Filing, token: str
) -> HttpResponse:
    """Puts the pass into the browser. How long it is good the server decides."""
    response.set_cookie(
        cookie_name(filing.key),
        token,
        max_age=int(DRAFT_PASS_LASTS.total_seconds()),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def visitor_of(request: HttpRequest, key: str) -> Visitor | None:
    """Whoever holds a good pass of this filing, or None."""
    return visitor_with(key, request.COOKIES.get(cookie_name(key), ""))


def visitor_with(key: str, token: str) -> Visitor | None:
    """The same with a pass that may be on its way to the browser only now."""
    opened = pass_for(key=key, token=token) if token else None
    if opened is None:
        return None
    live = live_recall(opened.filing.recall.slug)
    if live is None:
        return None
    subject = Subject(live, brand_of(opened.filing))
    return Visitor(opened, seen_by_owner(opened.filing), subject)


def claim_page(*, posts: bool = False) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """A page of one filing. `posts`: it answers forms too. Without a pass it says how to return."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(
            request: HttpRequest, /, key: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            allowed = ("GET", "HEAD", "POST") if posts else ("GET", "HEAD")
            if request.method not in allowed:
                response = page(request, "error.html", {"kind": "method"}, status=405)
                response["Allow"] = ", ".join(allowed)
            else:
                visitor = visitor_of(request, key)
                response = view(request, visitor, *args, **kwargs) if visitor else no_pass(request)
                if visitor and visitor.seen.is_draft:
                    # Each look lets the pass of a draft last longer: so must the browser keep it.
                    token = request.COOKIES[cookie_name(key)]
                    give_pass(request, response, filing=visitor.filing, token=token)
            response["Cache-Control"] = "no-store"
            return response

        return same_origin(answer)

    return decorate


def filed_page(*, posts: bool = False) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """A page of a filing that was sent; a draft is led to its next step."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @claim_page(posts=posts)
        @wraps(view)
        def answer(
            request: HttpRequest, visitor: Visitor, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if visitor.seen.is_draft:
                return go_to(visitor, "claim")
            return view(request, visitor, *args, **kwargs)

        return answer

    return decorate


def no_pass(request: HttpRequest) -> HttpResponse:
    """The page for a browser without a good pass: how to come back. A message that was typed into a
    page that closed meanwhile is shown again, for its owner to copy; photos that came with it are
    read past, sealed, and a form that is too large is not read at all."""
    is_read = request.method == "POST" and not is_too_much(request)
    typed = request.POST.get("message", "").strip() if is_read else ""
    return page(request, "claims/no_pass.html", {"typed": typed}, status=403)


def go_to(visitor: Visitor, name: str, *more: object) -> HttpResponse:
    """Leads on after a form, so that a reload sends nothing twice."""
    response = redirect(visitor.address(name, *more))
    response.status_code = 303
    return response
