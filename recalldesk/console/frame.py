"""What stands around every page of the desk: whose desk it is, where one can go, who is signed in.

Guarantees: only links that the person may open are shown; the frame is made even when the database
cannot be reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import SimpleLazyObject

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.accounts.second_factor import is_given, must_give
from recalldesk.console.access import needs_of
from recalldesk.recalls.reads import DATABASE_AWAY, known_recalls

PLACES = (
    ("console:queue", "Queue"),
    ("console:incidents", "Incidents"),
    ("console:search", "Search"),
    ("console:phone", "A call"),
    ("console:contacts", "Contacts"),
    ("console:letters", "Letters"),
    ("console:promises", "Promises"),
    ("console:remedies", "Remedies"),
    ("console:gift_codes", "Gift codes"),
    ("console:files", "Files"),
    ("console:proofs", "Proofs"),
    ("console:sites", "Sites"),
    ("console:corrections", "Corrections"),
    ("console:figures", "Figures"),
    ("console:recalls", "Recalls"),
    ("console:staff", "Staff"),
)
"""What the bar at the top leads to, as far as it exists and the person may open it."""
OIDC = "openid_connect"


@dataclass(frozen=True)
class Link:
    """A place of the desk. `is_here` where the page shown is it, or lies below it."""

    name: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class Desk:
    """The frame. `person` is None where nobody is signed in; `is_let_in` says whether they gave
    what their role asks for. `provider` is what staff call the firm's own, where there is one.
    """

    firm: str
    monogram: str
    links: tuple[Link, ...]
    person: Staff | None
    role: str
    is_let_in: bool
    notes: Iterable[Any]
    provider: str


def _person_of(request: HttpRequest) -> tuple[Staff | None, bool]:
    """Who is signed in, and whether they have given what their role asks for."""
    try:
        person = getattr(request, "user", None)
        if not isinstance(person, Staff):
            return None, False
        return person, not must_give(person) or is_given(request.session)
    except DATABASE_AWAY:
        return None, False


def _firm() -> tuple[str, str]:
    """The firm's name and the letters that stand for it."""
    try:
        recalls = known_recalls()
    except DATABASE_AWAY:
        recalls = []
    if not recalls:
        return "Recalldesk", "R"
    document = recalls[0].document
    return document.firm.name, document.brands[0].monogram


def may_open(person: Staff, url: str) -> bool:
    """Whether the person's role opens this address of the desk."""
    needs = needs_of(resolve(url).func)
    return not isinstance(needs, Permission) or person.may(needs)


def _links(request: HttpRequest, person: Staff) -> Iterable[Link]:
    for name, label in PLACES:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if may_open(person, url):
            yield Link(label, url, request.path.startswith(url))


def desk_of(request: HttpRequest) -> Desk:
    """The frame of a page of the desk."""
    person, is_let_in = _person_of(request)
    firm, monogram = _firm()
    return Desk(
        firm=firm,
        monogram=monogram,
        links=tuple(_links(request, person)) if person and is_let_in else (),
        person=person,
        role=Role(person.role).label if person else "",
        is_let_in=is_let_in,
        notes=get_messages(request),
        provider=settings.OIDC_NAME if settings.SOCIALACCOUNT_PROVIDERS[OIDC]["APPS"] else "",
    )


def desk(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame, made only where a page of the desk asks for it."""
    return {"desk": SimpleLazyObject(lambda: desk_of(request))}
