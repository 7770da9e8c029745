"""Claims that were filed by a made-up owner, at any stage, for tests of how they are followed."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.http import HttpResponse
from django.test import Client

from recalldesk.audit.states import Actor
from recalldesk.claims.access import issue_pass
from recalldesk.claims.drafting import (
    choose_remedy,
    give_contact,
    give_details,
    give_units,
    open_filing,
    say_no_photo,
)
from recalldesk.claims.models import Filing
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState, FreshFor
from recalldesk.claims.submitting import submit_filing
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.portal.claiming.visitor import cookie_name
from recalldesk.recalls.reads import live_recall
from tests.portal.published import serials_in

NAME = "Made-up Owner"
EMAIL = "made-up-owner@example.org"
PHONE = "202-555-0143"
ADDRESS = {
    "street_address": "7 Made-up Lane",
    "city": "Springfield",
    "country_area": "CA",
    "postal_code": "90001",
}
WAY_TO = {
    ClaimState.IN_REVIEW: (),
    ClaimState.CHECKING: (ClaimState.CHECKING,),
    ClaimState.NEEDS_OWNER: (ClaimState.NEEDS_OWNER,),
    ClaimState.APPROVED: (ClaimState.APPROVED,),
    ClaimState.REMEDY_ORDERED: (ClaimState.APPROVED, ClaimState.REMEDY_ORDERED),
    ClaimState.REMEDY_SENT: (
        ClaimState.APPROVED,
        ClaimState.REMEDY_ORDERED,
        ClaimState.REMEDY_SENT,
    ),
    ClaimState.SETTLED: (ClaimState.APPROVED, ClaimState.REMEDY_ORDERED, ClaimState.SETTLED),
    ClaimState.DECLINED: (ClaimState.DECLINED,),
    ClaimState.WITHDRAWN: (ClaimState.WITHDRAWN,),
    ClaimState.DUPLICATE: (ClaimState.DUPLICATE,),
}
"""How a claim without photos, which a person looks at from the start, comes to a stage."""


def draft(slug: str = "anker-a1263", brand: str = "anker") -> Filing:
    """A claim that was begun."""
    live = live_recall(slug)
    assert live is not None
    return open_filing(live=live, brand=brand, language="en", country="US")[0]


def filed(
    folder: Path,
    *,
    units: int = 1,
    remedy: str = "power-bank",
    email: str = EMAIL,
    phone: str = "",
    first: int = 0,
) -> Filing:
    """A claim of so many recalled units that was sent without photos."""
    filing = draft()
    serials = serials_in(folder, "a1263")[first : first + units]
    give_units(filing_id=filing.pk, serials=serials)
    for position in range(1, units + 1):
        say_no_photo(filing_id=filing.pk, position=position, cannot_photograph=True)
    give_contact(filing_id=filing.pk, name=NAME, email=email, phone=phone, country="US")
    choose_remedy(filing_id=filing.pk, remedy_key=remedy)
    if remedy == "power-bank":
        give_details(filing_id=filing.pk, address=ADDRESS)
    return submit_filing(filing_id=filing.pk)


def moved(filing: Filing, to: ClaimState, *, position: int = 1) -> Filing:
    """The filing after the desk brought one of its claims to a stage."""
    claim = filing.claims.get(position=position)
    claim.filing = filing
    for state in WAY_TO[to]:
        move_claim(claim=claim, to=state, actor=Actor.MACHINE)
    return filing


def states(filing: Filing) -> Sequence[str]:
    """The stages of its claims, in their order."""
    return list(filing.claims.order_by("position").values_list("state", flat=True))


class Follower:
    """A browser that holds the pass of a filing."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self.client = Client()
        self.client.cookies[cookie_name(filing.key)] = issue_pass(filing=filing)

    def path(self, page: str = "", language: str = "en") -> str:
        return f"/{language}/claims/{self.filing.key}/{page}"

    def sees(self, page: str = "", language: str = "en") -> HttpResponse:
        return self.client.get(self.path(page, language))

    def reads(self, page: str = "") -> str:
        """The page's own text."""
        answer = self.sees(page)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def sends(
        self, page: str, *, headers: Mapping[str, str] | None = None, **fields: object
    ) -> HttpResponse:
        said = {"Origin": "http://testserver", **(headers or {})}
        return self.client.post(self.path(page), fields, headers=said)


def mailed_code() -> str:
    """The code that was mailed last."""
    row = Mailing.objects.filter(purpose=Purpose.FRESH_CODE).latest("pk")
    found = re.search(r"\b\d{6}\b", content_of(row).text)
    assert found
    return found.group(0)


def mailed_link() -> str:
    """The path of the link that was written last, by mail or text message."""
    for row in Mailing.objects.order_by("-pk"):
        found = re.search(r"https?://[^/\s]+(/\w\w/claims/link/[\w-]+)", content_of(row).text)
        if found:
            return found.group(1)
    raise AssertionError("no link was written")


def made_fresh(follower: Follower, purpose: FreshFor = FreshFor.ADDRESS) -> None:
    """The follower has a code mailed and types it."""
    assert follower.sends(f"code/{purpose}").status_code == 200
    assert follower.sends(f"code/{purpose}", code=mailed_code()).status_code == 303
