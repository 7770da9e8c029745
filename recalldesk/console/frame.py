"""What stands around every page of the desk: whose desk it is, where one can go, who is signed in.

Guarantees: only links that the person may open are shown; the frame is made even when the database
cannot be reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
from recalldesk.inquiries.seats import is_authority
from recalldesk.recalls.reads import DATABASE_AWAY, known_recalls

Places = tuple[tuple[str, str], ...]
PLACES: tuple[tuple[str, Places], ...] = (
    ("", (("console:queue", "Queue"), ("console:phone", "A call"))),
    (
        "Claims",
        (
            ("console:search", "Search"),
            ("console:contacts", "Contacts"),
            ("console:letters", "Letters"),
            ("console:promises", "Promises"),
            ("console:proofs", "Proofs"),
        ),
    ),
    ("", (("console:incidents", "Incidents"),)),
    (
        "Purchasers",
        (
            ("console:purchasers", "Purchasers"),
            ("console:order_files", "Order files"),
            ("console:same_person", "One person?"),
            ("console:purchaser_figures", "By channel"),
        ),
    ),
    (
        "Told",
        (
            ("console:waves", "Waves"),
            ("console:wave_answers", "Answers"),
            ("console:reach", "Reach"),
            ("console:calls", "Calls"),
            ("console:letters_returned", "Letters back"),
            ("console:shop_tellings", "Shops"),
            ("console:partners_any", "Partners"),
            ("console:publicity_any", "In public"),
        ),
    ),
    (
        "Remedies",
        (
            ("console:remedies", "Remedies"),
            ("console:gift_codes", "Gift codes"),
            ("console:files", "Files"),
            ("console:corrections", "Corrections"),
        ),
    ),
    (
        "Figures",
        (
            ("console:figures", "Desk"),
            ("console:effectiveness_start", "Effectiveness"),
            ("console:reports", "Reports"),
        ),
    ),
    (
        "Authorities",
        (("console:seats", "Seats and questions"), ("console:seat", "As they see it")),
    ),
    (
        "Recalls",
        (
            ("console:recalls", "Recalls"),
            ("console:elsewhere", "Elsewhere"),
            ("console:sites", "Sites"),
            ("console:keeping", "Keeping"),
        ),
    ),
    ("", (("console:staff", "Staff"),)),
)
"""What the bar at the top leads to, as far as it exists and the person may open it: places by
themselves, and those of a group, which the bar shows in a row of their own once it is opened."""
SEAT_PLACES: tuple[tuple[str, Places], ...] = (
    ("", (("console:seat", "Your recalls"), ("console:reports", "Reports"))),
)
"""The same for whoever sits for an authority."""
OIDC = "openid_connect"


@dataclass(frozen=True)
class Link:
    """A place of the desk. `is_here` where the page shown is it, or lies below it."""

    name: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class Group:
    """Places that belong together. `name` is empty where they stand by themselves."""

    name: str
    links: tuple[Link, ...]

    @property
    def is_here(self) -> bool:
        """Whether the page shown is one of them."""
        return any(link.is_here for link in self.links)


@dataclass(frozen=True)
class Desk:
    """The frame. `person` is None where nobody is signed in; `is_let_in` says whether they gave
    what their role asks for. `provider` is what staff call the firm's own, where there is one.
    """

    firm: str
    monogram: str
    groups: tuple[Group, ...]
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


def _groups(request: HttpRequest, person: Staff) -> Iterable[Group]:
    """The groups of which the person may open anything; of one place, that place by itself."""
    for name, places in SEAT_PLACES if is_authority(person) else PLACES:
        links = tuple(_links(places, person))
        here = _nearest(links, request.path)
        marked = tuple(replace(link, is_here=link is here) for link in links)
        if marked:
            yield Group(name if len(marked) > 1 else "", marked)


def _links(places: Places, person: Staff) -> Iterable[Link]:
    for name, label in places:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if may_open(person, url):
            yield Link(label, url, is_here=False)


def _nearest(links: Iterable[Link], path: str) -> Link | None:
    """The place that a page is, or lies below: the one with the longest address, since places of
    a group may lie below one another."""
    above = [link for link in links if path.startswith(link.url)]
    return max(above, key=lambda link: len(link.url), default=None)


def desk_of(request: HttpRequest) -> Desk:
    """The frame of a page of the desk."""
    person, is_let_in = _person_of(request)
    firm, monogram = _firm()
    return Desk(
        firm=firm,
        monogram=monogram,
        groups=tuple(_groups(request, person)) if person and is_let_in else (),
        person=person,
        role=Role(person.role).label if person else "",
        is_let_in=is_let_in,
        notes=get_messages(request),
        provider=settings.OIDC_NAME if settings.SOCIALACCOUNT_PROVIDERS[OIDC]["APPS"] else "",
    )


def desk(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame, made only where a page of the desk asks for it."""
    return {"desk": SimpleLazyObject(lambda: desk_of(request))}
