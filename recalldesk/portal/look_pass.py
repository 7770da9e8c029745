"""The cookies by which a browser comes back to the answers of its photos.

Guarantees: each check has a name and a cookie of its own, so that no tab is shown what another one
asked; a name without its cookie opens nothing; the cookies go to the pages of these answers only,
so that all other pages of checks stay free of them; a browser holds a few at most.
"""

import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override

from recalldesk.checks.models import PhotoLook
from recalldesk.checks.photo_looks import LASTS, look_of, open_among

MOST_LOOKS = 8
"""Checks by photo of one browser at a time; for one more the oldest is forgotten."""
_NAME_BYTES = 12
_NAME = re.compile(r"[A-Za-z0-9_-]{16}")


@dataclass(frozen=True)
class HeldLook:
    """A look, with the name that its check has in addresses."""

    name: str
    look: PhotoLook

    def address(self, page: str = "check_photo_answer") -> str:
        """The path of one of its pages."""
        return reverse(f"portal:{page}", args=[self.name])


def new_name() -> str:
    """A random name for a check: it says nothing of who asks, or what about."""
    return secrets.token_urlsafe(_NAME_BYTES)


def _cookie(name: str, language: str) -> str:
    # Of one name an answer can set one cookie, and each language has a path of its own.
    return f"look-{language}-{name}"


def held_look(request: HttpRequest, name: str) -> HeldLook | None:
    """The look of this name, where this browser holds its cookie; else None."""
    look = look_of(request.COOKIES.get(_cookie(name, get_language() or "en"), ""))
    return HeldLook(name, look) if look else None


def give_look_pass(
    request: HttpRequest, response: HttpResponse, *, name: str, token: str
) -> HttpResponse:
    """Puts the token into the browser, for the pages in each language, and takes out what is over
    or too much. The server decides how long it is good."""
    others = {other: held for other, held in _tokens(request).items() if other != name}
    kept = open_among(others)[: MOST_LOOKS - 1]
    for language, _ in settings.LANGUAGES:
        with override(language):
            path = reverse("portal:check_photo")
        for other in others.keys() - set(kept):
            response.delete_cookie(_cookie(other, language), path=path, samesite="Lax")
        response.set_cookie(
            _cookie(name, language),
            token,
            max_age=int(LASTS.total_seconds()),
            path=path,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def _tokens(request: HttpRequest) -> dict[str, str]:
    """What this browser holds, by the name of the check."""
    before = _cookie("", get_language() or "en")
    held = {c.removeprefix(before): v for c, v in request.COOKIES.items() if c.startswith(before)}
    return {name: token for name, token in held.items() if _NAME.fullmatch(name)}
