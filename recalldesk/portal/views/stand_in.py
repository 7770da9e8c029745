"""What a stand-in shows in place of what only the live site can do.

Guarantee: where nobody answers a check, the page says so, that the unit counts as recalled until
somebody compared it, and who does that by phone.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from recalldesk.claims.brands import site_of
from recalldesk.portal.frame import Frame
from recalldesk.portal.hints import readings_of
from recalldesk.portal.hosts import host_of
from recalldesk.portal.search import Found, all_products
from recalldesk.portal.stand_in import shown_on
from recalldesk.portal.subject import Subject
from recalldesk.portal.views.answering import page
from recalldesk.recalls.reads import known_recalls


@dataclass(frozen=True)
class Spoken:
    """A language in which the pages are."""

    code: str
    name: str
    is_bidi: bool
    home_url: str


def not_answered(
    request: HttpRequest, subject: Subject, *, frame: Frame | None = None
) -> HttpResponse:
    """In place of a brand's check, also of one in a frame."""
    values = {
        "subject": subject,
        "readings": readings_of(subject.products),
        "later": site_of(subject.brand) + subject.check_url,
    }
    return page(request, "stand_in/not_answered.html", values, frame=frame)


def none_answered(request: HttpRequest) -> HttpResponse:
    """In place of the check of any product."""
    here = host_of(request)
    found: tuple[Found, ...] = all_products(shown_on(request, known_recalls()), first=here)
    later = site_of(found[0].subject.brand) + request.path if found else ""
    return page(request, "stand_in/not_answered.html", {"found": found, "later": later})


def start(request: HttpRequest) -> HttpResponse:
    """In place of what looks at the browser's languages: the reader chooses."""
    return page(request, "stand_in/start.html", {"spoken": _spoken()})


def missing(request: HttpRequest) -> HttpResponse:
    """What is shown for every address that is not there, in all languages at once."""
    return page(request, "stand_in/missing.html", {"spoken": _spoken()}, status=404)


def _spoken() -> list[Spoken]:
    found = []
    for code, name in settings.LANGUAGES:
        with override(code):
            home_url = reverse("portal:home")
        found.append(Spoken(code, name, code in settings.LANGUAGES_BIDI, home_url))
    return found
