"""The cookie by which a browser comes back to the answer of its photo.

Guarantee: it goes to the pages of that answer only, in any language, so that all other pages of
checks stay free of cookies and can be kept by anybody.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override

from recalldesk.checks.models import PhotoLook
from recalldesk.checks.photo_looks import LASTS, look_of


def _name(language: str) -> str:
    return f"look-{language}"


def give_look_pass(request: HttpRequest, response: HttpResponse, token: str) -> HttpResponse:
    """Puts the token into the browser, for the page in each language. The server decides how long
    it is good."""
    for language, _ in settings.LANGUAGES:
        with override(language):
            path = reverse("portal:check_photo")
        response.set_cookie(
            _name(language),
            token,
            max_age=int(LASTS.total_seconds()),
            path=path,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def look_at_hand(request: HttpRequest) -> PhotoLook | None:
    """The look of this browser, or None."""
    return look_of(request.COOKIES.get(_name(get_language() or "en"), ""))
