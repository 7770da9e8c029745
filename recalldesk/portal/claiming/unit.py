"""The first step of a draft: which unit, or units, it is for."""

from django.http import HttpRequest, HttpResponse

from recalldesk.claims.completeness import Step
from recalldesk.claims.drafting import give_units
from recalldesk.claims.reads import SeenFiling
from recalldesk.claims.states import UnitReading
from recalldesk.evidence.states import PhotoKind
from recalldesk.evidence.words import Words, in_one
from recalldesk.portal.asking import LONGEST_FIELD
from recalldesk.portal.claiming.label_shown import label_shown
from recalldesk.portal.claiming.next_page import page_after_units
from recalldesk.portal.claiming.steps import lead_on, see, seen_anew, step_page, step_values
from recalldesk.portal.claiming.unit_pages import (
    Amiss,
    nothing_given,
    several_page,
    told_page,
    unit_values,
)
from recalldesk.portal.claiming.units_given import (
    Given,
    given_in,
    has_too_many,
    is_asked,
    told_of,
)
from recalldesk.portal.claiming.visitor import Visitor
from recalldesk.portal.views.answering import page
from recalldesk.portal.views.held_up import held_up


@step_page(Step.UNIT)
def unit(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Shows the unit as it was given; takes another one. A list has a page of its own."""
    if visitor.filing.is_list:
        return see(visitor.address("claim_list"))
    values = _values(request, visitor)
    if "which" in request.GET:
        return _which(request, visitor, values)
    if request.method == "POST":
        return _taken(request, visitor, values)
    if "several" in request.GET or len(visitor.seen.units) > 1:
        return several_page(request, values, frame=visitor.frame(request))
    if "type" not in request.GET and _is_read_from_a_photo(visitor.seen):
        return see(visitor.address("claim_label"))
    return unit_page(request, visitor)


def unit_page(
    request: HttpRequest, visitor: Visitor, *, refused: Words | None = None
) -> HttpResponse:
    """The page that asks for the unit of a draft; with why a photo was not taken."""
    values = _values(request, visitor) | {"is_typed": "type" in request.GET}
    values["refused"] = in_one(refused) if refused else ""
    status = 422 if refused else 200
    frame = visitor.frame(request)
    return page(request, "claims/unit.html", values, frame=frame, status=status)


def _values(request: HttpRequest, visitor: Visitor) -> dict[str, object]:
    return (
        unit_values(visitor.subject)
        | step_values(request, visitor, Step.UNIT)
        | {
            "action": visitor.address("claim_unit"),
            "label_action": visitor.address("claim_label"),
            "privacy_url": visitor.privacy_url,
        }
    )


def _is_read_from_a_photo(seen: SeenFiling) -> bool:
    """Whether the serial is not given yet, and a photo of the label is there to give it."""
    return any(
        unit.reading is UnitReading.SERIAL
        and not unit.serial
        and any(photo.kind == PhotoKind.LABEL for photo in unit.photos)
        for unit in seen.units
    )


def _taken(request: HttpRequest, visitor: Visitor, values: dict[str, object]) -> HttpResponse:
    subject, frame = visitor.subject, visitor.frame(request)
    given = given_in(request.POST, subject)
    values |= {"given": given}
    if given.wants_list:
        return several_page(request, values, frame=frame)
    if given.is_empty:
        return nothing_given(request, values, given, frame=frame)
    if has_too_many(given):
        return several_page(request, values, frame=frame, amiss=Amiss.TOO_MANY)
    if is_asked(given) and given.serials != serials_of(visitor.seen):
        held = held_up(request, given.fields, frame=frame, subject=subject)
        if held is not None:
            return held
        told = told_of(given, subject)
        if told is not None:
            values["label"] = label_shown(visitor)
            return told_page(request, values, given, told, frame=frame)
    return _kept(visitor, given)


def serials_of(seen: SeenFiling) -> tuple[str, ...]:
    """The serials that the filing is about."""
    return tuple(unit.serial for unit in seen.units if unit.serial)


def _kept(visitor: Visitor, given: Given) -> HttpResponse:
    give_units(
        filing_id=visitor.filing.pk,
        serials=given.serials,
        reading=given.unit_reading,
        product=given.product,
        variant=given.asked.variant,
    )
    name, query = page_after_units(seen_anew(visitor), given)
    return see(visitor.address(name) + query)


def _which(request: HttpRequest, visitor: Visitor, values: dict[str, object]) -> HttpResponse:
    """Asks which of the recall's products it is; "I am not sure" is an answer too."""
    seen = visitor.seen
    if request.method != "POST":
        return page(request, "claims/which.html", values, frame=visitor.frame(request))
    product = str(request.POST.get("product", ""))[:LONGEST_FIELD]
    if product in seen.document.product_by_key and seen.units:
        give_units(
            filing_id=visitor.filing.pk,
            serials=serials_of(seen),
            reading=seen.units[0].reading,
            product=product,
        )
    return lead_on(visitor, to_photos=True)
