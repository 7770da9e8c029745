"""A recall on the pages of shops: a banner and a check, each made to stand in a frame.

Guarantees: only these pages may be framed; they set no cookie, know nobody and ask for no name, so
that whoever frames them gains nothing; a verdict in a frame is that of the check page, in the same
words, behind the same limits; what was typed stands in no address, and whatever goes on does so
on the whole site, in a tab of its own.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from recalldesk.foundation.page_policy import FRAMED_BY_ANY, FRAMED_BY_HTTPS
from recalldesk.foundation.serial_form import normalise
from recalldesk.notices.published import published_of
from recalldesk.notices.writing import notice_of
from recalldesk.portal.asking import Asked, asked_from, tell
from recalldesk.portal.frame import Embedded, Frame, frame_of, lines_of
from recalldesk.portal.hints import alike_characters, alphabets_of, exact_length, readings_of
from recalldesk.portal.same_origin import comes_from_here
from recalldesk.portal.shops import counted_as
from recalldesk.portal.stand_in import is_stand_in
from recalldesk.portal.subject import Subject, brands_of, subject_of, subject_or_404
from recalldesk.portal.views.answering import page, public_page, refused
from recalldesk.portal.views.checks import result_page
from recalldesk.portal.views.held_up import held_up
from recalldesk.portal.views.stand_in import not_answered
from recalldesk.units.checking import AnswerUnavailable

SHOP = "shop"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def framed(view: View[P]) -> View[P]:
    """A page that may stand in a frame on any page that came by TLS."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        policy = FRAMED_BY_HTTPS if settings.IS_PRODUCTION else FRAMED_BY_ANY
        response["Content-Security-Policy"] = policy
        return response

    return answer


@framed
@public_page
def banner(request: HttpRequest, slug: str) -> HttpResponse:
    """That there is a recall, of what, and where to check."""
    subject = subject_or_404(slug)
    notice = notice_of(published_of(subject.live), get_language() or settings.LANGUAGE_CODE)
    frame = _frame(request, subject, subject)
    return page(request, "embed/banner.html", {"subject": subject, "notice": notice}, frame=frame)


@csrf_exempt
@framed
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a check; a POST is answered in the frame, by nobody kept."""
    if request.method == "POST":
        response = _answered(request, subject_or_404(slug))
        response["Cache-Control"] = "no-store"
        return response
    if request.method in ("GET", "HEAD"):
        return _form(request, slug)
    return refused(request, "GET", "HEAD", "POST")


@public_page
def _form(request: HttpRequest, slug: str) -> HttpResponse:
    subject = subject_or_404(slug)
    if is_stand_in(request):
        return not_answered(request, subject, frame=_frame(request, subject, subject))
    return _asking(request, subject, Asked())


def _asking(
    request: HttpRequest, subject: Subject, asked: Asked, *, problem: str = "", status: int = 200
) -> HttpResponse:
    values = values_of(subject) | {"subject": subject, "asked": asked, "problem": problem}
    frame = _frame(request, subject, subject)
    return page(request, "embed/check.html", values, frame=frame, status=status)


def values_of(subject: Subject) -> dict[str, Any]:
    """What the field for a serial needs; the products of all brands may be chosen."""
    products = subject.document.products
    return {
        "products": products,
        "readings": readings_of(products),
        "alphabets": alphabets_of(products),
        "alike": alike_characters(products),
        "exact_length": exact_length(products),
    }


def _answered(request: HttpRequest, framed_recall: Subject) -> HttpResponse:
    frame = _frame(request, framed_recall, framed_recall)
    if not comes_from_here(request):
        return page(
            request, "embed/denied.html", {"subject": framed_recall}, frame=frame, status=403
        )
    asked = asked_from(request.POST)
    subject = subject_of(framed_recall.live, model=asked.model)
    asked = replace(asked, recall=subject.slug, brand=subject.brand.key)
    if not normalise(asked.serial):
        return _asking(request, subject, asked, problem="empty", status=422)
    held = held_up(request, asked.fields, frame=frame, subject=subject)
    if held is not None:
        return held
    try:
        told = tell(asked, shop=_shop(request, framed_recall))
    except AnswerUnavailable:
        values = {"asked": asked, "subject": subject}
        return page(request, "results/try_later.html", values, frame=frame)
    answering = told.page or subject
    return result_page(request, asked, told, frame=_frame(request, framed_recall, answering))


def _shop(request: HttpRequest, subject: Subject) -> str:
    return counted_as(subject.document, request.GET.get(SHOP, ""))


def _frame(request: HttpRequest, framed_recall: Subject, shown: Subject) -> Frame:
    """The frame of the recall that is shown; its check stays that of the recall that is framed."""
    shop = _shop(request, framed_recall)
    check_url = reverse("portal:embedded_check", args=[framed_recall.slug])
    embedded = Embedded(f"{check_url}?{urlencode({SHOP: shop})}", shop)
    frame = replace(frame_of(request, shown), embedded=embedded, languages=())
    is_of_all = shown is framed_recall and len(shown.document.brands) > 1
    return replace(frame, lines=lines_of(brands_of(shown.live))) if is_of_all else frame
