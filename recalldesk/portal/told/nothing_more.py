"""The one click of a mail program: tell me nothing more (RFC 8058).

Guarantees: a POST works without a cookie, a token of a form or an origin, since a mail program
sends it and not a page; it does nothing else, whatever comes with it; looking at the address does
nothing at all, and leads to the page where it can be pressed.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.states import AnswerKind
from recalldesk.portal.told.answered import kept_by_nobody, not_known, notice_page, seen_at
from recalldesk.portal.views.answering import refused


@csrf_exempt
def nothing_more(request: HttpRequest, token: str) -> HttpResponse:
    """Silences this contact in this recall."""
    if request.method not in ("GET", "HEAD", "POST"):
        return kept_by_nobody(refused(request, "GET", "HEAD", "POST"))
    seen = seen_at(token)
    if seen is None:
        return not_known(request)
    if request.method != "POST":
        return kept_by_nobody(redirect(reverse("portal:told", args=[token])))
    answer(notice=seen.notice, kind=AnswerKind.NOTHING_MORE)
    return notice_page(request, seen, "nothing_more.html", {}, token=token)
