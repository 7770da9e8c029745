"""The pages that say what is recalled: home, search, a recall's page."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from recalldesk.portal.asking import Asked, Told, serial_from, tell
from recalldesk.portal.frame import general_frame
from recalldesk.portal.hosts import host_of, is_here, products_here, subject_here
from recalldesk.portal.search import find_products, may_be_serial
from recalldesk.portal.stand_in import is_stand_in, shown_on
from recalldesk.portal.subject import Subject, brands_of
from recalldesk.portal.views.answering import form_answer, page, public_page
from recalldesk.portal.views.checks import result_page, try_later
from recalldesk.portal.views.held_up import held_up
from recalldesk.portal.views.notices import notice_page
from recalldesk.portal.views.stand_in import start
from recalldesk.recalls.reads import LiveRecall, known_recalls
from recalldesk.units.checking import AnswerUnavailable
from recalldesk.units.verdict.answer import Verdict, Why

SURELY_A_SERIAL = (Why.IN_SCOPE, Why.LOOK_ALIKE, Why.SLIP)


def choose_language(request: HttpRequest) -> HttpResponse:
    """The only page that looks at the browser's languages."""
    if is_stand_in(request):
        return start(request)
    with override(get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("portal:home"))
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _announced(live: LiveRecall) -> date:
    return live.document.announced or live.published_at.date()


def _here_first(live: LiveRecall, host: str) -> list[Subject]:
    return sorted(brands_of(live), key=lambda subject: host not in subject.brand.hosts)


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """All recalls, open first, and one search box. Where some are of the host's brands, these
    stand first, and the others under a heading of their own."""
    recalls = shown_on(request, known_recalls())
    newest = sorted(recalls, key=_announced, reverse=True)
    ordered = sorted(newest, key=lambda live: live.closed_at is not None)
    host = host_of(request)
    here = [live for live in ordered if is_here(live, host)]
    groups = [here, [live for live in ordered if live not in here]] if here else [ordered]
    shown = [[_here_first(live, host) for live in group] for group in groups if group]
    return page(request, "home.html", {"groups": shown})


@form_answer(home)
def search(request: HttpRequest) -> HttpResponse:
    """What a name, a model or a serial leads to."""
    text = serial_from(request.POST, "q")
    recalls = known_recalls()
    asked = Asked(serial=text)
    found = find_products(recalls, text, first=host_of(request))
    is_asked = may_be_serial(text)
    if is_asked:
        frame = general_frame(request, reverse("portal:home"))
        held = held_up(request, [("q", text)], frame=frame)
        if held is not None and not found:
            return held
        is_asked = held is None
    try:
        told = _told_of_serial(asked) if is_asked else None
    except AnswerUnavailable:
        if not found:
            return try_later(request, asked)
        told = None
    if told is not None and (not found or told.answer.why in SURELY_A_SERIAL):
        return result_page(request, asked, told)
    shown = found or products_here(request)
    return page(
        request,
        "search.html",
        {"text": text, "is_found": bool(found), "shown": shown},
        frame=general_frame(request, reverse("portal:home")),
    )


def _told_of_serial(asked: Asked) -> Told | None:
    """The answer where the text is read as a serial by some recall; else None.

    Raises AnswerUnavailable.
    """
    told = tell(asked)
    answer = told.answer
    if answer.verdict is Verdict.LOOK_AGAIN and answer.why not in SURELY_A_SERIAL:
        return None
    return told


@public_page
def recall(request: HttpRequest, slug: str) -> HttpResponse:
    """A recall's page: its notice."""
    subject = subject_here(request, slug)
    if subject is None:
        raise Http404(slug)
    return notice_page(request, subject)
