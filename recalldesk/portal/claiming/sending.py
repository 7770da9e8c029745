"""The last step: everything once more, what the owner states, and off it goes.

Guarantee: the words that are agreed to are those that the page shows, in its language.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from recalldesk.checks.network import network_of
from recalldesk.claims.addresses import address_lines
from recalldesk.claims.completeness import MOST_WITH_PHOTOS, Step
from recalldesk.claims.contacts import shown_phone
from recalldesk.claims.errors import NotComplete
from recalldesk.claims.reads import FAILED_PHOTOS, SeenUnit
from recalldesk.claims.remedies_offered import Need, needs_of, remedy_named
from recalldesk.claims.statements import Statement, statements_of
from recalldesk.claims.submitting import submit_filing
from recalldesk.portal.claiming.steps import (
    next_step,
    see,
    step_page,
    step_url,
    step_values,
)
from recalldesk.portal.claiming.visitor import Visitor
from recalldesk.portal.views.answering import page

MISSING = "?missing"


@step_page(Step.SEND)
def send(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Shows what will be sent; sends it."""
    missing = visitor.seen.missing
    if missing == (Step.PHOTOS,):
        return _photos_later(request, visitor)
    if missing:
        return see(step_url(visitor, next_step(missing)) + MISSING)
    language = _language(visitor)
    is_gone = visitor.seen.facts.is_gone
    stated = statements_of(visitor.seen.document, language, is_gone=is_gone)
    asked = [each for each in stated if each.is_ticked]
    is_sent = request.method == "POST"
    boxes = [_box(each, request) for each in asked]
    lacking = [box for box in boxes if not box.is_ticked] if is_sent else []
    if is_sent and not lacking:
        return _sent(visitor, language, network_of(request.META))
    values = step_values(request, visitor, Step.SEND) | _summary(visitor)
    values |= {"boxes": boxes, "lacking": lacking}
    status = 422 if lacking else 200
    return page(request, "claims/send.html", values, frame=visitor.frame(request), status=status)


def _photos_later(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Says how the photos come that alone are missing: by the link, on the owner's phone."""
    values = step_values(request, visitor, Step.SEND)
    values |= {"photos_url": step_url(visitor, Step.PHOTOS), "you_url": step_url(visitor, Step.YOU)}
    return page(request, "claims/photos_later.html", values, frame=visitor.frame(request))


def _language(visitor: Visitor) -> str:
    """The page's, where the recall speaks it: in it the words are shown, and kept."""
    language = get_language() or ""
    return language if language in visitor.seen.document.languages else visitor.filing.language


@dataclass(frozen=True)
class Box:
    """A statement with its box."""

    name: str
    text: str
    is_ticked: bool


@dataclass(frozen=True)
class PhotosOf:
    """How many photos of a unit can be used, or may yet turn out to be."""

    position: int
    count: int
    cannot_photograph: bool

    @classmethod
    def unit(cls, unit: SeenUnit) -> "PhotosOf":
        """Those of one unit."""
        usable = [photo for photo in unit.photos if photo.state not in FAILED_PHOTOS]
        return cls(unit.position, len(usable), unit.cannot_photograph)


def _box(statement: Statement, request: HttpRequest) -> Box:
    name = f"agree-{statement.kind.value}"
    return Box(name, statement.text, name in request.POST)


def _sent(visitor: Visitor, language: str, network: str) -> HttpResponse:
    try:
        submit_filing(filing_id=visitor.filing.pk, language=language, network=network)
    except NotComplete as problem:  # another tab took something back
        return see(step_url(visitor, Step(problem.missing[0])) + MISSING)
    return see(visitor.address("claim") + "?sent")


def _summary(visitor: Visitor) -> dict[str, object]:
    """What the page shows of each step, and where each can be changed."""
    seen = visitor.seen
    remedy = remedy_named(seen.document, seen.filing.country, seen.filing.remedy_key)
    needs = needs_of(remedy)
    account = seen.payee.get("iban") or seen.payee.get("account_number", "")
    return {
        "remedy": remedy,
        "has_details": bool(needs),
        "address_lines": address_lines(seen.address, seen.name) if seen.address else (),
        # An account may be there still from a remedy that was chosen before.
        "account_ending": account[-4:] if Need.PAYEE in needs else "",
        "phone_shown": shown_phone(seen.phone) if seen.phone else "",
        "photos": [PhotosOf.unit(unit) for unit in seen.units],
        "photos_later": len(seen.units) > MOST_WITH_PHOTOS,
        "urls": {step.value: step_url(visitor, step) for step in seen.steps},
    }
