"""How the page of a notice is answered: by whom it may be kept, and in which frame it stands.

Guarantees: nobody keeps it and no search finds it; its token goes to no other page; the language
links of a page that bears a token lead to the same notice, and those of one that knows no token to
the start.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from recalldesk.outreach.answering.seen import SeenNotice, seen_notice
from recalldesk.outreach.links import notice_by
from recalldesk.portal.frame import frame_of, general_frame
from recalldesk.portal.subject import Subject
from recalldesk.portal.views.answering import page


def seen_at(token: str) -> SeenNotice | None:
    """What stands at a link, or None where it leads nowhere."""
    notice = notice_by(token)
    return None if notice is None else seen_notice(notice)


def subject_of(seen: SeenNotice) -> Subject:
    """The recall, under the brand that wrote."""
    return Subject(seen.live, seen.brand)


def not_known(request: HttpRequest) -> HttpResponse:
    """The page for a token that is none: the way to the recalls."""
    frame = general_frame(request, reverse("portal:home"))
    return kept_by_nobody(page(request, "told/unknown.html", {}, frame=frame, status=404))


def notice_page(
    request: HttpRequest,
    seen: SeenNotice,
    template: str,
    values: dict[str, Any],
    *,
    token: str,
    status: int = 200,
) -> HttpResponse:
    """A page about a notice, in the frame of the brand that wrote."""
    subject = subject_of(seen)
    address = reverse("portal:told", args=[token])
    framed = {"seen": seen, "subject": subject, "document": seen.live.document, "token": token}
    frame = frame_of(request, subject, address)
    response = page(request, f"told/{template}", framed | values, frame=frame, status=status)
    return kept_by_nobody(response)


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """Neither by a cache nor by a search, and its address is told to no other page."""
    response["Cache-Control"] = "no-store"
    # Not "no-referrer": browsers then hide where the form stood, and it would be refused.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
