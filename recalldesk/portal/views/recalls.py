"""The pages that say what is recalled: home, search, a recall's page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from recalldesk.portal.asking import Asked, tell
from recalldesk.portal.frame import general_frame
from recalldesk.portal.search import (
    LONGEST_QUERY,
    all_products,
    find_products,
    may_be_serial,
)
from recalldesk.portal.subject import brands_of, subject_or_404
from recalldesk.portal.views.answering import form_answer, page, public_page
from recalldesk.portal.views.checks import offered_in, result_page
from recalldesk.recalls.reads import live_recalls
from recalldesk.units.checking import AnswerUnavailable
from recalldesk.units.verdict.answer import Verdict, Why

IN_REACH = (Why.LOOK_ALIKE, Why.SLIP)


def choose_language(request: HttpRequest) -> HttpResponse:
    """The only page that looks at the browser's languages."""
    with override(get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("portal:home"))
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """All recalls, open first, and one search box."""
    recalls = live_recalls()
    ordered = sorted(recalls, key=lambda live: live.closed_at is not None)
    return page(request, "home.html", {"recalls": [brands_of(live) for live in ordered]})


@form_answer(home)
def search(request: HttpRequest) -> HttpResponse:
    """What a name, a model or a serial leads to."""
    text = request.POST.get("q", "")[:LONGEST_QUERY].strip()
    recalls = live_recalls()
    found = find_products(recalls, text)
    if not found and may_be_serial(text):
        answered = _answer_to_serial(request, text)
        if answered is not None:
            return answered
    shown = found or all_products(recalls)
    return page(
        request,
        "search.html",
        {"text": text, "is_found": bool(found), "shown": shown},
        frame=general_frame(request, reverse("portal:home")),
    )


def _answer_to_serial(request: HttpRequest, text: str) -> HttpResponse | None:
    """The result page where the text is read as a serial by some recall."""
    asked = Asked(serial=text)
    try:
        told = tell(asked)
    except AnswerUnavailable:
        return None
    answer = told.answer
    if answer.verdict is Verdict.LOOK_AGAIN and answer.why not in IN_REACH:
        return None
    return result_page(request, asked, told)


@public_page
def recall(request: HttpRequest, slug: str) -> HttpResponse:
    """A recall's page, in short."""
    subject = subject_or_404(slug)
    values = {
        "subject": subject,
        "brands": brands_of(subject.live),
        "offers": offered_in(subject, ""),
    }
    return page(request, "recall.html", values)
