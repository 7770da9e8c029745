"""The one click of a mail program: tell me nothing more (RFC 8058).

Guarantees: a POST works without a cookie, a token of a form or an origin, since a mail program
sends it and not a page; only `List-Unsubscribe=One-Click`, as a form or in parts, silences, and it
does nothing else, whatever comes with it. Whatever else is sent to the address does nothing at all,
as looking at it does, and leads to the page where it can be pressed.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.states import AnswerKind
from recalldesk.portal.told.answered import kept_by_nobody, not_known, notice_page, seen_at
from recalldesk.portal.views.answering import refused

NAME, VALUE = "List-Unsubscribe", "One-Click"


@csrf_exempt
def nothing_more(request: HttpRequest, token: str) -> HttpResponse:
    """Silences this contact in this recall."""
    if request.method not in ("GET", "HEAD", "POST"):
        return kept_by_nobody(refused(request, "GET", "HEAD", "POST"))
    seen = seen_at(token)
    if seen is None:
        return not_known(request)
    if request.method != "POST" or not _is_one_click(request):
        page = redirect(reverse("portal:told", args=[token]))
        if request.method == "POST":
            page.status_code = HTTPStatus.SEE_OTHER  # a POST is not sent again to the page
        return kept_by_nobody(page)
    answer(notice=seen.notice, kind=AnswerKind.NOTHING_MORE)
    return notice_page(request, seen, "nothing_more.html", {}, token=token)


def _is_one_click(request: HttpRequest) -> bool:
    """Whether a mail program says so; what cannot be read says nothing."""
    try:
        return request.POST.get(NAME) == VALUE
    except MultiPartParserError:
        return False
