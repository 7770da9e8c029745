"""What lets an owner say that a place turned them away, once a place a day, with no name.

Guarantees: only a place that a page of ours showed can be named, by the token of that page; the
same page says it once; a browser that said so keeps it in a cookie of its own for a day, and
nothing of it is kept here.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "recalldesk.portal.turned_away"
COOKIE = "turned_away"
SHOWN_FOR = timedelta(hours=12)
SAID_FOR = timedelta(days=1)
MOST_KEPT = 30


def token_of(site_ids: Sequence[int]) -> str:
    """The token of a page that shows these sites."""
    return signing.dumps([secrets.token_hex(8), *site_ids], salt=SALT, compress=True)


def form_of(token: str, site_id: int) -> str:
    """By what the same page says the same once; nothing where it did not show the site."""
    try:
        page, *shown = signing.loads(token, salt=SALT, max_age=SHOWN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return f"{page}:{site_id}" if site_id in shown else ""


def said_before(request: HttpRequest) -> list[int]:
    """The sites of which this browser said so within a day."""
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SAID_FOR)
    except signing.BadSignature:
        return []
    return [each for each in said if isinstance(each, int)]


def keep_said(request: HttpRequest, response: HttpResponse, site_id: int) -> None:
    """Has the browser remember it."""
    said = [*said_before(request), site_id][-MOST_KEPT:]
    response.set_cookie(
        COOKIE,
        signing.dumps(said, salt=SALT),
        max_age=int(SAID_FOR.total_seconds()),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
